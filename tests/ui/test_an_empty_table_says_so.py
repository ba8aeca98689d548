"""A table that was read and holds nothing says so, calmly; before it was read it says nothing."""

from PySide6.QtGui import QStandardItem, QStandardItemModel
from pytestqt.qtbot import QtBot

from intake_app.ui.grids.tables import RowTable
from intake_app.ui.parts.theme import Theme


def test_a_table_says_that_it_is_empty_once_it_was_read(qtbot: QtBot, theme: Theme) -> None:
    model = QStandardItemModel()
    table = RowTable("Follow-ups", model, theme, "Nothing is due today.")
    qtbot.addWidget(table)
    table.show()
    assert not table.empty.isVisible(), "nobody knows yet"
    model.clear()
    assert table.empty.isVisible()
    assert table.accessibleDescription() == "Nothing is due today."
    model.appendRow(QStandardItem("PH-26-A00017"))
    assert not table.empty.isVisible()
    assert not table.accessibleDescription()
    model.removeRow(0)
    table.say_empty("Nothing is due tomorrow.")
    assert table.empty.text() == "Nothing is due tomorrow."
    assert table.accessibleDescription() == "Nothing is due tomorrow."

"""A list that opens takes a choice that a screen reader makes in it."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from intake_app.ui.parts.picker import Picker

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(qtbot: QtBot, picker: QComboBox) -> QComboBox:
    qtbot.addWidget(picker)
    picker.addItems(["Choose…", "Wants help now", "Wants to think"])
    picker.show()
    picker.showPopup()
    return picker


def choose_from_outside(picker: QComboBox, line: int) -> None:
    """What AT-SPI does: the line of the list is selected, nothing else."""
    view = QAccessible.queryAccessibleInterface(picker.view())
    view.child(line).actionInterface().doAction("Toggle")


@pytest.mark.parametrize("line", [1, 2])
def test_a_line_selected_from_outside_becomes_the_answer(qtbot: QtBot, line: int) -> None:
    picker = opened(qtbot, Picker())
    with qtbot.waitSignal(picker.activated):
        choose_from_outside(picker, line)
    assert picker.currentIndex() == line
    assert not picker.view().isVisible()
    picker.showPopup()
    choose_from_outside(picker, 0)
    qtbot.waitUntil(lambda: picker.currentIndex() == 0)


def test_the_plain_box_of_qt_keeps_its_old_answer(qtbot: QtBot) -> None:
    plain = opened(qtbot, QComboBox())
    choose_from_outside(plain, 1)
    marked = plain.view().selectionModel().isSelected(plain.model().index(1, 0))
    assert marked
    assert plain.currentIndex() == 0
    plain.hidePopup()


def test_keys_move_the_mark_and_choose_only_with_return(qtbot: QtBot) -> None:
    picker = opened(qtbot, Picker())
    QTest.keyClick(picker.view(), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: picker.view().currentIndex().row() == 1)
    assert picker.currentIndex() == 0
    QTest.keyClick(picker.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: picker.currentIndex() == 1)


def test_the_mark_with_the_current_line_is_no_choice(qtbot: QtBot) -> None:
    picker = opened(qtbot, Picker())
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    picker.view().selectionModel().setCurrentIndex(picker.model().index(2, 0), flag)
    qtbot.waitUntil(lambda: picker.view().currentIndex().row() == 2)
    assert picker.currentIndex() == 0
    picker.hidePopup()

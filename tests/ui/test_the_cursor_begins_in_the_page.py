"""Where the cursor is when a page opens: never at the help, where there is anything else."""

from fakes import FakeGate
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from test_every_page_can_be_reached import PAGES

from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.help.button import HelpButton
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import named_button
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.window import MainWindow
from intake_app.words import Words


def begins_at_help(window: MainWindow) -> bool:
    """Whether the cursor begins there, or comes there by the first Tab from nowhere."""
    now = QApplication.focusWidget()
    if now is None or now.focusPolicy() == Qt.FocusPolicy.NoFocus:
        QTest.keyClick(now or window, Qt.Key.Key_Tab)
    return isinstance(QApplication.focusWidget(), HelpButton)


def test_the_cursor_begins_in_the_page(
    qtbot: QtBot, background: Background, words: Words, theme: Theme
) -> None:
    window, at_help = MainWindow(words), list[str]()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    for name, make in PAGES.items():
        made = make(FakeGate(), background, words, theme)
        window.show_page(made)
        qtbot.waitUntil(lambda: not background.is_busy)
        QApplication.processEvents()
        if begins_at_help(window):
            at_help.append(name)
        if isinstance(made, Workplace):
            made.end()
    assert at_help == []


def test_a_cursor_at_the_help_is_noticed(qtbot: QtBot, words: Words) -> None:
    """Negative control."""
    window, page = MainWindow(words), QWidget()
    qtbot.addWidget(window)
    lines = QVBoxLayout(page)
    lines.addWidget(HelpButton(words))
    lines.addWidget(named_button("Go on"))
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page(page)
    assert begins_at_help(window)

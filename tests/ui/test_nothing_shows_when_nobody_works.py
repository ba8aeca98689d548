"""The curtain: idle minutes and the lobby switch hide everything; any key lifts, and only lifts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.settings.agency import Agency
from intake_app.ui.frame.curtain import Cover, Curtain, Idle, idle_of
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@pytest.fixture
def curtain(words: Words, theme: Theme) -> Iterator[Curtain]:
    made = Curtain(words, theme, Idle(120, 600))
    yield made
    made.end()


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[QLineEdit]:
    window = QWidget()
    qtbot.addWidget(window)
    lines = QVBoxLayout(window)
    made = QLineEdit()
    lines.addWidget(made)
    window.resize(400, 300)
    window.show()
    yield made
    window.close()


def test_it_is_drawn_after_the_idle_time(qtbot: QtBot, curtain: Curtain, field: QLineEdit) -> None:
    assert curtain._blur.interval() == 120_000
    assert curtain._blur.isActive()
    with qtbot.waitSignal(curtain.drawn):
        curtain._blur.timeout.emit()  # two minutes have passed
    assert curtain.is_drawn


def test_it_covers_the_whole_window_also_when_that_grows(
    qtbot: QtBot, curtain: Curtain, field: QLineEdit
) -> None:
    curtain.draw()
    cover = field.window().findChild(Cover)
    assert cover is not None
    field.window().resize(900, 700)
    qtbot.waitUntil(lambda: cover.geometry() == field.window().rect())
    assert cover.grab().toImage().pixelColor(5, 5).name().upper() == "#10273F"


def test_any_key_lifts_it_and_is_swallowed(
    qtbot: QtBot, curtain: Curtain, field: QLineEdit
) -> None:
    presses: list[str] = []
    shortcut = QShortcut(QKeySequence("F2"), field.window())
    shortcut.activated.connect(lambda: presses.append("F2"))
    curtain.draw()
    with qtbot.waitSignal(curtain.lifted):
        qtbot.keyClick(field, Qt.Key.Key_F2)
    assert presses == []
    curtain.draw()
    qtbot.keyClick(field, "x")
    assert (field.text(), curtain.is_drawn) == ("", False)
    qtbot.keyClick(field, "x")
    assert field.text() == "x"


def test_a_click_lifts_it_and_is_swallowed(
    qtbot: QtBot, curtain: Curtain, field: QLineEdit
) -> None:
    curtain.draw()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert not curtain.is_drawn


def test_dialogs_are_hidden_too(qtbot: QtBot, curtain: Curtain, field: QLineEdit) -> None:
    dialog = QDialog(field.window())
    qtbot.addWidget(dialog)
    dialog.show()
    curtain.draw()
    assert dialog.findChild(Cover) is not None


def test_working_starts_the_clocks_again(qtbot: QtBot, curtain: Curtain, field: QLineEdit) -> None:
    curtain._blur.stop()
    curtain._lock.stop()
    qtbot.keyClick(field, Qt.Key.Key_Shift)
    assert curtain._blur.isActive()
    assert curtain._lock.isActive()


@pytest.mark.parametrize(
    ("blur", "lock", "held_to"),
    [
        (120, 600, Idle(120, 600)),  # what a department gets that decides nothing
        (30, 1800, Idle(30, 1800)),
        (120, 10**9, Idle(120, 1800)),  # nobody may leave the files open for longer
        (0, 0, Idle(15, 60)),
        (900, 60, Idle(40, 60)),  # the curtain warns before the files are locked
        (-5, -5, Idle(15, 60)),
    ],
)
def test_a_department_decides_within_bounds(blur: int, lock: int, held_to: Idle) -> None:
    assert idle_of(Agency(blur_seconds=blur, lock_seconds=lock)) == held_to


def test_after_ten_minutes_the_files_are_to_be_locked(qtbot: QtBot, curtain: Curtain) -> None:
    assert curtain._lock.interval() == 600_000
    with qtbot.waitSignal(curtain.long_idle):
        curtain._lock.timeout.emit()


def test_when_it_has_ended_it_watches_no_more(
    qtbot: QtBot, curtain: Curtain, field: QLineEdit
) -> None:
    curtain.draw()
    curtain.end()
    assert not curtain.is_drawn
    assert not curtain._blur.isActive()
    qtbot.keyClick(field, Qt.Key.Key_Shift)
    assert not curtain._blur.isActive()

"""A station with real files, real forms and an officer, for stories about pads; on the worker."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from held_cases import House
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.services.citing.pads import Pad, make_pad
from intake_app.ui.parts.background import Background

if TYPE_CHECKING:
    from intake_app.services.desk import Desk

PROGRAMS = ("plain_diversion", "pembroke_pines", "pinellas_apad", "clackamas_lead", "madison_mari")


class Station:
    """The house, and the desk of its officer."""

    def __init__(self, folder: Path, clock: FixedClock, background: Background) -> None:
        self._background = background
        self.house = background.run_and_wait(lambda: House(folder, clock))
        desk = self.house.desk(Role.OFFICER)
        self.desk: Desk = replace(desk, agency=replace(desk.agency, case_programs=PROGRAMS))

    def pad(self, program: str = "plain_diversion", count: int = 3) -> Pad:
        desk = self.desk
        return self._background.run_and_wait(lambda: make_pad(desk, program, desk.person.id, count))

    def ask(self, job: Any) -> Any:  # noqa: ANN401 (whatever the job gives)
        return self._background.run_and_wait(job)

    def close(self) -> None:
        self._background.run_and_wait(self.house.close)


class Hand:
    """Does things by keys and counts them: one typed answer, one choice, one button, one scan."""

    def __init__(self) -> None:
        self.actions = 0

    def scan(self, edit: QLineEdit, number: str) -> None:
        """A keyboard-wedge scanner types the number and presses Enter."""
        edit.setFocus()
        QTest.keyClicks(edit, number)
        self.actions += 1
        QTest.keyClick(edit, Qt.Key.Key_Return)

    def type(self, edit: QWidget, text: str) -> None:
        edit.setFocus()
        QTest.keyClicks(edit, text)
        self.actions += 1

    def pick(self, box: QComboBox, text: str) -> None:
        box.setFocus()
        wanted = box.findText(text, Qt.MatchFlag.MatchStartsWith)
        assert wanted >= 0, text
        while box.currentIndex() != wanted:
            down = box.currentIndex() < wanted
            QTest.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        self.actions += 1

    def press(self, button: QWidget) -> None:
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.actions += 1

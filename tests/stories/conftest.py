"""The department that all stories play in, and windows into it."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from clerk import Clerk
from department import Department, OpenWindow, Paper, Staff
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from two_computers import TwoComputers

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import IntakeError
from intake_app.makers import window_makers
from intake_app.settings.look import Look, keep_look
from intake_app.ui.papers import printing
from intake_app.ui.running import conductor as conductors
from intake_app.ui.running.conductor import Conductor

PEOPLE = 20


@pytest.fixture(scope="session")
def first_department(tmp_path_factory: pytest.TempPathFactory) -> Department:
    """Made once; each story plays in a copy."""
    folder = tmp_path_factory.mktemp("stories") / "profile"
    clock = FixedClock(datetime(2026, 11, 23, 14, 40, tzinfo=UTC))
    staff = ProfileGate(folder, clock).make_training(folder, PEOPLE, seed=1)
    return Department(folder, {who.user_name: who for who in staff})


@pytest.fixture
def department(first_department: Department, tmp_path: Path) -> Department:
    """A department of one's own."""
    folder = tmp_path / "profile"
    shutil.copytree(first_department.folder, folder)
    return Department(folder, first_department.staff)


@pytest.fixture
def two(department: Department, tmp_path: Path, clock: FixedClock) -> TwoComputers:
    """The computer where everybody works, a new one, and a stick that goes by hand."""
    stick = tmp_path / "by hand"
    stick.mkdir()
    return TwoComputers(department.folder, tmp_path / "back", stick, clock, department.staff)


@pytest.fixture
def staff(department: Department) -> Staff:
    return department.staff


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Logging out would start the program anew; here it only says so."""
    anew: list[list[str]] = []
    monkeypatch.setattr(conductors, "start_anew", anew.append)
    monkeypatch.setattr(conductors.QApplication, "quit", lambda: None)
    return anew


@pytest.fixture
def open_window(
    qtbot: QtBot, department: Department, clock: FixedClock, started: list[list[str]],
    request: pytest.FixtureRequest,
) -> Iterator[OpenWindow]:  # fmt: skip
    """Starts the program; an error that no page expected fails the story."""
    opened: list[Conductor] = []
    unexpected: list[BaseException] = []

    def note(error: BaseException) -> None:
        if not isinstance(error, IntakeError):
            unexpected.append(error)

    def start(look: Look | None = None, *, by_tab: bool = False) -> Clerk:
        folder = department.folder
        keep_look(folder.with_name(f"{folder.name}.look.json"), look or Look())
        made = Conductor(ProfileGate(folder, clock), folder, window_makers(), [])
        opened.append(made)
        made.background.failed.connect(note)
        assert made.instance.take()
        made.begin()
        made.window.resize(1366, 740)
        made.window.activateWindow()
        qtbot.waitUntil(made.window.isActiveWindow)
        return Clerk(qtbot, made, by_tab=by_tab)

    yield start
    pictures = os.environ.get("STORY_PICTURES", "")
    for n, conductor in enumerate(opened):
        if pictures:  # how each story ended, to look at
            conductor.window.grab().save(f"{pictures}/{request.node.name[:60]} {n}.png")
        conductor.errors.close()
        conductor.window.close()
        conductor.window.deleteLater()
    assert not unexpected


@pytest.fixture
def clerk(open_window: OpenWindow) -> Clerk:
    return open_window()


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Paper:
    """A printer called "Front desk": its dialog is agreed to, its pages go into files."""
    folder = tmp_path / "printed"
    folder.mkdir()
    paper = Paper(folder)

    class AgreedDialog(printing.QPrintDialog):
        """Offscreen, this dialog cannot be driven by keys: somebody presses its Print button."""

        def __init__(self, device: QPrinter, parent: QWidget) -> None:
            super().__init__(device, parent)
            self._device = device

        def exec(self) -> int:
            job = self._device.docName().replace("/", "-")
            place = folder / f"{len(paper.sheets):02} {job}.pdf"
            self._device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            self._device.setOutputFileName(str(place))
            return QDialog.DialogCode.Accepted

    monkeypatch.setattr(printing, "QPrintDialog", AgreedDialog)
    names = staticmethod(lambda: [""])
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", names)
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", staticmethod(lambda: ""))
    return paper

"""Locking, leaving and closing: what was typed is saved first, or the person is asked."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import GOOD_WORDS, FakeGate
from form_driver import write
from form_fakes import CLOCK, PlainGuide, WorkingDesk, both, draft_of, form_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.draft import Draft
from intake_app.domain.errors import DiskFull
from intake_app.domain.form import Field, FieldType, Section
from intake_app.services.desk import Desk
from intake_app.settings.look import Look
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.first_start_page import FirstStartPage
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.pages.recovery_page import RecoveryPage
from intake_app.ui.running import conductor as conductors
from intake_app.ui.running.conductor import Conductor, Makers
from intake_app.ui.running.doorbell import Doorbell

FORM = form_of(
    Section("person", both("Who is the person?"), (
        Field("name", FieldType.TEXT, both("First name"), is_required=True),
    )),
)  # fmt: skip

LOST = "Not saved: " + DiskFull.sentence()


class OneForm:
    """A session with one form on the screen."""

    def __init__(self, work: WorkingDesk, conductor: Conductor) -> None:
        setting = Setting(conductor.words, conductor.theme, CLOCK)
        guide = PlainGuide(FORM)
        draft = draft_of(FORM)
        self.page = IntakePage(draft, guide, work, conductor.background, setting)

    @property
    def workplace(self) -> QWidget:
        return self.page

    def save(self) -> BaseException | None:
        return self.page.save_at_once()

    def end(self) -> None:
        self.page.saver.stop()


@pytest.fixture
def work() -> WorkingDesk:
    return WorkingDesk()


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate()


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Logging out would end this process; here it only says so."""
    said: list[str] = []

    def anew(_words: list[str]) -> None:
        said.append("anew")

    monkeypatch.setattr(conductors, "start_anew", anew)
    monkeypatch.setattr(conductors.QApplication, "quit", lambda: said.append("quit"))
    return said


@pytest.fixture
def conductor(
    qtbot: QtBot, tmp_path: Path, gate: FakeGate, work: WorkingDesk, left: list[str]
) -> Iterator[Conductor]:
    def session(_desk: Desk, conductor: Conductor) -> OneForm:
        return OneForm(work, conductor)

    def first_start(one: Conductor) -> FirstStartPage:
        return FirstStartPage(one.gate, one.background, one.words, one.theme, one.look)

    def recovery(one: Conductor) -> RecoveryPage:
        return RecoveryPage(one.gate, one.background, one.words, one.theme)

    makers = Makers(session, first_start, lambda _: QWidget(), recovery, Doorbell, lambda: None)
    made = Conductor(gate, tmp_path / "profile", makers, [])
    made.begin()
    qtbot.waitExposed(made.window)
    yield made
    work.broken = None
    made.errors.close()
    made.window.close()
    made.window.deleteLater()


def sign_in(qtbot: QtBot, conductor: Conductor) -> IntakePage:
    page = conductor.window.page
    assert isinstance(page, LockPage)
    page.findChildren(QCheckBox)[0].setChecked(True)
    qtbot.keyClicks(page.findChildren(QLineEdit)[0], "mhale")
    qtbot.keyClicks(page.passphrase, GOOD_WORDS)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(conductor.window.page, IntakePage))
    form = conductor.window.page
    assert isinstance(form, IntakePage)
    write(form, "First name", "Rosa")
    return form


def answer(qtbot: QtBot, conductor: Conductor, name: str) -> None:
    """Press a button of the question by its key."""
    box = conductor.window.findChild(QMessageBox)
    assert box is not None
    button = next(b for b in box.findChildren(QPushButton) if b.accessibleName() == name)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: conductor.errors.shown == "")


@pytest.mark.parametrize("way", ["lock", "leave"])
def test_what_was_typed_is_saved_before_one_leaves(
    qtbot: QtBot, conductor: Conductor, work: WorkingDesk, gate: FakeGate, way: str
) -> None:
    sign_in(qtbot, conductor)
    getattr(conductor, way)()
    assert work.saved[-1].answers["name"] == "Rosa"
    assert gate.locked


@pytest.mark.parametrize("way", ["lock", "leave", "close"])
def test_where_it_cannot_be_saved_staying_keeps_it(
    qtbot: QtBot, conductor: Conductor, work: WorkingDesk, gate: FakeGate, left: list[str], way: str
) -> None:
    form = sign_in(qtbot, conductor)
    work.broken = DiskFull()
    getattr(conductor.window if way == "close" else conductor, way)()
    assert conductor.errors.shown == LOST
    answer(qtbot, conductor, "Stay")
    assert conductor.window.page is form
    assert form.draft.answers["name"] == "Rosa"
    assert conductor.window.isVisible()
    assert (gate.locked, left) == (False, [])
    work.broken = None
    conductor.lock()
    assert work.saved[-1].answers["name"] == "Rosa"


@pytest.mark.parametrize("way", ["lock", "leave", "close"])
def test_one_may_leave_all_the_same(
    qtbot: QtBot, conductor: Conductor, work: WorkingDesk, gate: FakeGate, left: list[str], way: str
) -> None:
    sign_in(qtbot, conductor)
    work.broken = DiskFull()
    getattr(conductor.window if way == "close" else conductor, way)()
    answer(qtbot, conductor, "Leave without saving")
    qtbot.waitUntil(lambda: gate.locked)
    if way == "close":
        assert not conductor.window.isVisible()
    assert left == (["anew", "quit"] if way == "leave" else [])


def test_locking_waits_for_the_write_in_progress(
    qtbot: QtBot, conductor: Conductor, work: WorkingDesk, gate: FakeGate
) -> None:
    form = sign_in(qtbot, conductor)
    order: list[str] = []
    may_write, save, lock = threading.Event(), work.save, gate.lock

    def slow(draft: Draft) -> str:
        may_write.wait(10)
        order.append("written")
        return save(draft)

    form.saver._save = slow

    def close() -> None:
        order.append("locked")
        lock()

    gate.lock = close
    form.saver.save()
    threading.Timer(0.05, may_write.set).start()
    conductor.lock()
    assert order[0] == "written"
    assert order[-1] == "locked"


def test_a_write_in_progress_that_fails_is_not_taken_for_saved(
    qtbot: QtBot, conductor: Conductor, work: WorkingDesk
) -> None:
    form = sign_in(qtbot, conductor)
    work.broken = DiskFull()
    form.saver.save()  # its failure has not come back when the person locks
    conductor.lock()
    assert conductor.errors.shown == LOST


def test_late_answers_of_a_session_that_ended_are_dropped(
    qtbot: QtBot, conductor: Conductor
) -> None:
    sign_in(qtbot, conductor)
    late: list[str] = []
    conductor.background.run(lambda: "late", late.append)
    conductor.lock()
    qtbot.waitUntil(lambda: not conductor.background.is_busy)
    conductor.background.run(lambda: "now", late.append)
    qtbot.waitUntil(lambda: bool(late))
    assert late == ["now"]


def test_errors_and_title_follow_the_language(qtbot: QtBot, conductor: Conductor) -> None:
    conductor.dress(Look(language="es"))
    conductor.errors.show(DiskFull())
    assert conductor.errors.shown == conductor.words.text(DiskFull.sentence())
    assert conductor.errors.shown != DiskFull.sentence()
    conductor.errors.close()
    conductor.dress(Look())
    QApplication.processEvents()

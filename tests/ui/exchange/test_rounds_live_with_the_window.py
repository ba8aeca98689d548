"""The conductor lets the exchange go on: from the first paint, across locking, until it leaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeGate, desk_of
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.desk import Desk
from intake_app.settings.look import Look
from intake_app.ui.pages.first_start_page import FirstStartPage
from intake_app.ui.pages.recovery_page import RecoveryPage
from intake_app.ui.running import conductor as conductors
from intake_app.ui.running.conductor import Conductor, Makers
from intake_app.ui.running.doorbell import Doorbell


class Told:
    """What the background is told, in order."""

    def __init__(self) -> None:
        self.acts: list[str] = []

    def begin(self) -> None:
        self.acts.append("begin")

    def sit_down(self, desk: Desk) -> None:
        self.acts.append(f"sit down {desk.person.user_name}")

    def stand_up(self) -> None:
        self.acts.append("stand up")

    def end(self) -> None:
        self.acts.append("end")


class Empty:
    """A session of nothing."""

    def __init__(self) -> None:
        self.workplace = QWidget()

    def save(self) -> None:
        return None

    def end(self) -> None:
        pass


@pytest.fixture
def rounds() -> Told:
    return Told()


@pytest.fixture
def conductor(
    qtbot: QtBot, tmp_path: Path, rounds: Told, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Conductor]:
    def anew(_words: list[str]) -> None:
        rounds.acts.append("anew")

    def quit_() -> None:
        rounds.acts.append("quit")

    monkeypatch.setattr(conductors, "start_anew", anew)
    monkeypatch.setattr(conductors.QApplication, "quit", quit_)

    def first_start(one: Conductor) -> FirstStartPage:
        return FirstStartPage(one.gate, one.background, one.words, one.theme, one.look)

    def recovery(one: Conductor) -> RecoveryPage:
        return RecoveryPage(one.gate, one.background, one.words, one.theme)

    def session(_desk: Desk, _conductor: Conductor) -> Empty:
        return Empty()

    def background(_conductor: Conductor) -> Told:
        return rounds

    makers = Makers(
        session, first_start, lambda _: QWidget(), recovery, Doorbell, lambda: None, background
    )
    made = Conductor(FakeGate(), tmp_path / "profile", makers, [])
    made.begin()
    qtbot.waitExposed(made.window)
    yield made
    made.window.close()
    made.window.deleteLater()


def test_it_begins_while_locked_and_follows_who_comes_and_goes(
    qtbot: QtBot, conductor: Conductor, rounds: Told
) -> None:
    conductor.begin_rounds()
    conductor.begin_rounds()
    conductor._on_unlocked(desk_of("mhale"))
    conductor.lock()
    conductor._on_unlocked(desk_of("mhale"))
    conductor.leave()
    assert rounds.acts == [
        "begin", "sit down mhale", "stand up", "sit down mhale", "stand up", "end", "anew", "quit",
    ]  # fmt: skip


def test_a_colleague_after_a_lock_gets_a_process_of_their_own(
    conductor: Conductor, rounds: Told
) -> None:
    conductor.begin_rounds()
    conductor._on_unlocked(desk_of("mhale"))
    conductor.lock()
    conductor._on_unlocked(desk_of("rlowe"))
    assert rounds.acts == ["begin", "sit down mhale", "stand up", "end", "anew", "quit"]


def test_who_signed_in_first_is_known_when_it_begins(conductor: Conductor, rounds: Told) -> None:
    conductor._on_unlocked(desk_of("mhale"))
    conductor.begin_rounds()
    assert rounds.acts == ["begin", "sit down mhale"]


def test_another_look_does_not_lose_it(qtbot: QtBot, conductor: Conductor, rounds: Told) -> None:
    conductor.begin_rounds()
    conductor._on_unlocked(desk_of("mhale"))
    conductor.dress(Look(language="es"))
    qtbot.waitUntil(lambda: rounds.acts[-2:] == ["stand up", "sit down mhale"])
    conductor.dress(Look())
    qtbot.waitUntil(lambda: rounds.acts.count("sit down mhale") == 3)


def test_none_begins_when_the_window_has_closed(conductor: Conductor, rounds: Told) -> None:
    conductor.window.close()
    conductor.begin_rounds()
    assert rounds.acts == []

"""The network goes and comes back: work goes on, nothing is asked, and the rail says how far it is.

Two real computers, a shared folder that is sometimes not there, and the carrier as a real child.
"""

import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot
from two_computers import TwoComputers

from intake_app.app import ProfileGate
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.domain.roster import OnCallRole, RosterEntry
from intake_app.makers import carry_words
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import exchange_round, say_state
from intake_app.services.exchanging.stores import NewStore, add_store, marker_for
from intake_app.services.providers.roster import keep_roster_entry, whole_roster
from intake_app.settings.stores import StoreEntry, read_stores
from intake_app.ui.exchange import rounds as module
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.exchange.rounds import Carrying, Rounds
from intake_app.ui.parts.background import Background
from intake_app.ui.running.restart import command
from intake_app.words import Words

EN = Words("en")
NEW = RosterEntry(RecordId(""), OnCallRole.GUIDE, "Pat R.", "(304) 555-0188", is_always=True)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A folder on the network; away while it is renamed."""
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def two(two: TwoComputers, share: Path) -> TwoComputers:
    """Two computers that know the share."""
    two.enrolled()
    new = NewStore(StoreEntry("", "folder", str(share), "Share"))
    with two.at(two.front, Role.ADMINISTRATOR) as desk:
        _, marker = marker_for(desk, new)
        (share / "hub.json").write_text(marker)
        add_store(desk, new, marker)
    with two.at(two.back, Role.ADMINISTRATOR) as desk:
        add_store(desk, new, marker)
    return two


class Working:
    """Somebody at the front, while the exchange goes on in the background."""

    def __init__(self, qtbot: QtBot, desk: Desk, background: Background, rounds: Rounds,
                 line: ExchangeLine) -> None:  # fmt: skip
        self._qtbot, self.desk, self.background = qtbot, desk, background
        self.rounds, self.line = rounds, line

    @property
    def said(self) -> str:
        told = self.line.last_told
        return say_state(told, EN) if told else ""

    def until(self, words: str) -> None:
        self._qtbot.waitUntil(lambda: self.said.startswith(words))
        self._qtbot.waitUntil(lambda: not self.rounds.child.is_running)


@contextmanager
def working(two: TwoComputers, qtbot: QtBot) -> Generator[Working]:
    background, line, who = Background(), ExchangeLine(), two.person(Role.ADMINISTRATOR)
    gate = ProfileGate(two.front, two.clock)
    rounds = Rounds(Carrying(lambda: two.front, carry_words), background, line, two.clock)
    try:
        desk = background.run_and_wait(lambda: gate.unlock(who.user_name, who.passphrase))
        rounds.sit_down(desk)
        yield Working(qtbot, desk, background, rounds, line)
    finally:
        rounds.end()
        background.run_and_wait(gate.lock)
        background.close()


def carry(folder: Path) -> int:
    program, words = command(list(carry_words(folder)))
    return subprocess.run([program, *words], capture_output=True, check=False).returncode


def test_work_goes_on_without_a_network_and_is_confirmed_when_it_is_back(
    two: TwoComputers, share: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "PAUSE_MS", 20)
    away = share.rename(tmp_path / "away")
    with working(two, qtbot) as front:
        front.background.run(lambda: keep_roster_entry(front.desk, NEW))
        front.line.sync_asked.emit()
        front.until("sealed, not yet sent")
        (hub,) = [one.hub for one in read_stores(two.front)]
        qtbot.waitUntil(lambda: front.line.carried.troubles == {hub: "StoreVanished"})
        assert not share.exists(), "a folder that is away is never made anew"
        assert 0 < cast("Any", front.rounds)._next.remainingTime() < 20_000, "it tries again soon"

        away.rename(share)
        cast("Any", front.rounds)._on_reachable()
        front.until("sent, not yet confirmed")
        assert front.line.carried.troubles == {}

        assert carry(two.back) == 0
        with two.at(two.back, Role.ADMINISTRATOR) as desk:
            exchange_round(desk)
            assert NEW.name in [one.name for one in whole_roster(desk)]
        assert carry(two.back) == 0

        front.line.sync_asked.emit()
        front.until("confirmed ")
        assert front.said.endswith(" by Back office")
    assert not front.rounds.child.is_running

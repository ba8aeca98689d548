"""The exchange goes on in spare time: post room, carrier, post room; locked, the carrier alone."""

import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from fake_exchange import TWO, FakeExchange
from fake_stores import Keyring, Readers
from fakes import desk_of
from pytestqt.qtbot import QtBot

from intake_app.domain.exchange_state import ExchangeState
from intake_app.services.desk import Desk
from intake_app.services.needs.stores import StoreParts
from intake_app.settings.stores import StoreEntry, keep_stores, read_stores
from intake_app.ui.exchange import child as child_module
from intake_app.ui.exchange import rounds as module
from intake_app.ui.exchange.line import Carried, ExchangeLine
from intake_app.ui.exchange.rounds import Carrying, Rounds
from intake_app.ui.parts.background import Background

RUNS = """
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
with open(folder / "runs", "a") as runs: runs.write(" ".join(sys.argv[2:]) + "\\n")
run = len((folder / "runs").read_text().splitlines())
own = folder / f"says in run {run}"
said = json.loads((own if own.exists() else folder / "says").read_text())
print(json.dumps(said), flush=True)
sys.exit(said.get("code", 0))
"""


class Carrier:
    """The hidden command of a test: counts its runs, says what it is told, ends as it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.says()

    def says(self, run: int = 0, **said: object) -> None:
        """What it says at its end: in one run, or in all that nothing else was said of."""
        name = f"says in run {run}" if run else "says"
        (self.folder / name).write_text(json.dumps(said))

    @property
    def runs(self) -> int:
        log = self.folder / "runs"
        return len(log.read_text().splitlines()) if log.exists() else 0


@pytest.fixture
def carrier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Carrier:
    def command(words: Sequence[str]) -> tuple[str, list[str]]:
        return sys.executable, ["-S", "-c", RUNS, *words]

    monkeypatch.setattr(child_module, "command", command)
    monkeypatch.setattr(module, "PAUSE_MS", 20)
    return Carrier(tmp_path)


@pytest.fixture
def line(qapp: object) -> ExchangeLine:
    return ExchangeLine()


@pytest.fixture
def rounds(carrier: Carrier, background: Background, line: ExchangeLine) -> Iterator[Rounds]:
    carrying = Carrying(lambda: carrier.folder, lambda folder: [str(folder)])
    made = Rounds(carrying, background, line)
    yield made
    made.end()


@pytest.fixture
def exchange() -> FakeExchange:
    return FakeExchange()


@pytest.fixture
def desk(exchange: FakeExchange) -> Desk:
    return replace(desk_of(), exchange=exchange)


def waits(state: ExchangeState = TWO, n: int = 3, due: str = "") -> ExchangeState:
    return replace(state, waits=n, next_cut=due)


def is_home(carrier: Carrier, rounds: Rounds, runs: int) -> Callable[[], bool]:
    return lambda: carrier.runs == runs and not rounds.child.is_running


def test_while_locked_only_the_carrier_runs(
    qtbot: QtBot, rounds: Rounds, carrier: Carrier, background: Background, line: ExchangeLine
) -> None:
    rounds.begin()
    qtbot.waitUntil(is_home(carrier, rounds, 1))
    assert not background.is_busy
    assert line.last_told is None
    assert line.carried.at, "it came home"


def test_who_signs_in_gets_what_came_meanwhile_after_a_pause(
    qtbot: QtBot, rounds: Rounds, desk: Desk, exchange: FakeExchange, line: ExchangeLine
) -> None:
    rounds.sit_down(desk)
    assert exchange.rounds == []
    qtbot.waitUntil(lambda: exchange.rounds == [False])
    qtbot.waitUntil(lambda: line.last_told is not None)


def test_it_waits_for_who_works_and_makes_way(
    qtbot: QtBot, rounds: Rounds, desk: Desk, exchange: FakeExchange, background: Background
) -> None:
    told: list[str] = []
    is_there = threading.Event()

    def until_somebody_waits(is_wanted: Callable[[], bool]) -> None:
        is_there.set()
        while not is_wanted():
            pass
        told.append("made way")
        exchange.told, exchange.on_round = TWO, lambda _: told.append("went on")

    exchange.on_round = until_somebody_waits
    exchange.told = replace(TWO, is_unfinished=True)
    rounds.sit_down(desk)
    qtbot.waitUntil(is_there.is_set)
    background.run(lambda: told.append("a job"))
    qtbot.waitUntil(lambda: told[:3] in (["made way", "a job"], ["made way", "a job", "went on"]))
    assert exchange.rounds[0] is False


def test_what_a_round_left_is_taken_in_by_the_next(
    qtbot: QtBot, rounds: Rounds, desk: Desk, exchange: FakeExchange
) -> None:
    def second(_: object) -> None:
        if len(exchange.rounds) == 2:
            exchange.told = TWO

    exchange.told, exchange.on_round = replace(TWO, is_unfinished=True), second
    rounds.sit_down(desk)
    qtbot.waitUntil(lambda: len(exchange.rounds) == 2)


def test_changes_that_are_due_go_when_the_person_pauses(
    qtbot: QtBot, rounds: Rounds, desk: Desk, exchange: FakeExchange, carrier: Carrier,
    background: Background,
) -> None:  # fmt: skip
    rounds.sit_down(desk)
    qtbot.waitUntil(lambda: exchange.rounds == [False])
    exchange.told = waits()
    exchange.on_round = lambda _: setattr(exchange, "told", TWO)
    background.run(lambda: None)
    qtbot.waitUntil(is_home(carrier, rounds, 1))
    assert exchange.rounds == [False, False]


def test_changes_that_are_not_due_wait(
    qtbot: QtBot, rounds: Rounds, desk: Desk, exchange: FakeExchange, line: ExchangeLine,
    background: Background, carrier: Carrier,
) -> None:  # fmt: skip
    rounds.sit_down(desk)
    qtbot.waitUntil(lambda: exchange.rounds == [False])
    exchange.told = waits(due="2026-11-23T15:10:00-05:00")
    background.run(lambda: None)
    qtbot.waitUntil(lambda: line.last_told is not None and line.last_told.state.waits == 3)
    assert exchange.rounds == [False]
    assert carrier.runs == 0


def test_sync_now_cuts_carries_and_takes_in_what_came(
    qtbot: QtBot, rounds: Rounds, desk: Desk, exchange: FakeExchange, carrier: Carrier,
    line: ExchangeLine,
) -> None:  # fmt: skip
    rounds.sit_down(desk)
    qtbot.waitUntil(lambda: exchange.rounds == [False])
    carrier.says(1, **{"came": 2, "in": {"bundles": 2}})
    line.sync_asked.emit()
    qtbot.waitUntil(lambda: exchange.rounds == [False, True, False])
    qtbot.waitUntil(is_home(carrier, rounds, 2))
    first, second = (carrier.folder / "runs").read_text().splitlines()
    assert first == "--requests --attached", "a person asks: it looks for new computers as well"
    assert second == "--attached", "what came is confirmed at once"


def test_a_sign_is_there_as_soon_as_somebody_asks_and_goes_where_nothing_comes_of_it(
    rounds: Rounds, desk: Desk, exchange: FakeExchange, line: ExchangeLine,
    background: Background, qtbot: QtBot,
) -> None:  # fmt: skip
    sealing, signs = threading.Event(), list[tuple[bool, bool]]()
    exchange.on_round = lambda _: sealing.wait(20)

    def see(now: Carried) -> None:
        signs.append((now.is_running, now.is_preparing))

    line.moved.connect(see)
    rounds.sit_down(desk)
    line.sync_asked.emit()
    assert signs == [(True, True)], "before the post room has done anything"
    sealing.set()
    qtbot.waitUntil(lambda: (True, False) in signs)
    qtbot.waitUntil(lambda: signs[-1] == (False, False))
    line.sync_asked.emit()
    rounds.stand_up()
    assert signs[-1] == (False, False), "who has left sees no exchange of theirs"


def test_who_looks_on_sees_what_came_without_a_pause(
    qtbot: QtBot, rounds: Rounds, desk: Desk, exchange: FakeExchange, carrier: Carrier,
    line: ExchangeLine, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(module, "PAUSE_MS", 10 * 60 * 1000)
    rounds.sit_down(desk)
    carrier.says(1, **{"came": 2, "in": {}})
    line.sync_asked.emit()
    qtbot.waitUntil(lambda: exchange.rounds == [True, False])


def test_receipts_alone_are_not_answered(
    qtbot: QtBot, rounds: Rounds, desk: Desk, exchange: FakeExchange, carrier: Carrier,
    line: ExchangeLine,
) -> None:  # fmt: skip
    """Or two stations would thank one another without end."""
    rounds.sit_down(desk)
    qtbot.waitUntil(lambda: exchange.rounds == [False])
    carrier.says(1, **{"came": 1, "in": {"bundles": 0}})
    line.sync_asked.emit()
    qtbot.waitUntil(lambda: exchange.rounds == [False, True, False])
    assert carrier.runs == 1
    assert not rounds.child.is_running


def test_a_store_that_does_not_answer_is_tried_at_growing_distances(
    qtbot: QtBot, rounds: Rounds, carrier: Carrier
) -> None:
    timer = cast("Any", rounds)._next
    carrier.says(code=1)
    rounds.begin()
    distances: list[int] = []
    for run in (1, 2, 3):
        qtbot.waitUntil(is_home(carrier, rounds, run))
        distances.append(timer.remainingTime() // 1000)
        cast("Any", rounds)._on_next()
    assert 10 <= distances[0] < 19 <= distances[1] < 38 <= distances[2] < 76
    qtbot.waitUntil(is_home(carrier, rounds, 4))
    cast("Any", rounds)._on_reachable()
    assert timer.remainingTime() < 2000, "the network is back: no need to wait"
    carrier.says()
    qtbot.waitUntil(is_home(carrier, rounds, 5))
    carrier.says(code=1)
    cast("Any", rounds)._on_next()
    qtbot.waitUntil(is_home(carrier, rounds, 6))
    assert timer.remainingTime() < 19_000, "it went well in between"


def test_pausing_is_remembered_until_somebody_resumes(
    qtbot: QtBot, rounds: Rounds, carrier: Carrier, line: ExchangeLine, background: Background
) -> None:
    line.pause_asked.emit(True)
    rounds.begin()
    assert line.is_paused
    other = ExchangeLine()
    again = Rounds(
        Carrying(lambda: carrier.folder, lambda folder: [str(folder)]), background, other
    )
    again.begin()
    assert other.is_paused
    again.end()
    assert carrier.runs == 0
    line.sync_asked.emit()
    qtbot.waitUntil(is_home(carrier, rounds, 1))
    line.pause_asked.emit(False)
    qtbot.waitUntil(is_home(carrier, rounds, 2))
    assert not line.is_paused


def test_what_the_carrier_says_of_a_store_is_told_until_it_goes_well(
    qtbot: QtBot, rounds: Rounds, carrier: Carrier, line: ExchangeLine
) -> None:
    carrier.says(store="h", came=0, trouble="StoreRefused", code=1)
    rounds.begin()
    qtbot.waitUntil(is_home(carrier, rounds, 1))
    assert line.carried.troubles == {"h": "StoreRefused"}
    assert line.carried.at == "", "it did not go well"
    carrier.says(store="h", came=0, trouble="")
    line.sync_asked.emit()
    qtbot.waitUntil(is_home(carrier, rounds, 2))
    assert line.carried.troubles == {}


def test_a_marker_that_was_signed_anew_is_taken_and_it_goes_again(
    qtbot: QtBot, rounds: Rounds, carrier: Carrier, desk: Desk, tmp_path: Path
) -> None:
    keep_stores(tmp_path, [StoreEntry("h", "folder", "/srv", marker="folder h", issue=7)])
    parts = StoreParts(tmp_path, Keyring(), Readers())
    rounds.sit_down(replace(desk, stores=parts))
    carrier.says(store="h", came=0, trouble="MarkerRefused", marker="folder  h", code=1)
    rounds.sync_now()
    qtbot.waitUntil(lambda: carrier.runs >= 2)
    assert read_stores(tmp_path)[0].marker == "folder  h"


def test_while_a_stick_is_filled_the_carrier_waits(
    qtbot: QtBot, rounds: Rounds, carrier: Carrier, line: ExchangeLine
) -> None:
    line.hold(True)
    rounds.begin()
    assert not rounds.child.is_running
    line.hold(False)
    qtbot.waitUntil(is_home(carrier, rounds, 1))


def test_without_a_store_no_child_is_started(
    qtbot: QtBot, carrier: Carrier, background: Background, line: ExchangeLine
) -> None:
    rounds = Rounds(Carrying(lambda: carrier.folder, lambda _: []), background, line)
    rounds.begin()
    assert not rounds.child.is_running
    rounds.end()


def test_who_locks_hears_no_more_and_the_carrier_goes_on(
    qtbot: QtBot, rounds: Rounds, desk: Desk, exchange: FakeExchange, carrier: Carrier,
    line: ExchangeLine, background: Background,
) -> None:  # fmt: skip
    rounds.sit_down(desk)
    qtbot.waitUntil(lambda: exchange.rounds == [False])
    rounds.stand_up()
    background.forget()
    carrier.says(came=1)
    cast("Any", rounds)._on_next()
    qtbot.waitUntil(is_home(carrier, rounds, 1))
    assert exchange.rounds == [False]
    assert line.last_told is None

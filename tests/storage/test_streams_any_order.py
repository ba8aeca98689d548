"""Whatever comes late, twice or in pieces: stations agree, and nothing acknowledged is missing.

The oracle is short: a value stands if no change supersedes it. Planted faults show that the test
would see what goes wrong.
"""

import random
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest
from hand_carried import Station
from hypothesis import given, settings
from hypothesis import strategies as st
from making import begun, edited, purged
from real_parts import SAVE

from intake_app.domain.change import Action, Change, Value
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import ChangeId, Epoch, RecordId
from intake_app.storage import change_log
from intake_app.storage.driver import Database
from intake_app.storage.early import Replaced

NAMES = ("front", "annex", "third")
FIELDS = ("last", "first", "note")
Standing: TypeAlias = dict[tuple[RecordId, str], dict[ChangeId, Value]]
Step: TypeAlias = tuple[str, int, int]


def oracle(changes: Sequence[Change]) -> Standing:
    """A value stands if no change supersedes it, and its record is not purged."""
    over = {(i, name) for one in changes for name, ids in one.over.items() for i in ids}
    purged_ones = {one.record for one in changes if one.action is Action.PURGE}
    standing: Standing = {}
    for one in changes:
        for name, value in one.fields.items():
            if (one.id, name) not in over and one.record not in purged_ones:
                standing.setdefault((one.record, name), {})[one.id] = value
    return standing


class World:
    """Three stations, all that they were told, and bundles that travel as luck has it."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.clock = clock
        self.stations = [Station.new(folder, clock, name) for name in NAMES]
        self.saved: list[Change] = []

    def do(self, step: Step) -> None:
        """One step: what, by whom, with which of many."""
        what, who, which = step
        getattr(self, what)(self.stations[who % len(self.stations)], random.Random(which))

    def begin(self, station: Station, dice: random.Random) -> None:
        self._save(station, begun(station.file, last=f"n{dice.random()}"))

    def edit(self, station: Station, dice: random.Random) -> None:
        if ident := self._any(station, dice):
            names = dice.sample(FIELDS, dice.randint(1, len(FIELDS)))
            values = {name: dice.random() for name in names}
            self._save(station, edited(station.file, ident, **values))

    def purge(self, station: Station, dice: random.Random) -> None:
        if (ident := self._any(station, dice)) and dice.random() < 0.3:
            self._save(station, purged(station.file, ident))

    def send(self, station: Station, dice: random.Random) -> None:
        station.send(most=dice.choice([0, 600, 10**6]))

    def cut_and_die(self, station: Station, dice: random.Random) -> None:
        """The bundle was never written; sometimes what it took waits again."""
        station.files.cut(station.stream, len(station.bundles) + 1, 10**6)
        if dice.random() < 0.5:
            station.files.renew_waiting(station.stream)

    def take(self, station: Station, dice: random.Random) -> None:
        """Some bundles of one other station, in order, perhaps again, its lines in any order."""
        other = dice.choice(self.stations)
        have = station.files.applied()
        for stream, bundles in other.sent.items():
            upto = dice.randint(0, len(bundles))
            start = max(0, have.get(stream.name, 0) - dice.randint(0, 1))
            for n in range(start + 1, upto + 1):
                lines = dice.sample(bundles[n - 1], len(bundles[n - 1]))
                station.files.take(stream, n, [*lines, *lines[:2]], SAVE)

    def share(self, station: Station, dice: random.Random) -> None:
        """One other takes all that is here, and edits it: news that overtake what they tell of."""
        station.send()
        other = dice.choice([one for one in self.stations if one is not station])
        other.take(station)
        self.edit(other, dice)

    def epoch(self, station: Station, dice: random.Random) -> None:
        if dice.random() < 0.2:
            self.cut_and_die(station, dice)
            station.files.begin_epoch(Epoch(f"{dice.randrange(16**6):06x}"))

    def drift(self, _station: Station, dice: random.Random) -> None:
        """The clock jumps, also back."""
        self.clock.at = self.clock.at.replace(year=dice.randint(2020, 2030))

    def settle(self) -> None:
        """All is delivered."""
        for station in self.stations:
            while station.files.waiting() or not station.bundles:
                station.send()
            station.send()
        for one in self.stations:
            for other in self.stations:
                one.take(other)

    def faults(self) -> list[str]:
        """What is wrong when all was delivered."""
        wanted, found = oracle(self.saved), [standing_in(one) for one in self.stations]
        checks = {
            "records": any(each != wanted for each in found),
            "digest": len({one.files.set_digest() for one in self.stations}) > 1,
            "aside": any(one.files.aside() for one in self.stations),
            "waits": any(one.files.waiting() for one in self.stations),
            "body": any(b"~facts" in body for one in self.stations for body in purged_bodies(one)),
        }
        return [name for name, is_wrong in checks.items() if is_wrong]

    def close(self) -> None:
        for station in self.stations:
            station.close()

    def _save(self, station: Station, change: Change) -> None:
        station.save(change)
        self.saved.append(change)

    def _any(self, station: Station, dice: random.Random) -> RecordId | None:
        rows = station.file.database.conn.execute("SELECT id FROM record WHERE state=0 ORDER BY n")
        idents = [RecordId(ident) for (ident,) in rows]
        return dice.choice(idents) if idents else None


def standing_in(station: Station) -> Standing:
    rows = station.file.database.conn.execute("SELECT id FROM record WHERE state<>2")
    records = [station.file.record(RecordId(ident)) for (ident,) in rows]
    return {(one.id, name): one.standing(name) for one in records if one for name in one.values}


def purged_bodies(station: Station) -> list[bytes]:
    sql = (
        "SELECT body FROM change JOIN record r ON r.id=change.record"
        " WHERE r.state=2 AND do<>'purge' AND body IS NOT NULL"
    )
    return [body for (body,) in station.file.database.conn.execute(sql)]


@contextmanager
def world() -> Generator[World]:
    clock = FixedClock(datetime(2026, 11, 23, 14, 40, tzinfo=UTC))
    with TemporaryDirectory() as folder:
        made = World(Path(folder), clock)
        try:
            yield made
        finally:
            made.close()


WHATS = (
    "begin", "edit", "edit", "purge", "send", "share", "share", "take", "take", "cut_and_die",
    "epoch", "drift",
)  # fmt: skip
steps = st.lists(
    st.tuples(st.sampled_from(WHATS), st.integers(0, 2), st.integers(0, 10**6)), max_size=60
)


@settings(max_examples=15)
@given(steps)
def test_stations_agree_and_nothing_acknowledged_is_missing(walk: list[Step]) -> None:
    with world() as found:
        for step in walk:
            found.do(step)
        found.settle()
        assert found.faults() == []


def walked(seed: int, length: int = 80) -> list[str]:
    """What is wrong after a long walk that was drawn once."""
    dice = random.Random(seed)
    with world() as found:
        for _ in range(length):
            found.do((dice.choice(WHATS), dice.randrange(3), dice.randrange(10**6)))
        found.settle()
        return found.faults()


def cut_that_loses_the_last(fault: pytest.MonkeyPatch) -> None:
    whole = change_log.cut

    def cut(db: Database, stream: str, bundle: int, most: int) -> list[tuple[str, ...]]:
        return whole(db, stream, bundle, most)[:-1]

    fault.setattr(change_log, "cut", cut)


def digest_that_forgets_what_waits_again(fault: pytest.MonkeyPatch) -> None:
    count = change_log.count

    def only_up(db: Database, ids: Collection[str], sign: int = 1) -> None:
        if sign > 0:
            count(db, ids)

    fault.setattr(change_log, "count", only_up)


def values_that_come_back(fault: pytest.MonkeyPatch) -> None:
    def save(_self: Replaced) -> None: ...

    fault.setattr(Replaced, "save", save)


def epoch_that_forgets_what_was_cut(fault: pytest.MonkeyPatch) -> None:
    def renew(_db: Database, _sealed: int) -> int:
        return 0

    fault.setattr(change_log, "renew", renew)


FAULTS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = (
    cut_that_loses_the_last, digest_that_forgets_what_waits_again, values_that_come_back,
    epoch_that_forgets_what_was_cut,
)  # fmt: skip
SEEDS = range(1, 7)


@pytest.mark.parametrize("plant", FAULTS)
def test_a_planted_fault_is_seen(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert any(walked(seed) for seed in SEEDS)


def test_the_same_walks_without_a_fault_are_sound() -> None:
    """Negative control."""
    assert [walked(seed) for seed in SEEDS] == [[]] * len(SEEDS)

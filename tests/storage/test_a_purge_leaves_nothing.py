"""Whatever was written in whatever order: of purged records not one value is left in any page."""

import hashlib
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import ANN, NAMED
from real_parts import KEY, SAVE

from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, RecordId, StationId
from intake_app.domain.record import deletion, replaced_by
from intake_app.storage.compartment import Compartment
from intake_app.storage.upkeep import Upkeep
from intake_app.vault.page_reader import pieces

MEMORY = Path("/dev/shm")  # noqa: S108 (a drill needs no disk)
KINDS = ("consent", "row.charges", "attempt", "paper", "referral")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["part", "edit", "hide", "part of part", "paper"]), st.integers(0, 5)
    ),
    max_size=25,
)


@dataclass
class World:
    """One file, and which words are whose."""

    file: Compartment
    path: Path
    dice: Random
    people: list[RecordId] = field(default_factory=list[RecordId])
    parts: dict[RecordId, list[RecordId]] = field(default_factory=dict[RecordId, list[RecordId]])
    words: dict[RecordId, list[str]] = field(default_factory=dict[RecordId, list[str]])
    count: int = 0

    def word(self, person: RecordId) -> str:
        """A word that stands nowhere else."""
        self.count += 1
        made = f"w{self.count}x{self.dice.getrandbits(40):010x}"
        self.words[person].append(made)
        return made

    def ident(self) -> RecordId:
        return RecordId(f"{self.dice.getrandbits(128):032x}")

    def begin(self) -> None:
        person = self.ident()
        self.people.append(person)
        self.parts[person], self.words[person] = [person], []
        fields = {
            "~facts": NAMED, "last": self.word(person), "first": self.word(person),
            "phone": "+13045550142", "note": " ".join(self.word(person) for _ in range(30)),
        }  # fmt: skip
        self.write(Action.WRITE, "intake", person, fields)

    def write(
        self, action: Action, kind: str, ident: RecordId, fields: Mapping[str, object],
        about: str = "", blobs: dict[str, bytes] | None = None,
    ) -> None:  # fmt: skip
        over = {} if action is Action.FACT else replaced_by(self.file.record(ident), fields)
        change = Change(self.file.stamp(), ANN, action, kind, ident, fields, over, RecordId(about))
        self.file.apply([change], SAVE, blobs)

    def step(self, what: str, person: RecordId) -> None:
        part, kind = self.dice.choice(self.parts[person]), self.dice.choice(KINDS)
        if what == "edit":
            self.edit(part, person)
        elif what == "hide":
            record = self.file.record(part)
            assert record
            self.write(Action.WRITE, record.kind, part, deletion(record, self.word(person)),
                       record.about)  # fmt: skip
        else:
            self.add(kind, person, part if what == "part of part" else person,
                     has_paper=what == "paper")  # fmt: skip

    def edit(self, part: RecordId, person: RecordId) -> None:
        record = self.file.record(part)
        assert record
        if not record.is_fact:
            name = self.dice.choice(["last", "note", "more"])
            self.write(Action.WRITE, record.kind, part, {name: self.word(person)}, record.about)

    def add(self, kind: str, person: RecordId, owner: RecordId, *, has_paper: bool) -> None:
        made = self.ident()
        fields: dict[str, object] = {"note": self.word(person) * self.dice.choice([1, 1, 300])}
        blobs: dict[str, bytes] = {}
        if has_paper:
            body = (self.word(person) * 700).encode()
            name = hashlib.sha256(body).hexdigest()
            fields["sha256"], blobs = name, {name: body}
        action = self.dice.choice([Action.WRITE, Action.FACT])
        self.write(action, kind, made, fields, owner, blobs)
        self.parts[person].append(made)

    def purge(self, people: Sequence[RecordId]) -> None:
        changes = [
            Change(self.file.stamp(), ANN, Action.PURGE, "intake", one, {}) for one in people
        ]
        self.file.apply(changes, SAVE)

    def left(self, people: Sequence[RecordId]) -> set[str]:
        """The words of some people that stand in any page; the write-ahead log is folded in."""
        self.file.database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = b"".join(pieces(self.path, KEY)).lower()
        words = [word for one in people for word in self.words[one]]
        return {word for word in words if word.encode() in whole}

    def told(self, people: Sequence[RecordId]) -> list[object]:
        """All that the file says of some people."""
        found = [self.file.record(part) for one in people for part in self.parts[one]]
        lines = [c.line for one in people for p in self.parts[one] for c in self.file.history(p)]
        names = [r.values.get("sha256") for r in found if r]
        blobs = [self.file.blob(str(name)) for name in names if name]
        return [[r and r.canonical() for r in found], lines, blobs]


@contextmanager
def world(seed: int) -> Generator[World]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        path, clock = Path(folder) / "care.db", FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
        file = Compartment.create(path, KEY, clock, StationId("aaaa"), Epoch("bbbbbb"))
        yield World(file, path, Random(seed))
        file.close()


def lived(found: World, count: int, steps: Sequence[tuple[str, int]]) -> None:
    for _ in range(count):
        found.begin()
    for what, who in steps:
        found.step(what, found.people[who % count])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(2, 6), STEPS, st.integers(1, 5), st.integers(0, 999))
def test_no_value_is_left_and_nobody_else_is_touched(
    count: int, steps: list[tuple[str, int]], ending: int, seed: int
) -> None:
    with world(seed) as found:
        lived(found, count, steps)
        gone, stay = found.people[:ending], found.people[ending:]
        assert found.left(gone)  # negative control: they were there
        before = found.told(stay)
        found.purge(gone)
        assert found.told(stay) == before
        for one in gone:
            for part in found.parts[one]:
                record = found.file.record(part)
                assert record
                assert record.is_purged
                assert found.file.history(part) == [] or part in gone
        assert found.file.find(found.words[gone[0]][0], "intake") == []
        upkeep = Upkeep(found.file)
        assert upkeep.left_of([p for one in gone for p in found.parts[one]]) == frozenset()
        upkeep.owe_rewrite()
        assert upkeep.rewrite(lambda: False)
        assert found.left(gone) == set()
        assert found.file.faults() == []
        assert found.left(stay) == {w for one in stay for w in found.words[one]}


def test_whatever_arrives_first_the_end_is_the_same() -> None:
    """A part before its owner's purge, or after it; the owner before the part, or after it."""
    digests = set[str]()
    for seed in range(12):
        with world(1) as found:
            owner, part, deep = (RecordId(name) for name in ("owner", "part", "deep"))
            stamps = [found.file.stamp() for _ in range(4)]
            changes = [
                Change(stamps[0], ANN, Action.WRITE, "intake", owner, {"last": "w1"}),
                Change(stamps[1], ANN, Action.FACT, "attempt", part, {"note": "w2"}, {}, owner),
                Change(stamps[2], ANN, Action.FACT, "call", deep, {"note": "w3"}, {}, part),
                Change(stamps[3], ANN, Action.PURGE, "intake", owner, {}),
            ]
            Random(seed).shuffle(changes)
            for change in changes:
                found.file.apply([change], SAVE)
            digests.add(found.file.digest())
            assert found.file.set_aside() == 0
    assert len(digests) == 1


def test_a_rewrite_that_somebody_waits_for_stops_and_stays_owed() -> None:
    with world(1) as found:
        lived(found, 40, [("paper", n) for n in range(300)])
        found.purge(found.people[:20])
        upkeep = Upkeep(found.file)
        upkeep.owe_rewrite()
        asked: list[int] = []

        def is_wanted() -> bool:
            asked.append(1)
            return True

        assert not upkeep.rewrite(is_wanted)
        assert asked
        assert upkeep.owes_rewrite
        assert found.file.faults() == []
        assert upkeep.rewrite(lambda: False)
        assert not upkeep.owes_rewrite


def test_the_search_for_values_finds_what_secure_delete_would_have_wiped() -> None:
    """Negative control: without it, free pages keep what was there."""
    with world(1) as found:
        found.file.database.conn.execute("PRAGMA secure_delete = OFF")
        lived(found, 3, [("paper", n) for n in range(12)])
        found.purge(found.people)
        assert found.left(found.people)


@pytest.mark.parametrize("is_rewritten", [False, True])
def test_what_lies_on_where_sqlite_rebuilt_a_page_is_why_a_file_is_written_anew(
    *, is_rewritten: bool
) -> None:
    """`secure_delete` wipes what goes, and forgets the gap of a page that is rebuilt: seen here."""
    left = 0
    for seed in (86, 119, 204):
        with world(seed) as found:
            dice = Random(seed)
            count = dice.choice([5, 20, 60])
            whats = ["part", "edit", "hide", "part of part", "paper"]
            steps = [(dice.choice(whats), dice.randrange(count)) for _ in range(count * 5)]
            lived(found, count, steps)
            gone = dice.sample(found.people, count // 4)
            for one in gone:
                found.purge([one])
            if is_rewritten:
                assert Upkeep(found.file).rewrite(lambda: False)
            left += len(found.left(gone))
    assert (left == 0) is is_rewritten

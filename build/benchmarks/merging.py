"""Merging: from the lines of a bundle to the last index, beside a raw insert of the same lines.

Each turn merges into a new, empty file: record, facts, search, likeness, change log and audit.
"""

import os
import random
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.measurement import CannotMeasure, Goal, Measurement, Prepare, Room, Side, Sides
from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change, Value, change_id
from intake_app.domain.clock import SystemClock
from intake_app.domain.exchange import Stream
from intake_app.domain.ids import ChangeId, Epoch, RecordId, StationId, UserId, new_record_id
from intake_app.storage.compartment import Compartment
from intake_app.storage.driver import create
from intake_app.storage.streams import Streams

TAKER = StationId("taker")
SENDER = Stream(StationId("sender"), Epoch("aaaaaa"))
ACT = Act(UserId("benchmark"), "merge")
SMALL = 200
"""Lines of a small bundle."""

_SYLLABLES = "ba be bi co da de do el fa ga ha jo ka la le li lo ma mi mo na ne no pa ra re ri sa"
_NAMED = {"last_name": "last_name", "first_name": "first_name", "born": "born", "phone": "phone"}


def file_in(folder: Path, station: StationId = TAKER) -> Compartment:
    """A new, empty file."""
    path = folder / f"{os.urandom(4).hex()}.db"
    return Compartment.create(path, os.urandom(32), SystemClock(), station, SENDER.epoch)


def streams_of(file: Compartment) -> Streams:
    """Its side of the exchange; everybody is known."""
    return Streams(file, lambda _: True)


def intakes(count: int) -> list[Change]:
    """So many made-up intakes of thirty answers, each one change."""
    dice = random.Random(1)  # noqa: S311 (fiction, not secrets)
    return [_intake(dice, n) for n in range(count)]


def _intake(dice: random.Random, n: int) -> Change:
    def word(syllables: int) -> str:
        return "".join(dice.choices(_SYLLABLES.split(), k=syllables)).capitalize()

    answers = {f"answer_{k}": f"{word(2)} {word(3)}" for k in range(24)}
    fields = {
        "last_name": word(3), "first_name": word(2), "phone": f"+1304555{n % 10_000:04}",
        "born": f"19{dice.randint(40, 99)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}",
        "~facts": _NAMED, "~opened": f"2026-01-{dice.randint(10, 28)}T10:00:00.00+0000",
        "~pathway": "self_referral", "~number": f"SR-{n:06}", **answers,
    }  # fmt: skip
    return Change(
        change_id(n, SENDER.station, SENDER.epoch),
        ACT.user,
        Action.WRITE,
        "intake",
        new_record_id(),
        fields,
    )


def edits_of(made: Sequence[Change], above: int) -> list[Change]:
    """One edit of two answers for each intake, in any order."""
    dice = random.Random(3)  # noqa: S311 (an order, not a secret)
    edited = list[Change]()
    for n, one in enumerate(dice.sample(made, len(made)), above):
        values = {name: "Asked for a ride." for name in ("answer_1", "answer_2")}
        edited.append(_change(n, one.record, values, {name: [one.id] for name in values}))
    return edited


def _change(
    n: int, record: RecordId, fields: Mapping[str, Value],
    over: Mapping[str, Sequence[ChangeId]] | None = None,
) -> Change:  # fmt: skip
    ident = change_id(n, SENDER.station, SENDER.epoch)
    return Change(ident, ACT.user, Action.WRITE, "intake", record, fields, over or {})


def merged(folder: Path, bundles: Sequence[Sequence[bytes]]) -> Side:
    """A side that merges bundles into a new file, and sees that nothing was left out."""
    count = sum(map(len, bundles))

    def side() -> float:
        with closing(file_in(folder)) as file:
            streams = streams_of(file)
            start = time.perf_counter()
            new = sum(streams.take(SENDER, n, lines, ACT).new for n, lines in enumerate(bundles, 1))
            taken = (time.perf_counter() - start) * 1000
            if new != count or streams.aside():
                raise CannotMeasure("not all was merged")
            return taken

    return side


def inserted(folder: Path, lines: Sequence[bytes]) -> Side:
    """The reference: the same lines into one table of a new encrypted file, in one transaction."""

    def side() -> float:
        db = create(folder / f"{os.urandom(4).hex()}.db", os.urandom(32))
        with closing(db.conn) as raw:
            raw.execute("CREATE TABLE raw (n INTEGER PRIMARY KEY, body BLOB NOT NULL)")
            start = time.perf_counter()
            raw.execute("BEGIN")
            raw.executemany("INSERT INTO raw (body) VALUES (?)", [(line,) for line in lines])
            raw.execute("COMMIT")
            return (time.perf_counter() - start) * 1000

    return side


def split(lines: Sequence[bytes], size: int) -> list[Sequence[bytes]]:
    """Bundles of so many lines."""
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def _prepared(bundles: Callable[[int], list[Sequence[bytes]]]) -> Prepare:
    @contextmanager
    def prepare(room: Room) -> Generator[Sides]:
        folder = room.folder / f"merging-{os.urandom(4).hex()}"
        folder.mkdir()
        brought = bundles(2_000 if room.is_quick else 20_000)
        lines = [line for bundle in brought for line in bundle]
        yield Sides(merged(folder, brought), inserted(folder, lines))

    return prepare


def _whole(count: int) -> list[Sequence[bytes]]:
    return [[one.line for one in intakes(count)]]


def _in_small(count: int) -> list[Sequence[bytes]]:
    return split(_whole(count)[0], SMALL)


def _edits_first(count: int) -> list[Sequence[bytes]]:
    made = intakes(count // 2)
    return [[one.line for one in edits_of(made, count)], [one.line for one in made]]


MEASUREMENTS = (
    Measurement(
        "merge of 20,000 changes, all parts on / raw insert", "ms", Goal(times=5),
        _prepared(_whole),
    ),
    Measurement(
        "the same merge in bundles of 200 lines / raw insert", "ms", Goal(times=10),
        _prepared(_in_small),
    ),
    Measurement(
        "merge of 10,000 edits before what they edit / raw insert", "ms", Goal(times=10),
        _prepared(_edits_first),
    ),
)  # fmt: skip

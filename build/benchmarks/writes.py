"""What a keystroke and a change cost, beside one bare durable insert of the same bytes."""

import os
import random
import statistics
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import sqlcipher3.dbapi2

from benchmarks.full_profile import full_desk
from benchmarks.measurement import Goal, Measurement, Room, Side, Sides
from intake_app.domain.draft import Draft
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import INTAKE
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.services.records.drafts import begin_draft, guide_of, save_draft
from intake_app.services.records.writing import write
from intake_app.services.training.fiction import fictional_answer

_TIMES = 60
"""One write is too short for a clock to be fair; a figure is the lower quartile of so many.

A write that waits for the disk is put aside whenever another program wants the processor; the
lower quartile is what it takes by itself, on both sides alike.
"""

_FIELD = "benchmark_note"
"""A field that is no column of a list and no word of the search; the same parts move for any."""


def usual(act: Callable[[], object]) -> Side:
    """A side whose figure is the lower quartile of many times, in milliseconds."""

    def side() -> float:
        taken: list[float] = []
        for _ in range(_TIMES):
            start = time.perf_counter()
            act()
            taken.append((time.perf_counter() - start) * 1000)
        return statistics.quantiles(taken, n=4)[0]

    return side


@contextmanager
def raw_insert(folder: Path, body: bytes) -> Generator[Side]:
    """The reference: one row into an encrypted file, on the disk when it returns."""
    file = folder / f"raw-{os.urandom(4).hex()}.db"
    with closing(sqlcipher3.dbapi2.connect(str(file), isolation_level=None)) as raw:
        raw.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("CREATE TABLE raw (n INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        yield usual(lambda: raw.execute("INSERT INTO raw (body) VALUES (?)", (body,)))


def filled_draft(desk: Desk, seed: int = 1) -> Draft:
    """A walk-in in which every question that is asked has an answer: the largest draft."""
    draft = begin_draft(desk, "self_referral")
    guide, dice = guide_of(desk, draft), random.Random(seed)  # noqa: S311 (fiction, not secrets)
    for field in guide.form.fields():
        if field.id in guide.visible(draft.answers):
            draft.answers[field.id] = fictional_answer(field, dice, desk.clock.local().date())
    return draft


@contextmanager
def prepare_draft(room: Room) -> Generator[Sides]:
    """Each write saves another text in the same draft, as typing does."""
    with full_desk(room) as desk:
        draft, typed = filled_draft(desk), count(1000)
        save_draft(desk, draft)
        kept = desk.drafts.get(draft.id)
        body = kept.keys.encode() + kept.body if kept else b""

        def ours() -> None:
            draft.answers["first_name"] = f"Jordan {next(typed)}"
            save_draft(desk, draft)

        with raw_insert(room.folder, body) as reference:
            yield Sides(usual(ours), reference)


@contextmanager
def prepare_change(room: Room) -> Generator[Sides]:
    """Register, log, outbox, facts row, search and audit move with every change."""
    with full_desk(room) as desk:
        file, user = desk.care_file, desk.person.id
        keys = random.Random(1).sample(list(people_order(desk)), 200)  # noqa: S311 (not secrets)
        records, typed = [row.record for row in people_rows(desk, keys)], count(1000)

        def change() -> None:
            n = next(typed)
            record = records[n % len(records)]
            made = write(file, user, INTAKE, record, {_FIELD: f"Asked for a ride, {n}."})
            file.apply([made], desk.act("benchmark", record))

        change()
        body = write(file, user, INTAKE, records[0], {_FIELD: "Asked for a ride, 1000."}).line
        with raw_insert(room.folder, body) as reference:
            yield Sides(usual(change), reference)


MEASUREMENTS = (
    Measurement(
        "durable draft write / raw insert of the same bytes", "ms", Goal(times=2.5), prepare_draft
    ),
    Measurement("one-field change, all parts on / raw insert", "ms", Goal(times=5), prepare_change),
)

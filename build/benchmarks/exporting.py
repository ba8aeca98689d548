"""The file of all intakes as codes: prepared in steps, noted and written, from the page's services.

The reference writes the same rows once more with the csv module alone.
"""

import csv
import io
import shutil
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final

from benchmarks.full_profile import counting_desk
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import agreements, enter_agreement
from intake_app.services.exports.ask import ExportAsk, Prepared, prepared_at_once
from intake_app.services.exports.exporting import prepare_export, save_export

EVER: Final = ("2000-01-01", "2099-12-31")
KIND: Final = "intakes_coded"
_OPENED: Final = 0.98
"""So many of those who came have an intake at least: to some an officer only spoke."""


@contextmanager
def prepare_whole(room: Room) -> Generator[Sides]:
    """From the press of the button to a file that was read back.

    Raises:
        CannotMeasure: Intakes are missing.
    """
    with counting_desk(room) as desk:
        ask = ExportAsk(KIND, *EVER, _agreement(desk), "audit")
        prepared = prepared_at_once(prepare_export(desk, ask))
        if prepared.rows < _OPENED * room.people:
            raise CannotMeasure(f"{prepared.rows} lines of {room.people} people")
        rows, folder = _rows(prepared), room.folder / "exports"

        def export() -> float:
            start = time.perf_counter()
            made = prepared_at_once(prepare_export(desk, ask))
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            save_export(desk, made, folder / "all.csv")
            return time.perf_counter() - start

        yield Sides(export, lambda: _bare(rows, folder / "bare.csv"))


@contextmanager
def prepare_steps(room: Room) -> Generator[Sides]:
    """How long others wait at most between two steps, and whoever presses "Stop"."""
    with counting_desk(room) as desk:
        ask = ExportAsk(KIND, *EVER, _agreement(desk), "audit")

        def longest() -> float:
            moments = [time.perf_counter()]
            prepared_at_once(
                prepare_export(desk, ask), lambda _: moments.append(time.perf_counter())
            )
            waits = [after - before for before, after in pairwise(moments[1:])]
            return max(waits) * 1000

        yield Sides(longest)


def _agreement(desk: Desk) -> str:
    known = agreements(desk)
    return known[0].id if known else enter_agreement(desk, "A university", "MOU 1", "2000-01-01")


def _rows(prepared: Prepared) -> Sequence[Sequence[str]]:
    text = prepared.files[0].data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def _bare(rows: Sequence[Sequence[str]], path: Path) -> float:
    start = time.perf_counter()
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return time.perf_counter() - start


MEASUREMENTS: Final = (
    Measurement(
        "CSV of all {people} intakes, shown, noted, written / its rows written bare", "s",
        Goal(units=20), prepare_whole,
    ),
    Measurement(
        "longest step while that CSV is prepared", "ms", Goal(units=300), prepare_steps,
    ),
)  # fmt: skip

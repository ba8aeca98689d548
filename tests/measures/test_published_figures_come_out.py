"""What Oregon and Pinellas published comes out of journeys that are like theirs.

Oregon CJC, HB 4002, until 2025-04-17: 1,180 referred, of these 926 eligible, 249 not, 5 undecided;
723 enrolled; 88 completed, 223 not completed, 412 still active. Pinellas APAD, 2017: 3,228
screened, 1,218 eligible, 778 completed, 89 pending.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from journey_files import filled, journey, question

from intake_app.domain.figure import Figure
from intake_app.domain.journey import Journey
from intake_app.domain.wilson import wilson

OREGON = ("2024-09-01", "2025-04-17")
PINELLAS = ("2017-01-01", "2017-12-31")


def some(counts: list[tuple[int, dict[str, Any]]], opened: str) -> Iterator[Journey]:
    n = 0
    for count, said in counts:
        for _ in range(count):
            n += 1
            yield journey(n, opened_on=opened, **said)


def oregon() -> Iterator[Journey]:
    enrolled = {"eligible": "yes", "offered_on": "2025-01-10", "accepted_on": "2025-01-10"}
    return some([
        (249, {"eligible": "no"}),
        (5, {"eligible": "undecided"}),
        (926 - 723, {"eligible": "yes", "offered_on": "2025-01-10", "declined_on": "2025-01-10"}),
        (88, {**enrolled, "outcome": "completed"}),
        (223, {**enrolled, "outcome": "not_completed"}),
        (412, enrolled),
    ], "2025-01-10")  # fmt: skip


def pinellas() -> Iterator[Journey]:
    eligible = {"eligible": "yes", "offered_on": "2017-05-01", "accepted_on": "2017-05-01"}
    return some([
        (3228 - 1218, {"eligible": "no"}),
        (778, {**eligible, "outcome": "completed"}),
        (89, eligible),
        (1218 - 778 - 89, {**eligible, "outcome": "not_completed"}),
    ], "2017-05-01")  # fmt: skip


class Funnel:
    """Figures of one file and period."""

    def __init__(self, folder: Path, journeys: Iterator[Journey], period: tuple[str, str]) -> None:
        self.file, self.period = filled(folder, journeys), period

    def __getitem__(self, ident: str) -> Figure:
        return self.file.ask(question(ident, (), self.period))


def test_oregon(tmp_path: Path) -> None:
    told = Funnel(tmp_path, oregon(), OREGON)
    assert told["met"].whole.number == 1180
    eligible = told["eligible"]
    assert eligible.whole.number == 926
    assert eligible.whole.base - eligible.whole.number == 249
    assert eligible.excluded == {"undecided": 5}
    assert told["accepted"].whole.number == 723
    assert told["active"].whole.number == 412
    completed = told["completed"]
    assert (completed.whole.number, completed.whole.base) == (88, 88 + 223)
    assert completed.excluded["active"] == 412


def test_completion_is_counted_over_finished_ones_only(tmp_path: Path) -> None:
    """Over all who enrolled it would be 12 %, and say that the program fails; it is 28 %."""
    whole = Funnel(tmp_path, oregon(), OREGON)["completed"].whole
    assert whole.number / whole.base == pytest.approx(0.283, abs=0.0005)
    low, high = wilson(whole.number, whole.base)
    assert low < 0.283 < high
    assert (low, high) == pytest.approx((0.2357, 0.3355), abs=0.0005)


def test_pinellas(tmp_path: Path) -> None:
    told = Funnel(tmp_path, pinellas(), PINELLAS)
    assert told["met"].whole.number == 3228
    assert told["eligible"].whole.number == 1218
    completed = told["completed"]
    assert completed.whole.number == 778
    assert completed.excluded["active"] == 89
    assert completed.whole.base == 1218 - 89
    assert completed.whole.number / completed.whole.base == pytest.approx(0.689, abs=0.0005)

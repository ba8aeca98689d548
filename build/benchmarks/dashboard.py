"""The page of numbers among a hundred thousand intakes: what was counted, and what may be told."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from benchmarks.full_profile import counting_desk
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides, timed
from intake_app.services.measures.asking import ask, ask_all, measures_of
from intake_app.services.measures.periods import last_full_quarter
from intake_app.services.measures.viewing import board

EVER: Final = ("2000-01-01", "2099-12-31")
"""So that every journey is counted."""

MANY: Final = 25
"""Measures of a usual page."""


@contextmanager
def prepare_board(room: Room) -> Generator[Sides]:
    """The page as it opens: the last full quarter, against the same measures one by one.

    Raises:
        CannotMeasure: Nothing was counted.
    """
    with counting_desk(room) as desk:
        quarter = last_full_quarter(desk)
        idents = [one.id for one in measures_of(desk)]
        if board(desk, quarter).is_empty:
            raise CannotMeasure("nothing was counted")

        def one_by_one() -> None:
            for ident in idents:
                ask(desk, ident, quarter.since, quarter.until)

        yield Sides(timed(lambda: board(desk, quarter)), timed(one_by_one))


@contextmanager
def prepare_all_days(room: Room) -> Generator[Sides]:
    """The measures of a page over every intake there ever was, against one by one.

    Raises:
        CannotMeasure: Nothing was counted.
    """
    with counting_desk(room) as desk:
        idents = [one.id for one in measures_of(desk)][:MANY]
        if not ask(desk, "met", *EVER).figure.whole.number:
            raise CannotMeasure("nothing was counted")

        def one_by_one() -> None:
            for ident in idents:
                ask(desk, ident, *EVER)

        yield Sides(timed(lambda: ask_all(desk, idents, *EVER)), timed(one_by_one))


MEASUREMENTS: Final = (
    Measurement(
        "dashboard of the last quarter in {people}, all measures told / one by one", "ms",
        Goal(units=1000), prepare_board,
    ),
    Measurement(
        f"dashboard of all days in {{people}}, {MANY} measures counted / one by one", "ms",
        Goal(units=1000), prepare_all_days,
    ),
)  # fmt: skip

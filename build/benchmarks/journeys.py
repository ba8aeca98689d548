"""Journeys of a thousand intakes made anew, among a hundred thousand people."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from benchmarks.full_profile import counting_desk
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides, timed
from intake_app.domain.journey import Subject
from intake_app.domain.roles import Compartment
from intake_app.services.folds.folding import journeys_of
from intake_app.services.folds.parts import Folding

COUNT: Final = 1000


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """Load, fold and keep, against reading the same records one intake after the other.

    Raises:
        CannotMeasure: There are not so many.
    """
    with counting_desk(room) as desk:
        if desk.measures is None:
            raise CannotMeasure("no journeys here")
        journeys = desk.measures.files[Compartment.CARE]
        known = (one for one in journeys.each("0000", "9999") if one.subject is Subject.INTAKE)
        idents = [one.record for one, _ in zip(known, range(COUNT), strict=False)]
        if len(idents) < COUNT:
            raise CannotMeasure("too few intakes")

        def made_anew() -> None:
            kins, of = journeys.kin(idents)
            journeys.keep(journeys_of(Folding.of(desk), kins), of, None)

        def one_by_one() -> None:
            for ident in idents:
                desk.care_file.whole(ident)

        yield Sides(timed(made_anew), timed(one_by_one))


MEASUREMENTS: Final = (
    Measurement(
        f"{COUNT:,} journeys made anew in {{people}} / their records read one by one", "ms",
        Goal(times=3.0), prepare,
    ),
)  # fmt: skip

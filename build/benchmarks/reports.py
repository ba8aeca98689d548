"""The quarterly report of a hundred thousand intakes: from the files to the bytes of the PDF."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from benchmarks.full_profile import counting_desk
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides, timed
from intake_app.services.reports.quarterly import print_quarterly, quarterly_report


@contextmanager
def prepare_quarterly(room: Room) -> Generator[Sides]:
    """Count, decide what may be told, draw.

    Raises:
        CannotMeasure: It has no pages, or nothing was counted.
    """
    with counting_desk(room) as desk:
        report = quarterly_report(desk)
        if report.waiting or not report.views:
            raise CannotMeasure("nothing was counted")
        if not print_quarterly(desk, report).startswith(b"%PDF"):
            raise CannotMeasure("the report is no PDF")
        yield Sides(timed(lambda: print_quarterly(desk, quarterly_report(desk))))


MEASUREMENTS: Final = (
    Measurement("quarterly PDF of all files", "ms", Goal(units=2000), prepare_quarterly),
)

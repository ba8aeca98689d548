"""The quarterly report: all measures of a period, and tables that show who is treated how.

It is made from the files that somebody reads, or from a release, which needs no key at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from intake_app.domain.measure import Family, Measure, Question
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.measures.asking import (
    answer_all,
    cuts_of,
    families_of,
    question_of,
)
from intake_app.services.measures.periods import Period, last_full_quarter
from intake_app.services.measures.report import Report, draw_report, told_views
from intake_app.services.measures.report_parts import Section
from intake_app.services.measures.viewing import View

PAPER: Final = "quarterly_report"


def quarterly_report(
    desk: Desk, period: Period | None = None, *, is_internal: bool = False
) -> Report:
    """All measures of a period, told together.

    Args:
        desk: Who asks.
        period: Any days; None: the last quarter that is over.
        is_internal: With all numbers, "not for release".

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    desk.require(May.SEE_NUMBERS)
    days = period or last_full_quarter(desk)
    families = families_of(desk)
    measured = {one.id: one for _, measures in families for one in measures}
    questions = [
        *(question_of(desk, one, days.since, days.until) for one in measured.values()),
        *(one for family, _ in families for one in _tables(desk, family, measured, days)),
    ]
    asked = answer_all(desk, questions)
    views = told_views(desk, asked, is_internal=is_internal)
    known = {(one.told.measure.id, _cut_of(one)): one for one in views}
    sections = tuple(_sections(families, known))
    return Report(days, sections, max((one.waiting for one in asked), default=0), is_internal)


def print_quarterly(desk: Desk, report: Report, language: str = "") -> bytes:
    """The report as a tagged PDF; that it was drawn is logged.

    Args:
        desk: Whose.
        report: Made here, or read from a release.
        language: ISO 639; empty: the department's own.

    Raises:
        NotAllowed: Not in one's roles.
        PaperMissing: The paper's file is gone.
    """
    desk.require(May.SEE_NUMBERS if report.is_internal else May.SEE_RELEASED)
    data = draw_report(desk, PAPER, report, language)
    what = "print report, not for release" if report.is_internal else "print report"
    desk.station.note(desk.act(what))
    return data


# --- inside -----------------------------------------------------------------------------


def _own(family: Family, measures: Iterable[Measure]) -> list[str]:
    """The measures of a family, without those that it only shows as well."""
    return [one.id for one in measures if one.family == family.id]


def _tables(
    desk: Desk, family: Family, known: Mapping[str, Measure], days: Period
) -> Iterator[Question]:
    """The tables of a family that can be asked here: not of what no form asks."""
    optional = {cut.id for cut in desk.library.cuts() if cut.asks}
    for ident, cut in family.tables:
        is_asked = cut not in optional or cut in {one.id for one in cuts_of(desk, ident)}
        if ident in known and is_asked:
            yield question_of(desk, known[ident], days.since, days.until, [cut])


def _cut_of(view: View) -> str:
    """By what it was asked, or empty; after a roll-up it is told by something coarser."""
    return next((cut.id for cut in view.asked.cuts), "")


def _sections(
    families: Iterable[tuple[Family, list[Measure]]], known: Mapping[tuple[str, str], View]
) -> Iterator[Section]:
    for family, measures in families:
        views = tuple(known[ident, ""] for ident in _own(family, measures))
        tables = tuple(known[pair] for pair in family.tables if pair in known)
        if views or tables:
            yield Section(family.id, family.label, views, tables)

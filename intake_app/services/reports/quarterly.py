"""The quarterly report: all measures of a period, and tables that show who is treated how.

It is made from the files that somebody reads, or from a release, which needs no key at all.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from intake_app.domain.measure import Family, Kind, Measure, Question
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked
from intake_app.services.measures.asking import answer_all, cuts_of, families_of, question_of
from intake_app.services.measures.periods import Period, last_full_quarter
from intake_app.services.measures.released_before import tables_released
from intake_app.services.measures.viewing import View
from intake_app.services.reports.parts import Section
from intake_app.services.reports.report import Report, draw_report, told_views

PAPER: Final = "quarterly_report"

_SLACK: Final = 2
"""So many figures over everything may be hidden for the sake of tables; never a count."""


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
    views = _told(desk, asked, days, is_internal=is_internal)
    known = {(one.told.measure.id, _cut_of(one.asked)): one for one in views}
    blank = {(one.measure.id, _cut_of(one)) for one in asked} - known.keys()
    sections = tuple(_sections(desk, families, known, blank))
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


def _told(desk: Desk, asked: Sequence[Asked], days: Period, *, is_internal: bool) -> list[View]:
    """All of it told together; without the tables that would blank the figures beside them.

    What a table hides can be given back by a figure, so a table of small groups may cost figures
    about everybody. These are what a report is for: they go first, and the tables by one cut after
    another as long as they leave them standing. What was released of these days has decided which
    tables there are, so that a second report of them is the same.
    """
    if not is_internal and (known := tables_released(desk, days)) is not None:
        same = [one for one in asked if not one.cuts or (one.measure.id, _cut_of(one)) in known]
        return told_views(desk, same, is_internal=False)
    views = told_views(desk, asked, is_internal=is_internal)
    wholes = [one for one in asked if not one.cuts]
    if is_internal or len(wholes) == len(asked):
        return views
    kept, found = wholes, told_views(desk, wholes, is_internal=False)
    standing = _standing(found)
    if _leaves(standing, views):
        return views
    for cut in dict.fromkeys(_cut_of(one) for one in asked if one.cuts):
        tried = [*kept, *(one for one in asked if _cut_of(one) == cut and one.cuts)]
        views = told_views(desk, tried, is_internal=False)
        if _leaves(standing, views):
            kept, found = tried, views
    return found


def _standing(views: Iterable[View]) -> dict[str, Kind]:
    """The figures over everything that are told."""
    told = (one.told for one in views if not one.asked.cuts and not one.told.whole.is_hidden)
    return {one.measure.id: one.measure.kind for one in told}


def _leaves(standing: Mapping[str, Kind], views: Iterable[View]) -> bool:
    """Whether tables leave the figures standing: all counts, and all others but a few."""
    lost = standing.keys() - _standing(views).keys()
    return len(lost) <= _SLACK and all(standing[one] is not Kind.COUNT for one in lost)


def _cut_of(asked: Asked) -> str:
    """By what it was asked, or empty; after a roll-up it is told by something coarser."""
    return next((cut.id for cut in asked.cuts), "")


def _sections(
    desk: Desk,
    families: Iterable[tuple[Family, list[Measure]]],
    known: Mapping[tuple[str, str], View],
    blank: Collection[tuple[str, str]],
) -> Iterator[Section]:
    cuts = {one.id: one.label for one in desk.library.cuts()}
    for family, measures in families:
        views = tuple(known[ident, ""] for ident in _own(family, measures))
        tables = tuple(known[pair] for pair in family.tables if pair in known)
        gone = dict.fromkeys(cut for ident, cut in family.tables if (ident, cut) in blank)
        if views or tables:
            labels = tuple(cuts[cut] for cut in gone)
            yield Section(family.id, family.label, views, tables, labels)

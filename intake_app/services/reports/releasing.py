"""Releasing numbers: a report as it may be told becomes a record that needs no key to be read.

A coordinator or supervisor releases; administrators and the chief see what was released. It stays
as it is: a correction is a new release, which has to agree with all earlier ones so that no
difference gives anybody away (`domain.told_before`).
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain import facts
from intake_app.domain.clock import stamp
from intake_app.domain.disclosure_errors import NotWhatWasShown
from intake_app.domain.figure import Figure
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.measure_errors import CutMissing
from intake_app.domain.record import Record
from intake_app.domain.release_errors import (
    NotToBeReleased,
    PeriodNotOver,
    ReleaseGone,
    StillCounting,
)
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked
from intake_app.services.measures.periods import Period
from intake_app.services.measures.release_lines import made, plain
from intake_app.services.measures.released_before import RELEASE, ReleasedFigure, record_of_release
from intake_app.services.measures.viewing import View
from intake_app.services.records.writing import fact
from intake_app.services.reports.parts import Section
from intake_app.services.reports.quarterly import quarterly_report
from intake_app.services.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.change import Value


@dataclass(frozen=True, slots=True)
class Release:
    """A release in a list.

    Attributes:
        id: Its record.
        period: Of which days.
        day: When it was released (YYYY-MM-DD).
        by: Who did.
        figures: How many figures it has.
        is_newest: No later release is of the same days.
    """

    id: RecordId
    period: Period
    day: str
    by: UserId
    figures: int
    is_newest: bool


@dataclass(frozen=True, slots=True)
class _SectionLines:
    id: str
    title: Text
    views: tuple[int, ...]
    tables: tuple[int, ...]
    blank: tuple[Text, ...] = ()


def release(desk: Desk, report: Report) -> RecordId:
    """Release a report as it was shown.

    Args:
        desk: Who releases: a coordinator or supervisor.
        report: As it was made, and looked at.

    Returns:
        The record of the release.

    Raises:
        NotAllowed: Not in one's roles.
        NotToBeReleased: It is the copy for the house.
        PeriodNotOver: Its days are not over.
        StillCounting: Not all records are counted.
        NotWhatWasShown: The numbers are not the same any more.
        CutMissing: It is cut by something that only some may see.
        CountedMore: An earlier release counted files that this person does not hold.
    """
    desk.require(May.RELEASE_NUMBERS)
    figures = [one.told for one in report.views]
    if report.is_internal or any(one.is_internal for one in figures):
        raise NotToBeReleased
    if report.period.until >= desk.clock.local().date().isoformat():
        raise PeriodNotOver
    now = quarterly_report(desk, report.period)
    if now.waiting:
        raise StillCounting
    if [one.told for one in now.views] != figures:
        raise NotWhatWasShown
    if any(cut.within for one in now.views for cut in one.asked.cuts):
        raise CutMissing
    ident = new_record_id()
    change = fact(desk.station, desk.person.id, RELEASE, ident, _lines(desk, now))
    desk.station.apply([change], desk.act("release numbers", ident))
    return ident


def released(desk: Desk) -> list[Release]:
    """All releases, the newest first.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.SEE_RELEASED)
    found: list[Release] = []
    seen = set[tuple[str, str]]()
    records = sorted(desk.station.of_kind(RELEASE), key=_when, reverse=True)
    for record in records:
        period = made(Period, record.values["period"])
        days = (period.since, period.until)
        figures = record.values["figures"]
        found.append(Release(
            record.id, period, str(record.values["day"]), UserId(str(record.values[facts.BY])),
            len(figures), days not in seen,
        ))  # fmt: skip
        seen.add(days)
    return found


def read_release(desk: Desk, ident: RecordId) -> Report:
    """A release as a report, to be shown and printed; that it was looked at is logged.

    Raises:
        NotAllowed: Not in one's roles.
        ReleaseGone: There is no such release, or it cannot be read.
    """
    desk.require(May.SEE_RELEASED)
    record = record_of_release(desk, ident)
    try:
        report = _report(record)
    except (ValueError, KeyError, IndexError) as error:
        raise ReleaseGone from error
    desk.station.note(desk.act("look at released numbers", ident))
    return report


# --- inside -----------------------------------------------------------------------------


def _when(record: Record) -> tuple[str, str]:
    return str(record.values["released_at"]), record.id


def _lines(desk: Desk, report: Report) -> "Mapping[str, Value]":
    views = list(dict.fromkeys(id(one) for part in report.sections for one in part.all_views))
    known = {id(one): one for part in report.sections for one in part.all_views}
    ordered = [known[one] for one in views]
    place = {one: n for n, one in enumerate(views)}
    sections = [
        _SectionLines(one.id, one.title, tuple(place[id(view)] for view in one.views),
                      tuple(place[id(view)] for view in one.tables), one.blank)
        for one in report.sections
    ]  # fmt: skip
    figures = [ReleasedFigure(one.told, tuple(one.asked.files)) for one in ordered]
    asked = [replace(one.asked, figure=_nothing_of(one)) for one in ordered]
    return {
        "period": plain(report.period), "day": desk.clock.local().date().isoformat(),
        "released_at": stamp(desk.clock), "figures": plain(figures), "asked": plain(asked),
        "sections": plain(sections), **desk.entered(),
    }  # fmt: skip


def _nothing_of(view: View) -> Figure:
    """No figure that was counted is kept, not even by mistake."""
    told = view.told
    return Figure(told.measure, told.since, told.until, told.cuts)


def _report(record: Record) -> Report:
    figures = made(list[ReleasedFigure], record.values["figures"])
    asked = made(list[Asked], record.values["asked"])
    views = [View(figure.told, one) for figure, one in zip(figures, asked, strict=True)]
    sections = tuple(
        Section(one.id, one.title, tuple(views[n] for n in one.views),
                tuple(views[n] for n in one.tables), one.blank)
        for one in made(list[_SectionLines], record.values["sections"])
    )  # fmt: skip
    period, day = made(Period, record.values["period"]), str(record.values["day"])
    return Report(period, sections, released_on=day)

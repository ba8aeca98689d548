"""The clock of a held charge: report-by, completion, extensions, stops, limitation.

All of it is computed from the acts of the case, the program's terms and the calendar; nothing is
stored, so that a late act or a corrected holiday list leaves nothing stale. What is printed on a
paper binds, also where the count says otherwise. The limitation date is the prosecutor's: nothing
here moves it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from intake_app.domain.business_time import (
    Calendar,
    Place,
    ReportBy,
    Step,
    StepReason,
    moved,
    report_by,
)
from intake_app.domain.case_act import (
    DAYS,
    ISSUES,
    LIMITATION,
    REASON,
    REPORT_BY,
    CaseAct,
    CaseActKind,
    Sight,
    in_order,
)
from intake_app.domain.case_status import CaseStatus, ChargeStatus, Folded, fold
from intake_app.domain.days import add_months
from intake_app.domain.terms import Terms
from intake_app.domain.tolling import Toll, tolled_days, tolls

NEAR_LIMITATION: Final = timedelta(days=30)
"""How long before the limitation date the program begins to warn; a courtesy, no rule of law."""

_VISITS: Final = frozenset({
    CaseActKind.REPORTED, CaseActKind.ASSESSED, CaseActKind.PLAN_AGREED, CaseActKind.COMPLETED,
})  # fmt: skip
_SETS: Final = {
    CaseActKind.REPORT_BY_SET: StepReason.PAPER_BINDS,
    CaseActKind.RESCHEDULED: StepReason.RESCHEDULED,
}
_NO_CHARGE_DUE: Final = frozenset({CaseStatus.COMPLETED, CaseStatus.ENTERED_IN_ERROR})


class DueKind(StrEnum):
    """What is due next."""

    REPORT = "report"
    COMPLETE = "complete"
    CHARGE = "charge"  # closed and still held: the prosecutor's limitation date


@dataclass(frozen=True, slots=True)
class Due:
    """What is due, and when."""

    what: DueKind
    when: datetime


class Caution(StrEnum):
    """Something about the clock that a person must look at."""

    PAPER_DIFFERS = "paper_differs"  # the report-by on the paper is not the computed one
    PAST_LIMITATION = "past_limitation"  # report-by or completion is later than it
    NEAR_LIMITATION = "near_limitation"
    LIMITATION_OVER = "limitation_over"
    EXTENSIONS_OVER_LIMIT = "extensions_over_limit"  # granted apart; those over it do not count


@dataclass(frozen=True, slots=True)
class Abeyance:
    """Where the clock of a case stands.

    Attributes:
        report_by: None before anything was issued, and while the clock stands still.
        complete_by: The last day; None for the same reasons, or if the program has no such day.
        is_tolled: The clock stands still; nothing is due then.
        tolled_days: Days on which it stood, until now.
        extensions_used: Those that count.
        extensions_left: Those that may still be given.
        limitation: The prosecutor's date.
        is_reported: The person came.
        is_overdue: What is due has passed.
        next_due: What is due, and when; None if nothing is.
        no_show_from: From when "did not report" may be noted: report-by and the grace hours.
        warnings: What to look at.
        steps: How completion was found; `report_by.steps` says how report-by was.
    """

    report_by: ReportBy | None = None
    complete_by: date | None = None
    is_tolled: bool = False
    tolled_days: int = 0
    extensions_used: int = 0
    extensions_left: int = 0
    limitation: date | None = None
    is_reported: bool = False
    is_overdue: bool = False
    next_due: Due | None = None
    no_show_from: datetime | None = None
    warnings: tuple[Caution, ...] = ()
    steps: tuple[Step, ...] = ()


def abeyance(
    acts: Iterable[CaseAct], terms: Terms, calendar: Calendar, now: datetime, zone: tzinfo
) -> Abeyance:
    """Where the clock of a case stands.

    Args:
        acts: All acts of the case, in any order.
        terms: The program's, as they were when the case was taken.
        calendar: Business days.
        now: Aware.
        zone: The zone of the wall clock.
    """
    every = in_order(acts)
    case = fold(every)
    count = _Count(every, Place(terms, calendar, zone), now)
    by, count.is_paper_different = count.report_by()
    complete_by, steps = count.completion()
    used, granted = count.extensions(), len(count.of(CaseActKind.EXTENDED))
    found = Abeyance(
        report_by=by,
        complete_by=complete_by,
        is_tolled=case.is_tolled,
        tolled_days=count.tolled(),
        extensions_used=len(used),
        extensions_left=max(terms.extensions - len(used), 0),
        limitation=_limitation(every),
        is_reported=count.reported is not None,
        steps=steps,
    )
    return replace(
        found,
        next_due=_next_due(found, case, count.place),
        is_overdue=_is_overdue(found, case, count),
        no_show_from=_no_show_from(found, terms, zone),
        warnings=tuple(_warnings(found, case, granted, count)),
    )


class _Count:
    """One reading of the acts of a case."""

    def __init__(self, every: tuple[CaseAct, ...], place: Place, now: datetime) -> None:
        self._acts, self.place, self._now = every, place, now
        self._stops = tolls(every)
        self.is_paper_different = False
        self.reported = next((act.at for act in every if act.kind in _VISITS), None)

    def of(self, *kinds: CaseActKind) -> list[CaseAct]:
        return [act for act in self._acts if act.kind in kinds]

    @property
    def today(self) -> date:
        return self.place.day_of(self._now)

    def is_past(self, moment: datetime) -> bool:
        return self._now.astimezone(UTC) > moment.astimezone(UTC)

    def report_by(self) -> tuple[ReportBy | None, bool]:
        """Report-by, and whether a paper says another one than the count."""
        base = self._base()
        if base is None:
            return None, False
        ended = [stop for stop in self._stops_before_visit() if stop.ended]
        found, differs = self._counted_from(base, ended)
        last = found.moment.astimezone(UTC)
        if any(
            stop.ended is None and stop.started.astimezone(UTC) <= last
            for stop in self._stops_before_visit()
        ):
            return None, differs
        return found, differs

    def _base(self) -> CaseAct | None:
        """The act that says from where to count: the last one before the visit."""
        bases = [
            act for act in self._acts
            if act.kind in ISSUES or (act.kind in _SETS and act.moment(REPORT_BY))
        ]  # fmt: skip
        if not any(act.kind in ISSUES for act in bases):
            return None
        before = [act for act in bases if self._is_before_visit(act.at)]
        return (before or bases)[-1]

    def _is_before_visit(self, moment: datetime) -> bool:
        return self.reported is None or moment.astimezone(UTC) <= self.reported.astimezone(UTC)

    def _stops_before_visit(self) -> list[Toll]:
        """Stops of the clock that matter for report-by; the visit ended them."""
        stops = [stop for stop in self._stops if self._is_before_visit(stop.started)]
        if self.reported is None:
            return stops
        return [
            stop if stop.ended and self._is_before_visit(stop.ended)
            else replace(stop, ended=self.reported)
            for stop in stops
        ]  # fmt: skip

    def _counted_from(self, base: CaseAct, stops: list[Toll]) -> tuple[ReportBy, bool]:
        place = self.place
        printed, issue = base.moment(REPORT_BY), self._issue_of(base)
        computed = report_by(issue.at, place.terms, place.calendar, place.zone)
        is_paper = base.kind is not CaseActKind.RESCHEDULED
        if printed is None or (is_paper and _is_same_minute(printed, computed.moment)):
            return report_by(issue.at, place.terms, place.calendar, place.zone, stops), False
        set_at = base.at.astimezone(UTC)
        reason = _SETS.get(base.kind, StepReason.PAPER_BINDS)
        step = Step(place.day_of(printed), False, reason, base.word(REASON))
        later = [stop for stop in stops if stop.started.astimezone(UTC) >= set_at]
        return moved(printed.astimezone(place.zone), step, place, later), is_paper

    def _issue_of(self, base: CaseAct) -> CaseAct:
        """The paper that an act is about: the last one issued before it."""
        issues = self.of(*ISSUES)
        before = [act for act in issues if act.at.astimezone(UTC) <= base.at.astimezone(UTC)]
        return (before or issues)[-1]

    def extensions(self) -> list[CaseAct]:
        """Those that count: the first ones, up to what the program gives."""
        return self.of(CaseActKind.EXTENDED)[: self.place.terms.extensions]

    def completion(self) -> tuple[date | None, tuple[Step, ...]]:
        """The last day to complete, and how it was found; counted from the first paper."""
        terms, issues = self.place.terms, self.of(*ISSUES)
        if not issues or not (terms.complete_days or terms.complete_months):
            return None, ()
        first = self.place.day_of(issues[0].at)
        period = _period_of(first, terms)
        steps = [Step(first, False, StepReason.FIRST_DAY), period]
        last, stood = period.day, set[date]()
        for move in self._moves():
            if isinstance(move, CaseAct):
                days = move.number(DAYS) or terms.extension_days
                last += timedelta(days=days)
                steps.append(Step(last, True, StepReason.EXTENDED, move.word(REASON), days))
            elif self.place.day_of(move.started) <= last:
                if move.ended is None:
                    return None, tuple(steps)
                new = {day for day in move.days(self.place.zone, self._now) if day >= first} - stood
                stood |= new
                last += timedelta(days=len(new))
                steps.append(Step(last, False, StepReason.TOLLED, move.reason, len(new)))
        return last, (*steps, Step(last, False, StepReason.DUE))

    def _moves(self) -> list[CaseAct | Toll]:
        """Extensions and stops of the clock, as they happened."""
        found = [(act.at, act.id, act) for act in self.extensions()]
        stops = [(stop.started, stop.id, stop) for stop in self._stops]
        ordered = sorted([*found, *stops], key=lambda each: (each[0].astimezone(UTC), each[1]))
        return [each[2] for each in ordered]

    def tolled(self) -> int:
        """Days on which the clock stood, each once."""
        issues = self.of(*ISSUES)
        first = self.place.day_of(issues[0].at) if issues else date.min
        return len(tolled_days(self._stops, self.place.zone, self._now, first))


def _is_same_minute(one: datetime, other: datetime) -> bool:
    return abs(one.astimezone(UTC) - other.astimezone(UTC)) < timedelta(minutes=1)


def _period_of(first: date, terms: Terms) -> Step:
    if terms.complete_months:
        day, count, unit = add_months(first, terms.complete_months), terms.complete_months, "months"
    else:
        day, count, unit = first + timedelta(terms.complete_days), terms.complete_days, "days"
    return Step(day, True, StepReason.PERIOD, unit, count)


def _limitation(acts: Iterable[CaseAct]) -> date | None:
    """The date of the last act; of several who worked apart, the earliest is the safe one."""
    every = tuple(acts)
    said = [a for a in every if a.kind is CaseActKind.LIMITATION_SET and a.day(LIMITATION)]
    days = [day for act in Sight(every).last_of(said) if (day := act.day(LIMITATION))]
    return min(days, default=None)


def _next_due(clock: Abeyance, case: Folded, place: Place) -> Due | None:
    if not case.is_open:
        is_held = case.charge is ChargeStatus.HELD and case.status not in _NO_CHARGE_DUE
        if is_held and clock.limitation:
            return Due(DueKind.CHARGE, place.closing(clock.limitation))
        return None
    if clock.is_tolled:
        return None
    if clock.report_by and not clock.is_reported:
        return Due(DueKind.REPORT, clock.report_by.moment)
    if clock.complete_by:
        return Due(DueKind.COMPLETE, place.closing(clock.complete_by))
    return None


def _is_overdue(clock: Abeyance, case: Folded, count: _Count) -> bool:
    if not case.is_open or clock.is_tolled:
        return False
    if clock.report_by and not clock.is_reported:
        return count.is_past(clock.report_by.moment)
    return clock.complete_by is not None and count.today > clock.complete_by


def _no_show_from(clock: Abeyance, terms: Terms, zone: tzinfo) -> datetime | None:
    if clock.report_by is None or clock.is_reported:
        return None
    grace = timedelta(hours=terms.grace_hours)
    return (clock.report_by.moment.astimezone(UTC) + grace).astimezone(zone)


def _warnings(clock: Abeyance, case: Folded, granted: int, count: _Count) -> Iterable[Caution]:
    if count.is_paper_different:
        yield Caution.PAPER_DIFFERS
    if granted > clock.extensions_used:
        yield Caution.EXTENSIONS_OVER_LIMIT
    is_held = case.charge is ChargeStatus.HELD and case.status not in _NO_CHARGE_DUE
    if clock.limitation and is_held:
        yield from _limits(clock, clock.limitation, case, count)


def _limits(clock: Abeyance, limitation: date, case: Folded, count: _Count) -> Iterable[Caution]:
    due = [clock.complete_by or date.min]
    if clock.report_by and not clock.is_reported:
        due.append(count.place.day_of(clock.report_by.moment))
    if case.is_open and max(due) > limitation:
        yield Caution.PAST_LIMITATION
    if count.today > limitation:
        yield Caution.LIMITATION_OVER
    elif limitation - count.today <= NEAR_LIMITATION:
        yield Caution.NEAR_LIMITATION

"""Report-by: business days, holidays and the program's hours, counted day by day with reasons.

Hours are counted as they pass (a night with daylight saving has 23 or 25), days as they stand on
the wall. What is explained here is what is computed: the steps are the count itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final, Protocol

from intake_app.domain.terms import Terms
from intake_app.domain.tolling import Toll, tolled_days

CLOSED: Final = "closed"
"""What `Calendar.name_of` says of a day that the department keeps closed without a name."""

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_FAR: Final = 4000  # days; a calendar without any open day must not hold the program up


class Calendar(Protocol):
    """On which days offices are open."""

    def is_business_day(self, day: date) -> bool:
        """Whether it is Monday to Friday, and neither a holiday nor a closed day."""
        ...

    def name_of(self, day: date) -> str:
        """The holiday's name, `CLOSED`, or empty if the day is neither."""
        ...


class StepReason(StrEnum):
    """Why a step of the count is what it is."""

    FIRST_DAY = "first_day"  # the day of the paper does not count
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # detail: its name
    CLOSED = "closed"  # the department keeps it closed
    TOLLED = "tolled"  # detail: the reason; count: days
    NO_HOURS = "no_hours"  # the program's door is closed that day
    HOURS = "hours"  # count: hours since the paper
    DOOR_CLOSED = "door_closed"  # detail: the time of day at which it is
    PERIOD = "period"  # detail: "days" or "months"; count: how many
    EXTENDED = "extended"  # detail: its reason; count: days
    PAPER_BINDS = "paper_binds"  # what is written on the paper
    RESCHEDULED = "rescheduled"
    DUE = "due"  # detail: the time of day


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the count, or several at once.

    Attributes:
        day: The day, or the day that the step leads to.
        is_counted: It was one of the days that are counted.
        reason: Why.
        detail: A holiday's name, a reason's code or a time of day; see `StepReason`.
        count: Days, months or hours.
    """

    day: date
    is_counted: bool
    reason: StepReason
    detail: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class ReportBy:
    """The latest moment to report.

    Attributes:
        moment: With the offset that holds on that day.
        steps: How it was found, in order.
    """

    moment: datetime
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """When a program's door is open: its terms, the calendar, and the zone of its wall clock."""

    terms: Terms
    calendar: Calendar
    zone: tzinfo

    def day_of(self, moment: datetime) -> date:
        """The day on the wall."""
        return moment.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        """A time of day as a moment; one that daylight saving skips is the hour after."""
        return _local(datetime.combine(day, clock, self.zone), self.zone)

    def hours_of(self, day: date) -> tuple[tuple[time, time], ...]:
        """When the door is open on a day, in order; empty: not at all."""
        if not self.terms.hours:
            whole = (time(), _clock(self.terms.report_by_time))
            return (whole,) if self.calendar.is_business_day(day) else ()
        if not self._is_worked(day):
            return ()
        return tuple(
            sorted(
                (_clock(each.opens), _clock(each.closes))
                for each in self.terms.hours if each.weekday == day.weekday()
            )
        )  # fmt: skip

    def _is_worked(self, day: date) -> bool:
        """Business days, and a weekend that is no holiday if the program has hours then."""
        if day.weekday() < _SATURDAY:
            return self.calendar.is_business_day(day)
        return not self.calendar.name_of(day)

    def closing(self, day: date) -> datetime:
        """The latest moment to report on a day."""
        hours = self.hours_of(day)
        return self.at(
            day, max(c for _, c in hours) if hours else _clock(self.terms.report_by_time)
        )

    def is_open(self, moment: datetime) -> bool:
        """Whether one can report at a moment."""
        wall = moment.astimezone(self.zone)
        return any(a <= wall.time() <= b for a, b in self.hours_of(wall.date()))

    def is_landing(self, day: date) -> bool:
        """Whether a count in business days may end on a day."""
        has_weekdays = any(each.weekday < _SATURDAY for each in self.terms.hours)
        is_on_weekend = day.weekday() >= _SATURDAY
        return bool(self.hours_of(day)) and not (is_on_weekend and has_weekdays)

    def next_closing(self, moment: datetime) -> datetime:
        """Where a moment at a closed door moves to: the closing time of the next opening."""
        for day in _days_from(self.day_of(moment)):
            if any(self.at(day, a) > moment.astimezone(UTC) for a, _ in self.hours_of(day)):
                return self.closing(day)
        return moment

    def why_closed(self, day: date) -> Step:
        """The step of a day that is not counted, or on which nobody opens."""
        name = self.calendar.name_of(day)
        if day.weekday() >= _SATURDAY and not name:
            return Step(day, False, StepReason.WEEKEND)
        if name and name != CLOSED:
            return Step(day, False, StepReason.HOLIDAY, name)
        is_business = self.calendar.is_business_day(day)
        return Step(day, False, StepReason.NO_HOURS if is_business else StepReason.CLOSED)


def report_by(
    issued: datetime,
    terms: Terms,
    calendar: Calendar,
    zone: tzinfo | None = None,
    tolls: Sequence[Toll] = (),
) -> ReportBy:
    """The latest moment to report.

    Args:
        issued: When the paper was handed over, aware.
        terms: The program's.
        calendar: Business days.
        zone: The zone of the wall clock; without it, the zone of `issued`.
        tolls: Stops of the clock that have ended; one that began after the deadline is too late.
    """
    place = Place(terms, calendar, zone or issued.tzinfo or UTC)

    def count(taken: Sequence[Toll]) -> ReportBy:
        return (
            _in_hours(issued, place, taken)
            if terms.report_hours
            else (_in_days(issued, place, taken))
        )

    return _with_tolls(count, tolls)


def moved(base: datetime, step: Step, place: Place, tolls: Sequence[Toll]) -> ReportBy:
    """A report-by that somebody set, moved on by later stops of the clock.

    Args:
        base: The moment that was set.
        step: How it came about.
        place: Where to report.
        tolls: Ended stops that began after it was set.
    """

    def count(taken: Sequence[Toll]) -> ReportBy:
        days = tolled_days(taken, place.zone, base, date.min)
        wall = base.astimezone(place.zone)
        moment = place.at(wall.date() + len(days) * _DAY, wall.time())
        steps = [step, *_tolled_steps(days, place.day_of(moment))]
        return _through_the_door(moment, place, steps) if days else _done(moment, steps, place)

    return _with_tolls(count, tolls)


class _Count(Protocol):
    def __call__(self, taken: Sequence[Toll], /) -> ReportBy: ...


def _with_tolls(count: _Count, tolls: Sequence[Toll]) -> ReportBy:
    """Take in one stop after another, as long as each began before the deadline."""
    taken: list[Toll] = []
    found = count(taken)
    for toll in sorted(tolls, key=lambda each: each.started.astimezone(UTC)):
        if toll.started.astimezone(UTC) > found.moment.astimezone(UTC):
            break
        taken.append(toll)
        found = count(taken)
    return found


def _in_days(issued: datetime, place: Place, tolls: Sequence[Toll]) -> ReportBy:
    first = place.day_of(issued)
    stood = tolled_days(tolls, place.zone, issued, first)
    steps = [Step(first, False, StepReason.FIRST_DAY)]
    day, left = first, place.terms.report_business_days
    for day in _days_from(first + _DAY) if left else ():
        steps.append(_counted(day, place, stood))
        left -= steps[-1].is_counted
        if not left:
            break
    for after in _days_from(day):
        if place.is_landing(after) and after not in stood:
            return _done(place.closing(after), steps, place)
        if after != day or steps[-1].is_counted:
            steps.append(_not_landing(after, place, stood))
    return _done(place.closing(day), steps, place)


def _counted(day: date, place: Place, stood: Mapping[date, str]) -> Step:
    if not place.calendar.is_business_day(day):
        return place.why_closed(day)
    if day in stood:
        return Step(day, False, StepReason.TOLLED, stood[day], 1)
    return Step(day, True, StepReason.COUNTED)


def _not_landing(day: date, place: Place, stood: Mapping[date, str]) -> Step:
    if day in stood:
        return Step(day, False, StepReason.TOLLED, stood[day], 1)
    return place.why_closed(day)


def _in_hours(issued: datetime, place: Place, tolls: Sequence[Toll]) -> ReportBy:
    first = place.day_of(issued)
    at, left = issued.astimezone(UTC), timedelta(hours=place.terms.report_hours)
    stopped: list[Step] = []
    for toll in tolls:
        started, ended = toll.started.astimezone(UTC), (toll.ended or toll.started).astimezone(UTC)
        if ended <= at:
            continue
        left = max(left - max(started - at, timedelta()), timedelta())
        at = ended
        days = len(toll.days(place.zone, ended))
        stopped.append(Step(place.day_of(ended), False, StepReason.TOLLED, toll.reason, days))
    moment = _local(at + left, place.zone)
    hours = Step(place.day_of(moment), True, StepReason.HOURS, "", place.terms.report_hours)
    steps = [Step(first, False, StepReason.FIRST_DAY), *stopped, hours]
    return _through_the_door(moment, place, steps)


def _through_the_door(moment: datetime, place: Place, steps: list[Step]) -> ReportBy:
    """Where the door is closed at a moment, it moves to the closing time of the next opening."""
    if place.is_open(moment):
        return _done(moment, steps, place)
    found = place.next_closing(moment)
    day, last = place.day_of(moment), place.day_of(found)
    steps.append(Step(day, False, StepReason.DOOR_CLOSED, _said(moment)))
    while day < last:
        steps += [] if place.hours_of(day) else [place.why_closed(day)]
        day += _DAY
    return _done(found, steps, place)


def _done(moment: datetime, steps: Iterable[Step], place: Place) -> ReportBy:
    due = Step(place.day_of(moment), False, StepReason.DUE, _said(moment))
    return ReportBy(moment, (*steps, due))


def _tolled_steps(days: Mapping[date, str], until: date) -> Iterator[Step]:
    counts: dict[str, int] = {}
    for reason in days.values():
        counts[reason] = counts.get(reason, 0) + 1
    for reason, count in counts.items():
        yield Step(until, False, StepReason.TOLLED, reason, count)


def _days_from(day: date) -> Iterator[date]:
    return (day + each * _DAY for each in range(_FAR))


def _clock(text: str) -> time:
    return time(23, 59) if text == "24:00" else time.fromisoformat(text)


def _local(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(UTC).astimezone(zone)


def _said(moment: datetime) -> str:
    return f"{moment:%H:%M}"

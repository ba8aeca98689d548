"""When a person is reminded, and when the desk looks: computed from the clock of a case.

Nothing of it is stored, so that a new report-by moves its reminder along. Who has died or asked not
to be contacted is reminded of nothing.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from intake_app.domain.abeyance import Abeyance
from intake_app.domain.business_time import Place
from intake_app.domain.case_status import CaseStatus, Folded
from intake_app.domain.terms import Anchor, ReminderTerm

_DAY: Final = timedelta(days=1)
_FAR: Final = 400  # days; a calendar without any open day must not hold the program up


@dataclass(frozen=True, slots=True)
class Window:
    """When something is to be done.

    Attributes:
        about: What it is counted from; another moment is another reminder.
        on: From this day on.
        until: After it, reminding makes no sense; None: it waits until somebody did it.
    """

    about: datetime
    on: date
    until: datetime | None = None

    def is_due(self, now: datetime, today: date) -> bool:
        """Whether it is to be done now."""
        is_over = self.until is not None and now.astimezone(UTC) > self.until.astimezone(UTC)
        return self.on <= today and not is_over


def window_of(term: ReminderTerm, case: Folded, clock: Abeyance, place: Place) -> Window | None:
    """When a reminder of a program is due in a case; None where it is not.

    Args:
        term: The reminder.
        case: Where the case stands.
        clock: What is due.
        place: Business days and the zone of the wall clock.
    """
    if not case.is_open or case.has_conflict or case.is_sealed or clock.is_tolled:
        return None
    if term.is_for_person and case.letter:
        return None
    about = _anchor(term, case, clock, place)
    if about is None:
        return None
    if term.business_days_after:
        return Window(about, _after(place, place.day_of(about), term.business_days_after))
    early = about.astimezone(UTC) - timedelta(hours=term.hours_before)
    on = place.day_of(early) - term.days_before * _DAY
    return Window(about, last_business_day(place, on), about)


def last_business_day(place: Place, day: date) -> date:
    """The day itself, or the last one before it on which somebody is at the desk."""
    for back in range(_FAR):
        if place.calendar.is_business_day(day - back * _DAY):
            return day - back * _DAY
    return day


def _anchor(term: ReminderTerm, case: Folded, clock: Abeyance, place: Place) -> datetime | None:
    """The moment that a reminder is counted from, while it is still to come of it."""
    if term.anchor is Anchor.REPORT_BY:
        is_awaited = case.status is CaseStatus.ISSUED and not clock.is_reported
        return clock.report_by.moment if clock.report_by and is_awaited else None
    if not clock.complete_by or not clock.is_reported:
        return None
    return place.closing(clock.complete_by)


def _after(place: Place, day: date, count: int) -> date:
    for _ in range(_FAR):
        day += _DAY
        count -= place.calendar.is_business_day(day)
        if not count:
            break
    return day

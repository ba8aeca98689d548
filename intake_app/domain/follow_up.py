"""Following up: a task, the tries to reach somebody, and when "unable to contact" may be said.

What separates "declined" from "never found" is the list of tries: so many of them, at different
times and by different means, within so many days. The numbers are in the form of the pathway.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from intake_app.domain.business_time import Calendar
from intake_app.domain.form import Deadline

SPACE_WITHOUT_WINDOW: Final = 2
"""Days between two tries where the form names no window."""

_FAR: Final = 14
"""Days; a calendar without any open day must not hold anybody up."""


class TaskState(StrEnum):
    """How a task stands; only an open one is due."""

    OPEN = "open"
    DONE = "done"
    UNABLE = "unable"  # the tries were made, and nobody was reached
    DROPPED = "dropped"  # no longer to be done: asked to stop, closed, deceased


class Reach(StrEnum):
    """What a result of a try means (column `measure` of the code table)."""

    REACHED = "reached"  # the person was spoken to: the task is done
    AGAIN = "again"  # the person was spoken to, and is to be asked again
    TRIED = "tried"  # they were not reached
    STOP = "stop"  # they asked that nobody tries again
    DIED = "died"  # nobody is ever to try again


@dataclass(frozen=True, slots=True)
class Try:
    """One try to reach somebody.

    Attributes:
        at: When, aware.
        means: A code of the means ("call").
        was_reached: The person was spoken to.
    """

    at: datetime
    means: str
    was_reached: bool = False


@dataclass(frozen=True, slots=True)
class TryRule:
    """What must be tried before "unable to contact".

    Attributes:
        attempts: Tries; 0 and 1: one is enough.
        window: Days, from the first try, in which they are made; 0: no limit.
        safe: The means that the person called safe: nobody is asked for more different ones than
            these. Empty: they were not met yet, and any means may do.
    """

    attempts: int = 0
    window: int = 0
    safe: tuple[str, ...] = ()

    @property
    def needed(self) -> int:
        """How many tries."""
        return max(1, self.attempts)

    @property
    def different(self) -> int:
        """By how many different means."""
        return min(self.needed, len(set(self.safe)) or self.needed)


@dataclass(frozen=True, slots=True)
class Missing:
    """What is still to be tried.

    Attributes:
        tries: So many more tries.
        means: By so many more means than were used.
    """

    tries: int = 0
    means: int = 0

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return bool(self.tries or self.means)


def due_on(
    deadline: Deadline, finished: datetime, zone: tzinfo,
    business_day: Callable[[date, int], date],
) -> str:  # fmt: skip
    """When something of a schedule is due: a moment (ISO, local time with offset), or a day.

    Hours are counted as they pass, days as they stand on the wall: a night with daylight saving
    has 23 or 25 hours, and "day 7" is the same weekday all the same.

    Args:
        deadline: What the form says.
        finished: When the intake was finished, aware.
        zone: Of the wall clock.
        business_day: The day that is so many business days after another.
    """
    day = finished.astimezone(zone).date()
    if deadline.hours:
        at = finished.astimezone(UTC) + timedelta(hours=deadline.hours)
        return at.astimezone(zone).isoformat(timespec="minutes")
    if deadline.is_business:
        return business_day(day, deadline.days).isoformat()
    return (day + timedelta(days=deadline.days)).isoformat()


def missing_tries(tries: Iterable[Try], rule: TryRule) -> Missing:
    """What is missing before "unable to contact" may be noted.

    Tries count that did not reach the person, by one means once a day, since they were last
    reached. Where they do not fit in the window, the oldest ones no longer count.
    """
    counted = _counted(tries)
    best = Missing(rule.needed, rule.different)
    for first in range(len(counted)):
        inside = [one for one in counted[first:] if _fits(counted[first].at, one.at, rule.window)]
        used = len({one.means for one in inside})
        found = Missing(max(0, rule.needed - len(inside)), max(0, rule.different - used))
        best = min(best, found, key=lambda one: (max(one.tries, one.means), one.tries, one.means))
    return best


def _counted(tries: Iterable[Try]) -> list[Try]:
    """The tries that count, oldest first."""
    kept: dict[tuple[date, str], Try] = {}
    for one in sorted(tries, key=lambda one: one.at.timestamp()):
        if one.was_reached:
            kept.clear()
        else:
            kept.setdefault((one.at.date(), one.means), one)
    return list(kept.values())


def _fits(first: datetime, at: datetime, window: int) -> bool:
    return not window or (at.date() - first.date()).days <= window


def next_means(tries: Sequence[Try], safe: Sequence[str]) -> str:
    """The safe means to try next: one that was not used yet, else the one used longest ago."""
    last = {one.means: one.at.timestamp() for one in sorted(tries, key=lambda t: t.at.timestamp())}
    return min(safe, key=lambda means: last.get(means, 0.0), default="")


def next_day(today: date, rule: TryRule, calendar: Calendar) -> date:
    """The day to try again: the tries spread over the window, on a business day."""
    space = rule.window // rule.needed if rule.window else SPACE_WITHOUT_WINDOW
    day = today + timedelta(days=max(1, space))
    week = [day + timedelta(days=more) for more in range(_FAR)]
    return next((one for one in week if calendar.is_business_day(one)), day)


def long_past(days: Sequence[str], today: str) -> Collection[str]:
    """Of the days (YYYY-MM-DD) of one schedule, those that a later day that has come replaces.

    For an intake whose schedule becomes tasks only now: nobody calls on day 7 after day 90.
    """
    come = sorted(day for day in days if day <= today)
    return frozenset(day for day in come if day != come[-1])

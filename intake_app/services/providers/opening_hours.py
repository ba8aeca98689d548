"""When a provider is open: rules of RFC 5545 on the wall clock, and plain words for them.

Hours that are not known are unknown, not closed: the words then say "call first".
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from dateutil.rrule import rrulestr

from intake_app.domain.provider import Schedule
from intake_app.domain.text import Text
from intake_app.words import Words, in_all_languages, in_each
from intake_app.words.dates import time_in_words, weekday_and_date, weekday_names

LOOK_AHEAD: Final = timedelta(days=62)
"""How far the next opening is looked for: a service may open once in two months."""

_ANY_DAY: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (the wall clock has no zone)
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d").fullmatch
_ALWAYS: Final = timedelta(days=6)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Opening:
    """How it stands with the hours at a moment (wall clock, without zone).

    Attributes:
        is_open: Whether it is open then; None where the hours are not known.
        closes: When it closes, if it is open and closes within a week.
        opens: When it opens next, if it is closed and opens within two months.
    """

    is_open: bool | None
    closes: datetime | None = None
    opens: datetime | None = None


def _never(_day: date) -> bool:
    return False


def opening(
    schedules: Sequence[Schedule], at: datetime, is_shut: Callable[[date], bool] = _never
) -> Opening:
    """Whether a service is open at a moment, and until when, or when it opens next.

    Args:
        schedules: Its hours; days on which they do not hold are left out.
        at: The moment; its zone is left off, since hours are those of the wall.
        is_shut: Says of a day that the hours do not hold on it: a holiday, a closed day.
    """
    moment = at.replace(tzinfo=None)
    ruled = [schedule for schedule in schedules if _is_sound(schedule)]
    if not ruled:
        return Opening(None)
    for ahead in (_WEEK, LOOK_AHEAD):  # a week is nearly always enough, and much cheaper
        spans = _spans(ruled, moment, ahead)
        found = _opening_in(sorted(one for one in spans if not is_shut(one[0].date())), moment)
        if found.is_open or found.opens:
            return found
    return Opening(is_open=False)


def _opening_in(spans: Sequence[tuple[datetime, datetime]], moment: datetime) -> Opening:
    closes: datetime | None = None
    for start, end in spans:
        if start <= (closes or moment) < end:
            closes = end
        elif start > moment and closes is None:
            return Opening(is_open=False, opens=start)
    if closes is None:
        return Opening(is_open=False)
    return Opening(is_open=True, closes=closes if closes - moment < _ALWAYS else None)


def _is_sound(schedule: Schedule) -> bool:
    """Whether there is a rule, and it can be followed; another station may have written it."""
    try:
        for day in (schedule.starts, schedule.valid_from, schedule.valid_to):
            _day(day)
        rrulestr(schedule.rule, dtstart=_ANY_DAY)
    except ValueError:
        return False
    return bool(schedule.rule) and _has_times(schedule)


def _spans(
    schedules: Iterable[Schedule], moment: datetime, ahead: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    midnight = datetime.combine(moment.date(), time())
    first, last = midnight - _DAY, midnight + ahead
    for schedule in schedules:
        opens = _length(schedule.opens)
        stays = (_length(schedule.closes) - opens) % _DAY or _DAY
        for day in _days(schedule, first, last):
            yield day + opens, day + opens + stays


def _days(schedule: Schedule, first: datetime, last: datetime) -> list[datetime]:
    """The days in a window on which a rule holds.

    A rule that repeats every time needs no old beginning; to start near the window keeps the walk
    of the rule short.
    """
    starts = _day(schedule.starts)
    counts = "INTERVAL" in schedule.rule or "COUNT" in schedule.rule
    begin = starts if starts and (counts or starts > first) else first
    days = rrulestr(schedule.rule, dtstart=begin).between(first, last, inc=True)
    low, high = _day(schedule.valid_from) or first, _day(schedule.valid_to) or last
    return [day for day in days if low <= day <= high]


def _day(said: str) -> datetime | None:
    return datetime.combine(date.fromisoformat(said), time()) if said else None


def _length(said: str) -> timedelta:
    at = time.fromisoformat(said or "00:00")
    return timedelta(hours=at.hour, minutes=at.minute)


def opening_words(found: Opening, at: datetime, *, is_now: bool = True) -> Text:
    """Plain words: "open now, until 5:00 PM", "opens Mon 8:00 AM", "hours not known: call first".

    Args:
        found: How it stands.
        at: The moment it was asked for.
        is_now: Whether that moment is now; otherwise the words say "then".
    """
    moment = at.replace(tzinfo=None)
    return Text(in_each(lambda words: _opening(found, moment, words, is_now=is_now)))


def holiday_words(said: Text) -> Text:
    """The same on a holiday of which nobody knows whether the service keeps it."""
    return Text(in_each(lambda words: words.text(
        "{hours}; today is a holiday: call first", hours=said.said_in(words.language)
    )))  # fmt: skip


def closed_words() -> Text:
    """Of a day on which it is closed."""
    return Text(in_all_languages("closed"))


def _opening(found: Opening, moment: datetime, words: Words, *, is_now: bool) -> str:
    if found.is_open is None:
        return words.text("hours not known: call first")
    if found.is_open and found.closes is None:
        return words.text("open day and night")
    if found.is_open and found.closes is not None:
        until = time_in_words(found.closes, words.language)
        if is_now:
            return words.text("open now, until {time}", time=until)
        return words.text("open then, until {time}", time=until)
    if found.opens is None:
        return words.text("closed")
    return words.text("opens {when}", when=_opens(found.opens, moment, words))


def _opens(opens: datetime, moment: datetime, words: Words) -> str:
    at = time_in_words(opens, words.language)
    away = (opens.date() - moment.date()).days
    if away == 0:
        return words.text("today {time}", time=at)
    day, on = weekday_and_date(opens.date(), words.language)
    return f"{day} {at}" if away < 7 else f"{day} {on} {at}"


def hours_words(schedules: Sequence[Schedule]) -> Text:
    """The week's hours in plain words: "Mon to Fri 8:00 AM to 5:00 PM"; as the file says, if odd.

    Args:
        schedules: The hours of a service.
    """
    return Text(in_each(lambda words: "; ".join(
        said for one in schedules if (said := _hours(one, words))
    )))  # fmt: skip


def _hours(one: Schedule, words: Words) -> str:
    days = _plain_week(one)
    if days is None:
        return one.words
    first = time.fromisoformat(one.opens or "00:00")
    last = time.fromisoformat(one.closes or "00:00")
    week = _week(days, words)
    if first == last:
        return words.text("{days} all day", days=week)
    at = [time_in_words(one, words.language) for one in (first, last)]
    return f"{week} {words.text('{first} to {last}', first=at[0], last=at[1])}"


def _plain_week(one: Schedule) -> list[int] | None:
    """The weekdays of a rule that holds every week, or None."""
    codes = one.rule.removeprefix("FREQ=WEEKLY;BYDAY=").split(",")
    if one.rule == "FREQ=DAILY":
        codes = list(_CODES)
    if not set(codes) <= set(_CODES) or not _has_times(one):
        return None
    return sorted({_CODES.index(code) for code in codes})


def _has_times(one: Schedule) -> bool:
    return all(_TIME(at) for at in (one.opens or "00:00", one.closes or "00:00"))


def _week(days: list[int], words: Words) -> str:
    names = weekday_names(words.language)
    in_row = days == list(range(days[0], days[0] + len(days)))
    if in_row and len(days) > 2:
        return words.text("{first} to {last}", first=names[days[0]], last=names[days[-1]])
    return ", ".join(names[day] for day in days)

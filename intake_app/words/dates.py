"""Days and times as people say them in a language; the only importer of Babel in the program."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time

from intake_app.words import ENGLISH

_PATTERNS: Final = {"es": "EEE d MMM"}  # shorter than Unicode's, for the columns of lists
_WITH_YEAR: Final = {"es": "EEE d MMM y"}
_NARROW_SPACE = "\u202f"  # Babel's, between "2:41" and "PM"; many fonts and searches miss it


def _moment(at: datetime | str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def day_in_words(day: date | str, language: str) -> str:
    """Say "Monday, November 23, 2026"; a day may come as text (YYYY-MM-DD, or longer)."""
    known = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return format_date(known, "full", locale=_locale(language))


@lru_cache(maxsize=2000)  # the rows of a list share a few days
def short_day(day: date | str, language: str) -> str:
    """Say "Mon, Nov 23"."""
    known = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return _day(known, "MMMEd", language, _PATTERNS)


@lru_cache(maxsize=2000)
def weekday_and_date(day: date, language: str) -> tuple[str, str]:
    """Say "Mon" and "11/23"; where a language puts the day first, its month is a word."""
    place, parts = _locale(language), "Md" if language == ENGLISH else "MMMd"
    return format_date(day, "EEE", locale=place), format_skeleton(parts, day, locale=place)


@cache
def weekday_names(language: str) -> tuple[str, ...]:
    """The short names of a week's days: "Mon" first."""
    days = (date(2024, 1, day) for day in range(1, 8))  # that year began on a Monday
    return tuple(format_date(day, "EEE", locale=_locale(language)) for day in days)


@lru_cache(maxsize=2000)
def short_date(day: date | str, language: str) -> str:
    """Say "Apr 5, 1990"."""
    known = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return format_date(known, "medium", locale=_locale(language))


def time_in_words(at: datetime | time | str, language: str) -> str:
    """Say "2:41 PM": the time on the wall of that moment, without changing its zone."""
    moment = at if isinstance(at, time) else _moment(at)
    return _minute_in_words(time(moment.hour, moment.minute), language)


@lru_cache(maxsize=2 * 24 * 60)  # all there are, in two languages
def _minute_in_words(at: time, language: str) -> str:
    told = format_time(at, "short", locale=_locale(language))
    told = told.replace(_NARROW_SPACE, " ").replace("\xa0", " ")
    return told.replace(".m.", ". m.") if language == "es" else told  # as papers write it


def moment_in_words(at: datetime | str, language: str, this_year: int = 0) -> str:
    """Say "Mon, Nov 23, 2:41 PM".

    Args:
        at: When.
        language: Of the words.
        this_year: Where it is given, another year is said: "Wed, Jan 3, 2024, 12:00 PM".
    """
    moment = _moment(at)
    day = short_day(moment.date(), language)
    if this_year and moment.year != this_year:
        day = _day(moment.date(), "yMMMEd", language, _WITH_YEAR)
    return f"{day}, {time_in_words(moment, language)}"


def month_in_words(at: datetime | str, language: str) -> str:
    """Say "November 2026"."""
    return format_skeleton("yMMMM", _moment(at), locale=_locale(language))


def month_names(language: str) -> list[str]:
    """The twelve months of a year: "January" first."""
    return [format_date(date(2000, month, 1), "LLLL", locale=_locale(language))
            for month in range(1, 13)]  # fmt: skip


def _day(day: date, parts: str, language: str, ours: Mapping[str, str]) -> str:
    """A day by a pattern of ours, or as Unicode's data puts these parts together."""
    if pattern := ours.get(language):
        return format_date(day, pattern, locale=_locale(language))
    return format_skeleton(parts, day, locale=_locale(language))


@cache
def _locale(code: str) -> Locale:
    """As spoken in the United States where Babel knows that: Spanish has the twelve-hour clock.

    Babel would read the code anew for each of the dates of a list: half a millisecond each.
    """
    for known in (f"{code}_US", code):
        try:
            return Locale.parse(known)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_US")

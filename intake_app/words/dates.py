"""Days and times as people say them in a language; the only importer of Babel in the program."""

from datetime import date, datetime, time
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_time

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
    pattern = "EEE d MMM" if language == "es" else "EEE, MMM d"
    return format_date(known, pattern, locale=_locale(language))


@lru_cache(maxsize=2000)
def short_date(day: date | str, language: str) -> str:
    """Say "Apr 5, 1990"."""
    known = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return format_date(known, "medium", locale=_locale(language))


def time_in_words(at: datetime | str, language: str) -> str:
    """Say "2:41 PM": the time on the wall of that moment, without changing its zone."""
    moment = _moment(at)
    return _minute_in_words(time(moment.hour, moment.minute), language)


@lru_cache(maxsize=2 * 24 * 60)  # all there are, in two languages
def _minute_in_words(at: time, language: str) -> str:
    told = format_time(at, "short", locale=_locale(_place(language)))
    return told.replace(_NARROW_SPACE, " ").replace("\xa0", " ")


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
        pattern = "EEE d MMM y" if language == "es" else "EEE, MMM d, y"
        day = format_date(moment.date(), pattern, locale=_locale(language))
    return f"{day}, {time_in_words(moment, language)}"


def month_in_words(at: datetime | str, language: str) -> str:
    """Say "November 2026"."""
    return format_datetime(_moment(at), "LLLL y", locale=_locale(language))


def month_names(language: str) -> list[str]:
    """The twelve months of a year: "January" first."""
    return [format_date(date(2000, month, 1), "LLLL", locale=_locale(language))
            for month in range(1, 13)]  # fmt: skip


@cache
def _locale(code: str) -> Locale:
    """Babel would read the code anew for each of the dates of a list: half a millisecond each."""
    return Locale.parse(code)


def _place(language: str) -> str:
    """Spanish as spoken in the United States: twelve-hour clock."""
    return "es_US" if language == "es" else language

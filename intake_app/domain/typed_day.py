"""Days and moments as people type them into spreadsheets, read without guessing.

A day that could be two days is read by the order that somebody said for its file; a year of two
digits is read only where somebody said how. What is no day is named, never bent into one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from intake_app.domain.import_table import Cell


class DayOrder(StrEnum):
    """How numbers with slashes, dots or dashes are meant."""

    MDY = "mdy"  # 11/23/2026
    DMY = "dmy"  # 23/11/2026


class Century(StrEnum):
    """What a year of two digits means."""

    REFUSE = "refuse"  # nothing: it is to be typed whole
    PAST = "past"  # the last such year that is not after today


class NotADay(Exception):
    """Why a cell is no day.

    Attributes:
        why: What is to be said.
    """

    def __init__(self, why: "DayFault") -> None:
        super().__init__(why.name)
        self.why = why


class DayFault(StrEnum):
    """Why a cell is no day; each sentence is a message of the catalog."""

    UNREADABLE = "This is not a day that can be read. Write it like 11/23/2026 or 2026-11-23."
    NO_SUCH_DAY = "There is no such day. Look at day and month, and at their order."
    SHORT_YEAR = (
        "The year has two digits. Write all four, or say that short years are the latest past ones."
    )
    YEAR_ALONE = "This is a year or a number, not a day. Write day, month and year."
    TOO_FAR = "This year cannot be right. Look at the year."


@dataclass(frozen=True, slots=True)
class DayRule:
    """How days of a file are read.

    Attributes:
        today: No short year means a day after it.
        order: Of numbers.
        century: Of years with two digits.
        counts_from_1904: Plain numbers count from 1904 (old Macs), not from 1900.
    """

    today: date
    order: DayOrder = DayOrder.MDY
    century: Century = Century.REFUSE
    counts_from_1904: bool = False


_MONTHS: Final = {
    name: n
    for n, names in enumerate((
        "jan january ene enero", "feb february febrero", "mar march marzo", "apr april abr abril",
        "may mayo", "jun june junio", "jul july julio", "aug august ago agosto",
        "sep sept september septiembre setiembre", "oct october octubre",
        "nov november noviembre", "dec december dic diciembre",
    ), 1)
    for name in names.split()
}  # fmt: skip

_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})").fullmatch
_WHOLE: Final = re.compile(r"((?:19|20)\d{2})([01]\d)([0-3]\d)").fullmatch
_NUMBERS: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})").fullmatch
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ .,/-]+(?:de )?([a-z]+)[ .,/-]+(?:del? )?(\d{4}|\d{2})"
).fullmatch
_MONTH_FIRST: Final = re.compile(
    r"([a-z]+)[ .,/-]+(\d{1,2})(?:st|nd|rd|th)?[ .,/-]+(\d{4}|\d{2})"
).fullmatch
_WEEKDAY: Final = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mi[eé]|jue|vie|s[aá]b|dom)[a-zé]*[,.]\s+"
)
_TIME: Final = re.compile(
    r"(.*?)(?:T|,?\s+(?:at\s+)?)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?"
    r"\s*(?:Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
).fullmatch
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?").fullmatch
_LEAST_SERIAL, _MOST_SERIAL = 10_000, 73_050  # 1927 to 2099: what is smaller may be a year
_LEAST_YEAR, _MOST_YEAR = 1900, 2100


def day_of(cell: Cell, rule: DayRule) -> date:
    """The day that a cell says; a time beside it is left out.

    Raises:
        NotADay: It is none, or could be two.
    """
    return moment_of(cell, rule)[0]


def moment_of(cell: Cell, rule: DayRule) -> tuple[date, time | None]:
    """Day and time of a cell; None where it says no time, or midnight, as sheets write "no time".

    Raises:
        NotADay: It is none, or could be two.
    """
    if isinstance(cell, datetime):
        return _sane(cell.date()), _told(cell.time())
    if isinstance(cell, date):
        return _sane(cell), None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise NotADay(DayFault.UNREADABLE)
    if isinstance(cell, int | float):
        return _of_serial(float(cell), rule)
    text = " ".join(cell.split())
    if _SERIAL(text):
        return _of_serial(float(text), rule)
    return _of_text(text, rule)


def orders_of(cells: Iterable[Cell]) -> set[DayOrder]:
    """The orders that fit all days of a file which are written in numbers.

    Both: nothing tells them apart, and a person has to say. None: the file mixes them.
    """
    fitting = set(DayOrder)
    for cell in cells:
        text = " ".join(cell.split()) if isinstance(cell, str) else ""
        timed = _TIME(text)
        found = _NUMBERS(timed[1].strip() if timed else text)
        if not found:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12:
            fitting.discard(DayOrder.MDY)
        if second > 12:
            fitting.discard(DayOrder.DMY)
    return fitting


def has_short_year(cells: Iterable[Cell]) -> bool:
    """Whether some day is written with a year of two digits."""
    rule = DayRule(date(2026, 1, 1))
    for cell in cells:
        for order in DayOrder:
            try:
                day_of(cell, DayRule(rule.today, order))
            except NotADay as error:
                if error.why is DayFault.SHORT_YEAR:
                    return True
    return False


def _of_text(text: str, rule: DayRule) -> tuple[date, time | None]:
    found = _TIME(text)
    if found and found[1].strip():
        return _day(found[1].strip(" ,"), rule), _told(_clock(found.groups()[1:]))
    return _day(text, rule), None


def _clock(said: tuple[str | None, ...]) -> time:
    hour, minute, second, half = said
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            raise NotADay(DayFault.UNREADABLE)
        hours = hours % 12 + (12 if half.casefold() == "p" else 0)
    try:
        return time(hours, int(minute or 0), int(second or 0))
    except ValueError:
        raise NotADay(DayFault.UNREADABLE) from None


def _day(text: str, rule: DayRule) -> date:
    plain = _WEEKDAY.sub("", text.casefold()).strip()
    if found := _ISO(plain) or _WHOLE(plain):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS(plain):
        month, day = int(found[1]), int(found[3])
        if rule.order is DayOrder.DMY:
            month, day = day, month
        return _made(_year(found[4], (month, day), rule), month, day)
    if found := _DAY_FIRST(plain):
        month = _month(found[2])
        return _made(_year(found[3], (month, int(found[1])), rule), month, int(found[1]))
    if found := _MONTH_FIRST(plain):
        month = _month(found[1])
        return _made(_year(found[3], (month, int(found[2])), rule), month, int(found[2]))
    is_number = plain.replace(".", "", 1).isdigit()
    raise NotADay(DayFault.YEAR_ALONE if is_number else DayFault.UNREADABLE)


def _month(name: str) -> int:
    if name not in _MONTHS:
        raise NotADay(DayFault.UNREADABLE)
    return _MONTHS[name]


def _year(digits: str, place: tuple[int, int], rule: DayRule) -> int:
    if len(digits) == len("2026"):
        return int(digits)
    if rule.century is Century.REFUSE:
        raise NotADay(DayFault.SHORT_YEAR)
    year = rule.today.year // 100 * 100 + int(digits)
    is_ahead = (year, *place) > (rule.today.year, rule.today.month, rule.today.day)
    return year - 100 if is_ahead else year


def _made(year: int, month: int, day: int) -> date:
    try:
        return _sane(date(year, month, day))
    except ValueError:
        raise NotADay(DayFault.NO_SUCH_DAY) from None


def _of_serial(number: float, rule: DayRule) -> tuple[date, time | None]:
    """A day as spreadsheets count them; their February 29 of 1900 never was."""
    begins = datetime(1904, 1, 1) if rule.counts_from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    if not _LEAST_SERIAL <= number <= _MOST_SERIAL:
        raise NotADay(DayFault.YEAR_ALONE)
    moment = begins + timedelta(seconds=round(number * 86_400))
    return _sane(moment.date()), _told(moment.time())


def _told(said: time) -> time | None:
    return None if said == time() else said.replace(microsecond=0)


def _sane(day: date) -> date:
    if not _LEAST_YEAR <= day.year <= _MOST_YEAR:
        raise NotADay(DayFault.TOO_FAR)
    return day

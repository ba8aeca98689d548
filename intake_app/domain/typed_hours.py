"""Opening hours as people type them: "Mon-Fri 8:00-17:00; Sat 9-12", kept as rules of RFC 5545.

English and Spanish names of days are read. Hours that were typed can be shown again in the same
way; a rule from a file that no such line can say ("every second Tuesday") is kept as it is.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from intake_app.domain.errors import HoursUnreadable
from intake_app.domain.provider import Schedule

CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""Weekdays as RFC 5545 writes them, Monday first."""

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}
"""As people write them, by language; another language gets the English ones."""

_WEEKLY: Final = "FREQ=WEEKLY;BYDAY="
_DAYS: Final = (
    ("monday", "lunes"), ("tuesday", "martes"), ("wednesday", "miercoles"), ("thursday", "jueves"),
    ("friday", "viernes"), ("saturday", "sabado"), ("sunday", "domingo"),
)  # fmt: skip
_DAILY: Final = frozenset({"daily", "diario", "every day", "todos los dias", "cada dia"})
_ALL_DAY: Final = frozenset({"all day", "24 hours", "24h", "todo el dia", "24 horas"})
_SAID_ALL_DAY: Final = {"en": "all day", "es": "todo el día"}
_ALWAYS: Final = frozenset({"24/7", "always", "siempre"})
_TO: Final = r"(?:\s*[-\u2013]\s*|\s+(?:to|a|until)\s+)"
_CLOCK: Final = r"(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?\s?m?\.?"
_SPAN: Final = re.compile(rf"{_CLOCK}{_TO}{_CLOCK}")
_SPAN_OF_DAYS: Final = re.compile(rf"([a-z]+)\.?{_TO}([a-z]+)\.?")
_BETWEEN_DAYS: Final = re.compile(r"\s*(?:,|&|\band\b|\by\b)\s*|\s+")


def read_hours(typed: str) -> tuple[Schedule, ...]:
    """Hours of the week from a line of words.

    Args:
        typed: Parts with ";" or line ends between them, each days and one or more spans of time.

    Raises:
        HoursUnreadable: A part says no days or no times that make sense.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", _folded(typed)) if part.strip()]
    return tuple(schedule for part in parts for schedule in _part(part))


def show_hours(schedules: Sequence[Schedule], language: str = "en") -> str | None:
    """The same hours as one would type them; None where a rule cannot be said so."""
    said, known = list[str](), language if language in NAMES else "en"
    for one in schedules:
        codes = one.rule.removeprefix(_WEEKLY).split(",")
        is_plain = one.rule.startswith(_WEEKLY) and set(codes) <= set(CODES)
        if not is_plain or one.valid_from or one.valid_to:
            return None
        days = _said_days(sorted({CODES.index(code) for code in codes}), NAMES[known])
        is_all_day = one.opens == one.closes
        times = _SAID_ALL_DAY[known] if is_all_day else f"{one.opens}-{one.closes}"
        said.append(f"{days} {times}")
    return "; ".join(said)


def _folded(typed: str) -> str:
    plain = unicodedata.normalize("NFD", typed.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _part(part: str) -> Iterator[Schedule]:
    if part in _ALWAYS:
        yield _schedule(range(7), "00:00", "00:00")
        return
    head, times = _split(part)
    days = _days(head)
    if times in _ALL_DAY:
        yield _schedule(days, "00:00", "00:00")
        return
    spans = list(_SPAN.finditer(times))
    if not spans or _SPAN.sub("", times).strip(" ,&andy"):
        raise HoursUnreadable
    for span in spans:
        yield _schedule(days, *_times(span))


def _split(part: str) -> tuple[str, str]:
    """The days, and the times that follow them."""
    for words in _ALL_DAY:
        if part.endswith(words):
            return part.removesuffix(words).strip(), words
    first = re.search(r"\d", part)
    if first is None:
        raise HoursUnreadable
    return part[: first.start()].strip(" :,"), part[first.start() :]


def _days(words: str) -> list[int]:
    if words in _DAILY or not words:
        return list(range(7))
    found: list[int] = []

    def span(match: re.Match[str]) -> str:
        first, last = _day(match[1]), _day(match[2])
        found.extend((first + n) % 7 for n in range((last - first) % 7 + 1))
        return " "

    rest = _SPAN_OF_DAYS.sub(span, words)
    found += [_day(word.strip(".")) for word in _BETWEEN_DAYS.split(rest) if word.strip(". ")]
    return sorted(set(found))


def _day(word: str) -> int:
    short = word.rstrip("s")
    for n, names in enumerate(_DAYS):
        if len(short) > 1 and any(name.startswith(short) for name in names):
            return n
    raise HoursUnreadable


def _times(span: re.Match[str]) -> tuple[str, str]:
    opens, closes = span[3] or "", span[6] or ""
    return _time(span[1], span[2], opens or _same_half(span)), _time(span[4], span[5], closes)


def _same_half(span: re.Match[str]) -> str:
    """The half of "9-11am" holds for both; that of "9-5pm" is the morning for the first."""
    if not span[6]:
        return ""
    return span[6] if int(span[1]) < int(span[4]) or int(span[1]) == 12 else "a"


def _time(hour: str, minute: str | None, half: str) -> str:
    h, m = int(hour), int(minute or 0)
    if half and not 1 <= h <= 12:
        raise HoursUnreadable
    if half:
        h = h % 12 + (12 if half == "p" else 0)
    if h == 24 and m == 0:
        h = 0
    if h > 23 or m > 59:
        raise HoursUnreadable
    return f"{h:02}:{m:02}"


def _schedule(days: Sequence[int], opens: str, closes: str) -> Schedule:
    rule = _WEEKLY + ",".join(CODES[day] for day in days)
    return Schedule(rule=rule, opens=opens, closes=closes)


def _said_days(days: Sequence[int], names: Sequence[str]) -> str:
    is_row = list(days) == list(range(days[0], days[-1] + 1)) and len(days) > 2
    if is_row:
        return f"{names[days[0]]}-{names[days[-1]]}"
    return ", ".join(names[day] for day in days)

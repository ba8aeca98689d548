"""How a value becomes a cell: codes in their codes, days in their spelling, several in one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from intake_app.domain.export import ExportColumn, From, Reach, Several
from intake_app.domain.form import Field, FieldType, Sensitivity
from intake_app.domain.journey import DAYS

_PART: Final = re.compile(r"YYYY|MM|DD|hh|mm")
_IS_MOMENT: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?").match
_DATES: Final = frozenset({FieldType.DATE, FieldType.DATE_TIME})
_CODED: Final = frozenset({
    FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED, FieldType.YES_NO, FieldType.NUMBER,
    FieldType.MONEY, FieldType.PROVIDER,
})  # fmt: skip
_FINE: Final = frozenset({"MM", "DD", "hh", "mm"})

Worded = Callable[[str], str]


def is_spelling(day: str) -> bool:
    """Whether a text says how days are written: each part once, and the year among them."""
    parts = _PART.findall(day)
    rest = _PART.sub("", day)
    return "YYYY" in parts and len(set(parts)) == len(parts) and not re.search(r"\w", rest)


def reach_of_day(day: str) -> Reach:
    """How near a day in this spelling comes to somebody: a year alone is as good as a code."""
    return Reach.DATED if _FINE & set(_PART.findall(day)) else Reach.CODED


def reach_of_question(asked: Field, day: str) -> Reach:
    """How near the answer to a question comes to somebody, written with this spelling of days.

    What is typed in words may name anybody, whatever was asked.
    """
    if asked.sensitivity is Sensitivity.IDENTITY:
        return Reach.DATED if day == "YYYY" else Reach.NAMED
    if asked.type in _DATES:
        return reach_of_day(day)
    return Reach.CODED if asked.type in _CODED else Reach.NAMED


def coarse_day(day: str) -> str:
    """The same spelling with the year alone."""
    return "YYYY" if day else ""


@lru_cache(maxsize=5000)
def spelled(moment: str, day: str) -> str:
    """A day or moment ("2026-11-23", "2026-11-23T14:40…") in a spelling; empty for no day.

    A month alone is no day: "2026-11" gives nothing.
    """
    found = _IS_MOMENT(moment)
    if found is None:
        return ""
    year, month, date, hour, minute = found.groups()
    said = {"YYYY": year, "MM": month, "DD": date, "hh": hour or "00", "mm": minute or "00"}
    return _PART.sub(lambda part: said[part[0]], day)


def cells_of(column: ExportColumn, values: Sequence[str], worded: Worded = str) -> list[str]:
    """The cells of a column for the values of one line: one, or with boxes one for each code.

    Args:
        column: Which.
        values: Codes, days or texts; none where nothing is known.
        worded: Our code in words, for a column that writes words.
    """
    if column.several is Several.BOXES:
        chosen = set(theirs(column, values))
        start = len(column.name) + 3
        return [str(int(name[start:] in chosen)) for name in column.headings]
    if column.day:
        said = [text for one in values if (text := spelled(one, column.day))]
    elif column.is_words:
        said = [worded(one) for one in values]
    else:
        said = theirs(column, values)
    return [_one(column, said)]


def is_plain(column: ExportColumn) -> bool:
    """Whether its values are written as they are."""
    return not (column.codes or column.day or column.is_words) and (
        column.several is Several.JOIN and column.joiner == ";"
    )


def is_bare(column: ExportColumn) -> bool:
    """Whether it is what a journey holds, letter for letter: days stand there as they are told."""
    if column.source is not From.COLUMN or column.of == "provider" or column.empty:
        return False
    is_day = column.day == "YYYY-MM-DD" and column.of in DAYS
    return is_plain(replace(column, day="") if is_day else column)


def theirs(column: ExportColumn, values: Sequence[str]) -> list[str]:
    """Values in their codes; what has none is left out, or is `others`."""
    if not column.codes:
        return list(values)
    found = (column.codes.get(one, column.others) for one in values)
    return list(dict.fromkeys(one for one in found if one is not None))


def strangers(column: ExportColumn, values: Sequence[str]) -> list[str]:
    """The codes that their map does not know, and that are written as nothing."""
    if not column.codes or column.others is not None:
        return []
    return [one for one in values if one not in column.codes]


def _one(column: ExportColumn, said: list[str]) -> str:
    if not said:
        return column.empty
    if len(said) > 1 and column.several is Several.ONE:
        return column.two_or_more
    return column.joiner.join(said)

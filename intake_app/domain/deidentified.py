"""What may stay of a record for counting: codes, a month, an age band; no identity and no words.

A value stays only where it is a code by its shape and its question offers codes. A name typed into
the wrong question is no code and goes.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.entry import whole_years
from intake_app.domain.form import Answers, Field, FieldType, Form, Sensitivity

STATISTIC: Final = "statistic"
"""Kind of the record: {"month", "ended", "journey", "traits", …}; it says nothing of anybody."""

JOURNEY, TRAITS = "journey", "traits"
"""Of a statistic: the columns and codes that measures go on counting; see `services.measures`."""

CODED: Final = frozenset({
    FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED, FieldType.YES_NO,
})  # fmt: skip
DATED: Final = frozenset({FieldType.DATE, FieldType.DATE_TIME})

LINKED: Final[Mapping[str, tuple[str, ...]]] = {
    "referral": ("service", "urgency", "mode", "~status"),
    "attempt": ("means", "result"),
    "aid": ("item",),
    "follow_up": ("deadline", "state"),
    "episode.step": ("status",),
    "case.act": ("act",),
    "condition": ("type",),
}
"""Of records that belong to an intake: the fields whose codes stay, by kind."""

_IS_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,59}").fullmatch
_IS_MONTH: Final = re.compile(r"\d{4}-\d{2}").match


def codes_of(form: Form, answers: Answers) -> Answers:
    """The answers that stay, by question; a day becomes its month."""
    kept = ((field, _kept(field, answers.get(field.id))) for field in form.fields())
    born = form.facts.get("born", "")
    return {f.id: value for f, value in kept if value is not None and f.id != born}


def rows_left(field: Field, rows: Iterable[Answers]) -> list[Answers]:
    """Rows of a table with the cells that stay; the rows in no order that tells of anything."""
    found = [
        {column.id: value for column in field.columns
         if (value := _kept(column, row.get(column.id))) is not None}
        for row in rows
    ]  # fmt: skip
    return sorted((row for row in found if row), key=str)


def linked_codes(kind: str, records: Iterable[Mapping[str, Value]]) -> list[dict[str, str]]:
    """What stays of records of a kind that belong to an intake."""
    names = LINKED.get(kind, ())
    found = [
        {name.lstrip("~"): str(values[name]) for name in names if _is_code(values.get(name))}
        for values in records
    ]
    return sorted((one for one in found if one), key=str)


def age_band(born: str, on: str, bands: Iterable[str]) -> str:
    """The band of an age, or empty where nobody knows it.

    Args:
        born: Birth date (YYYY-MM-DD).
        on: The day to count on (YYYY-MM-DD, more may follow).
        bands: Codes: "under_18", "18_24", "65_plus", and others that say no span.
    """
    try:
        years = whole_years(date.fromisoformat(born), date.fromisoformat(on[:10]))
    except ValueError:
        return ""
    return next((band for band in bands if _holds(band, years)), "")


def _holds(band: str, years: int) -> bool:
    numbers = [int(part) for part in re.findall(r"\d+", band)]
    if not numbers:
        return False
    if band.startswith("under"):
        return years < numbers[0]
    return numbers[0] <= years <= (numbers[1] if len(numbers) > 1 else 150)


def _kept(field: Field, value: Value) -> Value:
    """What stays of one answer, or None."""
    if field.sensitivity is Sensitivity.IDENTITY or field.is_apart:
        return None
    if field.type in DATED:
        return str(value)[:7] if _IS_MONTH(str(value)) else None
    if field.type not in CODED:
        return None
    if isinstance(value, list):
        codes = [one for one in cast("list[Value]", value) if _is_code(one)]
        return codes or None
    return value if _is_code(value) else None


def _is_code(value: Value) -> bool:
    return isinstance(value, str) and _IS_CODE(value) is not None

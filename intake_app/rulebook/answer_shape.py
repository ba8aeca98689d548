"""The shape of each kind of answer (`form.FieldType`): is it there, and can it be read?"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.form import DECLINED, NO, UNKNOWN, YES, Field, FieldType
from intake_app.rulebook.value_kind import is_list, is_table

MAX_TEXT: Final = 20_000
"""Letters of one answer."""

TODAY, NOW = "today", "now"
"""What a date or a moment may have as its default."""

_IS_PHONE = re.compile(r"\+[1-9][0-9]{7,14}").fullmatch
_KEY_OF: Final = {
    FieldType.STATEMENT: "read",
    FieldType.PERSON: "name",
    FieldType.PROVIDER: "name",
    FieldType.NUMBER: "amount",
    FieldType.SIGNATURE: "how",
}


def is_answered(field: Field, value: Value) -> bool:
    """Whether there is an answer: an empty text or list is none, nor an unread statement."""
    if value is None or (isinstance(value, (str, list, dict)) and not value):
        return False
    key = _KEY_OF.get(field.type)
    if key is None or not is_table(value):
        return bool(value.strip()) if isinstance(value, str) else True
    inside = value.get(key)
    return inside not in (None, "", False) or (key == "amount" and inside == 0)


def is_well_shaped(field: Field, value: Value) -> bool:
    """Whether an answer can be read as what the question asks for."""
    return _SHAPES[field.type](field, value)


def _is_text(_field: Field, value: Value) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT


def _is_choice(field: Field, value: Value) -> bool:
    return isinstance(value, str) and field.choice(value) is not None


def _is_choices(field: Field, value: Value) -> bool:
    if not is_list(value) or not all(_is_choice(field, entry) for entry in value):
        return False
    return len(set(value)) == len(value)


def _is_date(_field: Field, value: Value) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        return False


def _is_moment(_field: Field, value: Value) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _is_number(field: Field, value: Value) -> bool:
    if not is_table(value) or not _is_amount(value.get("amount")):
        return False
    return value.get("unit", "") in (field.units or ("",))


def _is_amount(value: Value) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return math.isfinite(value) and abs(value) < 1e15


def _is_money(_field: Field, value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15


def _is_phone(_field: Field, value: Value) -> bool:
    return isinstance(value, str) and _IS_PHONE(value) is not None


def _is_yes_no(_field: Field, value: Value) -> bool:
    return value in (YES, NO, UNKNOWN, DECLINED)


def _has_texts(*keys: str) -> Callable[[Field, Value], bool]:
    def has_texts(_field: Field, value: Value) -> bool:
        return is_table(value) and all(isinstance(value.get(k, ""), str) for k in keys)

    return has_texts


def _is_rows(_field: Field, value: Value) -> bool:
    return is_list(value) and all(is_table(row) for row in value)


def _is_statement(_field: Field, value: Value) -> bool:
    return is_table(value) and isinstance(value.get("read"), bool)


_SHAPES: Final[dict[FieldType, Callable[[Field, Value], bool]]] = {
    FieldType.TEXT: _is_text,
    FieldType.LONG_TEXT: _is_text,
    FieldType.CHOICE: _is_choice,
    FieldType.CHOICES: _is_choices,
    FieldType.RANKED: _is_choices,
    FieldType.DATE: _is_date,
    FieldType.DATE_TIME: _is_moment,
    FieldType.NUMBER: _is_number,
    FieldType.MONEY: _is_money,
    FieldType.PHONE: _is_phone,
    FieldType.YES_NO: _is_yes_no,
    FieldType.PERSON: _has_texts("name", "role", "phone"),
    FieldType.PROVIDER: _has_texts("id", "name"),
    FieldType.ROWS: _is_rows,
    FieldType.SIGNATURE: _has_texts("how", "name", "at"),
    FieldType.STATEMENT: _is_statement,
}


def sample_answer(field: Field) -> Value:
    """An answer of the right shape, to try a condition with."""
    first = field.choices[0].id if field.choices else ""
    samples: dict[FieldType, Value] = {
        FieldType.CHOICE: first,
        FieldType.CHOICES: [first],
        FieldType.RANKED: [first],
        FieldType.DATE: "1991-04-17",
        FieldType.DATE_TIME: "2026-11-23T14:40:00-05:00",
        FieldType.NUMBER: {"amount": 12.5, "unit": field.units[0] if field.units else ""},
        FieldType.MONEY: 1250,
        FieldType.PHONE: "+13045550142",
        FieldType.YES_NO: YES,
        FieldType.PERSON: {"name": "A", "role": "B", "phone": "+13045550142"},
        FieldType.PROVIDER: {"id": "a", "name": "A"},
        FieldType.ROWS: [{c.id: sample_answer(c) for c in field.columns}],
        FieldType.SIGNATURE: {"how": "typed", "name": "A", "strokes": [], "at": ""},
        FieldType.STATEMENT: {"read": True, "version": field.version, "at": ""},
    }
    return samples.get(field.type, "a")

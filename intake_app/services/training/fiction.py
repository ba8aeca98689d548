"""Answers that fit a question, whatever the form, about people who do not exist."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, TypeAlias

from intake_app.domain.change import Value
from intake_app.domain.form import Field, FieldType

FIRST_NAMES: Final = (
    "Jordan", "Rosa", "Terry", "Minh", "Amber", "Chris", "Dwayne", "Elena", "Marcus", "Hope",
    "Luis", "Tasha", "Wyatt", "Ximena", "Cody", "Brandy", "Ahmed", "Kayla", "Earl", "Noemí",
)  # fmt: skip
LAST_NAMES: Final = (
    "Whitfield", "Alvarez", "Boggs", "Nguyen", "Price", "Lowe", "Carter", "Ortega", "Stiltner",
    "Hale", "Muñoz", "Dotson", "Farley", "Ibarra", "Justice", "Keene", "O'Brien", "Pruitt",
)  # fmt: skip
_FIRST_CHOICE: Final = 0.6
"""Forms put the usual answer first."""

_Maker: TypeAlias = Callable[[Field, random.Random, date], Value]


def fictional_answer(field: Field, dice: random.Random, today: date) -> Value:
    """Some answer of the right shape."""
    return _MAKERS.get(field.type, _words)(field, dice, today)


def _words(field: Field, dice: random.Random, today: date) -> Value:
    return dice.choice(("A ride would help.", "Asked for a call in the morning.", "None."))


def _one(field: Field, dice: random.Random, today: date) -> Value:
    ids = [choice.id for choice in field.choices if not choice.is_retired]
    return ids[0] if dice.random() < _FIRST_CHOICE else dice.choice(ids)


def _some(field: Field, dice: random.Random, today: date) -> list[str]:
    ids = [choice.id for choice in field.choices if not choice.is_retired]
    return dice.sample(ids, min(len(ids), dice.randint(1, 3)))


def _day(field: Field, dice: random.Random, today: date) -> Value:
    return (today - timedelta(days=dice.randrange(1, 3000))).isoformat()


def _moment(field: Field, dice: random.Random, today: date) -> Value:
    return f"{_day(field, dice, today)}T10:30:00+00:00"


def _number(field: Field, dice: random.Random, today: date) -> Value:
    return {"amount": dice.randrange(1, 20), "unit": field.units[0] if field.units else ""}


def _money(field: Field, dice: random.Random, today: date) -> Value:
    return dice.randrange(100, 50_000)


def _phone(field: Field, dice: random.Random, today: date) -> Value:
    return f"+1304555{dice.randrange(10000):04d}"


def _yes_no(field: Field, dice: random.Random, today: date) -> Value:
    return dice.choice(("yes", "no", "unknown", "declined"))


def _person(field: Field, dice: random.Random, today: date) -> Value:
    return {"name": f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}"}


def _provider(field: Field, dice: random.Random, today: date) -> Value:
    return {"id": "", "name": "New River Recovery Center"}


def _rows(field: Field, dice: random.Random, today: date) -> Value:
    return [{c.id: fictional_answer(c, dice, today) for c in field.columns if not c.show_when}]


def _signature(field: Field, dice: random.Random, today: date) -> Value:
    return {"how": "paper", "name": "", "strokes": [], "at": today.isoformat()}


def _statement(field: Field, dice: random.Random, today: date) -> Value:
    return {"read": True, "version": field.version, "at": today.isoformat()}


_MAKERS: Final[dict[FieldType, _Maker]] = {
    FieldType.CHOICE: _one,
    FieldType.CHOICES: _some,
    FieldType.RANKED: _some,
    FieldType.DATE: _day,
    FieldType.DATE_TIME: _moment,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.PHONE: _phone,
    FieldType.YES_NO: _yes_no,
    FieldType.PERSON: _person,
    FieldType.PROVIDER: _provider,
    FieldType.ROWS: _rows,
    FieldType.SIGNATURE: _signature,
    FieldType.STATEMENT: _statement,
}

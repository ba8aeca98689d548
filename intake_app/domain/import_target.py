"""What a column of a table can fill: a question of the form, or a step of the past."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from intake_app.domain.form import Choice
from intake_app.domain.import_mapping import plain_word
from intake_app.domain.text import Text

OPENED: Final = "~opened"
OLD_NUMBER: Final = "~number"
SAME_PERSON: Final = "~person"
NAME: Final = "~name"  # last name, comma, first name
OFFENSE: Final = "~offense"
OUTCOME: Final = "~outcome"
REASON: Final = "~reason"
CLOSED: Final = "~closed"
CHARGE: Final = "~charge"
REACHED: Final = "~reached"
ENGAGED: Final = "~engaged"
REPORT_BY: Final = "~report_by"
STEP: Final = "~step."  # the id of a status of the form follows: on which day it began
ACT: Final = "~act."  # the kind of an act of a case follows: on which day it was


class TargetKind(StrEnum):
    """How cells are read."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    MONEY = "money"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to fill.

    Attributes:
        id: A question's id, or one of the names above.
        label: What people read.
        kind: How cells are read.
        choices: For codes: what there is.
        is_needed: Without it no row can be imported.
        units: For numbers: the units to choose from.
        is_step: It is no question of the form.
    """

    id: str
    label: Text
    kind: TargetKind
    choices: tuple[Choice, ...] = ()
    is_needed: bool = False
    units: tuple[str, ...] = ()
    is_step: bool = False

    @property
    def is_coded(self) -> bool:
        """Whether words of cells are matched with codes."""
        return self.kind in {TargetKind.CODE, TargetKind.CODES}

    def codes_by_word(self) -> Mapping[str, str]:
        """Codes by the words that mean them on sight: id, labels, other words; never two codes."""
        found: dict[str, set[str]] = {}
        for one in self.choices:
            said = (one.id, *one.label.by_language.values(), *one.more.get("words", "").split(";"))
            for word in said:
                found.setdefault(plain_word(word), set()).add(one.id)
        return {word: code for word, (code, *more) in found.items() if word and not more}


@dataclass(frozen=True, slots=True)
class Targets:
    """All that a form's rows can fill, by id.

    Attributes:
        all: In the order in which people choose.
    """

    all: tuple[Target, ...]
    by_id: Mapping[str, Target] = field(default_factory=dict[str, Target])

    @classmethod
    def of(cls, targets: tuple[Target, ...]) -> "Targets":
        """By their ids."""
        return cls(targets, {one.id: one for one in targets})

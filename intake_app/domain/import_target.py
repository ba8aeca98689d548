"""What a column of a table can fill: a question of the form, or a step of the past."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake_app.domain.form import Choice
from intake_app.domain.import_mapping import plain_word
from intake_app.domain.text import Text


class Past(StrEnum):
    """What is no question of a form: how it began, what came of it, and steps between."""

    OPENED = "~opened"
    OLD_NUMBER = "~number"
    SAME_PERSON = "~person"
    NAME = "~name"  # last name, comma, first name
    OFFENSE = "~offense"
    OUTCOME = "~outcome"
    REASON = "~reason"
    CLOSED = "~closed"
    CHARGE = "~charge"
    REACHED = "~reached"
    ENGAGED = "~engaged"
    REPORT_BY = "~report_by"
    STEP = "~step."  # the id of a status of the form follows: on which day it began
    ACT = "~act."  # the kind of an act of a case follows: on which day it was


def step_of(ident: str) -> str:
    """The status or act whose day a target says: its id without what stands before it."""
    return ident.removeprefix(Past.STEP).removeprefix(Past.ACT)


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
        id: A question's id, or one of `Past` (of a step or an act with its id behind it).
        label: What people read.
        kind: How cells are read.
        choices: For codes: what there is.
        is_needed: Without it no row can be imported.
        units: For numbers: the units to choose from.
        unit_words: What they are called; see `Field`.
        is_step: It is no question of the form.
    """

    id: str
    label: Text
    kind: TargetKind
    choices: tuple[Choice, ...] = ()
    is_needed: bool = False
    units: tuple[str, ...] = ()
    unit_words: Mapping[str, Text] = field(default_factory=dict[str, Text])
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

"""An entry of the offer ledger: how a contact ended, and what may be told of it; never who."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.offense import Offense

CODED: Final = {
    "race_self": "race_ethnicity", "race_observed": "race_ethnicity", "gender": "gender",
    "age_band": "age_band",
}  # fmt: skip
"""What may be told of a person in general, with its code table; as they say, and as was seen."""

OF_OFFENSE: Final = ("offense", "offense_group", "statute", "zone")
"""What may be told of the event: id in the state's table, NIBRS code, section of law, beat."""

SEVERAL: Final = frozenset({"race_self", "race_observed"})
"""Of these a person may have several."""


class OfferOutcome(StrEnum):
    """How a contact ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class OfferAbout:
    """What a contact was about; nothing of it says who.

    Attributes:
        program: Id of the program that was or was not offered, or empty.
        offense: Id in the state's table, or empty.
        offense_group: NIBRS code, or empty.
        statute: Section of the law, or empty.
        zone: Beat or zone of the department, or empty.
    """

    program: str = ""
    offense: str = ""
    offense_group: str = ""
    statute: str = ""
    zone: str = ""

    @classmethod
    def of(cls, program: str, offense: Offense | None) -> "OfferAbout":
        """About an offense, under a program."""
        if offense is None:
            return cls(program)
        return cls(program, offense.id, offense.nibrs, offense.statute)

    def fields(self) -> dict[str, Value]:
        """The fields that say something."""
        named = ("program", *OF_OFFENSE)
        return {name: value for name in named if (value := getattr(self, name))}


NOTHING_KNOWN: Final = OfferAbout()


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry of the ledger.

    Attributes:
        id: Its record.
        outcome: How the contact ended.
        reason: Code of the reason; empty where the offer was accepted.
        text: The explanation, where the code asks for one.
        opened: When it was noted: local time with offset.
        by: Who noted it.
        case: The case of an accepted offer, or empty.
        about: What the contact was about.
        demographics: What was told later, by field.
    """

    id: RecordId
    outcome: OfferOutcome
    reason: str
    text: str = field(repr=False)
    opened: str
    by: UserId
    case: RecordId = RecordId("")
    about: OfferAbout = NOTHING_KNOWN
    demographics: Mapping[str, Value] = field(default_factory=dict[str, Value], repr=False)

    @property
    def has_gap(self) -> bool:
        """Whether race (either way), gender or age band were never told; a case tells its own."""
        if self.outcome is OfferOutcome.ACCEPTED:
            return False
        told = self.demographics
        has_race = bool(told.get("race_self") or told.get("race_observed"))
        return not (has_race and told.get("gender") and told.get("age_band"))


@dataclass(frozen=True, slots=True)
class Gaps:
    """How complete the ledger is.

    Attributes:
        entries: Contacts that ended without a case.
        without: Those of them whose demographics are missing, wholly or in part.
    """

    entries: int
    without: int

"""What pathways, agencies and staff are called in the window: one place, for every kind of agency.

The names of forms and their questions are in the form files. These are the short words of buttons,
lists and chips.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from intake_app.domain.pathway import POLICE, Pathway
from intake_app.words import Words, mark


@dataclass(frozen=True, slots=True)
class PathwayWords:
    """One pathway.

    Attributes:
        name: On its button.
        told: The line under it: when it is taken.
        short: In lists, a word or two.
        icon: Icon file.
        key: Begins it from home.
        neutral_name: On its button where the agency is not police; empty: the same.
        plain_told: The line under it where no charge is ever held; empty: the same.
    """

    name: str
    told: str
    short: str
    icon: str
    key: str
    neutral_name: str = ""
    plain_told: str = ""


PATHWAYS: Final[Mapping[str, PathwayWords]] = {
    Pathway.SELF_REFERRAL: PathwayWords(
        mark("Walk-in self-referral"),
        mark("Someone came in and asked for help. No charge, no citation."),
        mark("Walk-in"), "door-open", "F2",
        plain_told=mark("Someone came in and asked for help."),
    ),
    Pathway.OFFICER_INTERVENTION: PathwayWords(
        mark("Officer intervention"),
        mark("A charge could be filed. Hold it, and show a way into care."),
        mark("Officer"), "shield", "F3",
    ),
    Pathway.ACTIVE_OUTREACH: PathwayWords(
        mark("Outreach"),
        mark("A team looks for a person who may want help."),
        mark("Outreach"), "users-round", "F8",
    ),
    Pathway.NALOXONE_PLUS: PathwayWords(
        mark("After an overdose"),
        mark("An overdose, and the visit to the person and the family."),
        mark("Overdose"), "hand-heart", "F9",
    ),
    Pathway.OFFICER_REFERRAL: PathwayWords(
        mark("Officer referral"),
        mark("On a call or on patrol, somebody may want help. No charge."),
        mark("Referral"), "user-check", "F10",
        mark("First responder referral"),
    ),
    Pathway.COMMUNITY_RESPONSE: PathwayWords(
        mark("Community response"),
        mark("A team answers a call for help in a crisis."),
        mark("Crisis call"), "phone-call", "F11",
    ),
}  # fmt: skip

AGENCIES: Final[Mapping[str, str]] = {
    POLICE: mark("Police or sheriff"),
    "fire": mark("Fire department"),
    "ems": mark("Ambulance or EMS"),
}
"""Kinds of agency, by code."""

_STATUSES: Final[Mapping[str, str]] = {
    "lead": mark("Lead"),
    "screening": mark("First talk"),
    "ineligible": mark("Not for this program"),
    "offered": mark("Help offered"),
    "declined": mark("Said no for now"),
    "deferred": mark("Wants to think"),
    "accepted": mark("Wants help"),
    "plan_active": mark("Plan under way"),
    "completed": mark("Completed"),
    "withdrew": mark("Stopped taking part"),
    "transferred": mark("Handed to others"),
    "unable_to_contact": mark("Unable to contact"),
    "deceased": mark("Died"),
    "entered_in_error": mark("Entered by mistake"),
    "conflict": mark("Two entries disagree"),
    "finished": mark("Finished"),
    "amended": mark("Amended"),
}
"""How far somebody has come, in lists: the statuses of the field (domain facts 1.9)."""


def pathway_name(code: str, words: Words, kind: str = POLICE) -> str:
    """A pathway as its button has it; one that a department invented is shown by its code."""
    known = PATHWAYS.get(code)
    if known is None:
        return as_words(code)
    return words.text((known.neutral_name if kind != POLICE else "") or known.name)


def care_status(code: str, words: Words) -> str:
    """How far an intake of care has come, in a word or two; a status of one's own by its code."""
    known = _STATUSES.get(code)
    return words.text(known) if known else as_words(code)


def as_words(code: str) -> str:
    """A code of somebody's own, as well as it can be read."""
    return code.replace("_", " ").capitalize()

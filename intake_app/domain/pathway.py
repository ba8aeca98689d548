"""The six pathways, and where each one's records live: the only module that names them.

Names: BJA COSSUP / PTACC "six pathways". People who asked for help and people who were about to
be charged are kept in different files with different keys; a pathway that a department invents
counts as help, because that is the side that protects more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from intake_app.domain.roles import Compartment, May


class Pathway(StrEnum):
    """A way in."""

    SELF_REFERRAL = "self_referral"
    ACTIVE_OUTREACH = "active_outreach"
    NALOXONE_PLUS = "naloxone_plus"
    OFFICER_REFERRAL = "officer_referral"
    OFFICER_INTERVENTION = "officer_intervention"
    COMMUNITY_RESPONSE = "community_response"


Doing: TypeAlias = Literal["take", "find", "read", "amend", "issue"]
"""What is done in a room; which act of the table of roles that is, each room says itself."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where records of a pathway live, and which acts are asked for there.

    Attributes:
        compartment: The encrypted file.
        take: To take an intake.
        find: To see lists and search.
        read: To open a record.
        amend: To change one.
        issue: To issue a paper.
    """

    compartment: Compartment
    take: May
    find: May
    read: May
    amend: May
    issue: May

    def act(self, doing: Doing) -> May:
        """The act of the table of roles."""
        acts: dict[Doing, May] = {
            "take": self.take, "find": self.find, "read": self.read, "amend": self.amend,
            "issue": self.issue,
        }  # fmt: skip
        return acts[doing]


CARE_ROOM: Final = Room(
    Compartment.CARE, May.TAKE_WALK_IN, May.FIND_PEOPLE, May.READ_INTAKE, May.AMEND_INTAKE,
    May.ISSUE_PAPER,
)  # fmt: skip
CASES_ROOM: Final = Room(
    Compartment.CASES, May.TAKE_CASE, May.FIND_CASES, May.READ_CASE, May.AMEND_CASE,
    May.ISSUE_CASE_PAPER,
)  # fmt: skip
ROOMS: Final = (CARE_ROOM, CASES_ROOM)


POLICE: Final = "police"
"""The kind of agency that holds charges; fire and EMS never do."""


def pathways_on(kind: str, chosen: Sequence[str]) -> tuple[Pathway, ...]:
    """The pathways that an agency offers.

    Args:
        kind: "police", "fire" or "ems".
        chosen: What it turned on, by code; empty: all that its kind may offer.
    """
    return tuple(
        one for one in Pathway
        if (one in chosen or not chosen)
        and (one is not Pathway.OFFICER_INTERVENTION or kind == POLICE)
    )  # fmt: skip


def room_of(pathway: str) -> Room:
    """The room of a pathway."""
    return CASES_ROOM if pathway == Pathway.OFFICER_INTERVENTION else CARE_ROOM

"""What would leave this computer, for whom, and which consent covers each part of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from intake_app.domain.consent import Held, Party
from intake_app.domain.consent_errors import (
    ConsentExpired,
    ConsentRevoked,
    ConsentUnsigned,
    EntriesContradict,
    MouMissing,
    NoConsent,
    NotCovered,
    PersonDeceased,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import Mou
from intake_app.domain.text import Text

NOBODY: Final = Party("")


class Why(StrEnum):
    """Why something may not leave."""

    COVERED = ""
    NO_CONSENT = "no consent"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNSIGNED = "unsigned"
    OUTSIDE = "outside"  # there is a consent, and it does not name all of it
    DECEASED = "deceased"
    CONFLICT = "conflict"  # people disagree about how far it has come
    MOU = "mou"  # no agreement with the provider is in force, and the department asks for one


ERRORS: Final = {
    Why.NO_CONSENT: NoConsent,
    Why.REVOKED: ConsentRevoked,
    Why.EXPIRED: ConsentExpired,
    Why.UNSIGNED: ConsentUnsigned,
    Why.OUTSIDE: NotCovered,
    Why.DECEASED: PersonDeceased,
    Why.CONFLICT: EntriesContradict,
    Why.MOU: MouMissing,
}
"""What a person is told about each."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer that would leave.

    Attributes:
        field: The question.
        label: The question in words.
        consent: The consent that covers it, or None.
        is_own: It is the consent's own words, or a visit with whom it goes to: it goes always.
    """

    field: str
    label: Text
    consent: RecordId | None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would leave, for whom, and what covers it.

    Attributes:
        discloses: Whether it needs a consent at all: what a person carries themselves does not.
        people: Whose data it is, by name.
        recipient: Who would receive it.
        told: Each answer.
        consents: Those that cover some of it.
        why: Why it may not leave.
        mou: How the agreement with the recipient stands; None: they are no provider.
    """

    discloses: bool
    people: tuple[str, ...] = field(default=(), repr=False)
    recipient: Party = NOBODY
    told: tuple[Told, ...] = ()
    consents: tuple[Held, ...] = ()
    why: Why = Why.COVERED
    mou: Mou | None = None

    @property
    def is_covered(self) -> bool:
        """Whether all of it may leave."""
        return self.why is Why.COVERED

    @property
    def left_out(self) -> tuple[Told, ...]:
        """What no consent covers."""
        return tuple(one for one in self.told if one.consent is None)

    @property
    def consent(self) -> str:
        """The consent that covers it: the newest, where there are several."""
        return self.consents[0].consent.id if self.consents else ""

    @property
    def purpose(self) -> str:
        """What that consent is for, by code."""
        return self.consents[0].consent.purpose if self.consents else ""

    @property
    def error(self) -> NotCovered | None:
        """Why it may not leave, as what a person is told; None: it may."""
        return None if self.is_covered else ERRORS[self.why]()

    def require(self) -> None:
        """Refuse, unless all of it may leave.

        Raises:
            NotCovered: It may not; which of its kinds says why.
        """
        if self.error is not None:
            raise self.error


NOTHING_LEAVES: Final = Leaving(discloses=False)


def together(found: Iterable[Leaving]) -> Leaving:
    """Several papers as one: all that they tell, and the first reason why it may not leave."""
    telling = [one for one in found if one.discloses]
    if not telling:
        return NOTHING_LEAVES
    told = {one.field: one for leaving in telling for one in leaving.told}
    consents = {held.consent.id: held for leaving in telling for held in leaving.consents}
    return Leaving(
        discloses=True,
        people=tuple(dict.fromkeys(name for one in telling for name in one.people)),
        recipient=telling[0].recipient,
        told=tuple(told[name] for name in sorted(told)),
        consents=tuple(consents.values()),
        why=next((one.why for one in telling if not one.is_covered), Why.COVERED),
        mou=telling[0].mou,
    )

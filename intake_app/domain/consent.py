"""Consents as the law asks for them, where each stands on a day, and what it covers (42 CFR 2.31).

A consent is a signed act; taking it back and noting that it ended are acts of their own. All of
this is folded in any order of arrival: any revocation blocks, nobody settles it, and only a new
consent allows anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from intake_app.domain.ids import RecordId

ALWAYS: Final = "always"
"""Group of what goes with any disclosure: the consent's own words, and a visit with whom it is."""

ON_A_DATE: Final = "date"
"""How a consent ends that names its last day itself."""

_WRITTEN: Final = frozenset({"drawn", "typed", "paper", "mark"})


class ConsentKind(StrEnum):
    """Four separate consents; none stands for another. The value is the kind of the fact."""

    HAND_OFF = "consent"  # to one provider
    ALL_CARE = "consent_tpo"  # treatment, payment, health care operations
    REPORT_BACK = "consent.report_back"  # to the office that holds a charge: 42 CFR 2.35
    PROCEEDINGS = "consent.proceedings"  # use in a proceeding: 42 CFR 2.31(d), never combined


class Side(StrEnum):
    """What a recipient is: each kind of consent reaches one of them."""

    PROVIDER = "provider"
    AUTHORITY = "authority"
    PROCEEDING = "proceeding"


REACHES: Final = {
    ConsentKind.HAND_OFF: Side.PROVIDER,
    ConsentKind.ALL_CARE: Side.PROVIDER,
    ConsentKind.REPORT_BACK: Side.AUTHORITY,
    ConsentKind.PROCEEDINGS: Side.PROCEEDING,
}


class Element(StrEnum):
    """What 42 CFR 2.31(a) asks of a written consent; without one of them it is none."""

    NAME = "name"
    DISCLOSER = "discloser"
    INFORMATION = "information"
    RECIPIENT = "recipient"
    PURPOSE = "purpose"
    REVOKE = "revoke"
    END = "end"
    SIGNATURE = "signature"
    DATE = "date"


class State(StrEnum):
    """Where a consent stands."""

    STANDING = "standing"
    SOON = "soon"  # it stands, and ends soon
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"  # a later one for the same recipient holds
    UNSIGNED = "unsigned"  # said aloud, not signed yet, or an element is missing
    DEFERRED = "deferred"  # the person could not decide: ask again
    REFUSED = "refused"


STANDS: Final = frozenset({State.STANDING, State.SOON})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may receive.

    Attributes:
        name: As written.
        id: The provider's record, or empty.
        side: What they are.
    """

    name: str
    id: str = ""
    side: Side = Side.PROVIDER

    def is_same(self, other: "Party") -> bool:
        """Whether both are one: by record where both name one, else by name."""
        if self.side is not other.side:
            return False
        if self.id and other.id:
            return self.id == other.id
        mine, theirs = (" ".join(one.name.casefold().split()) for one in (self, other))
        return bool(mine) and mine == theirs


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent, whatever form it was taken with.

    Attributes:
        id: Its record.
        kind: Which of the four.
        entered: When it was kept: local time with offset.
        is_given: The person said yes.
        name: Whose information.
        disclosers: Who may disclose, by code.
        information: What, by code; None: all that care needs.
        recipient: To whom.
        recipient_class: To what group besides, in words.
        purpose: What for, by code.
        is_told: The right to take it back was read out.
        ends: How it ends, by code.
        ends_on: Its last day (YYYY-MM-DD) where it names one.
        signed: How it was signed, by code; empty: not at all.
        signed_on: The day (YYYY-MM-DD).
        is_deferred: The person could not decide at that time.
        order: Tells which is later of two that were kept in one moment: the id of the change.
    """

    id: RecordId
    kind: ConsentKind
    entered: str
    is_given: bool = True
    name: str = field(default="", repr=False)
    disclosers: tuple[str, ...] = ()
    information: frozenset[str] | None = frozenset()
    recipient: Party = Party("")
    recipient_class: str = ""
    purpose: str = ""
    is_told: bool = False
    ends: str = ""
    ends_on: str = ""
    signed: str = ""
    signed_on: str = ""
    is_deferred: bool = False
    order: str = ""

    @property
    def is_written(self) -> bool:
        """Whether it is signed in writing."""
        return self.signed in _WRITTEN

    def missing(self) -> tuple[Element, ...]:
        """The elements that it lacks."""
        there = {
            Element.NAME: self.name,
            Element.DISCLOSER: self.disclosers,
            Element.INFORMATION: self.information is None or self.information,
            Element.RECIPIENT: self.recipient.name or self.recipient_class,
            Element.PURPOSE: self.purpose,
            Element.REVOKE: self.is_told,
            Element.END: self.ends_on if self.ends == ON_A_DATE else self.ends,
            Element.SIGNATURE: self.is_written,
            Element.DATE: self.signed_on,
        }
        return tuple(element for element, said in there.items() if not said)

    def last_day(self, lengths: Mapping[str, int]) -> str:
        """The last day on which it holds (YYYY-MM-DD); empty: it has no end by the calendar."""
        if self.ends == ON_A_DATE:
            return self.ends_on
        days = lengths.get(self.ends, 0)
        if not days or not self.signed_on:
            return ""
        return (date.fromisoformat(self.signed_on) + timedelta(days=days)).isoformat()


@dataclass(frozen=True, slots=True)
class Revocation:
    """A consent was taken back.

    Attributes:
        consent: Which.
        at: When: moment or day.
        how: "letter", "email" or "oral", by code.
        is_confirmed: In writing; aloud blocks as well, and waits for that.
    """

    consent: RecordId
    at: str
    how: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of somebody's consents.

    Attributes:
        consents: Each of them.
        revocations: What was taken back.
        ended: The day on which the event came that ends a consent, by its id.
    """

    consents: tuple[Consent, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    ended: Mapping[RecordId, str] = field(default_factory=dict[RecordId, str])


@dataclass(frozen=True, slots=True)
class Limits:
    """How long consents run.

    Attributes:
        lengths: Days after the signature, by how it ends; what is not here ends by an event.
        soon: So many days before its end a consent "ends soon".
    """

    lengths: Mapping[str, int] = field(default_factory=dict[str, int])
    soon: int = 0

    def told_on(self, last: str, first: str) -> str:
        """The day on which one is told that it ends: not before it was signed."""
        day = date.fromisoformat(last) - timedelta(days=self.soon)
        return max(day.isoformat(), first)


@dataclass(frozen=True, slots=True)
class Held:
    """A consent and where it stands.

    Attributes:
        consent: Which.
        state: Where it stands.
        until: Its last day, or empty.
        revocations: How it was taken back.
    """

    consent: Consent
    state: State
    until: str = ""
    revocations: tuple[Revocation, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it allows anything."""
        return self.state in STANDS

    @property
    def is_confirmed(self) -> bool:
        """Whether it was taken back in writing."""
        return any(one.is_confirmed for one in self.revocations)


def held_on(known: Known, day: str, limits: Limits) -> tuple[Held, ...]:
    """Where each consent stands on a day (YYYY-MM-DD), the newest first."""
    newest_first = sorted(known.consents, key=_place, reverse=True)
    return tuple(_held(one, known, day, limits) for one in newest_first)


def _place(consent: Consent) -> tuple[datetime, str, str]:
    return datetime.fromisoformat(consent.entered), consent.order, consent.id


def _held(consent: Consent, known: Known, day: str, limits: Limits) -> Held:
    back = tuple(
        sorted((one for one in known.revocations if one.consent == consent.id), key=lambda r: r.at)
    )
    ends = [consent.last_day(limits.lengths), known.ended.get(consent.id, "")]
    until = min((end for end in ends if end), default="")
    return Held(consent, _state(consent, known, day, (until, limits.soon, bool(back))), until, back)


def _state(consent: Consent, known: Known, day: str, end: tuple[str, int, bool]) -> State:
    until, soon, is_back = end
    if is_back:
        return State.REVOKED
    if not consent.is_given:
        return State.REFUSED
    if consent.missing():
        return State.DEFERRED if consent.is_deferred else State.UNSIGNED
    if any(_replaces(other, consent) for other in known.consents):
        return State.REPLACED
    if until and until < day:
        return State.EXPIRED
    is_near = until and date.fromisoformat(until) <= date.fromisoformat(day) + timedelta(days=soon)
    return State.SOON if is_near else State.STANDING


def _replaces(later: Consent, consent: Consent) -> bool:
    """A later no replaces all of its kind; a later signed one that for the same recipient.

    One that tells less does so before it is signed: nobody is told what is no longer wanted.
    """
    if later.kind is not consent.kind or _place(later) <= _place(consent):
        return False
    is_for_all = later.kind is ConsentKind.ALL_CARE
    is_same = is_for_all or later.recipient.is_same(consent.recipient)
    is_good = not later.missing() or _tells_less(later, consent)
    return not later.is_given or (is_good and is_same)


def _tells_less(later: Consent, consent: Consent) -> bool:
    if later.information is None or consent.information is None:
        return later.information is not None
    return not consent.information <= later.information


# --- what is covered ----------------------------------------------------------------------


def covers(held: Held, group: str, to: Party) -> bool:
    """Whether a consent allows information of a group to go to somebody.

    Args:
        held: The consent.
        group: Code of the information; empty: nobody said what it is, and no consent covers it.
        to: Who would receive it.
    """
    consent = held.consent
    if not (held.stands and group and REACHES[consent.kind] is to.side):
        return False
    if consent.kind is not ConsentKind.ALL_CARE and not consent.recipient.is_same(to):
        return False
    return group == ALWAYS or consent.information is None or group in consent.information


def coverage(
    held: Sequence[Held], fields: Iterable[str], scope: Mapping[str, str], to: Party
) -> dict[str, RecordId | None]:
    """The consent that covers each field for a recipient; None where none does.

    Args:
        held: Where the person's consents stand.
        fields: What would leave.
        scope: The group of information that a field belongs to; what is not here is uncovered.
        to: Who would receive it.
    """
    return {
        name: next((h.consent.id for h in held if covers(h, scope.get(name, ""), to)), None)
        for name in fields
    }


def watched(held: Iterable[Held]) -> Iterator[Held]:
    """Those that ended or end soon, and that no later one replaces."""
    return (one for one in held if one.state in {State.SOON, State.EXPIRED})

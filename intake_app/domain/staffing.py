"""Who works here and opens what, and what must never be left to nobody.

A department must be able to go on: there is always an administrator, and somebody besides the
recovery cards who opens each file of records. Nobody can lock them out, and they cannot lock out
themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import UserId
from intake_app.domain.roles import KEYS, RECORDS, Compartment, Role
from intake_app.domain.user_errors import (
    LastAdministrator,
    LastReaderOfCare,
    LastReaderOfCases,
    LastReaderOfSealed,
    RenewWithCard,
)

_LAST: Final[Mapping[Compartment, type[IntakeError]]] = {
    Compartment.CARE: LastReaderOfCare,
    Compartment.CASES: LastReaderOfCases,
    Compartment.SEALED: LastReaderOfSealed,
}


class Why(StrEnum):
    """What made it necessary to give somebody a key."""

    NEW = "new"  # they were let in
    RENEWED = "renewed"  # they have new keys, after a forgotten passphrase
    ROLE = "role"  # they were given a role


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here, or did.

    Attributes:
        id: Stable and opaque.
        user_name: What they sign in with.
        shown_name: What colleagues and papers see.
        roles: Their hats; also while disabled.
        since: When they got the keys that they have (`stamp`).
        holds: The files whose keys holders gave them.
        opens: Those of them that they can open on this computer.
        has_left: Shut out for ever.
        is_disabled: Shut out until an administrator lets them come back.
    """

    id: UserId
    user_name: str
    shown_name: str
    roles: frozenset[Role]
    since: str = ""
    holds: frozenset[Compartment] = frozenset()
    opens: frozenset[Compartment] = frozenset()
    has_left: bool = False
    is_disabled: bool = False

    @property
    def is_working(self) -> bool:
        """Whether they may sign in."""
        return not self.has_left and not self.is_disabled

    @property
    def is_administrator(self) -> bool:
        """Whether they let people in, now."""
        return self.is_working and Role.ADMINISTRATOR in self.roles


@dataclass(frozen=True, slots=True)
class Asked:
    """A key that an administrator proposes for somebody, and that no holder has given yet.

    Attributes:
        cause: Id of the registry entry that made it necessary.
        user: For whom.
        compartment: Which file it opens.
        by: Who proposes it: an administrator, or a recovery key.
        at: Since when (`stamp`).
        why: What they did.
    """

    cause: str
    user: UserId
    compartment: Compartment
    by: UserId
    at: str
    why: Why


def require_others(
    people: Iterable[Colleague], user: UserId, roles: frozenset[Role] = frozenset(),
    *, keeps_keys: bool = False,
) -> None:  # fmt: skip
    """Refuse to take from the last one what nobody else has.

    Args:
        people: Everybody.
        user: From whom something is taken.
        roles: What is left to them.
        keeps_keys: They go on with the keys that they have; what their roles include stays open.

    Raises:
        LastAdministrator: Nobody else lets people in.
        LastReaderOfCare: Nobody else opens this file; or its like for another.
    """
    everybody = tuple(people)
    one = next((p for p in everybody if p.id == user), None)
    if one is None or not one.is_working:
        return
    others = [p for p in everybody if p.is_working and p.id != user]
    is_kept = keeps_keys and Role.ADMINISTRATOR in roles
    if one.is_administrator and not is_kept and not any(p.is_administrator for p in others):
        raise LastAdministrator
    for compartment in _lost_files(one, roles if keeps_keys else frozenset()):
        if not _readers(compartment, others, everybody):
            raise _LAST[compartment](compartment)


def require_renewable(people: Iterable[Colleague], user: UserId) -> None:
    """Refuse new keys for the last one who opens a file: nobody could give theirs back.

    Raises:
        RenewWithCard: A recovery card can.
    """
    everybody = tuple(people)
    one = next((p for p in everybody if p.id == user), None)
    others = [p for p in everybody if p.is_working and p.id != user]
    if one is not None and one.is_working:
        for compartment in _lost_files(one, frozenset()):
            if not _readers(compartment, others, everybody):
                raise RenewWithCard(compartment)


def _lost_files(one: Colleague, roles: frozenset[Role]) -> list[Compartment]:
    """The files of records that somebody opens now, and no more with these roles."""
    left = {compartment for role in roles for compartment in KEYS[role]}
    return [c for c in RECORDS if c in (one.holds | one.opens) - left]


def _readers(
    compartment: Compartment, among: Iterable[Colleague], everybody: Iterable[Colleague]
) -> list[Colleague]:  # fmt: skip
    """Who opens a file here; where it is not on this computer, who holds its key elsewhere."""
    is_here = any(compartment in p.opens for p in everybody)
    return [
        p for p in among if compartment in p.holds and (not is_here or compartment in p.opens)
    ]  # fmt: skip

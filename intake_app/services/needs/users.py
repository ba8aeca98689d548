"""What the services need to keep people and their keys, as Protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.staffing import Asked, Colleague


class Given(Protocol):
    """A passphrase for one time: `vault.user_desk.Given`."""

    @property
    def user(self) -> UserId:
        """Whose."""
        ...

    @property
    def passphrase(self) -> str:
        """Four words; shown and printed once, never kept."""
        ...

    @property
    def entries(self) -> tuple[str, ...]:
        """New registry entries."""
        ...

    @property
    def travel(self) -> tuple[str, ...]:
        """Their keys for other stations, sealed and signed."""
        ...


class UserDesk(Protocol):
    """Signs for the registry what is done with people: `vault.user_desk.UserDesk`."""

    def people(self) -> Sequence[Colleague]:
        """Everybody who ever worked here."""
        ...

    def is_locked(self, user_name: str) -> bool:
        """Whether a sign-in waits for somebody to release it."""
        ...

    def release(self, user_name: str) -> None:
        """Let a locked sign-in try again."""
        ...

    def add(self, user_name: str, shown_name: str, roles: frozenset[Role]) -> Given:
        """Let somebody in."""
        ...

    def renew(self, user: UserId) -> Given:
        """New keys and a passphrase for once."""
        ...

    def disable(self, user: UserId) -> tuple[str, ...]:
        """Put somebody's keys out of use; they can come back with others."""
        ...

    def leave(self, user: UserId) -> tuple[str, ...]:
        """Shut somebody out for ever."""
        ...

    def change_roles(
        self, user: UserId, roles: frozenset[Role], card: str = ""
    ) -> tuple[str, ...]:  # fmt: skip
        """Give and take roles; by a recovery card, where its words are given.

        Raises:
            OwnRoles: They would give themselves one, without a card.
            BadRecoveryCard: A word is wrong, or another card is needed.
        """
        ...

    def undo(self) -> None:
        """The last act was not stored: it was never done."""
        ...

    def waiting(self) -> Sequence[Asked]:
        """Every key that was proposed to somebody, and that no holder has given yet."""
        ...

    def asked(self) -> Sequence[Asked]:
        """Those of them that the signed-in person can give."""
        ...

    def grant(self, user: UserId, compartment: Compartment) -> tuple[str, ...]:
        """Give it; new registry entries."""
        ...

    def settle(self) -> tuple[str, ...]:
        """Seal here what was given elsewhere, and take away what opens nothing any more."""
        ...

    @property
    def stations(self) -> int:
        """How many computers the department has."""
        ...


class SignIns(Protocol):
    """On which days who signed in here: `storage.sign_ins.SignIns`."""

    def days(self, since: str) -> list[tuple[UserId, str]]:
        """Who signed in on which day (YYYY-MM-DD), from a day on."""
        ...

    def newest(self) -> list[str]:
        """The latest day of which the audit trail of each open file knows."""
        ...


@dataclass(frozen=True, slots=True)
class UserParts:
    """What a desk needs to keep people and their keys.

    Attributes:
        desk: Signs what is done.
        sign_ins: Who signed in when.
        idle_days: Days without a sign-in after which it is turned off.
    """

    desk: UserDesk
    sign_ins: SignIns
    idle_days: int

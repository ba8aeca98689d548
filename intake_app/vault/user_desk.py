"""What an administrator does with people, and what holders are asked; each signed for the registry.

Passphrases are never chosen for somebody else: a new one has four random words, and is replaced at
the first sign-in (`Secrets.must_change`). It opens at every station that the person's keys reach.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.staffing import Asked, Colleague
from intake_app.vault.founding import NewPerson
from intake_app.vault.key_post import sealed_travel
from intake_app.vault.keys import Keys
from intake_app.vault.passphrase import suggest_passphrase
from intake_app.vault.registry import Listed, Registry
from intake_app.vault.staff import require_administrator
from intake_app.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Given:
    """A passphrase for one time, and what has to be stored so that it opens.

    Attributes:
        user: Whose.
        passphrase: Four words; shown and printed once, never kept.
        entries: New registry entries.
        travel: Their keys for other stations, sealed and signed.
    """

    user: UserId
    passphrase: str = field(repr=False)
    entries: tuple[str, ...]
    travel: tuple[str, ...]


class UserDesk:
    """Fits `services.needs.users.UserDesk`.

    Args:
        vault: Of this profile.
        keys: Of the signed-in person; the registry was taken.
        clock: Tells the time of an entry.
    """

    def __init__(self, vault: Vault, keys: Keys, clock: Clock) -> None:
        self._vault, self._keys, self._clock = vault, keys, clock
        self._before: tuple[Registry, dict[str, Any]] | None = None

    @property
    def stations(self) -> int:
        """How many computers the department has."""
        return len(self._keys.registry.stations.standing)

    # --- who there is -----------------------------------------------------------------------

    def people(self) -> tuple[Colleague, ...]:
        """Everybody who ever worked here."""
        registry = self._keys.registry
        held = {one: registry.holders(one) for one in Compartment}
        here = {one: self._vault.staff.granted(self._keys, one) for one in Compartment}
        return tuple(
            Colleague(
                one.id, one.user_name, one.shown_name, one.kept_roles, self._since(one),
                frozenset(c for c in Compartment if one.id in held[c]),
                frozenset(c for c in Compartment if one.id in here[c]),
                has_left=one.is_revoked, is_disabled=one.is_disabled and not one.is_revoked,
            )
            for one in registry.people
        )  # fmt: skip

    def is_locked(self, user_name: str) -> bool:
        """Whether a sign-in waits for somebody to release it."""
        return self._vault.is_locked(user_name)

    def release(self, user_name: str) -> None:
        """Let a locked sign-in try again.

        Raises:
            NotAllowed: Neither administrator nor supervisor.
        """
        self._vault.release(self._keys, user_name)

    # --- what an administrator does ---------------------------------------------------------

    def add(self, user_name: str, shown_name: str, roles: frozenset[Role]) -> Given:
        """Let somebody in.

        Raises:
            NotAllowed: No administrator is signed in.
            BadEntry: No role, or the user name is empty or taken.
        """
        self._begin()
        person = NewPerson(user_name, shown_name, suggest_passphrase(), roles)
        entries = self._vault.staff.add(self._keys, person, once=True)
        listed = self._keys.registry.named(user_name)
        if listed is None:
            raise LookupError(user_name)
        return Given(
            listed.id, person.passphrase, entries, tuple(self._travel(listed, person.passphrase))
        )

    def renew(self, user: UserId) -> Given:
        """New keys and a passphrase for once: forgotten, exposed, or back after a while.

        Raises:
            NotAllowed: No administrator is signed in, or the person has left.
        """
        self._begin()
        passphrase = suggest_passphrase()
        entries = self._vault.staff.renew(self._keys, user, passphrase, once=True)
        listed = self._keys.registry.person(user)
        return Given(user, passphrase, entries, tuple(self._travel(listed, passphrase)))

    def disable(self, user: UserId) -> tuple[str, ...]:
        """Put somebody's keys out of use; they can come back with others."""
        self._begin()
        return self._vault.staff.disable(self._keys, user)

    def leave(self, user: UserId) -> tuple[str, ...]:
        """Shut somebody out for ever."""
        self._begin()
        return self._vault.staff.leave(self._keys, user)

    def change_roles(
        self, user: UserId, roles: frozenset[Role], card: str = ""
    ) -> tuple[str, ...]:  # fmt: skip
        """Give and take roles; by a recovery card, where its words are given.

        Raises:
            NotAllowed: No administrator is signed in.
            OwnRoles: They would give themselves one, without a card.
            BadRecoveryCard: A word is wrong, or another card is needed.
        """
        require_administrator(self._keys)
        self._begin()
        if not card:
            return self._vault.staff.change_roles(self._keys, user, roles)
        with_card = self._vault.unlock_with_card(card)
        try:
            with_card.take_registry(self._keys.registry_entries())
            self._vault.staff.change_roles(with_card, user, roles)
            return self._keys.follow(with_card.registry)
        finally:
            with_card.drop()

    def undo(self) -> None:
        """The last act was not stored: it was never done.

        Otherwise what is signed next would name entries that nobody has.
        """
        if self._before is None:
            return
        (registry, content), self._before = self._before, None
        self._keys.follow(registry)
        with contextlib.suppress(IntakeError):  # a slot that the registry does not back: harmless
            self._vault.key_file.save(content, keep_previous=False)

    # --- what a holder is asked -------------------------------------------------------------

    def waiting(self) -> tuple[Asked, ...]:
        """Every key that was proposed to somebody, and that no holder has given yet."""
        registry = self._keys.registry
        return tuple(
            self._asked(registry.person(user), compartment)
            for compartment in Compartment
            if compartment is not Compartment.STATION
            for user in sorted(registry.due(compartment) - registry.holders(compartment))
        )

    def asked(self) -> tuple[Asked, ...]:
        """Those of them that the signed-in person can give."""
        mine = set(self._vault.staff.asked(self._keys))
        return tuple(one for one in self.waiting() if (one.user, one.compartment) in mine)

    def grant(self, user: UserId, compartment: Compartment) -> tuple[str, ...]:
        """Give it.

        Raises:
            NotAllowed: The signed-in person is no holder, or nobody asks.
        """
        self._begin()
        return self._vault.grant(self._keys, user, compartment)

    def settle(self) -> tuple[str, ...]:
        """Seal here what holders gave elsewhere, and take away what opens nothing any more.

        Returns:
            New registry entries, to be stored in `station`.
        """
        self._begin()
        try:
            self._vault.staff.sweep(self._keys)
            found = [self._vault.grant(self._keys, *one) for one in self._vault.owed(self._keys)]
        except BaseException:
            self.undo()
            raise
        return tuple(entry for entries in found for entry in entries)

    # --- parts ------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._before = self._keys.registry, self._vault.key_file.content

    def _since(self, one: Listed) -> str:
        joined = self._keys.registry.members.joined(one.id)
        return max(entry.at for entry in joined)

    def _asked(self, one: Listed, compartment: Compartment) -> Asked:
        cause = self._keys.registry.members.cause(one.id, one.entry, compartment)
        return Asked(cause.entry, one.id, compartment, UserId(cause.by), cause.at, cause.why)

    def _travel(self, one: Listed, passphrase: str) -> Iterator[str]:
        """Keys of somebody who was just let in, for all other stations; as they would give them."""
        keys, here = self._keys, self._keys.identity.station
        stations = keys.registry.stations.all()
        others = [s for s in stations if s.id != here and not s.is_struck and s.seal]
        if not others:
            return
        held = self._vault.staff.held_by(one.id, one.user_name, passphrase)
        whose, at = (keys.registry.agency, one.id), stamp(self._clock)
        for station in others:
            if station.seal is not None:
                yield sealed_travel(whose, held, (station.id, station.seal), at)

"""Lets people in and shuts them out: registry entries, slots and grants of this station.

Each act changes the key file first and gives the new registry entries back to be stored. If the
program dies in between, the slot opens nothing that the registry does not back, and the act can
simply be done again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import BadEntry, BadRegistry, NotAllowed
from intake_app.domain.ids import UserId, new_user_id
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.user_errors import OwnRoles
from intake_app.vault import device, grants, slots
from intake_app.vault.entry import EntryType, Said
from intake_app.vault.founding import NewPerson, joining
from intake_app.vault.keyfile import KeyFile, check_user_name
from intake_app.vault.keys import Keys
from intake_app.vault.passphrase import check_passphrase
from intake_app.vault.passphrase_rules import rule_of
from intake_app.vault.registry import Listed, Registry
from intake_app.vault.scale import has_role_for


class Staff:
    """What administrators and holders do in the key file; `by` is who does it."""

    def __init__(self, file: KeyFile, clock: Clock) -> None:
        self._file, self._clock = file, clock

    def add(self, by: Keys, person: NewPerson, *, once: bool = False) -> tuple[str, ...]:
        """Let somebody in; grants what `by` may grant. The rest waits for a holder: see `owed`.

        Args:
            by: An administrator, or a card.
            person: Who.
            once: The passphrase is for their first sign-in only.

        Returns:
            The new registry entries, to be stored in `station`.

        Raises:
            NotAllowed: `by` is no administrator.
            BadEntry: No role, or the user name is taken.
            WeakPassphrase: The passphrase is too weak.
        """
        require_administrator(by)
        check_user_name(person.user_name)
        if not person.roles or self._is_taken(by, person):
            raise BadEntry("user name or roles")
        rule = rule_of(person.roles, (person.shown_name,))
        check_passphrase(person.passphrase, person.user_name, rule)
        user, held = (
            new_user_id(),
            replace(slots.new_secrets(by.genesis), must_change=once, since=stamp(self._clock)),
        )
        registry = self._write(by, by.registry, joining(user, person, held))
        return self._enter(by, registry, user, person, held)

    def renew(
        self, by: Keys, user: UserId, passphrase: str, *, once: bool = False
    ) -> tuple[str, ...]:
        """New keys for the same person, also to come back; see `Vault.renew_person`."""
        require_administrator(by)
        old = by.registry.person(user)
        if old.is_revoked:
            raise NotAllowed("revoked")
        rule = rule_of(old.kept_roles, (old.shown_name,))
        check_passphrase(passphrase, old.user_name, rule)
        again = NewPerson(old.user_name, old.shown_name, passphrase, old.kept_roles)
        held = replace(slots.new_secrets(by.genesis), must_change=once, since=stamp(self._clock))
        new_keys = next(iter(joining(user, again, held)))
        gone = () if old.is_disabled else (Said(EntryType.REVOCATION, old.entry),)
        said = (new_keys, *gone)
        return self._enter(by, self._write(by, by.registry, said), user, again, held)

    def revoke(self, by: Keys, subject: str) -> tuple[str, ...]:
        """Shut out for ever; see `Vault.revoke`."""
        require_administrator(by)
        registry = self._write(by, by.registry, (Said(EntryType.REVOCATION, subject),))
        content = self._file.content
        content["grants"].pop(subject, None)
        content["slots"] = {k: s for k, s in content["slots"].items() if s["user"] != subject}
        self._file.save(content, keep_previous=False)
        return by.follow(registry)

    def disable(self, by: Keys, user: UserId) -> tuple[str, ...]:
        """Put somebody's keys out of use; they can come back with others (`renew`).

        Call `sweep` when the entries are stored: who is killed in between has shut them out.

        Returns:
            New registry entries; none where nobody was put out.
        """
        require_administrator(by)
        person = by.registry.person(user)
        if person.is_revoked or person.is_disabled:
            return ()
        return by.follow(
            self._write(by, by.registry, (Said(EntryType.REVOCATION, person.entry),))
        )  # fmt: skip

    def leave(self, by: Keys, user: UserId) -> tuple[str, ...]:
        """Shut somebody out for ever; call `sweep` when the entries are stored."""
        require_administrator(by)
        said = Said(EntryType.REVOCATION, by.registry.person(user).id)
        return by.follow(self._write(by, by.registry, (said,)))

    def change_roles(
        self, by: Keys, user: UserId, roles: frozenset[Role]
    ) -> tuple[str, ...]:  # fmt: skip
        """Give and take roles. What a new role opens waits for a holder, unless `by` is a card.

        Call `sweep` when the entries are stored.

        Raises:
            NotAllowed: `by` is no administrator, the person has left, or no role would be left.
            OwnRoles: They would give themselves one.
        """
        require_administrator(by)
        person = by.registry.person(user)
        if person.is_revoked or not roles:
            raise NotAllowed("revoked or without a role")
        if user == by.user and roles - person.kept_roles:
            raise OwnRoles
        said = tuple(_other_roles(by.registry, person, roles))
        registry = self._write(by, by.registry, said)
        if by.is_card:  # it is a holder of everything, and a person put it on the table for this
            content = self._file.content
            for compartment in Compartment:
                if user in registry.due(compartment) - registry.holders(compartment):
                    registry = self._grant(by, registry, content, user, compartment)
            self._file.save(content)
        return by.follow(registry)

    def owed(self, by: Keys) -> tuple[tuple[UserId, Compartment], ...]:
        """Grants that `by` should give without being asked; see `Vault.owed`."""
        registry = by.registry
        return tuple(
            (user, compartment)
            for user, compartment in self._missing(by)
            if compartment is Compartment.STATION or user in registry.holders(compartment)
        )

    def asked(self, by: Keys) -> tuple[tuple[UserId, Compartment], ...]:
        """Grants that an administrator proposed: `by` may give them, and decides whether."""
        owed = set(self.owed(by))
        return tuple(one for one in self._missing(by) if one not in owed)

    def sweep(self, by: Keys) -> None:
        """Take away slots and grants that open nothing any more: also what others decided."""
        self._shut_out(by.registry)

    def granted(self, by: Keys, compartment: Compartment) -> frozenset[UserId]:
        """Who can open a file on this station; nobody, where the file is not here."""
        sealed, registry = self._file.content["grants"], by.registry
        holders = registry.holders(compartment)
        return frozenset(u for u in holders if _is_granted(registry, sealed, u, compartment))

    def _missing(self, by: Keys) -> list[tuple[UserId, Compartment]]:
        sealed = self._file.content["grants"]
        return [
            (user, compartment)
            for compartment in Compartment
            if _may_grant(by, by.registry, compartment)
            for user in sorted(by.registry.due(compartment))
            if not _is_granted(by.registry, sealed, user, compartment)
        ]

    def _shut_out(self, registry: Registry) -> None:
        """Slots of who may not sign in, and grants of who is no holder, go from the key file."""
        content = self._file.content
        before = (len(content["slots"]), sum(map(len, content["grants"].values())))
        people = {person.id: person for person in registry.people}
        off = {user for user, one in people.items() if one.is_revoked or one.is_disabled}
        content["slots"] = {k: s for k, s in content["slots"].items() if s["user"] not in off}
        held = {str(one): registry.holders(one) for one in Compartment}
        for user in content["grants"].keys() & people.keys():
            mine = content["grants"][user]
            content["grants"][user] = {
                c: text for c, text in mine.items() if user in held.get(c, frozenset())
            }
        if before != (len(content["slots"]), sum(map(len, content["grants"].values()))):
            self._file.save(content, keep_previous=False)

    def grant(self, by: Keys, user: UserId, compartment: Compartment) -> tuple[str, ...]:
        """Seal a file key to a colleague; see `Vault.grant`."""
        registry = by.registry
        if user not in registry.due(compartment) or not _may_grant(by, registry, compartment):
            raise NotAllowed("grant")
        content = self._file.content
        registry = self._grant(by, registry, content, user, compartment)
        self._file.save(content)
        return by.follow(registry)

    def share(self, by: Keys, compartment: Compartment, file_key: bytes) -> None:
        """Seal a new file's key to its holders and the cards; see `Vault.share`."""
        registry, content = by.registry, self._file.content
        head = registry.grantor_head(by.user, by.sign_key, compartment)
        people = {user: registry.person(user).seal for user in registry.holders(compartment)}
        for user, seal in {**people, **registry.recovery_seals}.items():
            place = grants.Place(
                self._file.text("agency"), self._file.text("station"), compartment, user
            )
            text = grants.make_grant(place, file_key, seal, by.author, head)
            content["grants"].setdefault(user, {})[str(compartment)] = text
        self._file.save(content)

    def new_slot(
        self, user: UserId, user_name: str, held: slots.Secrets, passphrase: str
    ) -> dict[str, Any]:
        """A slot with this computer's secret if its keyring keeps it; see `slots.make_slot`."""
        profile = self._file.text("profile")
        uses_keyring = bool(self._file.content["use_keyring"])
        secret = device.keep_secret(profile)[0] if uses_keyring else None
        slot_id = self._file.slot_id(user_name)
        owner = slots.Owner(self._file.text("agency"), profile, user, slot_id)
        return slots.make_slot(
            owner, held, passphrase, self._file.text("kdf"), secret, self._replaced(slot_id, held)
        )

    def held_by(self, user: UserId, user_name: str, passphrase: str) -> slots.Secrets:
        """What stands in a slot that was just made here, with what its owner's travel needs."""
        profile = self._file.text("profile")
        slot_id = self._file.slot_id(user_name)
        slot: dict[str, Any] = self._file.content["slots"][slot_id]
        secret = device.recall_secret(profile) if slots.is_device_required(slot) else None
        owner = slots.Owner(self._file.text("agency"), profile, user, slot_id)
        return slots.open_slot(slot, owner, passphrase, secret)

    def _replaced(self, slot_id: str, held: slots.Secrets) -> set[str]:
        """Earlier passphrases of the slot that stands there; not the one that travelled."""
        old = self._file.content["slots"].get(slot_id)
        if old is None:
            return set()
        kept = {held.travel.version} if held.travel else set[str]()
        return {slots.version_of(old), *slots.replaced_by(old)} - kept

    def _enter(
        self, by: Keys, registry: Registry, user: UserId, person: NewPerson, held: slots.Secrets
    ) -> tuple[str, ...]:
        content = self._file.content
        slot_id = self._file.slot_id(person.user_name)
        content["slots"][slot_id] = self.new_slot(user, person.user_name, held, person.passphrase)
        content["grants"][user] = {}
        for compartment in Compartment:
            has_role = has_role_for(person.roles, compartment)
            if has_role and _may_grant(by, registry, compartment):
                registry = self._grant(by, registry, content, user, compartment)
        self._file.save(content, keep_previous=False)
        return by.follow(registry)

    def _grant(
        self, by: Keys, registry: Registry, content: dict[str, Any], user: UserId, to: Compartment
    ) -> Registry:
        file_key, listed = by.file_key(to), registry.person(user)
        if user not in registry.holders(to):
            facts = {"compartment": to, "entry": listed.entry}
            registry = self._write(by, registry, (Said(EntryType.GRANT, user, facts=facts),))
        place = grants.Place(self._file.text("agency"), self._file.text("station"), to, user)
        head = registry.grantor_head(by.user, by.sign_key, to)
        text = grants.make_grant(place, file_key, listed.seal, by.author, head)
        content["grants"].setdefault(user, {})[str(to)] = text
        return registry

    def _write(self, by: Keys, registry: Registry, all_said: Iterable[Said]) -> Registry:
        for said in all_said:
            registry = registry.write(said, by.author, stamp(self._clock))
        return registry

    def _is_taken(self, by: Keys, person: NewPerson) -> bool:
        wanted = self._file.slot_id(person.user_name)
        working = (p for p in by.registry.people if not p.is_revoked)
        return any(self._file.slot_id(p.user_name) == wanted for p in working)


def require_administrator(by: Keys) -> None:
    """Refuse anybody else.

    Raises:
        NotAllowed: Neither an administrator nor a recovery card, or in another hat now.
    """
    if Role.ADMINISTRATOR not in by.roles or not by.registry.is_administrator(by.user, by.sign_key):
        raise NotAllowed("administrator")


def _other_roles(registry: Registry, person: Listed, roles: frozenset[Role]) -> Iterator[Said]:
    """What has to be said so that somebody has these roles, and no others.

    Grants of what they may not open any more are taken back too: if the role comes again, a holder
    is asked again.
    """
    gone, members = person.kept_roles - roles, registry.members
    cut = [entry for entry in members.role_entries(person.id) if entry.said.roles & gone]
    said_again = frozenset(role for entry in cut for role in entry.said.roles & roles)
    if more := roles - person.kept_roles | said_again:
        yield Said(EntryType.ROLE, person.id, roles=more)
    for compartment in Compartment:
        if has_role_for(gone, compartment) and not has_role_for(roles, compartment):
            for entry in members.grant_entries(person.id, compartment):
                yield Said(EntryType.REVOCATION, entry.id)
    # last, because who gives up the administrator's role signs this as their last act
    for entry in sorted(cut, key=lambda entry: Role.ADMINISTRATOR in entry.said.roles):
        yield Said(EntryType.REVOCATION, entry.id)


def _may_grant(by: Keys, registry: Registry, compartment: Compartment) -> bool:
    if not by.holds(compartment):
        return False
    try:
        registry.grantor_head(by.user, by.sign_key, compartment)
    except BadRegistry:
        return False
    return True


def _is_granted(
    registry: Registry, sealed: dict[str, dict[str, str]], user: UserId, compartment: Compartment
) -> bool:
    text = sealed.get(user, {}).get(compartment)
    if text is None or user not in registry.holders(compartment):
        return False
    return grants.receiver_key_of(text) == registry.person(user).seal.name

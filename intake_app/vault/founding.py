"""First start: a department's keys, its first people and its recovery cards.

The recovery cards are the root: the genesis names them and the compartments' public keys, and is
signed by the first of them. They make the first administrator, and grant each compartment to whom
the roles name. An administrator without such a role never becomes a holder.
"""

import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import BadEntry, VaultExists, WeakPassphrase
from intake_app.domain.ids import StationId, UserId, new_epoch, new_station_id, new_user_id
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment, Role
from intake_app.settings.sign_in_policy import SignInPolicy
from intake_app.vault import cards, device, entry, grants, identity, keyfile, lockout, slots
from intake_app.vault.cards import Card, CardPlan, RecoveryKeys
from intake_app.vault.entry import Author, EntryType, Said
from intake_app.vault.inside import Inside, new_inside
from intake_app.vault.jose import PrivateKey, base
from intake_app.vault.kdf import METHODS, USUAL
from intake_app.vault.passphrase import check_passphrase
from intake_app.vault.passphrase_rules import rule_of
from intake_app.vault.registry import Registry
from intake_app.vault.scale import has_role_for

FIRST_LETTER = "A"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who shall sign in.

    Attributes:
        user_name: What they sign in with.
        shown_name: What colleagues and papers see.
        passphrase: Their first passphrase.
        roles: Their hats.
        is_once: Somebody else typed the passphrase: it opens once, and must be replaced then.
    """

    user_name: str
    shown_name: str
    passphrase: str = field(repr=False)
    roles: frozenset[Role]
    is_once: bool = False


@dataclass(frozen=True, slots=True)
class NewDepartment:
    """What set-up decides about keys.

    Attributes:
        agency: The department's opaque id; empty: a random one. Its name is no business of keys.
        people: The first people; at least one administrator.
        kdf: "argon2id", or "pbkdf2-sha512" for approved algorithms only.
        card_plan: "either" (two whole cards) or "pairs" (two of three).
        use_keyring: Whether a secret of this computer is asked for too; not in training.
        names: Names that are no good passphrases: the department's.
        policy: Its rules of signing in; None: the default.
    """

    agency: str
    people: tuple[NewPerson, ...]
    kdf: str = USUAL
    card_plan: str = "either"
    use_keyring: bool = True
    names: tuple[str, ...] = ()
    policy: SignInPolicy | None = None


@dataclass(slots=True)
class Founded:
    """A department that was just made.

    Attributes:
        file: The key file.
        registry: The first entries.
        founder: The first administrator.
        founder_name: What they sign in with.
        held: The founder's own keys.
        files: All file keys.
        insides: All that lies inside the files.
        cards: To be printed.
    """

    file: keyfile.KeyFile
    registry: Registry
    founder: UserId
    founder_name: str
    held: slots.Secrets
    files: Mapping[Compartment, bytes] = field(repr=False)
    insides: Mapping[Compartment, Inside]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class _Root:
    id: str
    keys: RecoveryKeys
    cards: tuple[tuple[cards.Strip, ...], ...]

    @property
    def author(self) -> Author:
        return Author(self.id, self.keys.sign)


def found(folder: Path, setup: NewDepartment, clock: Clock) -> Founded:
    """Make a department in a folder.

    Raises:
        VaultExists: There is one already.
        BadEntry: No administrator, or a user name twice.
        WeakPassphrase: One of the passphrases is too weak.
        DiskFull: No space; there is no department here.
        StorageFailed: The disk refused; there is no department here.
    """
    _check(folder, setup)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # on Windows the folder of the user's own data is private already
    agency = setup.agency or secrets.token_hex(8)
    return _Founding(folder, setup, clock, agency).run()


class _Founding:
    def __init__(self, folder: Path, setup: NewDepartment, clock: Clock, agency: str) -> None:
        self._folder, self._setup, self._clock, self._agency = folder, setup, clock, agency
        self._profile, self._station = secrets.token_hex(8), new_station_id()
        self._plan = CardPlan(setup.card_plan)
        self._roots = [
            _Root(f"recovery-{secrets.token_hex(4)}", cards.recovery_keys(s, agency), tuple(strips))
            for s, strips in cards.new_cards(self._plan)
        ]
        self._files = {c: grants.new_file_key() for c in Compartment}
        self._insides = {c: new_inside(c) for c in Compartment}
        self._station_key, self._station_opener = PrivateKey.make(), PrivateKey.make()
        self._device = device.keep_secret(self._profile)[0] if setup.use_keyring else None
        self._registry = self._genesis()
        self._genesis_hash = self._registry.genesis_hash

    def run(self) -> Founded:
        """All steps; the key file is the last, so that a half-made department is none."""
        root = self._roots[0].author
        file_content = self._empty_content()
        key_file = keyfile.KeyFile(self._folder, file_content, "")
        people = sorted(self._setup.people, key=lambda p: Role.ADMINISTRATOR not in p.roles)
        founder, held = self._enter(people[0], root, key_file, file_content)
        for person in people[1:]:
            self._enter(person, Author(founder, held.sign), key_file, file_content)
        facts = {"letter": FIRST_LETTER}
        key = {"sign": self._station_key.public, "seal": self._station_opener.public}
        self._say(
            Said(EntryType.STATION, self._station, key, facts=facts), Author(founder, held.sign)
        )
        self._grant_locally(file_content)
        file_content["heads"] = list(self._registry.heads)
        self._write_identity()
        lockout.Lockout.create(self._folder, self._clock)
        made = keyfile.KeyFile.create(self._folder, file_content)
        printed = tuple(
            cards.print_card(self._plan, strips, self._genesis_hash)
            for one in self._roots
            for strips in one.cards
        )
        return Founded(
            made, self._registry, founder, people[0].user_name, held, self._files, self._insides,
            printed,
        )  # fmt: skip

    def _genesis(self) -> Registry:
        facts = {
            "recovery": [self._told(one) for one in self._roots],
            "compartments": {str(c): inside.seal.jwk for c, inside in self._insides.items()},
        }
        said = Said(EntryType.GENESIS, self._agency, facts=facts)
        root = self._roots[0].author
        first = entry.write_entry(said, root, self._agency, (), stamp(self._clock))
        return Registry.from_entries([first.text], first.id)

    def _told(self, one: _Root) -> dict[str, Any]:
        told = [
            {"number": strips[0].card, "commitment": cards.commitment(self._agency, strips)}
            for strips in one.cards
        ]
        return {
            "id": one.id, "plan": self._plan, "cards": told,
            "seal": one.keys.seal.jwk, "sign": one.keys.sign.jwk,
        }  # fmt: skip

    def _say(self, said: Said, author: Author) -> None:
        self._registry = self._registry.write(said, author, stamp(self._clock))

    def _enter(
        self, person: NewPerson, by: Author, key_file: keyfile.KeyFile, content: dict[str, Any]
    ) -> tuple[UserId, slots.Secrets]:
        user, since = new_user_id(), stamp(self._clock)
        held = replace(
            slots.new_secrets(self._genesis_hash), since=since, must_change=person.is_once
        )
        for said in joining(user, person, held):
            self._say(said, by)
        listed = self._registry.person(user).entry
        for compartment in Compartment:
            if has_role_for(person.roles, compartment):
                facts = {"compartment": compartment, "entry": listed}
                said = Said(EntryType.GRANT, user, facts=facts)
                self._say(said, self._roots[0].author)
        slot_id = key_file.slot_id(person.user_name)
        owner = slots.Owner(self._agency, self._profile, user, slot_id)
        content["slots"][slot_id] = slots.make_slot(
            owner, held, person.passphrase, self._setup.kdf, self._device
        )
        return user, held

    def _grant_locally(self, content: dict[str, Any]) -> None:
        head, root = self._registry.heads[0], self._roots[0].author
        receivers = [(p.id, p.seal, p.roles) for p in self._registry.people]
        for user, seal, roles in receivers:
            content["grants"][user] = {
                str(c): grants.make_grant(self._place(c, user), key, seal, root, head)
                for c, key in self._files.items()
                if has_role_for(roles, c)
            }
        for one in self._roots:
            seal = one.keys.seal.public
            content["grants"][one.id] = {
                str(c): grants.make_grant(self._place(c, one.id), key, seal, root, head)
                for c, key in self._files.items()
            }
            content["recovery"][one.id] = close_pin(one.keys, one.id, self._genesis_hash)

    def _place(self, compartment: Compartment, user: str) -> grants.Place:
        return grants.Place(self._agency, self._station, compartment, user)

    def _write_identity(self) -> None:
        public = self._insides[Compartment.STATION].seal.public
        sealed = identity.seal_station_key(
            self._station_key, StationId(self._station), public, self._station_opener
        )
        made = identity.Identity(self._station, new_epoch(), FIRST_LETTER, sealed)
        identity.write_identity(self._folder, self._agency, self._profile, made)

    def _empty_content(self) -> dict[str, Any]:
        return {
            "format": 1, "agency": self._agency, "profile": self._profile,
            "station": self._station, "genesis": self._genesis_hash, "heads": [],
            "name_key": keyfile.new_name_key(), "kdf": self._setup.kdf,
            "station_key": self._insides[Compartment.STATION].seal.jwk,
            "slots": {}, "grants": {}, "recovery": {}, "use_keyring": self._setup.use_keyring,
        }  # fmt: skip


def joining(user: UserId, person: NewPerson, held: slots.Secrets) -> Iterable[Said]:
    """The entries that make somebody a member."""
    names = {"user_name": person.user_name, "shown_name": person.shown_name}
    public = {"seal": held.seal.public, "sign": held.sign.public}
    yield Said(EntryType.USER, user, public, facts=names)
    yield Said(EntryType.ROLE, user, roles=person.roles)


def close_pin(keys: RecoveryKeys, ident: str, genesis: str) -> dict[str, str]:
    """The pinned hash under a recovery secret, so that a card meets its own department only."""
    nonce = os.urandom(slots.NONCE_BYTES)
    ct = AESGCM(keys.pin).encrypt(nonce, genesis.encode(), canonical(["pin", ident]))
    return {"nonce": base(nonce), "ct": base(ct)}


def _check(folder: Path, setup: NewDepartment) -> None:
    if keyfile.KeyFile.is_there(folder):
        raise VaultExists
    if setup.kdf not in METHODS or setup.card_plan not in set(CardPlan):
        raise BadEntry("kdf or card plan")
    names = [keyfile.plain_name(person.user_name) for person in setup.people]
    if len(set(names)) < len(names):
        raise BadEntry("user name")
    if not any(Role.ADMINISTRATOR in person.roles for person in setup.people):
        raise BadEntry("administrator")
    for place, person in enumerate(setup.people):
        if not person.roles:
            raise BadEntry("roles")
        keyfile.check_user_name(person.user_name)
        rule = rule_of(person.roles, (person.shown_name, *setup.names), setup.policy)
        try:
            check_passphrase(person.passphrase, person.user_name, rule)
        except WeakPassphrase as error:
            raise type(error)(str(place)) from error  # whose: the page that asked knows the name

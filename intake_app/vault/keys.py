"""The keys of a signed-in user, or of a recovery card on the table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.errors import BadRegistry, NoGrant, NotAllowed, VaultMissing
from intake_app.domain.ids import UserId
from intake_app.domain.roles import KEYS, Compartment, Role
from intake_app.domain.user_errors import PassphraseReplaced, SignInIsOff
from intake_app.vault import grants
from intake_app.vault.drafts import DraftKeys, DraftSealer
from intake_app.vault.entry import Author
from intake_app.vault.identity import Identity, open_station_key
from intake_app.vault.inside import Inside, read_inside
from intake_app.vault.jose import PrivateKey, PublicKey
from intake_app.vault.registry import Registry
from intake_app.vault.sifting import sift
from intake_app.vault.slots import Secrets, Travel

CARD_NAME: Final = "recovery card"


@dataclass(frozen=True, slots=True)
class Doorway:
    """What the key file says about who comes in.

    Attributes:
        agency: The department's id.
        station: The station whose files the grants open.
        genesis: The pinned hash, from inside the slot or the card.
        heads: Pinned registry heads.
        station_key: The public key that `prelogin.log` is sealed to.
        grants: This user's grants, by compartment.
        pin: Called with a registry that is newer than the pinned heads.
    """

    agency: str
    station: str
    genesis: str
    heads: tuple[str, ...]
    station_key: PublicKey
    grants: Mapping[str, str]
    pin: Callable[[Registry], None]


@dataclass(slots=True)
class InSlot:
    """What a slot holds, as it was last written; it goes with the keys.

    Attributes:
        held: That.
    """

    held: Secrets = field(repr=False)


@dataclass(frozen=True, slots=True)
class Own:
    """A person's (or card's) own keys."""

    user: UserId
    user_name: str
    seal: PrivateKey
    sign: PrivateKey
    draft: bytearray = field(repr=False)
    is_card: bool = False
    travel: Travel | None = field(default=None, repr=False)
    slot: InSlot | None = field(default=None, repr=False)

    @property
    def held(self) -> Secrets | None:
        """All that the slot holds, where it was a slot that was opened."""
        return self.slot.held if self.slot else None


@dataclass(slots=True)
class _Held:
    own: Own | None
    files: dict[Compartment, bytearray] = field(default_factory=dict[Compartment, bytearray])
    inside: dict[Compartment, Inside] = field(default_factory=dict[Compartment, Inside])


class Keys:
    """What somebody can open and sign.

    Right after unlocking only `station` opens. Its file holds the registry; once that was given to
    `take_registry`, the signatures of all grants are checked and the other files open too.

    Attributes:
        user: Id of the user, or of the recovery key.
        user_name: What was typed to sign in; "recovery card" for a card.
        is_card: Whether this came from a recovery card and not from a user.
        genesis: The pinned hash of the registry's first entry, from inside the slot or card.
        sign_key: Checks what this user signed.
        forgetting: Called by `drop`: whoever keeps a part of these keys forgets it with them.
    """

    def __init__(self, own: Own, doorway: Doorway, identity: Identity | None) -> None:
        self.user, self.user_name, self.is_card = own.user, own.user_name, own.is_card
        self.genesis = doorway.genesis
        self.sign_key: PublicKey = own.sign.public  # these keys may be dropped before this object
        self._doorway, self._identity = doorway, identity
        self._registry: Registry | None = None
        self._hat: Role | None = None
        self._held = _Held(own)
        self.forgetting: list[Callable[[], None]] = []

    @property
    def identity(self) -> Identity:
        """Which station this is.

        Raises:
            VaultMissing: `identity.json` is not there: this folder was restored or copied.
        """
        if self._identity is None:
            raise VaultMissing("identity.json")
        return self._identity

    @identity.setter
    def identity(self, found: Identity) -> None:
        """Become the station of a folder that was put back without its identity."""
        self._identity = found

    @property
    def own(self) -> Own:
        """This person's (or card's) own keys.

        Raises:
            NoGrant: Signed out.
        """
        if self._held.own is None:
            raise NoGrant("signed out")
        return self._held.own

    @property
    def author(self) -> Author:
        """Signs registry entries and grants as this user.

        Raises:
            NoGrant: Signed out.
        """
        return Author(self.user, self.own.sign)

    @property
    def registry(self) -> Registry:
        """The registry, once it was taken.

        Raises:
            NoGrant: Not yet.
        """
        if self._registry is None:
            raise NoGrant("registry first")
        return self._registry

    @property
    def roles(self) -> frozenset[Role]:
        """This person's roles, or the one they wear; a card counts as an administrator."""
        if self.is_card:
            return frozenset({Role.ADMINISTRATOR})
        found = self.registry.person(self.user).roles
        return found & {self._hat} if self._hat else found

    def registry_entries(self) -> tuple[str, ...]:
        """All registry entries that are known, to be stored in `station`."""
        return self.registry.texts

    def take_registry(self, texts: Iterable[str]) -> Registry:
        """Check the registry read from `station`, and the grants of this user by it.

        What is no good entry counts nowhere.

        Raises:
            BadRegistry: It has no genesis, is older than what was known, or a grant was signed by
                nobody who may; no further file opens.
            CannotOpen: A grant of this user is no grant at all.
            NoGrant: Signed out.
            SignInIsOff: This person has left, or is disabled.
            PassphraseReplaced: They have other keys now.
        """
        _ = self.own
        doorway = self._doorway
        registry = sift(texts, doorway.genesis, doorway.heads)
        if registry.agency != doorway.agency:
            raise BadRegistry("another department")
        if registry.compartment_key(Compartment.STATION).name != doorway.station_key.name:
            raise BadRegistry("station key")
        self._find_self(registry)
        for text in doorway.grants.values():
            grants.check_grant(text, registry)
        self._registry = registry
        doorway.pin(registry)
        return registry

    def wear(self, hat: Role) -> None:
        """Work in one role from now on: what only the others open stays shut.

        Raises:
            NotAllowed: It is none of this person's roles.
        """
        if hat not in self.roles:
            raise NotAllowed("role")
        self._hat = hat

    def follow(self, registry: Registry) -> tuple[str, ...]:
        """Go on with a registry that has grown.

        Returns:
            Its new entries, to be stored in `station`.
        """
        known = set(self.registry.texts)
        self._registry = registry
        return tuple(text for text in registry.texts if text not in known)

    def holds(self, compartment: Compartment) -> bool:
        """Whether this user was granted this file on this station, and their hat includes it."""
        if not self._hat_opens(compartment):
            return False
        return compartment in self._held.files or compartment in self._doorway.grants

    def file_key(self, compartment: Compartment) -> bytes:
        """The 32 bytes that open a file.

        Raises:
            NoGrant: Not granted on this station, not part of the hat that is worn, signed out, or
                the registry was not taken yet.
            CannotOpen: The grant is somebody else's, or altered.
        """
        own = self.own
        if not self._hat_opens(compartment):
            raise NoGrant(compartment)
        if compartment not in self._held.files:
            text = self._doorway.grants.get(compartment)
            if text is None:
                raise NoGrant(compartment)
            if compartment is not Compartment.STATION:
                _ = self.registry  # not before the signature of the grant was checked
            doorway = self._doorway
            place = grants.Place(doorway.agency, doorway.station, compartment, self.user)
            opened = grants.open_grant(text, place, own.seal)
            self._held.files[compartment] = bytearray(opened)
        return bytes(self._held.files[compartment])

    def give_file_key(self, compartment: Compartment, file_key: bytes) -> None:
        """Hold a file key that was just made."""
        self._held.files[compartment] = bytearray(file_key)

    def inside(self, compartment: Compartment) -> str:
        """The keys that are kept inside a compartment's file (JSON).

        Raises:
            NoGrant: They were not made or taken here.
        """
        return self.opened(compartment).text

    def take_inside(self, compartment: Compartment, text: str) -> None:
        """Take the keys read from inside a compartment's file.

        Raises:
            CannotOpen: They are damaged, or not this compartment's.
            BadRegistry: The registry lists another public key.
        """
        found = read_inside(compartment, text)
        listed = self._registry and self._registry.compartment_key(compartment)
        if listed and listed.name != found.seal.name:
            raise BadRegistry("compartment key")
        self._held.inside[compartment] = found

    def opened(self, compartment: Compartment) -> Inside:
        """The keys that are kept inside a compartment's file.

        Raises:
            NoGrant: They were not made or taken here.
        """
        if compartment not in self._held.inside:
            raise NoGrant(compartment)
        return self._held.inside[compartment]

    def station_signer(self) -> PrivateKey:
        """Signs as this station; needs what is inside `station`.

        Raises:
            CannotOpen: The key belongs to another compartment, or was altered.
        """
        return open_station_key(self.identity, self.opened(Compartment.STATION).seal)

    def sealer(
        self,
        compartment: Compartment = Compartment.CARE,
        colleague: Callable[[UserId], PublicKey] | None = None,
    ) -> DraftSealer:
        """Seals and opens drafts meant for a compartment; the registry must have been taken."""
        registry = self.registry
        holder = self._held.inside.get(compartment)
        sealer = DraftSealer(compartment, DraftKeys(
            self.user, self.own.draft, self.own.seal, registry.compartment_key(compartment),
            holder.seal if holder else None, colleague or (lambda to: registry.person(to).seal),
        ))  # fmt: skip
        self.forgetting.append(sealer.forget)
        return sealer

    def sign(self, payload: bytes) -> str:
        """A text signed as this user.

        Raises:
            NoGrant: Signed out.
        """
        return self.own.sign.sign(payload)

    def drop(self) -> None:
        """Forget all keys.

        File keys, the draft key and the key of travel slots are overwritten; nothing that is left
        of this process's objects refers to any other (tests/stories/left_behind). What Python
        cannot promise: copies that were handed out as bytes or text, the private keys inside the
        library's objects, the typed passphrase and what the system wrote to its page file are
        freed, not overwritten, and may stay in memory until it is used again. So the program ends
        its process at log-out (docs/adr/0025-the-screen-of-a-shared-computer.md).
        """
        own = self._held.own
        drafts = [own.draft] if own else []
        travel = [own.travel.key] if own and own.travel else []
        for secret in (*self._held.files.values(), *drafts, *travel):
            secret[:] = bytes(len(secret))
        for forget in self.forgetting:
            forget()
        self.forgetting.clear()
        self._held = _Held(own=None)
        self._registry = None

    def _hat_opens(self, compartment: Compartment) -> bool:
        return self._hat is None or compartment in KEYS[self._hat]

    def _find_self(self, registry: Registry) -> None:
        if self.is_card:
            if not registry.is_administrator(self.user, self.own.sign):
                raise NotAllowed("card revoked")
            return
        person = registry.person(self.user)
        if person.is_revoked or person.is_disabled:
            raise SignInIsOff("revoked")
        if person.sign.name != self.own.sign.name or person.seal.name != self.own.seal.name:
            earlier = (entry.said.keys["sign"].name for entry in registry.members.joined(self.user))
            is_earlier = self.own.sign.name in earlier
            raise PassphraseReplaced("own keys") if is_earlier else BadRegistry("own keys")

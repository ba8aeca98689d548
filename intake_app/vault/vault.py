"""The vault of a profile folder: who comes in, who is let in, who is shut out.

`Vault.unlock` gives `Keys`; the caller opens `station` with them, reads the registry there and
gives it to `Keys.take_registry`; then the other files open.
"""

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from intake_app.domain.clock import Clock, SystemClock
from intake_app.domain.errors import (
    DiskFull,
    NotAllowed,
    StorageFailed,
    VaultDamaged,
    VaultMissing,
    WrongPassphrase,
)
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, May, may
from intake_app.settings.profile import read_told
from intake_app.settings.sign_in_policy import read_policy
from intake_app.vault import cards, device, prelogin, slots
from intake_app.vault.cards import Card
from intake_app.vault.founding import Founded, NewDepartment, NewPerson, found
from intake_app.vault.identity import Identity, read_identity
from intake_app.vault.jose import PublicKey
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.keys import CARD_NAME, Doorway, InSlot, Keys, Own
from intake_app.vault.own_slot import OwnSlot
from intake_app.vault.registry import Registry
from intake_app.vault.sign_in import SignIn
from intake_app.vault.staff import Staff

__all__ = ["Card", "Keys", "NewDepartment", "NewPerson", "Registry", "Vault"]

_CLOCK: Final = SystemClock()


class Vault:
    """The key file of a folder, with its counts of failed tries.

    Attributes:
        key_file: What it says.
        agency: The department's opaque id.
        genesis: The registry's first hash as the key file states it; compare `Keys.genesis`.
        staff: What administrators and holders do in it.
        sign_in: What the lock screen does with it, and its counts of tries.
    """

    def __init__(self, folder: Path, file: KeyFile, clock: Clock) -> None:
        self._folder, self._file, self._clock = folder, file, clock
        self.key_file = file
        self.agency, self.genesis = file.text("agency"), file.text("genesis")
        self.sign_in, self.staff = SignIn(folder, file, clock), Staff(file, clock)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is a department here, whole or in ruins; nothing is made over it."""
        return KeyFile.is_there(folder)

    @classmethod
    def create(
        cls, folder: Path, setup: NewDepartment, clock: Clock = _CLOCK
    ) -> tuple["Vault", Keys, tuple[Card, ...]]:
        """Make a department. Some tenths of a second per person.

        Returns:
            The vault, the first administrator's keys, and the cards. These keys hold every file
            key and everything to be stored inside the files, until they are dropped: store
            `registry_entries()` and `inside(…)` of each compartment, then drop them.

        Raises:
            VaultExists: There is one already.
            BadEntry: No administrator, or a user name twice.
            WeakPassphrase: A passphrase is too weak.
            DiskFull: No space; there is no department here.
            StorageFailed: The disk refused; there is no department here.
        """
        made = found(folder, setup, clock)
        vault = cls(folder, made.file, clock)
        return vault, vault._founder(made), made.cards

    @classmethod
    def load(cls, folder: Path, clock: Clock = _CLOCK) -> "Vault":
        """Read the vault of a folder.

        Raises:
            VaultMissing: There is no key file.
            VaultDamaged: It is cut, altered, or another profile's. It stays as it is.
        """
        vault = cls(folder, KeyFile.load(folder), clock)
        vault._identity()
        return vault

    def device_state(self) -> device.DeviceState:
        """What this computer's keyring does with a value, for `doctor`."""
        return device.probe(self._file.text("profile"))

    def needs_device(self, user_name: str) -> bool:
        """Whether this sign-in needs the secret in this computer's keyring too."""
        slot = self._file.content["slots"].get(self._file.slot_id(user_name), {})
        return slots.is_device_required(slot)

    def unlock(self, user_name: str, passphrase: str) -> Keys:
        """Sign in. Takes as long for a user who does not exist.

        Raises:
            WrongPassphrase: Counted; the fifth within 15 minutes locks.
            LockedOut: Locked until an administrator or supervisor releases it.
            WeakKeyFile: The slot's parameters were lowered or raised.
            DeviceSecretMissing: This computer's keyring has lost its secret, or is locked.
            VaultDamaged: The slot or the station's identity cannot be read.
        """
        user, held = self.sign_in.open_slot(user_name, passphrase)
        self._settle_in(user_name, passphrase, user, held)
        own = Own(user, user_name, held.seal, held.sign, bytearray(held.draft),
                  travel=held.travel, slot=InSlot(held))  # fmt: skip
        return Keys(own, self._doorway(user, held.genesis), self._identity())

    def unlock_with_card(self, words: str | Iterable[str]) -> Keys:
        """Come in with the words of one whole card, or of two cards that belong together.

        Raises:
            BadRecoveryCard: A word is wrong (the detail says which), another card is needed, or
                the cards are another department's.
        """
        recovery = cards.recovery_keys(cards.join(cards.read_cards(words)), self.agency)
        user, genesis = self.sign_in.open_pin(recovery)
        pin = bytearray(recovery.pin)
        own = Own(user, CARD_NAME, recovery.seal, recovery.sign, pin, is_card=True)
        return Keys(own, self._doorway(user, genesis), self._identity())

    def renew_person(self, by: Keys, user: UserId, passphrase: str) -> tuple[str, ...]:
        """After a forgotten passphrase: new keys for the same person. Holders must grant again.

        Returns:
            The new registry entries, to be stored in `station`.

        Raises:
            NotAllowed: `by` is no administrator.
            WeakPassphrase: The passphrase is too weak.
        """
        return self.staff.renew(by, user, passphrase)

    def revoke(self, by: Keys, subject: str) -> tuple[str, ...]:
        """Shut out a person or station, or take back one entry (a role, a grant); for ever.

        Returns:
            The new registry entries, to be stored in `station`.

        Raises:
            NotAllowed: `by` is no administrator.
            BadRegistry: A recovery key can be revoked by a recovery card only.
        """
        return self.staff.revoke(by, subject)

    def owed(self, by: Keys) -> tuple[tuple[UserId, Compartment], ...]:
        """Grants that a holder gave already, that only this station lacks; `by` may give them.

        That of `station`, which an administrator gives with the role, is among them.
        """
        return self.staff.owed(by)

    def grant(self, by: Keys, user: UserId, compartment: Compartment) -> tuple[str, ...]:
        """Seal a file key of this station to a colleague.

        Returns:
            The new registry entries, to be stored in `station`; none if they were a holder.

        Raises:
            NotAllowed: `by` is no holder, or no role of `user` includes this compartment.
            NoGrant: `by` holds the role but not the key on this station.
        """
        return self.staff.grant(by, user, compartment)

    def share(self, by: Keys, compartment: Compartment, file_key: bytes) -> None:
        """Seal the key of a file that is being made here to all its holders and to the cards.

        Raises:
            BadRegistry: `by` is no holder.
        """
        self.staff.share(by, compartment, file_key)

    def release(self, by: Keys, user_name: str) -> None:
        """Let a locked sign-in try again.

        Raises:
            NotAllowed: Neither administrator nor supervisor.
        """
        if not may(by.roles, May.RELEASE_LOCKOUT):
            raise NotAllowed(May.RELEASE_LOCKOUT)
        self.sign_in.lockout.clear(self._file.slot_id(user_name))

    def is_locked(self, user_name: str) -> bool:
        """Whether this sign-in is locked, whoever it is."""
        return self.sign_in.lockout.is_locked(self._file.slot_id(user_name))

    def confirm(self, keys: Keys, passphrase: str) -> None:
        """Who is signed in types their passphrase once more, before something grave.

        Raises:
            WrongPassphrase: It is another one; counted like a sign-in.
            LockedOut: Too many tries.
        """
        if self.sign_in.open_slot(keys.user_name, passphrase)[0] != keys.user:
            raise WrongPassphrase
        self.sign_in.pass_code(keys.user_name)

    def change_passphrase(self, keys: Keys, old: str, new: str) -> None:
        """A new slot for the same keys.

        Raises:
            WrongPassphrase: The old one does not match; counted like a sign-in.
            WeakPassphrase: The new one is too weak, or was used before.
        """
        told = read_told(self._folder)
        policy = read_policy(told.policy)
        own = OwnSlot(self._file, self.sign_in, self._clock, policy, told.department)
        own.change(keys, old, new)

    def failures(self, keys: Keys) -> tuple[prelogin.FailedSignIn, ...]:
        """Failed sign-ins since `clear_failures`; needs what is inside `station`."""
        private = keys.opened(Compartment.STATION).seal
        return prelogin.read_failures(self._folder, private)

    def clear_failures(self) -> None:
        """Forget them, once they stand in the audit log."""
        prelogin.clear_failures(self._folder)

    def _settle_in(
        self, user_name: str, passphrase: str, user: UserId, held: slots.Secrets
    ) -> None:
        """A slot that came from another station becomes one of this computer on its first use."""
        content = self._file.content
        slot_id = self._file.slot_id(user_name)
        slot = content["slots"][slot_id]
        if not slots.is_travel_slot(slot):
            return
        content["slots"][slot_id] = self.staff.new_slot(user, user_name, held, passphrase)
        with contextlib.suppress(DiskFull, StorageFailed):  # it can travel in again
            self._file.save(content, keep_previous=False)

    def _founder(self, made: Founded) -> Keys:
        draft = bytearray(made.held.draft)
        own = Own(made.founder, made.founder_name, made.held.seal, made.held.sign, draft)
        keys = Keys(own, self._doorway(made.founder, made.held.genesis), self._identity())
        for compartment in Compartment:
            keys.give_file_key(compartment, made.files[compartment])
            keys.take_inside(compartment, made.insides[compartment].text)
        keys.take_registry(made.registry.texts)
        return keys

    def _doorway(self, user: str, genesis: str) -> Doorway:
        content = self._file.content
        return Doorway(
            content["agency"], content["station"], genesis, tuple(content["heads"]),
            PublicKey.load(content["station_key"]), content["grants"].get(user, {}), self._pin,
        )  # fmt: skip

    def _pin(self, registry: Registry) -> None:
        content = self._file.content
        if content["heads"] == list(registry.heads):
            return
        content["heads"] = list(registry.heads)
        with contextlib.suppress(DiskFull, StorageFailed):  # the older pin holds until next time
            self._file.save(content)

    def _identity(self) -> Identity | None:
        agency, profile = self._file.text("agency"), self._file.text("profile")
        try:
            found_here = read_identity(self._folder, agency, profile)
        except VaultMissing:
            return None
        if found_here.station != self._file.text("station"):
            raise VaultDamaged("another station")
        return found_here

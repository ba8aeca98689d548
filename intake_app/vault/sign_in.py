"""Checks a passphrase: counted before it is looked at, logged when it is wrong."""

import contextlib
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import (
    BadRecoveryCard,
    DiskFull,
    KeysOnTheWay,
    LockedOut,
    StorageFailed,
    WrongPassphrase,
)
from intake_app.domain.ids import UserId
from intake_app.domain.plain_json import canonical
from intake_app.vault import device, kdf, prelogin, slots
from intake_app.vault.cards import RecoveryKeys
from intake_app.vault.jose import PublicKey, unbase
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.lockout import Lockout


class SignIn:
    """The lock screen's side of the key file."""

    def __init__(self, folder: Path, file: KeyFile, clock: Clock) -> None:
        self._folder, self._file, self._clock = folder, file, clock
        self.lockout = Lockout(folder, clock)

    def open_slot(self, user_name: str, passphrase: str) -> tuple[UserId, slots.Secrets]:
        """The user behind a name, and what their slot holds.

        Raises:
            WrongPassphrase: Counted and logged; too many lock, by the policy.
            KeysOnTheWay: The same, where not everybody can sign in yet.
            LockedOut: Locked, now or before.
            WaitAWhile: The same for some minutes, where nobody could release it.
            WeakKeyFile: The slot's parameters are out of bounds.
            DeviceSecretMissing: The keyring lost this computer's secret, or is locked.
            VaultDamaged: The slot cannot be read.
        """
        slot_id = self._file.slot_id(user_name)
        slot: dict[str, Any] = self._file.content["slots"].get(slot_id) or {}
        secret = self.device_secret(slot)
        self.lockout.begin(slot_id)
        user = UserId(str(slot.get("user", "")))
        try:
            held = self._open(slot, user, slot_id, passphrase, secret)
        except WrongPassphrase:
            is_locked = self.lockout.is_locked(slot_id)
            what = prelogin.LOCKED if is_locked else prelogin.WRONG_PASSPHRASE
            self._note(what, user, slot_id)
            if is_locked:
                raise LockedOut from None
            if self._lacks_keys():
                raise KeysOnTheWay from None
            raise
        if held.totp or held.recovery_codes:
            self.lockout.take_back(slot_id)  # a wrong code counts on: see `pass_code`
        else:
            self.lockout.clear(slot_id)
        return user, held

    def note_releasers(self, user_names: Iterable[str]) -> None:
        """Keep who may release others and has a slot here: one of them is never locked out."""
        slots_here = self._file.content["slots"]
        ids = map(self._file.slot_id, user_names)
        self.lockout.note_releasers([one for one in ids if one in slots_here])

    @contextlib.contextmanager
    def counting(self, user_name: str) -> Generator[None]:
        """A passphrase is tried on a copy of this key file: it counts like a try here.

        Otherwise a backup were a way around the lock.

        Raises:
            LockedOut: Locked, now or before.
            WaitAWhile: The same for some minutes.
        """
        slot_id = self._file.slot_id(user_name)
        self.lockout.begin(slot_id)
        try:
            yield
        except WrongPassphrase:
            is_locked = self.lockout.is_locked(slot_id)
            slot: dict[str, Any] = self._file.content["slots"].get(slot_id) or {}
            what = prelogin.LOCKED if is_locked else prelogin.WRONG_PASSPHRASE
            self._note(what, str(slot.get("user", "")), slot_id)
            if is_locked:
                raise LockedOut from None
            raise
        except BaseException:
            self.lockout.take_back(slot_id)  # it says nothing of the passphrase
            raise
        self.lockout.take_back(slot_id)

    def begin_code(self, user_name: str) -> None:
        """Count a try at a code, before it is looked at.

        Raises:
            LockedOut: Locked before.
            WaitAWhile: The same for some minutes.
        """
        self.lockout.begin(self._file.slot_id(user_name))

    def fail_code(self, user_name: str, user: str) -> None:
        """The code was wrong; logged.

        Raises:
            LockedOut: This was one too many.
        """
        slot_id = self._file.slot_id(user_name)
        is_locked = self.lockout.is_locked(slot_id)
        self._note(prelogin.LOCKED if is_locked else prelogin.WRONG_CODE, user, slot_id)
        if is_locked:
            raise LockedOut

    def pass_code(self, user_name: str) -> None:
        """Everything that was asked for is proven: earlier tries count no more."""
        self.lockout.clear(self._file.slot_id(user_name))

    def open_pin(self, recovery: RecoveryKeys) -> tuple[UserId, str]:
        """The recovery key that a card belongs to, and the hash it pins.

        Raises:
            BadRecoveryCard: The card is another department's; logged.
        """
        for ident, closed in self._file.content["recovery"].items():
            with contextlib.suppress(InvalidTag, ValueError, KeyError, TypeError):
                nonce, ct = unbase(closed["nonce"]), unbase(closed["ct"])
                plain = AESGCM(recovery.pin).decrypt(nonce, ct, canonical(["pin", ident]))
                return UserId(ident), plain.decode()
        self._note(prelogin.WRONG_CARD)
        raise BadRecoveryCard("not a card of this department")

    def _open(
        self,
        slot: dict[str, Any],
        user: UserId,
        slot_id: str,
        passphrase: str,
        secret: bytes | None,
    ) -> slots.Secrets:
        if not slot:  # as slow as for a user who exists
            method = self._file.text("kdf")
            kdf.stretch(passphrase, bytes(kdf.SALT_BYTES), method, kdf.METHODS[method].usual)
            raise WrongPassphrase
        owner = slots.Owner(self._file.text("agency"), self._file.text("profile"), user, slot_id)
        return slots.open_slot(slot, owner, passphrase, secret)

    def _lacks_keys(self) -> bool:
        """Whether somebody of the department has no slot here; whose is not told."""
        content = self._file.content
        people = content["grants"].keys() - content["recovery"].keys()
        return len(content["slots"]) < len(people)

    def device_secret(self, slot: dict[str, Any]) -> bytes | None:
        """What this computer's keyring adds to a slot; None where the slot asks for nothing.

        Raises:
            DeviceSecretMissing: The keyring lost it, or is locked.
            WeakKeyFile: The slot's parameters are out of bounds.
        """
        if slot:
            kdf.check(slot.get("kdf"), slot.get("params"))
        if not slots.is_device_required(slot):
            return None
        return device.recall_secret(self._file.text("profile"))

    def _note(self, what: str, user: str = "", slot_id: str = "") -> None:
        failed = prelogin.FailedSignIn(stamp(self._clock), what, user, slot_id)
        key = PublicKey.load(self._file.content["station_key"])
        # the sign-in is refused either way; a full disk must not hide why
        with contextlib.suppress(DiskFull, StorageFailed):
            prelogin.note_failure(self._folder, key, failed)

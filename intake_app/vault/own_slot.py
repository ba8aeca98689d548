"""A person's own slot, written anew by themselves: another passphrase, another second proof.

The new slot is opened with what was typed before it counts as written, so that no slip of a disk
shuts anybody out unseen. Other computers get it at the next sign-in of its owner.
"""

import hmac
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import StorageFailed, VaultDamaged, WrongPassphrase
from intake_app.domain.ids import UserId
from intake_app.domain.sign_in_errors import PassphraseUsedBefore
from intake_app.settings.sign_in_policy import SignInPolicy
from intake_app.vault import kdf, printed_codes, slots
from intake_app.vault.jose import base
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.keys import Keys
from intake_app.vault.passphrase import check_passphrase
from intake_app.vault.passphrase_rules import rule_of
from intake_app.vault.sign_in import SignIn
from intake_app.vault.slots import Secrets
from intake_app.vault.staff import Staff

_EARLIER: Final = b"earlier passphrases"


@dataclass(frozen=True, slots=True)
class OwnSlot:
    """Writes the slot of who is signed in, or is just coming in.

    Attributes:
        file: The key file.
        sign_in: Counts tries.
        clock: Tells when a passphrase was chosen.
        policy: The department's rules.
        department: Its name, which is no good passphrase.
    """

    file: KeyFile
    sign_in: SignIn
    clock: Clock
    policy: SignInPolicy
    department: str = ""

    def change(self, keys: Keys, old: str, new: str) -> Secrets:
        """Another passphrase for the same keys; what the slot holds now.

        Raises:
            WrongPassphrase: The old one does not match; counted like a sign-in.
            WeakPassphrase: The new one is too weak, or was used before.
            DiskFull: The old one stands.
            StorageFailed: The old one stands.
        """
        self._check(keys, new)
        held = self._open(keys, old)
        self._refuse_again(held, old, new)
        fresh = replace(
            held, travel=None, must_change=False, since=stamp(self.clock),
            earlier=self._remember(held, old, new),
        )  # fmt: skip
        self._write(keys, fresh, new)
        return fresh

    def keep_proof(
        self, keys: Keys, passphrase: str, seed: str, codes: tuple[str, ...]
    ) -> Secrets:  # fmt: skip
        """Another second proof.

        Args:
            keys: Whose.
            passphrase: Theirs, typed once more.
            seed: Of a phone; empty: the one that was.
            codes: Printed codes as they were printed; none: those that were.

        Returns:
            What the slot holds now.

        Raises:
            WrongPassphrase: Counted like a sign-in.
            DiskFull: The old proof stands.
            StorageFailed: The old proof stands.
        """
        held = self._open(keys, passphrase)
        hashes = tuple(printed_codes.digest(code, keys.user) for code in codes)
        changed = replace(
            held, totp=seed or held.totp, recovery_codes=hashes or held.recovery_codes
        )
        self._write(keys, slots.revised(changed), passphrase)
        return changed

    def is_expired(self, held: Secrets) -> bool:
        """Whether the passphrase is too old by the policy; one of unknown age counts as old."""
        days = self.policy.expires_days
        if not days:
            return False
        try:
            since = datetime.fromisoformat(held.since)
        except ValueError:
            return True
        return self.clock.now() - since >= timedelta(days=days)

    def least(self, keys: Keys) -> int:
        """The fewest characters of this person's passphrase."""
        policy = self.policy
        is_holder = rule_of(keys.registry.person(keys.user).roles, ()).is_holder
        return policy.holder_characters if is_holder else policy.least_characters

    def _check(self, keys: Keys, new: str) -> None:
        person = keys.registry.person(keys.user)
        rule = rule_of(person.roles, (person.shown_name, self.department), self.policy)
        check_passphrase(new, keys.user_name, rule)

    def _open(self, keys: Keys, passphrase: str) -> Secrets:
        user, held = self.sign_in.open_slot(keys.user_name, passphrase)
        if user != keys.user:
            raise WrongPassphrase
        self.sign_in.pass_code(keys.user_name)  # who is signed in has proven the rest already
        return held

    def _write(self, keys: Keys, held: Secrets, passphrase: str) -> None:
        slot_id, content = self.file.slot_id(keys.user_name), self.file.content
        before = content["slots"][slot_id]
        staff = Staff(self.file, self.clock)
        content["slots"][slot_id] = staff.new_slot(keys.user, keys.user_name, held, passphrase)
        self.file.save(content, keep_previous=False)
        try:
            self._read_back(keys, passphrase)
        except (WrongPassphrase, VaultDamaged) as error:
            content["slots"][slot_id] = before
            self.file.save(content, keep_previous=False)
            raise StorageFailed("slot") from error

    def _read_back(self, keys: Keys, passphrase: str) -> Secrets:
        slot_id = self.file.slot_id(keys.user_name)
        slot = self.file.content["slots"][slot_id]
        secret = self.sign_in.device_secret(slot)
        owner = slots.Owner(
            self.file.text("agency"), self.file.text("profile"), UserId(keys.user), slot_id
        )
        return slots.open_slot(slot, owner, passphrase, secret)

    def _refuse_again(self, held: Secrets, old: str, new: str) -> None:
        if _typed(old) == _typed(new):
            raise PassphraseUsedBefore
        wanted = self.policy.not_again
        if not wanted or not held.earlier:
            return
        hashed = _hash(held, new)
        if any(hmac.compare_digest(hashed, one) for one in held.earlier[:wanted]):
            raise PassphraseUsedBefore

    def _remember(self, held: Secrets, old: str, new: str) -> tuple[str, ...]:
        """The new one, the old one, and those before it; nothing where the policy asks for none."""
        wanted = self.policy.not_again
        if not wanted:
            return ()
        before = held.earlier or (_hash(held, old),)
        return (_hash(held, new), *before)[:wanted]


def _typed(passphrase: str) -> str:
    return unicodedata.normalize("NFKC", passphrase)


def _hash(held: Secrets, passphrase: str) -> str:
    """Slow like a sign-in: somebody who has opened the slot must not read old passphrases."""
    salt = kdf.derive(held.draft, _EARLIER, kdf.SALT_BYTES)
    usual = kdf.METHODS["argon2id"].usual
    return base(kdf.stretch(passphrase, salt, "argon2id", usual))

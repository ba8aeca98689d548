"""Records over which a backup is to be put: they say who may, and how often it is tried.

Like `wiring.parts` it may import inside functions.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.services.signing.bringing_back import Opener
    from intake_app.vault.keys import Keys
    from intake_app.vault.vault import Vault


def opened_by(vault: Vault, opener: Opener) -> Keys:
    """The keys of who opens, by a card or a passphrase."""
    if opener.card_words:
        return vault.unlock_with_card(opener.card_words)
    return vault.unlock(opener.user_name, opener.passphrase)


class RecordsThatAreHere:
    """A profile, or its ruins.

    Args:
        folder: The profile.
        clock: Its clock.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    @contextmanager
    def counting(self, profile: str, opener: Opener) -> Generator[None]:
        """A passphrase is tried on a backup of this profile: it counts as if it were tried here.

        Args:
            profile: Id of the profile that the backup is of.
            opener: What is tried.

        Raises:
            LockedOut: Too many tries.
        """
        vault = self._vault()
        if vault is None or opener.card_words or vault.key_file.text("profile") != profile:
            yield
            return
        with vault.sign_in.counting(opener.user_name):
            yield

    def require_may_go(self, agency: str, opener: Opener) -> Sequence[str]:
        """Who puts them aside keeps the backups here today, or has a card of today.

        Otherwise who left, or had other roles once, would come back with an old backup.

        Args:
            agency: The department that the backup is of.
            opener: What opens the backup.

        Returns:
            What is known of people here: it is not older than the backup.

        Raises:
            RecordsHere: They are another department's.
            CardNeeded: They do not open.
            NotAllowed: Not in one's roles, or one left.
        """
        from intake_app.domain.backup_errors import CardNeeded, RecordsHere
        from intake_app.domain.errors import (
            BadRegistry,
            Damaged,
            StoreMissing,
            StoreTooNew,
            WrongKey,
        )
        from intake_app.vault.keyfile import KeyFile

        if not KeyFile.is_there(self._folder):
            return ()
        vault = self._vault()
        if vault is not None and vault.agency != agency:
            raise RecordsHere
        try:
            if vault is None:
                raise Damaged
            return self._entries(vault, opener)
        except (BadRegistry, Damaged, StoreMissing, StoreTooNew, WrongKey):
            if not opener.card_words:
                raise CardNeeded from None
        return ()

    def _entries(self, vault: Vault, opener: Opener) -> Sequence[str]:
        from intake_app.domain.errors import NotAllowed
        from intake_app.domain.roles import Compartment, May, may
        from intake_app.services.signing.setting_up import registry_entries
        from intake_app.wiring.keys import Opening

        keys = opened_by(vault, opener)
        try:
            station = Opening(self._folder, vault, keys, self._clock).open(Compartment.STATION)
            try:
                entries = registry_entries(station)
                keys.take_registry(entries)
            finally:
                station.close()
            if not may(keys.roles, May.KEEP_BACKUPS):
                raise NotAllowed(May.KEEP_BACKUPS)
            return entries
        finally:
            keys.drop()

    def _vault(self) -> Vault | None:
        from intake_app.domain.errors import VaultDamaged, VaultMissing
        from intake_app.vault.vault import Vault

        try:
            return Vault.load(self._folder, self._clock)
        except (VaultDamaged, VaultMissing):
            return None

"""Joins what opens a file whose key may just be changing; called by `entrance` for each file.

Like `wiring` it may import inside functions, and has no rules.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from intake_app.domain.errors import IntakeError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.domain.roles import Compartment
    from intake_app.services.needs.cards import CardParts
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys
    from intake_app.vault.vault import Vault


def make_cards(vault: Vault, keys: Keys, files: Mapping[str, File], clock: Clock) -> CardParts:
    """What recovery cards need, and what is told of file keys, for who is signed in."""
    from intake_app.domain.roles import Compartment
    from intake_app.services.needs.cards import CardParts
    from intake_app.vault.card_desk import CardDesk
    from intake_app.vault.file_keys import FileKeys

    book = FileKeys(vault.key_file, keys)
    known = {Compartment(name): file for name, file in files.items()}
    return CardParts(CardDesk(vault, keys, clock), book, keys.identity.station, known)


class Opening:
    """Opens the files of a profile for who is signed in.

    Args:
        folder: The profile.
        vault: Of this profile.
        keys: Of who is signed in, or a card's.
        clock: Its clock.
    """

    def __init__(self, folder: Path, vault: Vault, keys: Keys, clock: Clock) -> None:
        from intake_app.storage.rekey import FileSwap
        from intake_app.vault.file_keys import FileKeys

        self._folder, self._keys, self._clock = folder, keys, clock
        self._book, self._swap = FileKeys(vault.key_file, keys), FileSwap(folder, clock)

    def open(self, name: Compartment) -> File:
        """Open a file with the key that it has by now."""
        from intake_app.services.cards.file_keys import find_key
        from intake_app.storage.beside import move_in
        from intake_app.storage.compartment import Compartment as File

        move_in(path := self._folder / f"{name}.db")
        find_key(name, self._book, self._swap)
        return File.open(path, self._keys.file_key(name), self._clock)

    def renewed(self, name: Compartment, file: File) -> File:
        """The same file; under a new key where somebody who lost the old one may have kept it.

        Where it cannot be done, for want of room, the old key holds and the next sign-in tries.

        Raises:
            BadRegistry: The key that opened the file was sealed by nobody who may.
        """
        from intake_app.services.cards.file_keys import finish_key, lost_since, renew_key

        finish_key(name, self._book, self._swap)
        is_due = bool(lost_since(file, self._book.cuts(name)))
        if not is_due or not self._book.may_renew(name):
            return file
        file.close()
        with suppress(IntakeError):  # for want of room, or of sound pages
            renew_key(name, self._keys.user, self._book, self._swap)
        return self.open(name)

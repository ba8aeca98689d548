"""Reads an encrypted file as a thief with the key would: every page, free pages too.

SQL shows what stands; this shows what is left. With it a purge is looked over afterwards.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from intake_app.domain.roles import Compartment
from intake_app.vault.keys import Keys

_PAGE, _RESERVE, _SALT, _VECTOR = 4096, 80, 16, 16
"""Of SQLCipher 4: bytes of a page, of its tail (vector and MAC), and of the salt in front."""

_TOGETHER: Final = 256
"""Pages in one piece: a megabyte."""


class PageReader:
    """Fits `services.needs.ending.Pages`.

    Args:
        folder: Of the profile.
        keys: Of the signed-in person.
    """

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder, self._keys = folder, keys

    def pieces(self, compartment: Compartment) -> Iterator[bytes]:
        """All pages of a file in the clear, a megabyte at a time; pages stay together.

        Raises:
            NoGrant: This person does not hold its key.
        """
        yield from pieces(self._folder / f"{compartment}.db", self._keys.file_key(compartment))


def pieces(path: Path, key: bytes) -> Iterator[bytes]:
    """The same with the key at hand (32 bytes)."""
    with path.open("rb") as file:
        start = True
        while raw := file.read(_PAGE * _TOGETHER):
            yield b"".join(
                _opened(raw[at : at + _PAGE], key, _SALT if start and not at else 0)
                for at in range(0, len(raw), _PAGE)
            )
            start = False


def _opened(page: bytes, key: bytes, skip: int) -> bytes:
    body, tail = page[skip:-_RESERVE], page[-_RESERVE:]
    cipher = Cipher(algorithms.AES256(key), modes.CBC(tail[:_VECTOR])).decryptor()
    return cipher.update(body) + cipher.finalize()

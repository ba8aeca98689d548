"""What a passphrase must be (CJIS IA-5): long enough, not the user name, not a common one."""

import unicodedata
from functools import cache
from typing import Final

from intake_app.domain.errors import WeakPassphrase
from intake_app.settings import resources
from intake_app.vault.wordlist import some_words

LEAST_CHARACTERS: Final = 8
_SUGGESTED_WORDS: Final = 4


def check_passphrase(passphrase: str, user_name: str) -> None:
    """Refuse what is guessed first. Nothing is cut off; any character counts.

    Raises:
        WeakPassphrase: Too short, the user name, or on the list of common ones.
    """
    plain = _plain(passphrase)
    if len(unicodedata.normalize("NFKC", passphrase)) < LEAST_CHARACTERS:
        raise WeakPassphrase("short")
    if plain in {_plain(user_name), _plain(user_name)[::-1]} or len(set(plain)) == 1:
        raise WeakPassphrase("user name or one letter")
    if plain in _banned():
        raise WeakPassphrase("common")


def suggest_passphrase() -> str:
    """Four random words (44 bits), easy to type."""
    return " ".join(some_words(_SUGGESTED_WORDS))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


@cache
def _banned() -> frozenset[str]:
    text = resources.path("resources", "words", "banned.txt").read_text("utf-8")
    return frozenset(_plain(line) for line in text.splitlines())

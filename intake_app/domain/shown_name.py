"""Names of colleagues, as a holder reads them who is asked for a key: one name is one person."""

import unicodedata
from typing import Final

_ALIKE: Final = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
"""Scripts that share the shapes of letters."""


def is_plainly_shown(name: str) -> bool:
    """Whether a name shows all of its signs, in letters that are not mixed up.

    Signs of no width or of another direction, and a Cyrillic letter among Latin ones, would make
    one name look like another.
    """
    if any(unicodedata.category(sign).startswith("C") for sign in name):
        return False
    return len(_ALIKE & {_script(sign) for sign in name if sign.isalpha()}) <= 1


def look(name: str) -> str:
    """A name as it is compared: without accents, blanks and dots, in small letters."""
    parts = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in parts if sign.isalnum())


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]

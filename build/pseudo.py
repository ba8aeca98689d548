"""A language that nobody speaks, to try the window: `python build/translations.py --pseudo`.

Each message stands in brackets, with strange letters, and is 40 % longer: what stays English, and
what has no room for longer words, is seen at once. It is never shipped.
"""

import io
import re
from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages.mofile import write_mo

CODE: Final = "qps"
"""ISO 639 leaves it to everybody."""

NAME: Final = "[Ƥšéûďó]"
LONGER: Final = 0.4

_PLAIN: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STRANGE: Final = "àƀçďéƒĝĥîĵķļɱñöþɋřšţûṽŵẋýžÀƁÇĎÉƑĜĤÎĴĶĻṀÑÖÞɊŘŠŢÛṼŴẊÝŽ"
_LETTERS: Final = str.maketrans(_PLAIN, _STRANGE)
_KEPT: Final = re.compile(r"(\{[^}]*\}|<[^>]*>|&\w+;|%\w|--\w[\w-]*|\n)")
"""Places for values, marks of HTML, options: they stay as they are."""


def pseudo(text: str) -> str:
    """A message in the language that nobody speaks."""
    parts = _KEPT.split(text)
    said = "".join(part if n % 2 else part.translate(_LETTERS) for n, part in enumerate(parts))
    more = "~" * max(1, round(len(text) * LONGER) - 2)
    return f"[{said}{more}]"


def pseudo_catalog(english: Catalog) -> Catalog:
    """A catalog with the messages of another one, said in it."""
    made = Catalog(locale="en_US", project="Intake", charset="utf-8", fuzzy=False)
    for message in english:
        if isinstance(message.id, tuple):
            one, many = message.id
            made.add((one, many), (pseudo(one), pseudo(many)))
        elif isinstance(message.id, str) and message.id:
            made.add(message.id, pseudo(message.id))
    return made


def write_pseudo(folder: Path, catalogs: dict[str, Catalog]) -> None:
    """Write the language into a folder of translations.

    Args:
        folder: `resources/translations` of a copy of the program.
        catalogs: What is to be said, by the name of its catalog.
    """
    place = folder / CODE / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    (folder / CODE / "name.txt").write_text(f"{NAME}\n", "utf-8")
    for name, english in catalogs.items():
        out = io.BytesIO()
        write_mo(out, pseudo_catalog(english))
        (place / f"{name}.mo").write_bytes(out.getvalue())

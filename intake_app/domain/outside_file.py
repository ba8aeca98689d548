"""Which kinds of files come from outside by a double click, told by their ending and first bytes.

Only a guess, to say what a person can do: whoever opens the file believes nothing of it.
"""

from enum import StrEnum
from typing import Final

from intake_app.domain.disclosure import ENDING as SEALED_ENDING
from intake_app.domain.update import ENDING as UPDATE_ENDING

PACK_ENDING: Final = ".intake-pack"
"""Of a form pack; inside it is a zip file, and `.zip` is understood as well."""

HEAD: Final = 4096
"""Bytes that are looked at."""

_CARD: Final = b'"type":"intakerecipientcard"'


class OutsideFile(StrEnum):
    """What a file seems to be."""

    SEALED = "sealed"
    PACK = "pack"
    UPDATE = "update"
    CARD = "card"
    UNKNOWN = "unknown"


def kind_of(name: str, head: bytes) -> OutsideFile:
    """What a file seems to be.

    Args:
        name: Its name; upper and lower case are one.
        head: Its first `HEAD` bytes.
    """
    ending = name.casefold()
    if ending.endswith(SEALED_ENDING) and head.startswith(b"{"):
        return OutsideFile.SEALED
    if ending.endswith((PACK_ENDING, ".zip")) and head.startswith(b"PK"):
        return OutsideFile.PACK
    if ending.endswith(UPDATE_ENDING) and head.startswith(b"eyJ"):
        return OutsideFile.UPDATE
    if ending.endswith(".json") and _CARD in head.replace(b" ", b""):
        return OutsideFile.CARD
    return OutsideFile.UNKNOWN

"""Ids that stand for a record in an export: the same each time, and of no use to anybody else.

They are keyed by a secret that lies in the same encrypted file, so whoever receives them can
neither tell whom they stand for nor join them with what somebody else received.
"""

import hmac
import secrets
from typing import Final

from intake_app.domain.ids import new_record_id
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import fact

DRAWN: Final = "export.ids"
"""Kind of a fact: {"secret"}; of several stations the one with the smallest id holds."""

_LETTERS: Final = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrstv")
"""No vowel, so that no word comes of it, and no digit that a spreadsheet takes for a number."""

_LONG: Final = 16
"""Letters of four bits: among a million ids no two are alike."""


class DrawnIds:
    """Draws ids for one series of exports.

    Args:
        desk: Whose.
        file: The file of the records.
        series: What the ids are for: export and agreement. Ids of two series cannot be joined.
    """

    def __init__(self, desk: Desk, file: Records, series: str) -> None:
        self._key, self._series = _secret(desk, file), series

    def drawn(self, what: str, ident: str) -> str:
        """The id of a record or person; letters alone."""
        text = f"{self._series}\n{what}\n{ident}".encode()
        return "r" + hmac.digest(self._key, text, "sha256").hex()[:_LONG].translate(_LETTERS)


def _secret(desk: Desk, file: Records) -> bytes:
    known = file.of_kind(DRAWN)
    if not known:
        said = {"secret": secrets.token_hex(32)}
        change = fact(file, desk.person.id, DRAWN, new_record_id(), said)
        file.apply([change], desk.act("make ids for exports", change.record))
        return bytes.fromhex(said["secret"])
    first = min(known, key=lambda one: one.id)
    return bytes.fromhex(str(first.values["secret"]))

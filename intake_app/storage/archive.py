"""Archived bytes: which may be kept under a hash, and which no record names any more.

Papers, signed scans and what was handed in lie beside the records, each once. A record names them
by SHA-256 in its fields; nothing else ties them together. Writing them is the door's (`apply`).
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from intake_app.domain.errors import BadChange
from intake_app.domain.ids import RecordId
from intake_app.storage.driver import Database

_NAMED: Final = re.compile(rb'"([0-9a-f]{64})"').findall
"""A hash as a line of JSON says it."""


def checked(blobs: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    """The bytes that may be archived.

    Raises:
        BadChange: They are not what their hash says.
    """
    for sha256, body in blobs.items():
        if hashlib.sha256(body).hexdigest() != sha256:
            raise BadChange
    return blobs.items()


def named_in_log(db: Database, records: Iterable[RecordId]) -> set[str]:
    """The hashes that all changes of some records name, before these changes are wiped."""
    found: set[str] = set()
    for ident in records:
        lines = db.conn.execute(
            "SELECT body FROM change WHERE record=? AND body IS NOT NULL", (ident,)
        )
        found.update(named_in(body for (body,) in lines))
    return found


def named_in(lines: Iterable[bytes]) -> set[str]:
    """The hashes that some changes name."""
    return {sha256.decode() for line in lines for sha256 in _NAMED(line)}


def unnamed(db: Database, hashes: Collection[str]) -> list[str]:
    """Those archived bytes that no record and nothing set aside names any more, by their hash.

    A record may name them from any field, so all are looked through; purges are rare.
    """
    kept = "SELECT 1 FROM blob WHERE sha256=?"
    stored = [one for one in hashes if db.conn.execute(kept, (one,)).fetchone()]
    named = (
        "SELECT 1 FROM record WHERE state<>2 AND"
        " (instr(coalesce(nullif(fields, ''), (SELECT CAST(body AS TEXT) FROM change"
        " WHERE id=base)), ?1) OR instr(coalesce(register, ''), ?1))"
        " UNION ALL SELECT 1 FROM quarantine WHERE instr(CAST(body AS TEXT), ?1) LIMIT 1"
    )
    return [one for one in stored if not db.conn.execute(named, (one,)).fetchone()]

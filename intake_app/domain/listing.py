"""A line of a list, as the facts row of a record gives it."""

from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.ids import RecordId, UserId

NOBODY: Final = UserId("~nobody")
"""Stands for "nobody yet" where lines are asked for by who is to do them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: the facts row of a record.

    Attributes:
        n: Position key of the record inside its file.
        record: The record.
        kind: "intake", "paper", "consent", …
        about: The record it belongs to.
        number: Receipt number.
        name: "Whitfield, Jordan", or empty for somebody who gave no name.
        born: YYYY-MM-DD, or empty.
        opened: When: local time with offset.
        pathway: Pathway code.
        program: Form id.
        status: "finished", "amended", …
        language: ISO 639.
        due: Next date owed (YYYY-MM-DD), or empty.
        by: Who took it, or who is to do it.
        person: The person it is of (an opaque id), or empty.
    """

    n: int
    record: RecordId
    kind: str
    about: RecordId
    number: str
    name: str = field(repr=False)
    born: str = field(repr=False)
    opened: str
    pathway: str
    program: str
    status: str
    language: str
    due: str
    by: UserId
    person: str = ""

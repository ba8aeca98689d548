"""Disclosure bundles as data: who may receive one, what its signed cover says, what comes back.

A disclosure bundle is one sealed file for somebody outside of the department. Outside it names
nobody. Its cover and its documents are inside; the recipient's receipt says that it came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from intake_app.domain.consent import Side
from intake_app.domain.ids import RecordId

MOST_RECIPIENTS: Final = 16
"""Of one file; the key of the file is wrapped once for each."""

MOST_FILE: Final = 24 * 1024 * 1024
"""Bytes of one: a block of 16 MiB in base64url, and its wraps. More are not even read."""

ENDING: Final = ".sealed"
"""Of the file's name; the rest of it is drawn by lot."""


class RecipientKind(StrEnum):
    """What somebody outside is to the department."""

    PROSECUTOR = "prosecutor"  # decides about a held charge
    COUNTY = "county"  # a program of the county that works with people in care
    PROVIDER = "provider"
    EVALUATOR = "evaluator"  # receives counts, and nothing of anybody
    MERGER = "merger"  # merges extracts of several departments; receives rows without any name


SIDE_OF: Final[Mapping[RecipientKind, Side]] = {
    RecipientKind.PROSECUTOR: Side.AUTHORITY,
    RecipientKind.COUNTY: Side.PROVIDER,
    RecipientKind.PROVIDER: Side.PROVIDER,
}
"""Which consents reach them; an evaluator and a merger are reached by none."""


@dataclass(frozen=True, slots=True)
class RecipientCard:
    """What a recipient hands to the department: their public keys, and who they say they are.

    Attributes:
        kind: What they are.
        name: As consents name them.
        seal: Public key (JWK) that files are sealed to.
        sign: Public key (JWK) that checks their receipts.
        words: Eight words of all that, to be compared by phone.
    """

    kind: RecipientKind
    name: str
    seal: Mapping[str, str]
    sign: Mapping[str, str]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside whom an administrator entered into the signed list.

    Attributes:
        id: Of the entry in the list.
        kind: What they are.
        name: As consents name them.
        party: Their record in the directory of providers, or empty.
        words: Eight words of their keys.
        key: Fingerprint of the key that files are sealed to.
        is_taken_back: Nothing is sealed to them any more, for good.
    """

    id: str
    kind: RecipientKind
    name: str
    party: str = ""
    words: tuple[str, ...] = ()
    key: str = ""
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Addressee:
    """One recipient of one file.

    Attributes:
        key: Fingerprint of the key that it is sealed to.
        accounting: The department's note of this disclosure.
    """

    key: str
    accounting: RecordId


@dataclass(frozen=True, slots=True)
class Cover:
    """The first line inside a file, signed by the station that made it.

    Attributes:
        id: Of this file: 32 hex digits.
        department: Who sends it, by name.
        at: When it was made: local time with offset.
        purpose: What for, in words.
        expires: The last day (YYYY-MM-DD) on which it may be opened.
        recipients: To whom it is sealed; nobody else may hold it.
    """

    id: str
    department: str
    at: str
    purpose: str
    expires: str
    recipients: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file as it leaves.

    Attributes:
        name: Drawn by lot.
        data: Its bytes.
        sha256: Their hash, hex.
    """

    name: str
    data: bytes = field(repr=False)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """What a recipient's receipt says.

    Attributes:
        file: Id of the file.
        sha256: Hash of its bytes.
        accounting: The department's note that it answers.
        at: When it was opened, by their clock.
    """

    file: str
    sha256: str
    accounting: RecordId
    at: str

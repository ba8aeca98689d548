"""One signed entry of the registry: who joined, may do what, holds which key, or left.

An entry is named by the hash of what it says, and names the entries that its author had seen. So
a set of entries needs no numbering and no common clock, and none can be altered unnoticed.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from intake_app.domain.errors import BadRegistry, CannotOpen
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment, Role
from intake_app.vault.jose import PrivateKey, PublicKey, unverified

MAX_CHARACTERS: Final = 64 * 1024
_FAILED: Final = (CannotOpen, ValueError, KeyError, TypeError, AttributeError, RecursionError)


class EntryType(StrEnum):
    """What an entry does, and who must sign it."""

    GENESIS = "genesis"  # recovery and compartment keys; by its own recovery key
    USER = "user"  # a person's names and keys; by an administrator
    ROLE = "role"  # by an administrator
    GRANT = "grant"  # `station` by an administrator, others by a holder, after a role entry
    REVOCATION = "revocation"  # of a person, station or entry; by an administrator
    STATION = "station"  # by an administrator
    COMPARTMENT = "compartment"  # a new drop-box key; by a recovery key
    RECOVERY = "recovery"  # new cards; by a recovery key
    RECIPIENT = "recipient"  # an outsider who gets disclosures; by an administrator
    UNKNOWN = "unknown"  # of a newer program: kept and passed on, without effect here


_KNOWN: Final = frozenset(EntryType) - {EntryType.UNKNOWN}
_ROLES: Final = frozenset(Role)
_PARTS: Final = {
    "v", "agency", "type", "subject", "by", "keys", "roles", "facts", "previous", "at",
}  # fmt: skip
_KEYS_OF: Final[Mapping[EntryType, set[str]]] = {
    EntryType.USER: {"seal", "sign"},
    EntryType.RECOVERY: {"seal", "sign"},
    EntryType.STATION: {"sign"},
    EntryType.COMPARTMENT: {"seal"},
    EntryType.RECIPIENT: {"seal", "sign"},
}
_ALSO: Final[Mapping[EntryType, set[str]]] = {EntryType.STATION: {"seal"}}
"""Keys that may be missing: the first stations had none to seal to."""
_FACTS_OF: Final[Mapping[EntryType, set[str]]] = {
    EntryType.GENESIS: {"recovery", "compartments"},
    EntryType.USER: {"user_name", "shown_name"},
    EntryType.GRANT: {"compartment", "entry"},
    EntryType.STATION: {"letter"},
    EntryType.COMPARTMENT: {"generation"},
    EntryType.RECOVERY: {"plan", "cards"},
    EntryType.RECIPIENT: {"kind", "name", "party"},
}
"""What must be said; what a newer program says besides is kept, and has no effect."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a new entry shall say.

    Attributes:
        type: What it does.
        subject: Whom or what it is about: the id of a person, station, entry or recovery key, or
            the name of a compartment.
        keys: Public keys by use: "seal", "sign".
        roles: Roles that a role entry adds.
        facts: What else its type needs.
    """

    type: EntryType
    subject: str
    keys: Mapping[str, PublicKey] = field(default_factory=dict[str, PublicKey])
    roles: frozenset[Role] = frozenset()
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands; `read_entry` checks its shape, the registry its signature.

    Attributes:
        id: SHA-256 of what it says.
        agency: The department's id.
        said: What it says.
        by: Who signed: the id of a person or recovery key.
        key_name: Fingerprint of the key that signed.
        previous: Ids of the entries that its author had seen and nobody had followed.
        at: When, by the author's clock.
        text: The signed text.
    """

    id: str
    agency: str
    said: Said
    by: str
    key_name: str
    previous: tuple[str, ...]
    at: str
    text: str

    @property
    def type(self) -> EntryType:
        """What it does."""
        return self.said.type

    @property
    def subject(self) -> str:
        """Whom it is about."""
        return self.said.subject


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs: the id, and the signing key."""

    id: str
    key: PrivateKey


def write_entry(said: Said, author: Author, agency: str, previous: Sequence[str], at: str) -> Entry:
    """Sign a new entry."""
    payload = canonical({
        "v": 1, "agency": agency, "type": said.type, "subject": said.subject, "by": author.id,
        "keys": {use: key.jwk for use, key in said.keys.items()}, "roles": sorted(said.roles),
        "facts": said.facts, "previous": sorted(previous), "at": at,
    })  # fmt: skip
    return read_entry(author.key.sign(payload))


def read_entry(text: str) -> Entry:
    """Read an entry that may come from anywhere. Its signature is not checked here.

    Raises:
        BadRegistry: It has not the shape of an entry.
    """
    try:
        if len(text) > MAX_CHARACTERS:
            raise ValueError(len(text))
        key_name, payload = unverified(text)
        raw: dict[str, Any] = json.loads(payload)
        if raw.keys() != _PARTS or raw["v"] != 1 or canonical(raw) != payload:
            raise ValueError("shape")
        entry = _entry(raw, key_name, payload, text)
        _check_facts(entry.said)
    except _FAILED as error:
        raise BadRegistry("entry") from error
    return entry


def _entry(raw: Mapping[str, Any], key_name: str, payload: bytes, text: str) -> Entry:
    texts = [raw[name] for name in ("agency", "subject", "by", "at")]
    if any(type(item) is not str or not item for item in [*texts, *raw["previous"]]):
        raise ValueError("texts")
    said = _said(raw)
    return Entry(
        hashlib.sha256(payload).hexdigest(), raw["agency"], said, raw["by"], key_name,
        tuple(raw["previous"]), raw["at"], text,
    )  # fmt: skip


def _said(raw: Mapping[str, Any]) -> Said:
    """What this program understands of it; keys and roles of a newer one are left out."""
    named, given = str(raw["type"]), list[Any](raw["roles"])
    if named != raw["type"] or given != raw["roles"]:
        raise TypeError("shape")
    kind = EntryType(named) if named in _KNOWN else EntryType.UNKNOWN
    if bool(given) != (kind is EntryType.ROLE) and kind is not EntryType.UNKNOWN:
        raise ValueError("roles")
    uses = _KEYS_OF.get(kind, set()) | _ALSO.get(kind, set())
    keys = {use: PublicKey.load(jwk) for use, jwk in raw["keys"].items() if use in uses}
    roles = frozenset(Role(role) for role in given if role in _ROLES)
    return Said(kind, raw["subject"], keys, roles, dict(raw["facts"]))


def _check_facts(said: Said) -> None:
    if not _KEYS_OF.get(said.type, set()) <= set(said.keys):
        raise ValueError("keys")
    if not _FACTS_OF.get(said.type, set()) <= set(said.facts):
        raise ValueError("facts")
    check = _CHECKS.get(said.type)
    if check:
        check(said)


def _check_generation(said: Said) -> None:
    Compartment(said.subject)
    if type(said.facts["generation"]) is not int:
        raise ValueError("generation")


def _check_compartment(said: Said) -> None:
    Compartment(said.facts["compartment"])


def _check_names(said: Said) -> None:
    if not all(type(said.facts[name]) is str for name in _FACTS_OF[said.type]):
        raise ValueError("names")


def _check_marks(said: Said) -> None:
    """A struck station: per epoch, the number of its last bundle that counts."""
    marks: Mapping[str, Any] = said.facts.get("marks", {})
    if any(type(n) is not int or n < 0 for n in marks.values()):
        raise ValueError("marks")


def _check_recovery(said: Said) -> None:
    _check_cards(said.facts["cards"])


def _check_roots(said: Said) -> None:
    facts = said.facts
    for one in facts["recovery"]:
        if one.keys() != {"id", "plan", "cards", "seal", "sign"} or type(one["id"]) is not str:
            raise ValueError("recovery")
        _check_cards(one["cards"])
        for use in ("seal", "sign"):
            PublicKey.load(one[use])
    for compartment in Compartment:
        PublicKey.load(facts["compartments"][compartment])


def _check_cards(cards: Sequence[Mapping[str, Any]]) -> None:
    for card in cards:
        if type(card["number"]) is not int or type(card["commitment"]) is not str:
            raise ValueError("cards")


_CHECKS: Final[Mapping[EntryType, Callable[[Said], None]]] = {
    EntryType.GENESIS: _check_roots,
    EntryType.USER: _check_names,
    EntryType.STATION: _check_names,
    EntryType.RECIPIENT: _check_names,
    EntryType.REVOCATION: _check_marks,
    EntryType.GRANT: _check_compartment,
    EntryType.COMPARTMENT: _check_generation,
    EntryType.RECOVERY: _check_recovery,
}

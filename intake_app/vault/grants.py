"""Grants: the key of one file of one station, sealed to one person and signed by a holder."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from intake_app.domain.errors import BadRegistry, CannotOpen
from intake_app.domain.plain_json import canonical
from intake_app.vault.entry import Author
from intake_app.vault.jose import PrivateKey, PublicKey, unverified
from intake_app.vault.registry import Registry

FILE_KEY_BYTES: Final = 32
_KEYS: Final = {
    "v", "agency", "station", "compartment", "fk_id", "user", "user_key_id", "registry_head", "by",
    "sealed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """What a grant is for: it opens nowhere else.

    Attributes:
        agency: The department's id.
        station: The station whose file it opens.
        compartment: Which file.
        user: Id of the person or recovery key that it is sealed to.
    """

    agency: str
    station: str
    compartment: str
    user: str


def new_file_key() -> bytes:
    """A fresh file key."""
    return os.urandom(FILE_KEY_BYTES)


def file_key_id(file_key: bytes) -> str:
    """The name of a file key; says nothing about it."""
    return hashlib.sha256(b"file key\0" + file_key).hexdigest()[:32]


def make_grant(place: Place, file_key: bytes, to: PublicKey, by: Author, head: str) -> str:
    """Seal a file key to somebody.

    Args:
        place: What it opens, and for whom.
        file_key: 32 bytes.
        to: The receiver's key, from the registry.
        by: The holder who grants.
        head: A registry entry that makes the granter a holder.
    """
    key_id = file_key_id(file_key)
    return by.key.sign(canonical({
        "v": 1, "agency": place.agency, "station": place.station, "fk_id": key_id,
        "compartment": place.compartment, "user": place.user, "user_key_id": to.name,
        "registry_head": head, "by": by.id, "sealed": to.seal(file_key, _purpose(place, key_id)),
    }))  # fmt: skip


def open_grant(text: str, place: Place, key: PrivateKey) -> bytes:
    """The file key. Its signature is checked by `check_grant`, once the registry can be read.

    Raises:
        CannotOpen: It is for somebody, somewhere or something else, or altered.
    """
    said = _read(text)
    found = Place(*(said[name] for name in ("agency", "station", "compartment", "user")))
    if found != place or said["user_key_id"] != key.name:
        raise CannotOpen("grant of something else")
    file_key = key.open(str(said["sealed"]), _purpose(place, str(said["fk_id"])))
    if len(file_key) != FILE_KEY_BYTES or file_key_id(file_key) != said["fk_id"]:
        raise CannotOpen("file key")
    return file_key


def check_grant(text: str, registry: Registry) -> None:
    """Refuse a grant that no holder signed.

    Raises:
        BadRegistry: The signer was no holder, is unknown, or did not sign this.
    """
    key_name, _ = unverified(text)
    said = _read(text)
    head, compartment = str(said["registry_head"]), str(said["compartment"])
    signer = registry.check_grantor(str(said["by"]), key_name, compartment, head)
    try:
        signer.verify(text)
    except CannotOpen as error:
        raise BadRegistry("grant signature") from error


def receiver_key_of(text: str) -> str:
    """Fingerprint of the key that a grant is sealed to."""
    return str(_read(text)["user_key_id"])


def key_id_of(text: str) -> str:
    """The name of the file key that is sealed in a grant."""
    return str(_read(text)["fk_id"])


def _read(text: str) -> Mapping[str, Any]:
    try:
        said: dict[str, Any] = json.loads(unverified(text)[1])
        is_whole = said.keys() == _KEYS
    except (ValueError, RecursionError, AttributeError) as error:
        raise CannotOpen("grant") from error
    if not is_whole:
        raise CannotOpen("grant")
    return said


def _purpose(place: Place, key_id: str) -> str:
    parts = ["file key", place.agency, place.station, place.compartment, place.user, key_id]
    return canonical(parts).decode()

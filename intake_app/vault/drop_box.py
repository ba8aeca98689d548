"""The drop box of a compartment: whoever works here hands in, only holders of its key take out.

A submission is sealed to the public key that the registry lists, and signed inside by its author.
What is signed names the department, the compartment and the submission's id, so that nobody can
address it anew or put it in another's place; the purpose of the seal says the same outside. The
author cannot open it either: what they keep is their own draft. Its length is rounded up, because
all users of a computer can see it.
"""

import hashlib
import json
from typing import Any, Final

from intake_app.domain.errors import BadChange, CannotOpen
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import HANDS_IN, Compartment
from intake_app.vault.jose import PrivateKey, unverified
from intake_app.vault.keys import Keys
from intake_app.vault.registry import Registry
from intake_app.vault.signer import head_in_sight

FIRST_SIZE: Final = 4 * 1024
"""Bytes; the sizes of what is sealed are this, and each four times the one before."""

MOST: Final = 16 * 1024 * 1024
"""Bytes; more than an intake with all its papers ever has."""

_HEAD: Final = 4
"""Bytes that tell how long a part is."""

_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class DropBox:
    """Seals for any compartment, opens as a holder; fits `services.needs.everyday.DropBox`."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def seal(self, compartment: Compartment, ident: RecordId, body: bytes) -> bytes:
        """Seal a submission to a compartment, signed as the person at this desk.

        Raises:
            NoGrant: Signed out.
            CannotOpen: The author has left.
            BadChange: It is larger than anybody could open.
        """
        registry, keys = self._keys.registry, self._keys
        said = {
            "v": 1, "agency": registry.agency, "to": compartment, "id": ident, "by": keys.user,
            "head": head_in_sight(registry, keys),
            "sha256": hashlib.sha256(body).hexdigest(),
        }  # fmt: skip
        inside = _part(keys.sign(canonical(said)).encode()) + _part(body)
        if len(inside) > MOST:
            raise BadChange
        padded = inside.ljust(padded_size(len(inside)), b"\0")
        purpose = _purpose(registry, compartment, ident)
        return registry.compartment_key(compartment).seal(padded, purpose).encode()

    def open(
        self, compartment: Compartment, ident: RecordId, sealed: bytes
    ) -> tuple[UserId, bytes]:
        """Open a submission as a holder: who handed it in, and what.

        Raises:
            NoGrant: This user does not hold the compartment.
            CannotOpen: It was altered, is meant for another place, or nobody who worked here and
                takes such intakes signed it.
            BadRegistry: Its author knew more of the registry than this station does yet.
        """
        key = self._keys.opened(compartment).seal
        return open_submission(self._keys.registry, key, (compartment, ident), sealed)


def open_submission(
    registry: Registry, key: PrivateKey, place: tuple[Compartment, RecordId], sealed: bytes
) -> tuple[UserId, bytes]:
    """The same, with the key at hand; see `DropBox.open`."""
    try:
        signed, body = _parts(key.open(sealed.decode("ascii"), _purpose(registry, *place)))
        token = signed.decode("ascii")
        key_name, text = unverified(token)
        said: dict[str, Any] = json.loads(text)
        author, head = UserId(str(said["by"])), str(said["head"])
    except _FAILED as error:
        raise CannotOpen("submission") from error
    compartment, ident = place
    registry.author_key(author, key_name, head, HANDS_IN.get(compartment)).verify(token)
    meant = (registry.agency, compartment, ident, hashlib.sha256(body).hexdigest())
    if meant != tuple(said.get(name) for name in ("agency", "to", "id", "sha256")):
        raise CannotOpen("address")
    return author, body


def padded_size(length: int) -> int:
    """4, 16, 64, 256 KiB, and so on: the smallest that holds so many bytes."""
    size = FIRST_SIZE
    while size < length:
        size *= 4
    return size


def _purpose(registry: Registry, compartment: Compartment, ident: RecordId) -> str:
    return f"drop box {registry.agency} {compartment} {ident}"


def _part(data: bytes) -> bytes:
    return len(data).to_bytes(_HEAD, "big") + data


def _parts(inside: bytes) -> tuple[bytes, bytes]:
    signed, rest = _cut(inside)
    body, padding = _cut(rest)
    if padding.strip(b"\0"):
        raise ValueError("padding")
    return signed, body


def _cut(data: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(data[:_HEAD], "big")
    if len(data) < _HEAD + length:
        raise ValueError("cut short")
    return data[_HEAD : _HEAD + length], data[_HEAD + length :]

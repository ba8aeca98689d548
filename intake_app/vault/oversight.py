"""Batches of audit lines: a holder of a file seals them, only the privacy officer opens them.

A batch is signed inside by its author, so that who made it is certain, and sealed to the public key
of `sealed`, which only privacy officers hold. What is signed names the department and the place
that it is meant for. It is read against the registry as its author knew it. Its length is rounded
up.
"""

import json
import zlib
from typing import Any, Final

from intake_app.domain.errors import BadChange, CannotOpen
from intake_app.domain.ids import UserId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import READS, Compartment
from intake_app.vault.drop_box import padded_size
from intake_app.vault.jose import base, unbase, unverified
from intake_app.vault.keys import Keys
from intake_app.vault.signer import head_in_sight

MOST: Final = 2 * 1024 * 1024
"""Bytes of a signed batch; a longer one is cut into several."""

MOST_PLAIN: Final = 64 * 1024 * 1024
"""Bytes that one may hold once it is unpacked."""

_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error)


class Oversight:
    """Fits `services.needs.audit.Oversight`.

    Args:
        keys: Of the signed-in person.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    @property
    def opens(self) -> bool:
        """Whether who is signed in can open batches."""
        return self._keys.holds(Compartment.SEALED)

    def seal(self, compartment: Compartment, place: str, body: bytes) -> bytes:
        """Seal a batch of lines of a file.

        Args:
            compartment: The file whose lines they are.
            place: What it is meant for; it opens only as that.
            body: The lines.

        Raises:
            NoGrant: Signed out.
            CannotOpen: The author has left.
            BadChange: It is longer than anybody would read.
        """
        registry, keys = self._keys.registry, self._keys
        said = {
            "v": 1, "agency": registry.agency, "act": "oversight", "file": compartment,
            "place": place, "by": keys.user, "head": head_in_sight(registry, keys),
            "body": base(zlib.compress(body, 9)),
        }  # fmt: skip
        text = keys.sign(canonical(said)).encode()
        if len(text) > MOST:
            raise BadChange
        padded = text.ljust(padded_size(len(text)), b"\0")
        key = registry.compartment_key(Compartment.SEALED)
        return key.seal(padded, self._purpose(compartment, place)).encode()

    def open(self, compartment: Compartment, place: str, sealed: bytes) -> tuple[UserId, bytes]:
        """Open a batch: who made it, and the lines.

        Raises:
            NoGrant: Who is signed in is no privacy officer.
            CannotOpen: It was altered, is meant for another place, or its author holds no key of
                that file.
            BadRegistry: Its author knew more of the registry than this station does yet.
        """
        key = self._keys.opened(Compartment.SEALED).seal
        try:
            padded = key.open(sealed.decode("ascii"), self._purpose(compartment, place))
            text = padded.rstrip(b"\0").decode("ascii")
            key_name, payload = unverified(text)
            said: dict[str, Any] = json.loads(payload)
            author, head, body = UserId(str(said["by"])), str(said["head"]), str(said["body"])
        except _FAILED as error:
            raise CannotOpen("batch") from error
        registry = self._keys.registry
        registry.author_key(author, key_name, head, READS[compartment]).verify(text)
        meant = (1, registry.agency, "oversight", compartment, place)
        if meant != tuple(said.get(name) for name in ("v", "agency", "act", "file", "place")):
            raise CannotOpen("place")
        return author, _unpacked(body)

    def _purpose(self, compartment: Compartment, place: str) -> str:
        return f"oversight {self._keys.registry.agency} {compartment} {place}"


def _unpacked(body: str) -> bytes:
    try:
        unpacking = zlib.decompressobj()
        found = unpacking.decompress(unbase(body), MOST_PLAIN)
    except _FAILED as error:
        raise CannotOpen("batch") from error
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise CannotOpen("batch")
    return found

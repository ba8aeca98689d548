"""Disclosure bundles: one sealed file for people outside, made here and opened there.

Inside is a padded block (see `segments`): line 1 the cover as compact JWS by the station, then one
document a line. The cover names the hash of each document, every recipient, and the key that signed
it. Nothing is handed on before all of that was compared. See docs/disclosure-bundle.md.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from intake_app.disk.atomic import our_errors, write_whole
from intake_app.domain.disclosure import (
    ENDING,
    MOST_FILE,
    MOST_RECIPIENTS,
    Addressee,
    Came,
    Cover,
    SealedFile,
)
from intake_app.domain.disclosure_errors import BadBundle, BadReceipt, BundleTooLarge, NotReadBack
from intake_app.domain.exchange_errors import Altered, Oversized
from intake_app.domain.ids import RecordId
from intake_app.domain.plain_json import canonical, read_canonical
from intake_app.exchange.peeking import claims
from intake_app.exchange.segments import MOST_PLAIN, pack, unpack
from intake_app.exchange.stick import forget

COVER, RECEIPT = "disclosure", "disclosure receipt"
MOST_BLOCK: Final = 16 * 1024 * 1024
"""Bytes of what is sealed."""

MOST_DOCUMENTS: Final = 100
MOST_COVER: Final = 64 * 1024
MOST_RECEIPT: Final = 8 * 1024
_COVER_PARTS: Final = {
    "type", "v", "agency", "department", "sender", "id", "at", "purpose", "expires", "recipients",
    "documents",
}  # fmt: skip
_RECEIPT_PARTS: Final = {"type", "v", "agency", "id", "sha256", "accounting", "at"}
_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class Closing(Protocol):
    """Who makes a file: `vault.disclosure_seal.StationSeal`."""

    @property
    def agency(self) -> str:
        """The department's opaque id."""
        ...

    @property
    def sender(self) -> Mapping[str, str]:
        """The public key (JWK) that checks what this station signs."""
        ...

    def words(self, department: str) -> tuple[str, ...]:
        """Eight words by which a recipient knows this station."""
        ...

    def sign(self, payload: bytes) -> str:
        """A compact JWS (ES256) as this station."""
        ...

    def seal(self, keys: Sequence[Mapping[str, str]], plain: bytes) -> bytes:
        """A file that any one of these public keys (JWK) opens."""
        ...


class Unsealed(Protocol):
    """What was in a file: `vault.disclosure_seal.Opened`."""

    @property
    def plain(self) -> bytes:
        """What was sealed."""
        ...

    @property
    def salt(self) -> str:
        """Of its wraps."""
        ...

    @property
    def marks(self) -> tuple[str, ...]:
        """Of each wrap, in order."""
        ...


class Opening(Protocol):
    """Who opens one: `vault.disclosure_seal.RecipientKeys`."""

    @property
    def name(self) -> str:
        """Fingerprint of the key that files are sealed to."""
        ...

    def open(self, data: bytes) -> Unsealed:
        """What was sealed.

        Raises:
            NotForYou: It is not sealed to this key.
            BadBundle: It is no such file, or was altered.
        """
        ...

    def mark(self, salt: str, key: str) -> str:
        """How the wrap for a key is found in one file."""
        ...

    def verify(self, sender: Mapping[str, str], token: str) -> bytes:
        """What a sender signed.

        Raises:
            BadBundle: They did not sign it as it stands.
        """
        ...

    def words(self, sender: Mapping[str, str], agency: str, department: str) -> tuple[str, ...]:
        """Eight words by which a sender is known."""
        ...

    def sign(self, payload: bytes) -> str:
        """A compact JWS (ES256) as this recipient."""
        ...


class Letters:
    """Makes files at a station; fits `services.needs.disclosure.Letters`."""

    def __init__(self, closing: Closing) -> None:
        self._closing = closing

    def words(self, department: str) -> tuple[str, ...]:
        """Eight words by which recipients know this station."""
        return self._closing.words(department)

    def seal(
        self, cover: Cover, documents: Sequence[Mapping[str, Any]],
        keys: Sequence[Mapping[str, str]],
    ) -> SealedFile:  # fmt: skip
        """A file of these documents for these public keys.

        Raises:
            BundleTooLarge: It is more than a recipient would open.
        """
        lines = [canonical(document) for document in documents]
        said = _cover_said(cover, self._closing, lines)
        try:
            block = pack([self._closing.sign(canonical(said)).encode(), *lines])
        except Oversized as error:
            raise BundleTooLarge from error
        if len(block) > MOST_BLOCK or len(lines) > MOST_DOCUMENTS:
            raise BundleTooLarge
        data = self._closing.seal(keys, block)
        return SealedFile(secrets.token_hex(16) + ENDING, data, hashlib.sha256(data).hexdigest())

    def save(self, folder: Path, file: SealedFile) -> Path:
        """Write a file into a folder outside of this program, and read it back.

        Raises:
            DiskFull, StorageFailed: It could not be written.
            NotReadBack: It was, and is not what was written.
        """
        path = folder / file.name
        write_whole(path, file.data)
        with our_errors():
            forget(path)
            if hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
                raise NotReadBack
        return path

    def read_receipt(self, payload: bytes) -> Came:
        """What a receipt says whose signature was checked.

        Raises:
            BadReceipt: It is none, or of another department.
        """
        try:
            raw = read_canonical(payload, MOST_RECEIPT)
            texts = [raw[name] for name in ("id", "sha256", "accounting", "at")]
            if raw.keys() != _RECEIPT_PARTS or (raw["type"], raw["v"]) != (RECEIPT, 1):
                raise ValueError("parts")
            if raw["agency"] != self._closing.agency or any(type(t) is not str for t in texts):
                raise ValueError("texts")
        except _FAILED as error:
            raise BadReceipt("receipt") from error
        return Came(texts[0], texts[1], RecordId(texts[2]), texts[3])


@dataclass(frozen=True, slots=True)
class OpenedLetter:
    """A file that was opened and compared whole.

    Attributes:
        cover: What its sender signed.
        documents: What is in it.
        agency: The sender's opaque id.
        words: Eight words by which the sender is known; compare them before you believe it.
        sha256: Hash of the file, hex.
        accounting: The department's note of what went to this recipient.
    """

    cover: Cover
    documents: tuple[Mapping[str, Any], ...] = field(repr=False)
    agency: str = ""
    words: tuple[str, ...] = ()
    sha256: str = ""
    accounting: RecordId = RecordId("")


def open_letter(opening: Opening, data: bytes) -> OpenedLetter:
    """Open a file that may come from anywhere. Whether it has expired is not asked here.

    Raises:
        NotForYou: It is not sealed to this key, or its sender did not mean this key.
        BadBundle: It is no such file, was altered, or is sealed to others than its sender meant.
    """
    if len(data) > MOST_FILE:
        raise BadBundle("size")
    found = opening.open(data)
    try:
        if len(found.plain) > MOST_BLOCK:
            raise ValueError("size")
        token, *lines = unpack(found.plain)
        said, cover = _read_cover(opening, token.decode("ascii"))
        told = [(hashlib.sha256(line).hexdigest(), len(line)) for line in lines]
        if told != [(one["sha256"], one["length"]) for one in said["documents"]]:
            raise ValueError("documents")
        marks = tuple(opening.mark(found.salt, one.key) for one in cover.recipients)
        if marks != found.marks:
            raise ValueError("recipients")
        documents = tuple(read_canonical(line, MOST_PLAIN) for line in lines)
    except (*_FAILED, Altered) as error:
        raise BadBundle("inside") from error
    own = next(one for one in cover.recipients if one.key == opening.name)
    return OpenedLetter(
        cover, documents, said["agency"],
        opening.words(said["sender"], said["agency"], cover.department),
        hashlib.sha256(data).hexdigest(), own.accounting,
    )  # fmt: skip


def write_receipt(opening: Opening, letter: OpenedLetter, at: str) -> str:
    """The recipient's signed word that a file came (compact JWS)."""
    return opening.sign(canonical({
        "type": RECEIPT, "v": 1, "agency": letter.agency, "id": letter.cover.id,
        "sha256": letter.sha256, "accounting": letter.accounting, "at": at,
    }))  # fmt: skip


def _cover_said(cover: Cover, closing: Closing, lines: Sequence[bytes]) -> dict[str, Any]:
    return {
        "type": COVER, "v": 1, "agency": closing.agency, "department": cover.department,
        "sender": dict(closing.sender), "id": cover.id, "at": cover.at, "purpose": cover.purpose,
        "expires": cover.expires,
        "recipients": [[one.key, one.accounting] for one in cover.recipients],
        "documents": [
            {"sha256": hashlib.sha256(line).hexdigest(), "length": len(line)} for line in lines
        ],
    }  # fmt: skip


def _read_cover(opening: Opening, token: str) -> tuple[dict[str, Any], Cover]:
    """The cover, checked by the key that it names; who that is, is for a person to compare."""
    claimed = claims(token, 2 * MOST_COVER)  # with its signature and in base64
    said = read_canonical(opening.verify(claimed["sender"], token), MOST_COVER)
    if said.keys() != _COVER_PARTS or (said["type"], said["v"]) != (COVER, 1):
        raise ValueError("parts")
    names = ("agency", "department", "id", "at", "purpose", "expires")
    if any(type(said[name]) is not str for name in names):
        raise ValueError("texts")
    to = tuple(Addressee(str(key), RecordId(str(note))) for key, note in said["recipients"])
    if not 1 <= len(to) <= MOST_RECIPIENTS or len(said["documents"]) > MOST_DOCUMENTS:
        raise ValueError("count")
    return said, Cover(
        said["id"], said["department"], said["at"], said["purpose"], said["expires"], to
    )

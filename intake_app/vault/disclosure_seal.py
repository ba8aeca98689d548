"""Seals a file to people outside, and opens one as somebody outside: JWE in its JSON form.

The key of the file is wrapped once for each recipient (ECDH-ES+A256KW, A256GCM inside). Outside
stands no name and no key: a recipient finds the own wrap by a hash of the own fingerprint with a
salt of this file. Who holds the key of a file could add or drop a wrap, so the signed cover inside
names all recipients, and `exchange.disclosure` compares.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from joserfc import errors as jose
from joserfc import jwe
from joserfc.jwk import ECKey

from intake_app.domain.disclosure import MOST_FILE, MOST_RECIPIENTS
from intake_app.domain.disclosure_errors import BadBundle, NotForYou
from intake_app.domain.errors import CannotOpen
from intake_app.domain.plain_json import canonical
from intake_app.vault.jose import PrivateKey, PublicKey, base, unbase
from intake_app.vault.keys import Keys
from intake_app.vault.wordlist import fingerprint

TYPE: Final = "intake-disclosure"
_WRAP, _BODY = "ECDH-ES+A256KW", "A256GCM"
_PARTS: Final = {"protected", "recipients", "iv", "ciphertext", "tag"}
_FAILED: Final = (
    jose.JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError, AssertionError,
)  # fmt: skip


class _Limits(jwe.JWERegistry):
    max_ciphertext_length = MOST_FILE


# a file for several would be refused by each, were all wraps to be opened; only the own one is kept
_LIMITS: Final = _Limits(
    algorithms=[_WRAP, _BODY], verify_all_recipients=False, strict_check_header=False,
    max_recipients=MOST_RECIPIENTS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in a file, and what its outside said.

    Attributes:
        plain: What was sealed.
        salt: Of its wraps.
        marks: Of each wrap, in order; see `mark`.
    """

    plain: bytes = field(repr=False)
    salt: str
    marks: tuple[str, ...]


def mark(salt: str, key: str) -> str:
    """How the wrap for a key (its fingerprint) is found in one file, and in no other."""
    return base(hashlib.sha256(f"disclosure {salt} {key}".encode()).digest()[:16])


def words_of(jwk: Mapping[str, str], *more: str) -> tuple[str, ...]:
    """Eight words for a public key and who it is said to be.

    Raises:
        CannotOpen: It is no public key.
    """
    said = canonical([PublicKey.load(jwk).name, *more])
    return fingerprint(hashlib.sha256(said).hexdigest())


def seal_to(keys: Sequence[PublicKey], plain: bytes) -> bytes:
    """A file that any one of these keys opens.

    Raises:
        ValueError: No key, or more than 16, or one of them twice.
    """
    if not 1 <= len(keys) <= MOST_RECIPIENTS or len({key.name for key in keys}) < len(keys):
        raise ValueError("recipients")
    salt = os.urandom(16).hex()
    box = jwe.GeneralJSONEncryption({"enc": _BODY, "typ": TYPE, "salt": salt}, plain)
    for key in keys:
        box.add_recipient(
            {"alg": _WRAP, "kid": mark(salt, key.name)}, ECKey.import_key({**key.jwk})
        )
    return canonical(jwe.encrypt_json(box, None, registry=_LIMITS))


def open_sealed(key: PrivateKey, data: bytes) -> Opened:
    """Open a file that may come from anywhere.

    Raises:
        NotForYou: No wrap in it is for this key.
        BadBundle: It is no such file, or was altered.
    """
    try:
        raw, salt, marks = _outside(data)
        own = mark(salt, key.name)
        if own not in marks:
            raise NotForYou
        raw["recipients"] = [raw["recipients"][marks.index(own)]]
        private = ECKey.import_key(key.secret)
        found = jwe.decrypt_json(cast("Any", raw), private, registry=_LIMITS)
    except _FAILED as error:
        raise BadBundle("seal") from error
    if found.plaintext is None:
        raise BadBundle("seal")
    return Opened(found.plaintext, salt, marks)


def _outside(data: bytes) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """The parts of a file, its salt, and the marks of its wraps; each part in just one shape."""
    if len(data) > MOST_FILE:
        raise ValueError("too long")
    raw: dict[str, Any] = json.loads(data)
    if set(raw) != _PARTS or canonical(raw) != data:
        raise ValueError("parts")
    head: dict[str, Any] = json.loads(unbase(raw["protected"]))
    wraps: list[dict[str, Any]] = raw["recipients"]
    if not 1 <= len(wraps) <= MOST_RECIPIENTS:
        raise ValueError("recipients")
    if set(head) != {"enc", "typ", "salt"} or head["typ"] != TYPE or head["enc"] != _BODY:
        raise ValueError("head")
    for wrap in wraps:
        _check_wrap(wrap)
    for name in ("protected", "iv", "ciphertext", "tag"):
        _check_spelling(raw[name])
    return raw, str(head["salt"]), tuple(str(wrap["header"]["kid"]) for wrap in wraps)


def _check_wrap(wrap: dict[str, Any]) -> None:
    head = wrap["header"]
    if set(wrap) != {"header", "encrypted_key"} or set(head) != {"alg", "kid", "epk"}:
        raise ValueError("wrap")
    if head["alg"] != _WRAP or set(head["epk"]) != {"kty", "crv", "x", "y"}:
        raise ValueError("wrap head")
    if (head["epk"]["kty"], head["epk"]["crv"]) != ("EC", "P-256"):
        raise ValueError("curve")
    for text in (wrap["encrypted_key"], head["kid"], head["epk"]["x"], head["epk"]["y"]):
        _check_spelling(text)


def _check_spelling(text: str) -> None:
    """Base64 can say the same bytes in several ways; a file has one way, and one hash."""
    if base(unbase(text)) != text:
        raise ValueError("spelling")


class StationSeal:
    """Seals and signs as this station; fits `exchange.disclosure.Closing`."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    @property
    def agency(self) -> str:
        """The department's opaque id."""
        return self._keys.registry.agency

    @property
    def sender(self) -> dict[str, str]:
        """The public key (JWK) that checks what this station signs."""
        return self._keys.station_signer().jwk

    def words(self, department: str) -> tuple[str, ...]:
        """Eight words by which a recipient knows this station."""
        return words_of(self.sender, self.agency, department)

    def sign(self, payload: bytes) -> str:
        """A compact JWS (ES256) as this station."""
        return self._keys.station_signer().sign(payload)

    def seal(self, keys: Sequence[Mapping[str, str]], plain: bytes) -> bytes:
        """A file that any one of these public keys (JWK) opens."""
        return seal_to([PublicKey.load(key) for key in keys], plain)


@dataclass(frozen=True, slots=True)
class RecipientKeys:
    """The keys of somebody outside; fits `exchange.disclosure.Opening`."""

    seal: PrivateKey
    signer: PrivateKey

    @property
    def name(self) -> str:
        """Fingerprint of the key that files are sealed to."""
        return self.seal.name

    def open(self, data: bytes) -> Opened:
        """See `open_sealed`."""
        return open_sealed(self.seal, data)

    def mark(self, salt: str, key: str) -> str:
        """See `mark`."""
        return mark(salt, key)

    def verify(self, sender: Mapping[str, str], token: str) -> bytes:
        """What a sender signed.

        Raises:
            BadBundle: They did not sign it as it stands.
        """
        try:
            return PublicKey.load(sender).verify(token)
        except CannotOpen as error:
            raise BadBundle("signature") from error

    def words(self, sender: Mapping[str, str], agency: str, department: str) -> tuple[str, ...]:
        """Eight words by which a sender is known."""
        return words_of(sender, agency, department)

    def sign(self, payload: bytes) -> str:
        """A compact JWS (ES256) as this recipient: a receipt."""
        return self.signer.sign(payload)

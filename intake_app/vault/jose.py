"""Sealing, opening, signing, checking: standard JOSE with P-256, in one place.

Sealed texts are compact JWE (ECDH-ES+A256KW, A256GCM), signed ones compact JWS (ES256), so that
other tools can read them. The algorithms are approved by NIST; the libraries that compute them are
not validated modules. A purpose is sealed in with each text: what was sealed for one thing, place
or person is refused for another.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import errors as jose
from joserfc import jwe, jws
from joserfc.jwk import ECKey

from intake_app.domain.errors import CannotOpen

_WRAP, _BODY, _SIGN, _CURVE = "ECDH-ES+A256KW", "A256GCM", "ES256", "P-256"
_FAILED: Final = (jose.JoseError, ValueError, KeyError, TypeError, RecursionError)
_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class _Limits(jwe.JWERegistry):
    max_ciphertext_length = (
        24 * 1024 * 1024
    )  # of its text; the library's own 64 KiB holds no archived paper


class _Lengths(jws.JWSRegistry):
    max_payload_length = 4 * 1024 * 1024  # of its text; the library's own holds no long receipt


# `strict_check_header` would refuse our own header member, the purpose
_LIMITS: Final = _Limits(algorithms=[_WRAP, _BODY], strict_check_header=False)
_SIGNED: Final = _Lengths(algorithms=[_SIGN])


class PublicKey:
    """Seals to somebody; checks somebody's signature."""

    def __init__(self, key: ECKey) -> None:
        self._key = key

    @classmethod
    def load(cls, jwk: Mapping[str, Any]) -> "PublicKey":
        """Read a public JWK that may come from anywhere.

        Raises:
            CannotOpen: It is not a public P-256 key.
        """
        return cls(_import(jwk, is_private=False))

    @property
    def jwk(self) -> dict[str, str]:
        """The public half, as it is written into the registry."""
        public: Mapping[str, Any] = self._key.as_dict(private=False)
        return {name: str(public[name]) for name in ("kty", "crv", "x", "y")}

    @property
    def name(self) -> str:
        """Its fingerprint (RFC 7638)."""
        return self._key.thumbprint()

    def seal(self, data: bytes, purpose: str) -> str:
        """A text that only the private half opens, and only for this purpose."""
        header = {"alg": _WRAP, "enc": _BODY, "kid": self.name, "purpose": purpose}
        return jwe.encrypt_compact(header, data, self._key, registry=_LIMITS)

    def verify(self, token: str) -> bytes:
        """What a signed text says.

        Raises:
            CannotOpen: This key did not sign it as it stands.
        """
        try:
            return jws.deserialize_compact(token, self._key, registry=_SIGNED).payload
        except _FAILED as error:
            raise CannotOpen("signature") from error


class PrivateKey(PublicKey):
    """Opens what was sealed to it; signs."""

    @classmethod
    def make(cls) -> "PrivateKey":
        """A new random pair."""
        return cls(ECKey.generate_key(_CURVE))

    @classmethod
    def from_seed(cls, seed: bytes) -> "PrivateKey":
        """The pair that belongs to 48 uniform bytes (FIPS 186-5, A.2.1: extra random bits)."""
        number = int.from_bytes(seed, "big") % (_P256_ORDER - 1) + 1
        return cls(ECKey.import_key(ec.derive_private_key(number, ec.SECP256R1())))

    @classmethod
    def load(cls, jwk: Mapping[str, Any]) -> "PrivateKey":
        """Read a private JWK.

        Raises:
            CannotOpen: It is not a private P-256 key.
        """
        return cls(_import(jwk, is_private=True))

    @property
    def secret(self) -> dict[str, Any]:
        """The private JWK, to be kept under another key."""
        return dict(self._key.as_dict(private=True))

    @property
    def public(self) -> PublicKey:
        """The public half alone."""
        return PublicKey.load(self.jwk)

    def sign(self, payload: bytes) -> str:
        """A signed text."""
        header = {"alg": _SIGN, "kid": self.name}
        return jws.serialize_compact(header, payload, self._key, algorithms=[_SIGN])

    def open(self, sealed: str, purpose: str) -> bytes:
        """Open what `seal` made for this key and this purpose.

        Raises:
            CannotOpen: It was sealed for somebody or something else, or altered.
        """
        try:
            found = jwe.decrypt_compact(sealed, self._key, registry=_LIMITS)
        except _FAILED as error:
            raise CannotOpen("sealed text") from error
        if found.protected.get("purpose") != purpose or found.plaintext is None:
            raise CannotOpen("purpose")
        return found.plaintext


def unverified(token: str) -> tuple[str, bytes]:
    """The key name and payload that a signed text claims; believe neither before `verify`.

    Raises:
        CannotOpen: It is no signed text.
    """
    try:
        head, body, _ = token.split(".")
        header: dict[str, Any] = json.loads(unbase(head))
        return str(header["kid"]), unbase(body)
    except _FAILED as error:
        raise CannotOpen("signed text") from error


def base(data: bytes) -> str:
    """Bytes as base64url text without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase(text: str) -> bytes:
    """The reverse.

    Raises:
        ValueError: It is no such text.
    """
    padded = text + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except ValueError as error:
        raise ValueError("no base64") from error


def _import(jwk: Mapping[str, Any], *, is_private: bool) -> ECKey:
    try:
        if jwk["kty"] != "EC" or jwk["crv"] != _CURVE or ("d" in jwk) != is_private:
            raise CannotOpen("key")
        key = ECKey.import_key(dict(jwk))
        key.thumbprint()  # the library reads the numbers only now
    except _FAILED as error:
        raise CannotOpen("key") from error
    return key

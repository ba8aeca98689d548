"""Sealing under a key that both sides have: compact JWE (dir, A256GCM), and HMAC-SHA256.

The protected header has members of our own that say where the text belongs. It is compared as a
whole, byte for byte, before anything is decrypted: no other algorithm, no compression, no member
twice.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from joserfc import errors as jose
from joserfc import jwe
from joserfc.jwk import OctKey

from intake_app.domain.errors import CannotOpen
from intake_app.domain.plain_json import canonical
from intake_app.vault.jose import base

_ALG, _ENC = "dir", "A256GCM"
_FAILED: Final = (jose.JoseError, ValueError, KeyError, TypeError, RecursionError)


class _Limits(jwe.JWERegistry):
    max_ciphertext_length = 96 * 1024 * 1024  # of its text; 64 KiB is the library's own


# `strict_check_header` would refuse our own header members
_LIMITS: Final = _Limits(algorithms=[_ALG, _ENC], strict_check_header=False)


def seal_under(key: bytes, header: Mapping[str, str | int], plain: bytes) -> str:
    """A compact JWE.

    Args:
        key: 32 bytes.
        header: What is sealed in, beside `alg` and `enc`.
        plain: What is sealed.
    """
    whole = _whole(header)
    return jwe.encrypt_compact(whole, plain, OctKey.import_key(key), registry=_LIMITS)


def open_under(key: bytes, header: Mapping[str, str | int], token: str) -> bytes:
    """Open what `seal_under` made with this key and this header.

    Raises:
        CannotOpen: Another key, another place, or altered.
    """
    if token.partition(".")[0] != base(canonical(_whole(header))):
        raise CannotOpen("place")
    try:
        found = jwe.decrypt_compact(token, OctKey.import_key(key), registry=_LIMITS)
    except _FAILED as error:
        raise CannotOpen("sealed text") from error
    if found.plaintext is None:
        raise CannotOpen("sealed text")
    return found.plaintext


def tag_under(key: bytes, data: bytes) -> str:
    """HMAC-SHA256 (hex)."""
    return hmac.new(key, data, hashlib.sha256).hexdigest()


def _whole(header: Mapping[str, str | int]) -> dict[str, str | int]:
    return dict(sorted({**header, "alg": _ALG, "enc": _ENC}.items()))

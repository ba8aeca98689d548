"""Sealing under a key that both sides have: compact JWE (dir, A256GCM), and HMAC-SHA256.

The protected header has members of our own that say where the text belongs. It is compared as a
whole, byte for byte, before anything is decrypted: no other algorithm, no compression, no member
twice. The text is put together here and not by the JOSE library, which keeps each plain text in a
ring of objects until Python's garbage collector comes, and that rests while much is merged.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_app.domain.errors import CannotOpen
from intake_app.domain.plain_json import canonical
from intake_app.vault.jose import base, unbase

_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16


def seal_under(key: bytes, header: Mapping[str, str | int], plain: bytes) -> str:
    """A compact JWE (RFC 7516, 5.1 and 7.1).

    Args:
        key: 32 bytes.
        header: What is sealed in, beside `alg` and `enc`.
        plain: What is sealed.
    """
    head, nonce = _head(header), os.urandom(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, plain, head.encode())
    body, tag = sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:]
    return f"{head}..{base(nonce)}.{base(body)}.{base(tag)}"


def open_under(key: bytes, header: Mapping[str, str | int], token: str) -> bytes:
    """Open what `seal_under` made with this key and this header.

    Raises:
        CannotOpen: Another key, another place, or altered.
    """
    try:
        head, wrapped, nonce, body, tag = token.split(".")
        if wrapped or head != _head(header):
            raise CannotOpen("place")
        iv, end = unbase(nonce), unbase(tag)
        if (len(iv), len(end)) != (_NONCE_BYTES, _TAG_BYTES):
            raise CannotOpen("lengths")
        return AESGCM(key).decrypt(iv, unbase(body) + end, head.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("sealed text") from error


def tag_under(key: bytes, data: bytes) -> str:
    """HMAC-SHA256 (hex)."""
    return hmac.new(key, data, hashlib.sha256).hexdigest()


def _head(header: Mapping[str, str | int]) -> str:
    return base(canonical({**header, "alg": "dir", "enc": "A256GCM"}))

"""The county key: what lets two departments know the same person again, and nobody else.

One department makes it, and gives it to the others as sixteen words or as a file under a
passphrase. It lies inside the encrypted files that it is used on. Who merges never holds it: a
token is HMAC-SHA256 under 256 bits that are derived from it, so names cannot be tested against
tokens without it. No slow hash stands before it: a key of 128 random bits needs none.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_app.domain.county_errors import BadCountyKey
from intake_app.domain.errors import BadRecoveryCard, CannotOpen, WeakKeyFile, WrongPassphrase
from intake_app.domain.plain_json import canonical
from intake_app.vault import kdf
from intake_app.vault.jose import base, unbase
from intake_app.vault.passphrase import check_passphrase
from intake_app.vault.symmetric import tag_under
from intake_app.vault.wordlist import SECRET_BYTES, fingerprint, from_words, to_words

KEY_FILE: Final = "intake county key"
MOST_FILE: Final = 8 * 1024
TOKEN_SIGNS: Final = 24
"""Hex digits of a token: 96 bits, so that a million people do not meet by chance."""

_CODE: Final = 12
"""Of the sixteen words; recovery cards have others, so that one is not taken for the other."""

_NONCE_BYTES: Final = 12
_METHOD: Final = "argon2id"
_SHOWN_WORDS: Final = 4
_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError, CannotOpen)


class CountyKeys:
    """Fits `services.needs.county.CountyKeys`; a key is handed around as hex."""

    def make(self) -> str:
        """A new key."""
        return os.urandom(SECRET_BYTES).hex()

    def words(self, key: str) -> tuple[str, ...]:
        """Its sixteen words, for a sheet of paper."""
        return to_words(_CODE, _secret(key))

    def from_words(self, words: Sequence[str]) -> str:
        """The key that was typed.

        Raises:
            BadCountyKey: A word is wrong; the detail says which, if only one is.
        """
        try:
            code, secret = from_words([word.strip() for word in words])
        except BadRecoveryCard as error:
            raise BadCountyKey(*error.args) from error
        if code != _CODE:
            raise BadCountyKey("words of something else")
        return secret.hex()

    def name(self, key: str) -> str:
        """The name of a key: four words that say nothing of it, equal wherever it is held."""
        named = hashlib.sha256(kdf.derive(_secret(key), b"county key name")).hexdigest()
        return "-".join(fingerprint(named)[:_SHOWN_WORDS])

    def tokens(self, key: str, texts: Iterable[str]) -> list[str]:
        """A token for each text; empty for an empty one."""
        derived = kdf.derive(_secret(key), b"county key tokens")
        said = (text.encode(errors="surrogatepass") for text in texts)
        return [tag_under(derived, one)[:TOKEN_SIGNS] if one else "" for one in said]

    def close(self, key: str, passphrase: str) -> bytes:
        """The key as a file that a passphrase opens.

        Raises:
            WeakPassphrase: Too short or too common.
        """
        check_passphrase(passphrase, "")
        salt, nonce = os.urandom(kdf.SALT_BYTES), os.urandom(_NONCE_BYTES)
        params = dict(kdf.METHODS[_METHOD].usual)
        around: dict[str, Any] = {
            "type": KEY_FILE, "v": 1, "kdf": _METHOD, "params": params,
            "salt": base(salt), "nonce": base(nonce),
        }  # fmt: skip
        under = _stretched(passphrase, salt, _METHOD, params)
        around["ct"] = base(AESGCM(under).encrypt(nonce, _secret(key), canonical(around)))
        return canonical(around) + b"\n"

    def open(self, data: bytes, passphrase: str) -> str:
        """The key in such a file.

        Raises:
            WrongPassphrase: Another passphrase, or altered.
            WeakKeyFile: Its parameters are below the floor or above the ceiling.
            BadCountyKey: It is no such file.
        """
        try:
            if len(data) > MOST_FILE:
                raise ValueError("too long")
            raw: dict[str, Any] = json.loads(data)
            around = {name: value for name, value in raw.items() if name != "ct"}
            if (raw["type"], raw["v"]) != (KEY_FILE, 1):
                raise ValueError("type")
            params: Mapping[str, int] = kdf.check(raw["kdf"], raw["params"])
            salt, nonce, ct = (unbase(raw[name]) for name in ("salt", "nonce", "ct"))
            under = _stretched(passphrase, salt, raw["kdf"], params)
            secret = AESGCM(under).decrypt(nonce, ct, canonical(around))
            return _checked(secret).hex()
        except InvalidTag as error:
            raise WrongPassphrase from error
        except WeakKeyFile:
            raise
        except _FAILED as error:
            raise BadCountyKey("file") from error


def _secret(key: str) -> bytes:
    try:
        return _checked(bytes.fromhex(key))
    except ValueError as error:
        raise BadCountyKey("key") from error


def _checked(secret: bytes) -> bytes:
    if len(secret) != SECRET_BYTES:
        raise BadCountyKey("length")
    return secret


def _stretched(passphrase: str, salt: bytes, method: str, params: Mapping[str, int]) -> bytes:
    return kdf.derive(kdf.stretch(passphrase, salt, method, params), KEY_FILE.encode())

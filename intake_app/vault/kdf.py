"""From a passphrase to a key: slow on purpose, and within a floor and a ceiling.

Argon2id is the default. PBKDF2 is for agencies that must use approved algorithms only. The
parameters stand in the key file, so they are checked each time they are read: a lowered one would
make guessing cheap, a raised one would freeze the lock screen.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from intake_app.domain.errors import WeakKeyFile

USUAL: Final = "argon2id"
APPROVED: Final = "pbkdf2-sha512"
"""NIST SP 800-132; for departments that may use approved algorithms only."""

SALT_BYTES: Final = 16
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Method:
    """A way to stretch a passphrase.

    Attributes:
        usual: Parameters of a new slot; they stand at the floor.
        limits: Least and greatest of each parameter that is accepted.
    """

    usual: Mapping[str, int]
    limits: Mapping[str, tuple[int, int]]


METHODS: Final[Mapping[str, Method]] = {
    USUAL: Method(
        {"memory_kib": 64 * 1024, "passes": 3, "lanes": 4},
        {"memory_kib": (64 * 1024, 1024 * 1024), "passes": (3, 10), "lanes": (1, 16)},
    ),
    APPROVED: Method({"rounds": 1_000_000}, {"rounds": (1_000_000, 10_000_000)}),
}


def check(method: object, params: object) -> Mapping[str, int]:
    """The parameters, if they are neither too weak nor absurd.

    Raises:
        WeakKeyFile: They are.
    """
    known = METHODS.get(method) if isinstance(method, str) else None
    if known is None or not isinstance(params, dict):
        raise WeakKeyFile("method")
    found: dict[str, Any] = dict(params)  # pyright: ignore[reportUnknownArgumentType]
    if found.keys() != known.limits.keys():
        raise WeakKeyFile("parameters")
    for name, (least, most) in known.limits.items():
        if type(found[name]) is not int or not least <= found[name] <= most:
            raise WeakKeyFile(name)
    return found


def stretch(passphrase: str, salt: bytes, method: str, params: Mapping[str, int]) -> bytes:
    """32 bytes from a passphrase; takes a tenth of a second or more.

    The same passphrase typed on another keyboard or system gives the same bytes (NFKC); nothing is
    cut off.

    Raises:
        WeakKeyFile: The parameters are below the floor or above the ceiling.
    """
    checked = check(method, dict(params))
    # a sign that is none (a broken paste) must be a wrong passphrase, not an error with its text
    secret = unicodedata.normalize("NFKC", passphrase).encode(errors="surrogatepass")
    if method == "argon2id":
        return Argon2id(
            salt=salt,
            length=_KEY_BYTES,
            iterations=checked["passes"],
            lanes=checked["lanes"],
            memory_cost=checked["memory_kib"],
        ).derive(secret)
    return PBKDF2HMAC(SHA512(), _KEY_BYTES, salt, checked["rounds"]).derive(secret)


def derive(secret: bytes, purpose: bytes, length: int = _KEY_BYTES) -> bytes:
    """A key for one purpose from a secret that is strong already (HKDF with SHA-256)."""
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret)

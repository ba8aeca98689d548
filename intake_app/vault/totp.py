"""One-time codes of a phone (RFC 6238): six digits, a secret of 160 bits, one each 30 seconds.

The phone and this computer share a secret once, by a square code on the screen; no network is used.
"""

import base64
import hmac
import os
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

DIGITS: Final = 6
STEP_SECONDS: Final = 30
_SECRET_BYTES: Final = 20
ISSUER: Final = "Intake"


def new_seed() -> str:
    """A fresh secret (base32)."""
    return base64.b32encode(os.urandom(_SECRET_BYTES)).decode()


def uri(seed: str, user_name: str) -> str:
    """What the square code says: an address that authenticator apps know."""
    told = {"secret": seed, "issuer": ISSUER, "digits": DIGITS, "period": STEP_SECONDS}
    return f"otpauth://totp/{ISSUER}:{quote(user_name, safe='')}?{urlencode(told)}"


def in_groups(seed: str) -> tuple[str, ...]:
    """The secret to be typed by hand, in groups of four."""
    return tuple(seed[at : at + 4] for at in range(0, len(seed), 4))


def step_of(at: datetime) -> int:
    """The number of the 30 seconds that a moment lies in."""
    return int(at.timestamp()) // STEP_SECONDS


def matching_step(seed: str, code: str, at: datetime, window: int) -> int | None:
    """The step that a code belongs to, near a moment; None: to none of them.

    Args:
        seed: The secret.
        code: What was typed, digits only.
        at: The moment.
        window: So many steps before and after are taken too.
    """
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    # the hash that every authenticator app knows; HMAC does not need it to resist collisions
    maker = TOTP(base64.b32decode(seed), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
    found, here = None, step_of(at)
    for step in range(here + window, here - window - 1, -1):
        if step >= 0 and hmac.compare_digest(maker.generate(step * STEP_SECONDS), code.encode()):
            found = step
    return found

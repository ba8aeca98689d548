"""Printed codes: each is good once; for places where phones are banned, or a phone is lost.

Eight signs of 31 (39 bits). Only their hashes are kept, inside the person's own slot; used ones are
told apart by a hash in `station`, so that a slot put back from a copy makes no code good again.
"""

import hashlib
import re
import secrets
from typing import Final

from intake_app.domain.plain_json import canonical

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 8


def new_codes(count: int) -> tuple[str, ...]:
    """Fresh codes, as they are printed: `K7TX-92MD`."""
    drawn = ("".join(secrets.choice(SIGNS) for _ in range(LENGTH)) for _ in range(count))
    return tuple(f"{code[:4]}-{code[4:]}" for code in drawn)


def plain(typed: str) -> str:
    """A code as it is compared; signs that look alike are no part of any code."""
    return re.sub(r"[\s-]", "", typed).upper()


def is_shaped(typed: str) -> bool:
    """Whether it may be a printed code, and not one of a phone."""
    code = plain(typed)
    return len(code) == LENGTH and all(sign in SIGNS for sign in code)


def digest(code: str, user: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(canonical(["printed code", user, plain(code)])).hexdigest()

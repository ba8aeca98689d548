"""What each fork of a drill would do anew is done once, and nothing in it is slow on purpose.

A drill is about where bytes go. That a passphrase or a token is stretched has tests of its own
(`tests/vault`), and costs a desk more than all the rest of its work.
"""

import hashlib
import importlib
import pkgutil
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import holidays

import intake_app
from intake_app.vault import kdf, tokens
from intake_app.words import dates

APART: Final = ("intake_app.ui", "intake_app.__main__")
"""A desk has no window."""


def make_ready() -> None:
    """Before the first desk: load all that a desk loads on its way."""
    for found in pkgutil.walk_packages(intake_app.__path__, "intake_app."):
        if not found.name.startswith(APART):
            importlib.import_module(found.name)
    holidays.list_supported_countries()
    dates.time_in_words(datetime(2026, 11, 23, tzinfo=UTC), "en")
    kdf.stretch, tokens.token = quick_stretch, quick_token


def quick_stretch(passphrase: str, salt: bytes, method: str, params: Mapping[str, int]) -> bytes:
    """Other words, or another salt, give another key."""
    kdf.check(method, dict(params))
    return hashlib.sha256(salt + passphrase.encode()).digest()


def quick_token(key: bytes, text: str) -> str:
    """Another name, or another key, gives another token."""
    return hashlib.sha256(key + text.encode()).hexdigest()

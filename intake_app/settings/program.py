"""How this program is started again, as a process of its own."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

CARRY: Final = "carry"
"""The hidden command that carries bundles; see `commands.carry`."""

ATTACHED: Final = "--attached"
"""Tells a carrier to end when who started it is gone, even where they were killed."""

REQUESTS_TOO: Final = "--requests"
"""Lets a carrier look for computers that ask to be let in: one question more of each store."""

TRY_STORE: Final = "try-store"
"""The hidden command that asks a store what lies there; see `exchange.store_trial`."""


def carrier(profile: Path, *more: str) -> list[str]:
    """The hidden command that carries for a profile, to all stores unless more is said."""
    return [CARRY, "--profile", str(profile), *more]


def command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The program and arguments that start this program again.

    Args:
        arguments: What to pass on, for example the profile; never a passphrase.
    """
    if getattr(sys, "frozen", False):  # packed into one file: it is its own interpreter
        return sys.executable, list(arguments)
    return sys.executable, ["-m", "intake_app", *arguments]

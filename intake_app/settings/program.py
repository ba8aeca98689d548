"""How this program is started again, as a process of its own."""

import sys
from collections.abc import Sequence
from typing import Final

CARRY: Final = "carry"
"""The hidden command that carries bundles; see `carry_command`."""

TRY_STORE: Final = "try-store"
"""The hidden command that asks a store what lies there; see `exchange.store_trial`."""


def command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The program and arguments that start this program again.

    Args:
        arguments: What to pass on, for example the profile; never a passphrase.
    """
    if getattr(sys, "frozen", False):  # packed into one file: it is its own interpreter
        return sys.executable, list(arguments)
    return sys.executable, ["-m", "intake_app", *arguments]

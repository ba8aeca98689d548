"""What the services need to update the program; `wiring.updates` brings it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake_app.domain.update import Here
from intake_app.services.needs.backup import Drive

Verify = Callable[[str], bytes]
"""What a signed text says; raises `UpdateNotSigned` or `NoPublisher`: `vault.release_keys`."""


@dataclass(frozen=True, slots=True)
class UpdateParts:
    """What a desk needs to update the program.

    Attributes:
        folder: The profile.
        here: The program as it runs here.
        verify: Checks a signature.
        standing: Whose keys this copy has: "release", "development" or "none".
        drives: Which sticks are plugged in now.
        program: What starts this program: the file, and arguments before its own.
        asks_by: The program of the system that asks for the administrator of the computer
            (pkexec); empty: there is none.
    """

    folder: Path
    here: Here
    verify: Verify
    standing: str
    drives: Callable[[], Sequence[Drive]]
    program: tuple[str, ...]
    asks_by: str = ""

"""What stories share: the department that they play in, windows into it, printed paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from clerk import Clerk

from intake_app.services.signing.signing_in import NewPerson
from intake_app.settings.look import Look

Staff = Mapping[str, NewPerson]
"""Who works there, by user name."""


@dataclass(frozen=True, slots=True)
class Department:
    """A training profile and who works there."""

    folder: Path
    staff: Staff


class OpenWindow(Protocol):
    """Starts the program; once more when the window before is closed."""

    def __call__(self, look: Look | None = None, *, by_tab: bool = False) -> Clerk:
        """A clerk at the new window."""
        ...


class Paper:
    """What came out of the printer, in order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def sheets(self) -> list[Path]:
        """One file for each job."""
        return sorted(self._folder.glob("*.pdf"))

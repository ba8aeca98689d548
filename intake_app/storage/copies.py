"""Copies of the files that can be reached from here: what was purged must go from them too."""

import contextlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from intake_app.domain.clock import Clock
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import Compartment as Name
from intake_app.storage.compartment import Compartment
from intake_app.storage.upkeep import Upkeep

FOLDER: Final = "backups"
"""Of a profile: where its backups lie, each in a folder or a file of its own."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup that is seen from here.

    Attributes:
        name: Of its folder or file.
        made: Its day (YYYY-MM-DD).
    """

    name: str
    made: str


class Copies:
    """Fits `services.ending.Copies`.

    Args:
        folder: Of the profile.
        key_of: The key of a file.
        clock: For the audit lines.
    """

    def __init__(self, folder: Path, key_of: Callable[[Name], bytes], clock: Clock) -> None:
        self._place, self._key_of, self._clock = folder / FOLDER, key_of, clock

    def backups(self) -> list[Backup]:
        """All backups in reach, the oldest first; nothing is opened."""
        if not self._place.is_dir():
            return []
        found = (one for one in self._place.iterdir() if one.name != "ledger")
        made = ((one.name, _day_of(one)) for one in found)
        return sorted((Backup(*one) for one in made), key=lambda one: (one.made, one.name))

    @contextlib.contextmanager
    def opened(self, backup: str, compartment: Name) -> Generator[Compartment | None]:
        """A file inside a backup, or None where it is not there or does not open with its key."""
        path, file = self._place / backup / f"{compartment}.db", None
        with contextlib.suppress(IntakeError, OSError):
            if path.is_file():
                file = Compartment.open(path, self._key_of(compartment), self._clock)
        before = file.database.conn.total_changes if file else 0
        try:
            yield file
        finally:
            if file is not None:
                if file.database.conn.total_changes > before:
                    Upkeep(file).rewrite(lambda: False)  # nobody waits for a copy
                file.close()


def _day_of(place: Path) -> str:
    return datetime.fromtimestamp(place.stat().st_mtime, UTC).date().isoformat()

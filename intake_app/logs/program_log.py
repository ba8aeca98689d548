"""The program's own log: kinds of errors and their places, never a name, an answer or a text.

It lies in the profile as `program.log`, for whoever helps the department. It is no audit trail:
that one is chained and lies inside the encrypted files.
"""

import logging
from pathlib import Path
from typing import Final

LARGEST: Final = 256 * 1024
"""Bytes; a larger file becomes `program.log.previous` at the next start."""

_LOGGER: Final = logging.getLogger("intake_app")


class ProgramLog:
    """Writes the log of one profile, from `begin` to `end`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "program.log"
        self._handler: logging.Handler | None = None

    def begin(self) -> None:
        """Write from now on; without a folder, or where the disk refuses, nothing is written."""
        if self._handler is not None or not self._file.parent.is_dir():
            return
        try:
            if self._file.is_file() and self._file.stat().st_size > LARGEST:
                self._file.replace(self._file.with_name("program.log.previous"))
            self._handler = logging.FileHandler(self._file, encoding="utf-8", delay=True)
        except OSError:
            return
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _LOGGER.setLevel(logging.INFO)
        _LOGGER.addHandler(self._handler)

    def end(self) -> None:
        """Write no more."""
        if self._handler is not None:
            _LOGGER.removeHandler(self._handler)
            self._handler.close()
            self._handler = None

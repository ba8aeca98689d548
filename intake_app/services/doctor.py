"""What `doctor` looks at: one line each, good or bad, in words that say what to do."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from intake_app.domain.clock import Clock

ENOUGH_DISK: Final = 500 * 1024 * 1024
"""Bytes; below this, a backup may not fit."""

_FONTS: Final = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
_PLAIN: Final = b"SQLite format 3"
_SPOOL: Final = Path("/var/spool/cups")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line.

    Attributes:
        what: What was looked at.
        is_good: Whether it is as it should be.
        words: What was found, and what to do.
        is_note: Worth knowing, and no fault of the program: it does not fail the command.
    """

    what: str
    is_good: bool
    words: str
    is_note: bool = False


def look_at_fonts(folder: Path) -> Finding:
    """All fonts of window and paper are there."""
    missing = [f for f in _FONTS if not (folder / f"SourceSans3_{f}.ttf").is_file()]
    if missing:
        return Finding("fonts", False, "A font is missing. Install the program again.")
    return Finding("fonts", True, "All fonts are there.")


def look_at_files(folder: Path) -> Iterator[Finding]:
    """Each file of the profile is there and encrypted; which needs no key to see."""
    for name in ("vault.json", "identity.json"):
        there = (folder / name).is_file() and (folder / name).stat().st_size > 0
        words = "It is there." if there else "It is missing. Restore a backup."
        yield Finding(name, there, words)
    for name in ("station", "care", "cases", "sealed"):
        yield _look_at_database(folder / f"{name}.db")


def _look_at_database(path: Path) -> Finding:
    if not path.is_file() or path.stat().st_size == 0:
        return Finding(path.name, False, "It is missing or empty. Restore a backup.")
    with path.open("rb") as file:
        head = file.read(len(_PLAIN))
    if head == _PLAIN:
        return Finding(path.name, False, "It is not encrypted. It is not ours: do not use it.")
    if path.stat().st_size % 4096:
        return Finding(path.name, False, "It is cut off. Restore a backup.")
    return Finding(path.name, True, "It is there and encrypted.")


def look_at_disk(folder: Path) -> Finding:
    """There is room to save and to back up."""
    free = shutil.disk_usage(folder).free
    words = f"{free // (1024 * 1024)} MiB are free."
    if free < ENOUGH_DISK:
        return Finding("disk", False, f"{words} Make room soon: saving may fail.")
    return Finding("disk", True, words)


def look_at_clock(folder: Path, clock: Clock) -> Finding:
    """The clock is not before the last thing that was written here."""
    now = clock.now()
    newest = max((p.stat().st_mtime for p in folder.iterdir() if p.is_file()), default=0.0)
    written = datetime.fromtimestamp(newest, UTC)
    if written - now > timedelta(days=1):
        words = "The clock is behind the last saved record. Set date and time of this computer."
        return Finding("clock", False, words)
    return Finding("clock", True, "The clock is not behind the last saved record.")


def look_at_keyring(state: str) -> Finding:
    """What the computer's keyring does with a value. Without one, nothing is lost."""
    words = {
        "kept": "It keeps this computer's secret.",
        "no keyring": "There is none. The passphrase alone protects a copied folder.",
        "locked": "It is locked. Sign in to this computer again.",
        "drops values": "It forgets what it is given. The passphrase alone protects a copy.",
    }
    return Finding("keyring", state == "kept", words.get(state, state), is_note=True)


def look_at_spooler() -> Finding:
    """Whether the print spooler keeps what was printed (CUPS; others cannot be seen from here)."""
    if not _SPOOL.is_dir():
        return Finding("spooler", True, "No spooler of this kind here.", is_note=True)
    if not os.access(_SPOOL, os.R_OK):
        words = "It cannot be seen from this account. Ask for PreserveJobFiles No in cupsd.conf."
        return Finding("spooler", False, words, is_note=True)
    kept = any(_SPOOL.glob("d*"))
    words = "It keeps printed pages. Set PreserveJobFiles No in cupsd.conf." if kept else "Empty."
    return Finding("spooler", not kept, words)

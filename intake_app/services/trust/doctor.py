"""What can be looked at without a passphrase: files from outside, fonts, disk, clock, keyring.

`doctor` prints it; the trust page shares what concerns files.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from intake_app.domain.clock import Clock
from intake_app.domain.disk_room import LEAST
from intake_app.domain.trust import Check, Light
from intake_app.words import Words

_FONTS: Final = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
_PLAIN: Final = b"SQLite format 3"
_PAGE: Final = 4096


def look_at_fonts(folder: Path, words: Words) -> Check:
    """All fonts of window and paper are there."""
    title = words.text("Fonts")
    missing = [f for f in _FONTS if not (folder / f"SourceSans3_{f}.ttf").is_file()]
    if missing:
        to_do = words.text("Install the program again.")
        return Check("fonts", Light.RED, title, words.text("A font is missing."), to_do)
    return Check("fonts", Light.GREEN, title, words.text("All fonts are there."))


def look_at_files(folder: Path, words: Words) -> Iterator[Check]:
    """Each file of the profile is there and encrypted; which needs no key to see."""
    for name in ("vault.json", "identity.json"):
        if _size(folder / name):
            yield Check(name, Light.GREEN, name, words.text("It is there."))
        else:
            yield _gone(name, words.text("It is missing."), words)
    for name in ("station", "care", "cases", "sealed"):
        yield _look_at_database(folder / f"{name}.db", words)


def _look_at_database(path: Path, words: Words) -> Check:
    name, size = path.name, _size(path)
    if not size:
        return _gone(name, words.text("It is missing or empty."), words)
    with path.open("rb") as file:
        head = file.read(len(_PLAIN))
    if head == _PLAIN:
        found, to_do = (
            words.text("It is not encrypted."),
            words.text("It is not ours: do not use it."),
        )
        return Check(name, Light.RED, name, found, to_do)
    log = path.with_name(f"{path.name}-wal")  # what it holds is copied in at the next sign-in
    if size % _PAGE and not (log.is_file() and log.stat().st_size):
        return _gone(name, words.text("It is cut off."), words)
    return Check(name, Light.GREEN, name, words.text("It is there and encrypted."))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _gone(name: str, found: str, words: Words) -> Check:
    return Check(name, Light.RED, name, found, words.text("Restore a backup."))


def look_at_disk(folder: Path, words: Words) -> Check:
    """There is room to save and to back up."""
    title, free = words.text("Disk"), shutil.disk_usage(folder).free
    found = words.text("{n} MiB are free.", n=free // (1024 * 1024))
    if free < LEAST:
        to_do = words.text("Make room soon: saving may fail.")
        return Check("disk", Light.RED, title, found, to_do)
    return Check("disk", Light.GREEN, title, found)


def look_at_clock(folder: Path, clock: Clock, words: Words) -> Check:
    """The clock is not before the last thing that was written here."""
    title, now = words.text("Clock"), clock.now()
    newest = max((p.stat().st_mtime for p in folder.iterdir() if p.is_file()), default=0.0)
    if datetime.fromtimestamp(newest, UTC) - now > timedelta(days=1):
        found = words.text("The clock is behind the last saved record.")
        to_do = words.text("Set date and time of this computer.")
        return Check("clock", Light.RED, title, found, to_do)
    found = words.text("The clock is not behind the last saved record.")
    return Check("clock", Light.GREEN, title, found)


def look_at_keyring(state: str, words: Words) -> Check:
    """What the computer's keyring does with a value. Without one, nothing is lost."""
    title, say = words.text("Keyring"), words.text
    if state == "kept":
        return Check("keyring", Light.GREEN, title, say("It keeps this computer's secret."))
    found, to_do = {
        "no keyring": (
            say("There is none."), say("The passphrase alone protects a copied folder."),
        ),
        "locked": (say("It is locked."), say("Sign in to this computer again.")),
        "drops values": (
            say("It forgets what it is given."), say("The passphrase alone protects a copy."),
        ),
    }.get(state, (state, ""))  # fmt: skip
    return Check("keyring", Light.AMBER, title, found, to_do)

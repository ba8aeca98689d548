"""What this computer remembers of its versions: since when one runs, what came before, what waits.

It lies beside the updates in the profile, and is read without signing in: the way back must be
found when nothing else works. It holds nothing of anybody.
"""

import json
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from intake_app.settings.private import write_private

FOLDER: Final = "updates"
_FILE: Final = "notes.json"
_MOST: Final = 64 * 1024
_VERSION: Final = re.compile(r"[0-9]{1,5}(\.[0-9]{1,5}){2}")


@dataclass(frozen=True, slots=True)
class Step:
    """A version put over another one.

    Attributes:
        before: The version that ran.
        after: The version that was put over it.
        backup: Name of the backup that was made just before.
        at: When: local time with offset.
    """

    before: str = ""
    after: str = ""
    backup: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class UpdateNotes:
    """All of it.

    Attributes:
        version: The version that was seen at the last sign-in.
        since: Since when: local time with offset; empty: not known.
        waiting: What was prepared and is not installed yet; None: nothing.
        last: The last step that came through; None: none.
        place: The folder where an update was looked for last.
    """

    version: str = ""
    since: str = ""
    waiting: Step | None = None
    last: Step | None = None
    place: str = ""


def read_notes(folder: Path) -> UpdateNotes:
    """Read them; what cannot be read is as if it had never been.

    Args:
        folder: The profile.
    """
    with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
        with (folder / FOLDER / _FILE).open("rb") as file:
            told: dict[str, Any] = json.loads(file.read(_MOST))
        return UpdateNotes(
            _version(told.get("version")), _moment(told.get("since")), _step(told.get("waiting")),
            _step(told.get("last")), str(told.get("place", "")),
        )  # fmt: skip
    return UpdateNotes()


def keep_notes(folder: Path, notes: UpdateNotes) -> None:
    """Write them.

    Raises:
        OSError: The old ones stand.
    """
    (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    write_private(folder / FOLDER / _FILE, json.dumps(asdict(notes)))


def _step(told: object) -> Step | None:
    if not isinstance(told, dict):
        return None
    said = cast("dict[str, object]", told)
    before, after = _version(said.get("before")), _version(said.get("after"))
    return Step(before, after, str(said.get("backup", "")), str(said.get("at", "")))


def _moment(told: object) -> str:
    """A time as it is written here, or nothing."""
    with suppress(ValueError, TypeError):
        return datetime.fromisoformat(cast("str", told)).isoformat()
    return ""


def _version(told: object) -> str:
    """A version, or nothing: what stands in this file goes into the audit trail and into paths."""
    return told if isinstance(told, str) and _VERSION.fullmatch(told) else ""

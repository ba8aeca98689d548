"""backups.json of a profile: where its backups go, and what was seen there last. No secret."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from intake_app.settings.private import write_private

NAME: Final = "backups.json"
HERE: Final = "here"
"""Id of the place inside the profile: made first, copied from there, and the quickest way back."""
FOLDER: Final = "backups"
KINDS: Final = ("folder", "stick")
_MOST_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class SeenBackup:
    """A backup as it was seen last: see `domain.backup.Seen`."""

    moment: str
    made: str
    size: int
    tested: dict[str, str]


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where backups go.

    Attributes:
        id: Random; the place itself holds it too, so that nothing is written beside a drive that
            is not there, and a stick is known again wherever it is plugged in.
        path: A folder; of a stick, where it was last.
        kind: One of `KINDS`.
        name: What people call it.
        seen: What lay there when it was last reached, the newest first.
        tried: When it was last looked at (`stamp`); empty: never.
        trouble: Name of the error then; empty: none.
        beside: Names what was laid beside the backups last: the registry and the purge ledger.
    """

    id: str
    path: str
    kind: str = "folder"
    name: str = ""
    seen: tuple[SeenBackup, ...] = ()
    tried: str = ""
    trouble: str = ""
    beside: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it lies inside the profile."""
        return self.id == HERE


@dataclass(frozen=True, slots=True)
class BackupNotes:
    """All of it.

    Attributes:
        places: The one inside the profile first.
        rooms: A day each: days since 1970, free bytes, bytes of the files.
    """

    places: tuple[BackupPlace, ...]
    rooms: tuple[tuple[int, int, int], ...] = ()

    def place(self, ident: str) -> BackupPlace | None:
        """One of the places."""
        return next((one for one in self.places if one.id == ident), None)

    def with_place(self, place: BackupPlace) -> "BackupNotes":
        """With one place added, or renewed."""
        if self.place(place.id) is None:
            return replace(self, places=(*self.places, place))
        renewed = tuple(place if one.id == place.id else one for one in self.places)
        return replace(self, places=renewed)

    def without(self, ident: str) -> "BackupNotes":
        """Without a place; what lies there stays."""
        return replace(self, places=tuple(one for one in self.places if one.id != ident))

    def with_room(self, day: int, free: int, files: int) -> "BackupNotes":
        """With today's room; one a day is kept."""
        others = tuple(one for one in self.rooms if one[0] != day)
        ordered = sorted((*others, (day, free, files)))
        return replace(self, rooms=tuple(ordered[-_MOST_DAYS:]))


def read_backups(profile: Path) -> BackupNotes:
    """The notes of a profile; where they cannot be read, only the place inside it is known."""
    here = BackupPlace(HERE, str(profile / FOLDER))
    try:
        told: dict[str, Any] = json.loads((profile / NAME).read_bytes())
        places = [_place(one) for one in told["places"]]
        rooms = tuple((int(a), int(b), int(c)) for a, b, c in told["rooms"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return BackupNotes((here,))
    known = next((one for one in places if one.is_here), here)
    kept = replace(known, path=here.path)  # the profile may have moved
    return BackupNotes((kept, *(one for one in places if not one.is_here)), rooms)


def keep_backups(profile: Path, notes: BackupNotes) -> None:
    """Write them.

    Raises:
        OSError: The old ones stand.
    """
    told = {"v": 1, "places": [asdict(one) for one in notes.places], "rooms": notes.rooms}
    write_private(profile / NAME, json.dumps(told, indent=1))


def _place(raw: dict[str, Any]) -> BackupPlace:
    ident, path, kind, name = (str(raw[each]) for each in ("id", "path", "kind", "name"))
    if not ident or kind not in KINDS:
        raise ValueError(NAME)
    tried, trouble, beside = (str(raw[each]) for each in ("tried", "trouble", "beside"))
    return BackupPlace(ident, path, kind, name, _seen(raw["seen"]), tried, trouble, beside)


def _seen(raw: Iterable[dict[str, Any]]) -> tuple[SeenBackup, ...]:
    return tuple(
        SeenBackup(
            str(one["moment"]), str(one["made"]), int(one["size"]),
            {str(k): str(v) for k, v in one["tested"].items()},
        )
        for one in raw
    )  # fmt: skip

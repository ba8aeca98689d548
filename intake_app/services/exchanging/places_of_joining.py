"""Where requests of new stations and their answers lie: a folder, a stick, or the trays.

The names are those of a store: `q/<station>` asks, `a/<station>` answers.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from intake_app.disk.atomic import write_whole
from intake_app.domain.enrolment_errors import NoPlace
from intake_app.domain.errors import StorageFailed
from intake_app.domain.ids import StationId

REQUESTS: Final = "q"
ANSWERS: Final = "a"

MOST_FILES: Final = 200
"""Of one folder that are looked at."""

_LARGEST: Final = 32 * 1024 * 1024
_REQUEST: Final = 64 * 1024
"""Bytes that are read of what may be a request."""


def request_name(station: StationId) -> str:
    """Name of a request in a store."""
    return f"{REQUESTS}/{station}"


def answer_name(station: StationId) -> str:
    """Name of an answer in a store."""
    return f"{ANSWERS}/{station}"


def put_into(place: Path, name: str, data: bytes) -> None:
    """Write an object into a folder that a person chose, and read it back.

    Raises:
        NoPlace: The folder is gone or cannot be written to.
        DiskFull: There is no space.
    """
    folder = place.parent if place.is_file() else place
    path = folder / name
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, data)
    except (OSError, StorageFailed) as error:
        raise NoPlace from error


def get_from(place: Path, name: str, largest: int = _LARGEST) -> bytes | None:
    """An object of a folder that a person chose, or the very file that they chose."""
    path = place if place.is_file() else place / name
    try:
        return path.read_bytes() if path.stat().st_size <= largest else None
    except OSError:
        return None


def take_away(place: Path, *names: str) -> None:
    """Remove what has done its work from a folder that a person chose, as far as that can be."""
    for name in names:
        with suppress(OSError):
            (place / name).unlink()


def files_in(place: Path, folder: str) -> Iterator[bytes]:
    """What lies in a part of a folder that a person chose, or the very file that they chose."""
    try:
        found = [place] if place.is_file() else sorted((place / folder).iterdir())[:MOST_FILES]
    except OSError:
        return
    for path in found:
        data = get_from(path, "", _REQUEST) if path.is_file() else None
        if data is not None:
            yield data

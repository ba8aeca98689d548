"""Reads a file that a person chose, and that may be anything, no further than it may be long."""

from pathlib import Path


def read_bounded(path: Path, most: int) -> bytes | None:
    """The bytes of a file; None: it is longer than `most`.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    return data if len(data) <= most else None

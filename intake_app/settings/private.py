"""Small files of a profile that nobody else on this computer reads, whole at every moment."""

import os
from pathlib import Path


def write_private(file: Path, text: str) -> None:
    """Replace a file: a new one beside it, on the disk, then in its place.

    Raises:
        OSError: The old one stands.
    """
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)  # rights are given where a file is made
    with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as made:
        made.write(text.encode())
        made.flush()
        os.fsync(made.fileno())
    fresh.replace(file)

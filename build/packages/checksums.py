"""`SHA256SUMS` beside the finished files; `sha256sum --check SHA256SUMS` reads it."""

import hashlib
import sys
from pathlib import Path

NAME = "SHA256SUMS"


def write(folder: Path) -> None:
    """Name every file of a folder with its hash, in the order of names."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != NAME)
    lines = [f"{_hash(path)}  {path.name}\n" for path in files]
    (folder / NAME).write_text("".join(lines), "utf-8")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    write(Path(sys.argv[1]))

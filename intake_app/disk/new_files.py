"""Files that somebody takes away: all of them whole and new, or none, and never half of one.

They are written under names that nobody takes for them, read back, and only then renamed. Whatever
happens in between (a full disk, a stick that is pulled, somebody who stops it) removes them.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from intake_app.disk.atomic import our_errors, sync_folder
from intake_app.domain.errors import StorageFailed
from intake_app.domain.export_errors import ExportStopped, FileIsThere

PART = ".part"
_AT_ONCE = 1 << 20


def write_new(files: Mapping[Path, bytes], is_stopped: Callable[[], bool] = lambda: False) -> None:
    """Write new files of one folder; none replaces what is there.

    Args:
        files: Their bytes by path.
        is_stopped: Asked again and again; once it says yes, nothing is left of them.

    Raises:
        FileIsThere: One of these names is taken.
        ExportStopped: Somebody stopped it.
        DiskFull: No space.
        StorageFailed: The disk refused, or gave back something else.
    """
    parts = {path: path.with_name(path.name + PART) for path in files}
    refuse_taken(files)
    made: list[Path] = []
    try:
        with our_errors():
            for path, data in files.items():
                _write(parts[path], data, is_stopped, made)
            for path in files:
                _rename(parts[path], path, made)
            for folder in {path.parent for path in files}:
                sync_folder(folder)
    except BaseException:
        for left in made:
            with suppress(OSError):
                left.unlink()
        raise


def refuse_taken(paths: Iterable[Path]) -> None:
    """Refuse names at which something lies, also a link that leads nowhere.

    Raises:
        FileIsThere: One of them is taken.
    """
    if any(os.path.lexists(path) for path in paths):
        raise FileIsThere


def _write(part: Path, data: bytes, is_stopped: Callable[[], bool], made: list[Path]) -> None:
    with suppress(FileNotFoundError):
        part.unlink()  # what a power cut left of an earlier one
    how = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    how |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(part, how, 0o600)
    made.append(part)
    view = memoryview(data)
    with open(descriptor, "wb") as file:
        for start in range(0, len(data), _AT_ONCE):
            if is_stopped():
                raise ExportStopped
            file.write(view[start : start + _AT_ONCE])
        file.flush()
        os.fsync(file.fileno())
    if part.read_bytes() != data:
        raise StorageFailed("read back")


def _rename(part: Path, path: Path, made: list[Path]) -> None:
    try:
        os.link(part, path)  # unlike a rename it never replaces what came in between
    except FileExistsError:
        raise FileIsThere from None
    except OSError:  # sticks know no links
        if os.path.lexists(path):
            raise FileIsThere from None
        os.rename(part, path)
        made.append(path)
        return
    made.append(path)
    part.unlink()

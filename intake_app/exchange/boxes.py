"""A tray of the profile: a folder that holds objects under the names that they have in a store."""

import contextlib
import os
import shutil
from pathlib import Path

from intake_app.disk.atomic import our_errors, sync_folder, write_whole
from intake_app.exchange import names


class Box:
    """`in/` or `out/` of a profile; fits `needs.Tray`.

    The carrier and the post room use it from two processes. An object is whole or absent at every
    moment, so neither waits for the other. Names are checked (`names.checked`: ValueError).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """An object, if it is there.

        Raises:
            StorageFailed: It is there and cannot be read.
        """
        with our_errors():
            try:
                return self._path(name).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def put(self, name: str, data: bytes) -> None:
        """All or nothing, durable and read back when this returns.

        Raises:
            DiskFull: Nothing was written.
            StorageFailed: The disk refused. Nothing was written.
        """
        path = self._path(name)
        with our_errors():
            self._make(path.parent)
        write_whole(path, data)

    def has(self, name: str) -> bool:
        """Whether an object is there."""
        return self._path(name).is_file()

    def size(self, name: str) -> int:
        """Bytes of an object; 0 where it is not there."""
        with contextlib.suppress(OSError):
            return self._path(name).stat().st_size
        return 0

    def room(self) -> int:
        """Bytes that are free on its disk.

        Raises:
            StorageFailed: Its profile is not there.
        """
        with our_errors():
            return shutil.disk_usage(self._folder.parent).free

    def names(self, folder: str) -> list[str]:
        """Names (with the folder) of the objects in a folder, sorted; "" is the tray itself.

        Raises:
            StorageFailed: The folder is there and cannot be read.
        """
        place = self._path(folder) if folder else self._folder
        before = f"{folder}/" if folder else ""
        with our_errors():
            try:
                found = [before + one.name for one in os.scandir(place) if one.is_file()]
            except (FileNotFoundError, NotADirectoryError):
                return []
        return sorted(filter(names.is_name, found))

    def folders(self, folder: str) -> list[str]:
        """Names of the folders in a folder, sorted; none where it is not there."""
        with our_errors():
            try:
                found = [f"{folder}/{one.name}" for one in os.scandir(self._path(folder))
                         if one.is_dir()]  # fmt: skip
            except (FileNotFoundError, NotADirectoryError):
                return []
        return sorted(filter(names.is_name, found))

    def remove(self, name: str) -> None:
        """Take an object away, if it is there.

        Raises:
            StorageFailed: It is there and cannot be taken away.
        """
        with our_errors(), contextlib.suppress(FileNotFoundError, NotADirectoryError):
            self._path(name).unlink()

    def _path(self, name: str) -> Path:
        return self._folder / names.checked(name)

    def _make(self, folder: Path) -> None:
        """The folder and those above it, each durable: an object is no safer than its folder."""
        if folder.is_dir():
            return
        if folder != self._folder.parent:
            self._make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)

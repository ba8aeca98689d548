"""Backups that can be reached from here: what was purged must go from them too.

A file of a backup is never changed where it lies. It is copied beside, what ended is taken out
there, and the manifest, signed anew, names both before the one takes the other's place: whoever is
killed in between has a backup that is whole.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

from intake_app.disk.atomic import our_errors, sync_folder, write_whole
from intake_app.disk.backup_folder import Shelf, copy_file, hash_of, nobody
from intake_app.domain.backup import MANIFEST, TESTED, FileLine, Manifest, Tested, read_manifest
from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import CannotOpen, Damaged, IntakeError, WrongKey
from intake_app.domain.roles import Compartment as Name
from intake_app.storage.backup_files import examine
from intake_app.storage.compartment import Compartment
from intake_app.storage.drafts import Drafts
from intake_app.storage.driver import open_unchanging
from intake_app.storage.upkeep import Upkeep

_FRESH: Final = ".new"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup that is known here.

    Attributes:
        name: Of its place, where it is another than this computer, and its own.
        made: Its day (YYYY-MM-DD).
    """

    name: str
    made: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place for backups.

    Attributes:
        name: What people call it; empty: inside the profile.
        shelf: What lies there; None: it does not answer.
        seen: By moment, when each was made, as it was seen last.
    """

    name: str
    shelf: Shelf | None
    seen: Mapping[str, str]


class Signs(Protocol):
    """Of `vault.backup_seal.BackupSeal`."""

    def sign(self, said: Mapping[str, Any]) -> str:
        """A text signed as this station."""
        ...

    def read(self, text: str) -> Mapping[str, Any]:
        """What a station of this department signed."""
        ...

    def file_keys(self, backup: Path, compartment: Name) -> Sequence[bytes]:
        """The keys that may open a file of a backup."""
        ...


class Copies:
    """Fits `services.needs.ending.Copies`.

    Args:
        places: Looks at all places.
        seal: Keys of who is signed in.
        clock: For the audit lines.
    """

    def __init__(self, places: Callable[[], Sequence[Place]], seal: Signs, clock: Clock) -> None:
        self._places, self._seal, self._clock = places, seal, clock
        self._known: dict[str, tuple[Shelf | None, str]] = {}

    def backups(self) -> list[Backup]:
        """All backups that are known, the oldest first; nothing is opened.

        Those of a place that does not answer are named as they were seen last.
        """
        found: list[Backup] = []
        self._known = {}
        for place in self._places():
            moments = place.shelf.moments() if place.shelf else list(place.seen)
            for moment in moments:
                name = f"{place.name} {moment}".strip()
                self._known[name] = place.shelf, moment
                found.append(Backup(name, f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}"))
        return sorted(found, key=lambda one: (one.made, one.name))

    @contextlib.contextmanager
    def opened(self, backup: str, compartment: Name) -> Generator[Compartment | None]:
        """A file inside a backup, to look at; None where it is not there or does not open."""
        file = None
        with contextlib.suppress(IntakeError, OSError):
            shelf, moment = self._found(backup)
            path = shelf.root / moment / f"{compartment}.db"
            file = self._open(path, compartment)
        try:
            yield file
        finally:
            if file is not None:
                file.close()

    @contextlib.contextmanager
    def changing(self, backup: str, compartment: Name) -> Generator[Compartment | None]:
        """The same, to take out of it what ended; the backup is whole at every moment.

        Raises:
            DiskFull: It could not be written anew, and is as it was.
            StorageFailed: The same, for another reason.
        """
        try:
            shelf, moment = self._found(backup)
            manifest = read_manifest(self._seal.read(shelf.text(moment)))
            fresh, key = self._copied(shelf, moment, compartment)
        except (CannotOpen, Damaged, WrongKey, FileNotFoundError):
            yield None
            return
        file = Compartment.open(fresh, key, self._clock)
        try:
            yield file
            Upkeep(file).rewrite(lambda: False)  # nobody waits for a copy
        except BaseException:
            file.close()
            _clear(fresh)
            raise
        file.close()
        self._put_in(shelf, manifest, compartment, key)

    def drafts(self, file: Any) -> Drafts:  # noqa: ANN401 (a `Compartment`; services know it as Records)
        """The drafts in a file that was opened here."""
        return Drafts(file.database)

    def behind(self, orders: int) -> list[tuple[str, Name]]:
        """Files of backups in reach in which not so many orders of the ledger were carried out.

        Only those that open from here are named.
        """
        found: list[tuple[str, Name]] = []
        for one in self.backups():
            shelf, moment = self._known[one.name]
            with contextlib.suppress(Damaged):
                manifest = shelf.manifest(moment) if shelf else None
                for name in manifest.compartments if shelf and manifest else ():
                    line = manifest.line(f"{name}.db") if manifest else None
                    is_behind = line is not None and line.purged < orders
                    if is_behind and shelf and self._seal.file_keys(shelf.root / moment, name):
                        found.append((one.name, name))
        return found

    def note_cleared(self, backup: str, compartment: Name, orders: int) -> None:
        """So many orders of the ledger were carried out in a file of a backup.

        Raises:
            DiskFull: It is looked at again.
            StorageFailed: The same.
        """
        with contextlib.suppress(CannotOpen, Damaged, FileNotFoundError):
            shelf, moment = self._found(backup)
            manifest = read_manifest(self._seal.read(shelf.text(moment)))
            line = manifest.line(f"{compartment}.db")
            if line is not None:
                self._write(shelf, manifest, replace(line, purged=orders))

    # --- inside -------------------------------------------------------------------------------

    def _found(self, backup: str) -> tuple[Shelf, str]:
        if backup not in self._known:
            self.backups()
        shelf, moment = self._known.get(backup, (None, ""))
        if shelf is None:
            raise FileNotFoundError(moment)
        return shelf, moment

    def _open(self, path: Path, compartment: Name) -> Compartment | None:
        for key in self._seal.file_keys(path.parent, compartment):
            with contextlib.suppress(WrongKey):
                return Compartment(open_unchanging(path, key), self._clock)
        return None

    def _copied(self, shelf: Shelf, moment: str, compartment: Name) -> tuple[Path, bytes]:
        path = shelf.root / moment / f"{compartment}.db"
        fresh = path.with_name(path.name + _FRESH)
        for key in self._seal.file_keys(path.parent, compartment):
            with contextlib.suppress(WrongKey):
                open_unchanging(path, key).conn.close()
                _clear(fresh)
                copy_file(path, fresh)
                log = path.with_name(f"{path.name}-wal")
                if log.is_file():  # it was copied as its last user left it
                    shutil.copy(log, fresh.with_name(f"{fresh.name}-wal"))
                return fresh, key
        raise WrongKey("backup")

    def _put_in(self, shelf: Shelf, manifest: Manifest, compartment: Name, key: bytes) -> None:
        folder = shelf.root / manifest.moment
        path = folder / f"{compartment}.db"
        fresh = path.with_name(path.name + _FRESH)
        try:
            found = examine(fresh, key, nobody)
            if found.faults:
                raise Damaged("backup")
            old = manifest.line(path.name)
            line = FileLine(
                path.name, fresh.stat().st_size, hash_of(fresh), hash_of(path), is_read=True,
                purged=old.purged if old else 0,
            )  # fmt: skip
            tested = Tested(
                manifest.moment,
                str(compartment),
                line.sha256,
                stamp(self._clock),
                found.records,
                found.digest,
                found.audit,
            )
            self._write(shelf, manifest, line)
            with our_errors():
                os.replace(fresh, path)
                sync_folder(folder)
                path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
        finally:
            _clear(fresh)
        text = self._seal.sign(tested.told())
        write_whole(folder / f"{compartment}{TESTED}", text.encode())

    def _write(self, shelf: Shelf, manifest: Manifest, line: FileLine) -> None:
        log = f"{line.name}-wal"
        kept = [one for one in manifest.files if one.name not in {line.name, log}]
        logs = [one for one in manifest.files if one.name == log and not line.is_read]
        told = replace(manifest, files=(*kept, line, *logs)).told()
        write_whole(shelf.root / manifest.moment / MANIFEST, self._seal.sign(told).encode())


def _clear(fresh: Path) -> None:
    for end in ("", "-wal", "-shm"):
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)

"""Tests backups: only what was opened and looked through is called good.

What nobody who is signed in can open waits, copied, until somebody signs in who can.
"""

from collections.abc import Mapping
from dataclasses import replace

from intake_app.disk.atomic import write_whole
from intake_app.disk.backup_folder import Shelf, hash_of
from intake_app.domain.backup import TESTED, Manifest, Seen, Tested, read_manifest, read_tested
from intake_app.domain.backup_errors import BackupBroken
from intake_app.domain.clock import stamp
from intake_app.domain.errors import CannotOpen, Damaged, StorageFailed, StoreMissing, WrongKey
from intake_app.domain.roles import Compartment
from intake_app.services.backup.parts import parts_of
from intake_app.services.desk import Desk
from intake_app.services.needs.backup import BackupParts, Found, Wanted


def signed_manifest(parts: BackupParts, shelf: Shelf, moment: str) -> Manifest:
    """What a backup says, signed by a station of this department.

    Raises:
        BackupBroken: It cannot be read, or nobody signed it.
    """
    try:
        manifest = read_manifest(parts.seal.read(shelf.text(moment)))
    except (CannotOpen, Damaged) as error:
        raise BackupBroken from error
    if manifest.moment != moment or manifest.profile != parts.seal.profile:
        raise BackupBroken
    return manifest


def contents_now(desk: Desk, is_wanted: Wanted) -> Mapping[Compartment, Found]:
    """What the files that are open hold, to compare a backup that was just made with."""
    files = parts_of(desk).files
    return {name: files.contents(name, is_wanted) for name in Compartment if files.is_open(name)}


def look_through(
    desk: Desk, shelf: Shelf, moment: str, is_wanted: Wanted,
    expected: Mapping[Compartment, Found] | None = None,
) -> Seen | None:  # fmt: skip
    """Test what is not tested yet and can be opened; how the backup stands then.

    Args:
        desk: Who is signed in.
        shelf: Where it lies.
        moment: Which.
        is_wanted: Whether somebody waits.
        expected: What the files held when it was made.

    Raises:
        SomebodyWaits: It goes on later; what was tested is kept.
        BackupBroken: Its manifest is not signed by this department.
        DiskFull: There is no room to write down that it is good.
        StorageFailed: The same, for another reason.
    """
    parts = parts_of(desk)
    manifest = signed_manifest(parts, shelf, moment)
    for name in manifest.compartments:
        if _is_looked_at(parts, shelf, manifest, name):
            continue
        if not parts.seal.file_keys(shelf.root / moment, name):
            continue
        tested = _test(desk, shelf, manifest, name, is_wanted)
        if expected and name in expected and not _agrees(parts, name, tested, expected[name]):
            tested = _failed(desk, manifest, name, tested.sha256)
        if tested.faults:
            desk.station.note(replace(desk.act("test backups"), outcome="failed"))
        text = parts.seal.sign(tested.told())
        write_whole(shelf.root / moment / f"{name}{TESTED}", text.encode())
    return shelf.seen(moment)


def believed(parts: BackupParts, shelf: Shelf) -> list[Seen]:
    """The backups of a place that a station of this department signed, the newest first.

    A test that none signed is as if it had not been made.
    """
    found: list[Seen] = []
    for seen in shelf.all_seen():
        try:
            signed_manifest(parts, shelf, seen.moment)
        except BackupBroken:
            continue
        tested = {
            name: at if at and _is_signed(parts, shelf, seen.moment, name) else ""
            for name, at in seen.tested.items()
        }
        found.append(replace(seen, tested=tested))
    return found


def _is_signed(parts: BackupParts, shelf: Shelf, moment: str, name: str) -> bool:
    try:
        parts.seal.read(shelf.test_text(moment, Compartment(name)))
    except CannotOpen:
        return False
    return True


def _is_looked_at(
    parts: BackupParts, shelf: Shelf, manifest: Manifest, name: Compartment
) -> bool:  # fmt: skip
    """Whether a file was tested as it lies there now, and found good or not."""
    try:
        found = read_tested(parts.seal.read(shelf.test_text(manifest.moment, name)))
    except (CannotOpen, Damaged):
        return False
    line = manifest.line(f"{name}.db")
    is_this = (found.moment, found.compartment) == (manifest.moment, str(name))
    return is_this and line is not None and found.sha256 == line.sha256


def _test(
    desk: Desk, shelf: Shelf, manifest: Manifest, name: Compartment, is_wanted: Wanted
) -> Tested:
    parts, folder = parts_of(desk), shelf.root / manifest.moment
    path = folder / f"{name}.db"
    line = manifest.line(path.name)
    said = line.sha256 if line else ""
    try:
        digest = hash_of(path, is_wanted)
        if line is None or digest not in {line.sha256, line.was}:
            return _failed(desk, manifest, name, said)
        found = parts.files.examine(path, parts.seal.file_keys(folder, name), is_wanted)
    except (Damaged, WrongKey, StoreMissing, StorageFailed):
        return _failed(desk, manifest, name, said)
    return Tested(
        manifest.moment, str(name), digest, stamp(desk.clock), found.records, found.digest,
        found.audit, len(found.faults),
    )  # fmt: skip


def _agrees(parts: BackupParts, name: Compartment, tested: Tested, now: Found) -> bool:
    """Whether a copy holds what the file held; another process may have gone on since."""
    if tested.faults:
        return False
    if tested.audit == now.audit:
        return (tested.records, tested.digest) == (now.records, now.digest)
    return parts.files.is_in_chain(name, now.audit, now.head)


def _failed(desk: Desk, manifest: Manifest, name: Compartment, sha256: str) -> Tested:
    return Tested(manifest.moment, str(name), sha256, stamp(desk.clock), 0, "", 0, faults=1)

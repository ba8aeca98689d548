"""How long lines of the audit trail are kept: older ones are archived, signed, and cut off.

An archive is a signed export, sealed to the privacy officer, in the folder `audit` of the profile.
Only when it lies there, and a signed fact says so, the lines leave the file; the chain goes on from
the place where it was cut. A kill at any moment leaves them in the file, in the archive, or both.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain.audit_trail import Place, Standing, placed
from intake_app.domain.clock import stamp_at
from intake_app.domain.errors import CannotOpen, DiskFull, RecordMissing, StorageFailed
from intake_app.domain.ids import StationId
from intake_app.domain.record import Record
from intake_app.domain.roles import READS, Compartment, May
from intake_app.services.audit.batches import sealed_through
from intake_app.services.audit.export_file import Run, write_export
from intake_app.services.audit.parts import newest_first, parts_of, read_fact, signed_fact
from intake_app.services.desk import Desk
from intake_app.services.needs.audit import AuditParts, Trail
from intake_app.settings.audit_policy import read_audit_policy

ARCHIVE: Final = "audit.archive"
"""Kind of the fact that says where archived lines lie."""

_MOST: Final = 12_000
"""Lines of one archive."""

_YEAR: Final = timedelta(days=365.25)
_MONTH: Final = timedelta(days=30)
_CHECKED: Final = "audit years checked"
_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Archive:
    """Lines that left a file.

    Attributes:
        station: Whose.
        file: Of which file.
        begin: The place before the first.
        end: The place of the last.
        name: Where it lies, on the shelf of its station.
        sha256: Of its sealed bytes.
    """

    station: StationId
    file: Compartment
    begin: Place
    end: Place
    name: str
    sha256: str


def archive_old_lines(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """In spare time, once a month: archive and cut off what is older than the department keeps.

    Where the disk is full they stay where they are, and it is tried again another day.
    """
    if desk.audit is None:
        return True
    try:
        return _archive_old(desk, desk.audit, is_wanted)
    except (DiskFull, StorageFailed):
        return True


def archives(desk: Desk) -> list[Archive]:
    """All archives of all stations that hold good, the oldest first."""
    found = (_read(desk, record) for record in desk.station.of_kind(ARCHIVE))
    return [one for one in found if one is not None]


def open_archive(desk: Desk, name: str) -> bytes:
    """The signed export that lies in an archive of this station.

    Raises:
        NotAllowed: This person may not export the trail.
        NoGrant: Who is signed in is no privacy officer.
        RecordMissing: It does not lie here.
        CannotOpen: It was altered.
    """
    desk.require(May.EXPORT_AUDIT)
    found = next((one for one in archives(desk) if one.name == name), None)
    sealed = parts_of(desk).shelf.get(name) if found else None
    if found is None or sealed is None:
        raise RecordMissing(name)
    if hashlib.sha256(sealed).hexdigest() != found.sha256:
        raise CannotOpen("archive")
    desk.station.note(desk.act("export audit archive"))
    return parts_of(desk).oversight.open(found.file, name, sealed)[1]


def was_archived(desk: Desk, trail: Trail, anchor: Place) -> bool:
    """Whether a chain was cut off at a place by the program, with an archive."""
    for record in newest_first(desk, ARCHIVE):
        found = _read(desk, record)
        if found is not None and (found.station, found.end) == (trail.station, anchor):
            return True
    return False


# --- inside ---------------------------------------------------------------------------------


def _archive_old(desk: Desk, parts: AuditParts, is_wanted: Callable[[], bool]) -> bool:
    years = max(desk.agency.audit_years, read_audit_policy().least_years)
    limit = stamp_at(desk.clock.local() - _YEAR * years)
    for compartment, trail in parts.trails.items():
        looked = parts.looked.get(compartment)
        if looked is None or looked.standing is Standing.BROKEN or not _is_due(desk, trail):
            continue
        while (through := _old_part(trail, limit)) is not None:
            if is_wanted():
                return False
            _archive(desk, compartment, trail, through)
        trail.set_note(_CHECKED, desk.clock.now().isoformat())
    return True


def _is_due(desk: Desk, trail: Trail) -> bool:
    last = trail.note(_CHECKED)
    if not last:
        return True
    at, now = datetime.fromisoformat(last), desk.clock.now()
    return not at <= now < at + _MONTH


def _old_part(trail: Trail, limit: str) -> Place | None:
    """Up to where lines go now: old enough, and in batches already."""
    old, begin = trail.older_than(limit), trail.anchor()
    if old is None:
        return None
    last = min(old.n, sealed_through(trail).n, begin.n + _MOST)
    return trail.place(last) if last > begin.n else None


def _archive(desk: Desk, compartment: Compartment, trail: Trail, through: Place) -> None:
    parts, begin = parts_of(desk), trail.anchor()
    name = f"{trail.station}.{compartment}.{begin.n + 1}-{through.n}"
    known = next((one for one in archives(desk) if one.name == name), None)
    held = parts.shelf.get(name)
    is_safe = (
        known is not None and held is not None and known.end == through
        and hashlib.sha256(held).hexdigest() == known.sha256
    )  # fmt: skip
    if not is_safe:
        lines = [x for x in trail.after(begin.n, through.n - begin.n) if x.n <= through.n]
        where = (trail.station, trail.epoch, compartment)
        run = Run(*where, begin, placed(where, begin, lines))
        data = write_export(desk, [run], "archive")
        sealed = parts.oversight.seal(compartment, name, data)
        parts.shelf.put(name, sealed)
        said = {
            "station": trail.station, "file": str(compartment), "begin": begin.text,
            "end": through.text, "name": name, "sha256": hashlib.sha256(sealed).hexdigest(),
        }  # fmt: skip
        change = signed_fact(desk, ARCHIVE, said, {"file": str(compartment)})
        desk.station.apply([change], desk.act("archive audit lines"))
    trail.cut(through, desk.act("archive audit lines"))


def _read(desk: Desk, record: Record) -> Archive | None:
    try:
        file = Compartment(str(record.values.get("file")))
    except ValueError:
        return None
    read = read_fact(desk, record, READS[file])
    if read is None:
        return None
    said = read[1]
    try:
        return Archive(
            StationId(str(said["station"])), Compartment(said["file"]),
            Place.of_text(str(said["begin"])), Place.of_text(str(said["end"])),
            str(said["name"]), str(said["sha256"]),
        )  # fmt: skip
    except _FAILED:
        return None

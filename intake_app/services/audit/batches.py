"""Lines of the audit trail, sealed in batches to the privacy officer and kept in `station`.

Whoever has a file open seals its new lines: ids and acts, no values. The batches travel to all
stations, so that the privacy officer sees every access of the department at their own desk, and so
that no station can quietly write its past anew: where each batch ends is signed and known to all.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from intake_app.domain.act import AuditLine
from intake_app.domain.audit_kind import ActKind, kind_of
from intake_app.domain.audit_trail import Place, Standing, TrailLine, placed, unchained
from intake_app.domain.clock import stamp
from intake_app.domain.errors import BadRegistry, CannotOpen, DiskFull, StorageFailed
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId
from intake_app.domain.notable import Near, key_of
from intake_app.domain.plain_json import canonical
from intake_app.domain.record import Record
from intake_app.domain.roles import READS, Compartment
from intake_app.services.audit.nearness import near_lines
from intake_app.services.audit.parts import SIGNED, parts_of, read_fact, signed_fact
from intake_app.services.desk import Desk
from intake_app.services.needs.audit import Trail

BATCH: Final = "audit.batch"
"""Kind of the fact that holds a batch."""

SEALED: Final = "audit sealed"
"""Note of a file: up to where its lines are in batches (`Place.text`)."""

_SEALING: Final = "seal audit lines"
_SEALED_AT: Final = "audit sealed at"
_BETWEEN: Final = timedelta(hours=12)
_SOON: Final = 500
"""So many lines do not wait."""

_MOST: Final = 4_000
"""Lines of one batch."""

_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Batch:
    """Where a batch lies, and which lines it holds.

    Attributes:
        id: Of its fact.
        station: Whose lines.
        epoch: In which run of that station.
        file: Of which file.
        begin: The place before its first line.
        end: The place of its last line.
        first_day: Day of its first line (YYYY-MM-DD).
        until: When its last line was written (`stamp`).
        standing: How the chain stood when it was made.
        sealed: Its bytes, by their hash.
        by: Who made it.
    """

    id: RecordId
    station: StationId
    epoch: Epoch
    file: Compartment
    begin: Place
    end: Place
    first_day: str
    until: str
    standing: Standing
    sealed: str
    by: UserId


@dataclass(frozen=True, slots=True)
class Opened:
    """Lines of batches that were opened.

    Attributes:
        lines: Each once.
        near: By the key of a line, how near its person is to the reader.
        unreadable: Ids of batches that do not open, or are not what they say.
    """

    lines: list[TrailLine]
    near: dict[str, Near] = field(default_factory=dict[str, Near])
    unreadable: list[RecordId] = field(default_factory=list[RecordId])


def seal_batches(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """Seal the new lines of each open file that are due; whether all was done.

    Where the disk is full they wait.
    """
    if desk.audit is None:
        return True
    with suppress(DiskFull, StorageFailed):
        for compartment, trail in desk.audit.trails.items():
            while _is_due(desk, trail):
                if is_wanted():
                    return False
                _seal_one(desk, compartment, trail)
    return True


def seal_now(desk: Desk) -> None:
    """Seal all lines of the open files, due or not: what is to be reviewed must be whole."""
    for compartment, trail in parts_of(desk).trails.items():
        until = trail.head().n
        while sealed_through(trail).n < until:
            _seal_one(desk, compartment, trail)


def sealed_through(trail: Trail) -> Place:
    """Up to where the lines of a file are in batches."""
    done, begin = Place.of_text(trail.note(SEALED)), trail.anchor()
    return done if done.n >= begin.n else begin


def claimed_batches(desk: Desk) -> list[Batch]:
    """All batches as they claim to be, the oldest first; after years there are thousands.

    What is opened proves itself. Whoever believes one without opening it asks `holds_good`.
    """
    found = (claimed(desk, record) for record in desk.station.of_kind(BATCH))
    return [batch for batch in found if batch is not None]


def batches(desk: Desk) -> list[Batch]:
    """All batches that hold good, the oldest first."""
    return [one for one in claimed_batches(desk) if holds_good(desk, one)]


def newest_batches(desk: Desk, most: int) -> list[Batch]:
    """The newest batches that hold good, the newest first."""
    found: list[Batch] = []
    for row in desk.station.newest(BATCH, most):
        record = desk.station.record(row.record)
        batch = claimed(desk, record) if record else None
        if batch is not None and holds_good(desk, batch):
            found.append(batch)
    return found


def holds_good(desk: Desk, batch: Batch) -> bool:
    """Whether a batch was signed, as it stands, by who holds the key of its file."""
    record = desk.station.record(batch.id)
    read = read_fact(desk, record, READS[batch.file]) if record else None
    return read is not None and read[0] == batch.by


def claimed(desk: Desk, record: Record) -> Batch | None:
    """A batch as its fact claims to be; None: it is none."""
    said = parts_of(desk).signer.peek(str(record.values.get(SIGNED) or ""))
    try:
        if said["id"] != record.id or said["station"] != record.values.get("station"):
            return None
        return Batch(
            record.id, StationId(str(said["station"])), Epoch(str(said["epoch"])),
            Compartment(said["file"]),
            Place.of_text(str(said["begin"])), Place.of_text(str(said["end"])),
            str(said["first_day"]), str(said["until"]), Standing(said["standing"]),
            str(said["sealed"]), UserId(str(said["by"])),
        )  # fmt: skip
    except _FAILED:
        return None


def open_batches(desk: Desk, some: Iterable[Batch]) -> Opened:
    """Open batches as a privacy officer; of lines that came twice, one.

    What does not open and was not even signed by a holder is nobody's batch, and passed over.

    Raises:
        NoGrant: Who is signed in is no privacy officer.
    """
    parts, found = parts_of(desk), Opened([])
    known: set[str] = set()
    for batch in some:
        body = desk.station.blob(batch.sealed)
        try:
            by, plain = parts.oversight.open(batch.file, _place(batch), body or b"")
            lines, near = _read(batch, json.loads(plain))
            is_whole = by == batch.by
        except (CannotOpen, BadRegistry, *_FAILED):
            lines, near, is_whole = list[TrailLine](), dict[int, Near](), False
        if not is_whole:
            if holds_good(desk, batch):
                found.unreadable.append(batch.id)
            continue
        for line in lines:
            key = key_of(line)
            if line.line.n in near:
                found.near[key] = near[line.line.n]
            if key not in known:
                known.add(key)
                found.lines.append(line)
    return found


def open_tails(desk: Desk) -> Opened:
    """Lines of the files that are open here, and in no batch yet."""
    found = Opened([])
    for compartment, trail in parts_of(desk).trails.items():
        begin = sealed_through(trail)
        lines = trail.after(begin.n)
        where = (trail.station, trail.epoch, compartment)
        found.lines.extend(placed(where, begin, lines))
        near = near_lines(desk, trail, lines)
        found.near.update({
            key_of(one): near[one.line.n] for one in found.lines
            if one.file is compartment and one.line.n in near
        })  # fmt: skip
    return found


def gaps(desk: Desk, some: Iterable[Batch], every: Iterable[Batch]) -> list[Batch]:
    """Those batches before which lines are missing: none that holds good ends where they begin."""
    ends: dict[tuple[str, str, Place], list[Batch]] = {}
    for one in every:
        ends.setdefault((one.station, one.file, one.end), []).append(one)
    return [
        one for one in some
        if one.begin.n and not any(
            holds_good(desk, before) for before in ends.get((one.station, one.file, one.begin), ())
        )
    ]  # fmt: skip


# --- inside ---------------------------------------------------------------------------------


def _is_due(desk: Desk, trail: Trail) -> bool:
    new = trail.after(sealed_through(trail).n, _SOON)
    if not any(_is_told(line) for line in new):
        return False
    last, now = trail.note(_SEALED_AT), desk.clock.now()
    if not last or len(new) >= _SOON:
        return True
    at = datetime.fromisoformat(last)
    is_over = not at <= now < at + _BETWEEN  # a clock that was put back blocks nothing
    return is_over or bool(near_lines(desk, trail, new))  # an alert does not wait


def _is_told(line: AuditLine) -> bool:
    """Whether a line is worth a batch: the exchange and batches themselves would cause new ones."""
    return kind_of(line.act.what) is not ActKind.SYSTEM and line.act.what != _SEALING


def _seal_one(desk: Desk, compartment: Compartment, trail: Trail) -> None:
    parts, begin = parts_of(desk), sealed_through(trail)
    lines = trail.after(begin.n, _MOST)
    end = Place(lines[-1].n, lines[-1].chain)
    looked = parts.looked.get(compartment)
    near = near_lines(desk, trail, lines)
    body = canonical({
        "lines": [[x.at, x.act.user, x.act.what, x.act.record, x.act.outcome] for x in lines],
        "near": {str(n): how for n, how in near.items()},
    })  # fmt: skip
    place = _named(trail.station, trail.epoch, begin, end)
    sealed = parts.oversight.seal(compartment, place, body)
    sha256 = hashlib.sha256(sealed).hexdigest()
    said = {
        "station": trail.station, "epoch": trail.epoch, "file": str(compartment),
        "begin": begin.text, "end": end.text, "first_day": lines[0].at[:10],
        "until": lines[-1].at, "sealed": sha256,
        "standing": str(looked.standing if looked else Standing.WHOLE),
    }  # fmt: skip
    plain = {"station": trail.station, "file": str(compartment), "sealed": sha256}
    change = signed_fact(desk, BATCH, said, plain)
    desk.station.apply([change], desk.act(_SEALING), {sha256: sealed})
    trail.set_note(SEALED, end.text)
    trail.set_note(_SEALED_AT, stamp(desk.clock))


def _read(batch: Batch, said: Any) -> tuple[list[TrailLine], dict[int, Near]]:  # noqa: ANN401
    rows = [tuple(str(part) for part in row) for row in said["lines"]]
    lines = unchained(batch.begin, rows)  # pyright: ignore[reportArgumentType]
    if not lines or Place(lines[-1].n, lines[-1].chain) != batch.end:
        raise ValueError("the lines do not lead where the batch ends")
    near = {int(n): Near(how) for n, how in said["near"].items()}
    return placed((batch.station, batch.epoch, batch.file), batch.begin, lines), near


def _place(batch: Batch) -> str:
    return _named(batch.station, batch.epoch, batch.begin, batch.end)


def _named(station: StationId, epoch: Epoch, begin: Place, end: Place) -> str:
    return f"{station}.{epoch} {begin.text} {end.text}"

"""Exports, in the order of everything that leaves: prepared and shown, noted, and then written.

What was prepared lies in memory. When a person has seen what would leave and says yes, it is asked
once more whether it still may; that it leaves is noted in each file that it is of (and, where it
names people or goes by their consent, with each of them); and then its files are written, all or
none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from intake_app.disk.new_files import refuse_taken, write_new
from intake_app.domain import facts
from intake_app.domain.clock import stamp
from intake_app.domain.entry import require_day
from intake_app.domain.errors import BadEntry
from intake_app.domain.export import Reach
from intake_app.domain.export_errors import ChangedSince, NothingToExport
from intake_app.domain.ids import UserId, new_record_id
from intake_app.domain.roles import Compartment, May
from intake_app.services.consents.consents import held_of
from intake_app.services.consents.disclosed import Disclosed, disclosure_fact
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import Agreement, require_agreement
from intake_app.services.exports.ask import (
    CONSENT,
    ExportAsk,
    ExportKind,
    ExportPart,
    Prepared,
    Steps,
)
from intake_app.services.exports.kinds import kind_named, kinds_for
from intake_app.services.exports.reasons import require_reason
from intake_app.services.measures.released_before import EXPORT, how_often_figures_left
from intake_app.services.needs.files import Records
from intake_app.services.records.event_parts import EVENT
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.writing import fact

if TYPE_CHECKING:
    from intake_app.domain.change import Change, Value
    from intake_app.domain.record import Record

HOW: Final = "export"
_AT_ONCE: Final = 500
_FILES: Final = (Compartment.STATION, Compartment.CARE, Compartment.CASES)


@dataclass(frozen=True, slots=True)
class Exported:
    """An export that left.

    Attributes:
        at: When: local time with offset.
        by: Who saved it, by shown name.
        kind: Which.
        since: First day.
        until: Last day.
        to: To whom.
        paper: Under which agreement.
        rows: How many lines, of this file.
        people: Of how many people.
        reach: How near it came to a person.
        file: Of which file of people; `STATION`: of nobody.
    """

    at: str
    by: str
    kind: str
    since: str
    until: str
    to: str
    paper: str
    rows: int
    people: int
    reach: Reach
    file: Compartment


def exports_of(desk: Desk) -> list[ExportKind]:
    """What this person may export.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.EXPORT_RECORDS)
    return kinds_for(desk)


def prepare_export(desk: Desk, ask: ExportAsk) -> Steps:
    """Prepare an export in steps; nothing leaves by this.

    Raises:
        NotAllowed: Not in one's roles.
        ExportMissing: There is no such export here.
        BadEntry: The days are none, or end before they begin.
        AgreementNeeded: No agreement holds under which lines about people may leave.
        ReasonNeeded: It tells days or names, and nobody said why it may.
        NothingToExport: There is nothing in these days.
    """
    desk.require(May.EXPORT_RECORDS)
    kind = _asked(desk, ask)
    desk.station.note(desk.act("export records: prepare"))
    if kind.reach_of(ask) > Reach.NOBODY:  # lines of people can be looked at from here on
        for file in (desk.open_file(name) for name in kind.files):
            if file is not None:
                file.note(desk.act("export records: prepare"))
    return kind.prepare(desk, ask)


def save_export(
    desk: Desk, prepared: Prepared, path: Path, is_stopped: Callable[[], bool] = lambda: False
) -> tuple[Path, ...]:
    """Note that an export leaves, and write it.

    Args:
        desk: Whose.
        prepared: What a person has seen.
        path: Its first file; the others lie beside it.
        is_stopped: Asked while files are written; once it says yes, nothing is left of them.

    Returns:
        Its files.

    Raises:
        NotAllowed: Not in one's roles.
        ChangedSince: Something that is in it changed, or a consent does not stand any more.
        AgreementNeeded, ReasonNeeded, ExportMissing: As for preparing.
        NothingToExport: Nothing is in it.
        FileIsThere: One of its names is taken; nothing was noted.
        DiskFull, StorageFailed, ExportStopped: It was not written; the note stays.
    """
    desk.require(May.EXPORT_RECORDS)
    kind = _asked(desk, prepared.ask)
    if not prepared.rows:
        raise NothingToExport
    to = _agreement(desk, kind, prepared.ask)
    _require_unchanged(desk, prepared, to)
    files = {_beside(path, one.ending): one.data for one in prepared.files}
    refuse_taken(files)
    _note(desk, prepared, to)
    write_new(files, is_stopped)
    return tuple(files)


def file_name(prepared: Prepared) -> str:
    """What its first file may be called: the export and its days, and nothing of anybody."""
    ask = prepared.ask
    mark = "not-for-release-" if ask.is_internal else ""
    return f"{mark}{ask.kind}-{ask.since}-{ask.until}{prepared.files[0].ending}"


def exported(desk: Desk) -> list[Exported]:
    """What left of the files that are open here, the latest first.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.EXPORT_RECORDS)
    found = [
        _exported(desk, record, name)
        for name in _FILES
        if (file := desk.open_file(name)) is not None
        for record in file.of_kind(EXPORT)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


# --- inside -----------------------------------------------------------------------------


def _asked(desk: Desk, ask: ExportAsk) -> ExportKind:
    if require_day(ask.since) > require_day(ask.until):
        raise BadEntry("days")
    kind = kind_named(desk, ask.kind)
    _ = _agreement(desk, kind, ask)
    require_reason(desk, ask, kind.reach_of(ask))
    return kind


def _agreement(desk: Desk, kind: ExportKind, ask: ExportAsk) -> Agreement | None:
    """The agreement that it goes under; figures need none, and may name one all the same."""
    if kind.reach_of(ask) > Reach.NOBODY or ask.agreement:
        return require_agreement(desk, ask.agreement)
    return None


def _beside(path: Path, ending: str) -> Path:
    return path if ending == path.suffix else path.with_name(path.stem + ending)


def _file(desk: Desk, compartment: Compartment) -> Records:
    file = desk.open_file(compartment)
    if file is None:
        raise ChangedSince("file")
    return file


def _require_unchanged(desk: Desk, prepared: Prepared, to: Agreement | None) -> None:
    if prepared.figures and how_often_figures_left(desk) != prepared.after:
        raise ChangedSince("released")  # others left meanwhile; these did not look at them
    for name, part in prepared.parts.items():
        file = _file(desk, name)
        if not _all_stand(file, part):
            raise ChangedSince("record")
        if prepared.reach is Reach.NAMED or part.consents:
            _require_standing(desk, file, part, to)


def _all_stand(file: Records, part: ExportPart) -> bool:
    """Whether nothing of it was purged, entered in error or kept from this person meanwhile."""
    if part.places:
        standing = {n for kind in (INTAKE, EVENT) for n in file.order(kind)}
        return part.places <= standing
    for start in range(0, len(part.records), _AT_ONCE):
        some = part.records[start : start + _AT_ONCE]
        if len(file.lines(some)) < len(some):
            return False
    return True


def _require_standing(desk: Desk, file: Records, part: ExportPart, to: Agreement | None) -> None:
    """Nothing of somebody leaves who was entered in error, or whose consent ended meanwhile."""
    for ident in part.records:
        record = file.record(ident)
        if record is None or record.is_deleted or record.is_purged:
            raise ChangedSince("record")
        consent = part.consents.get(ident)
        if consent is None:
            continue
        held = (one for one in held_of(desk, record) if one.stands)
        if to is None or all(one.consent.id != consent for one in held):
            raise ChangedSince("consent")


def _note(desk: Desk, prepared: Prepared, to: Agreement | None) -> None:
    for name, part in prepared.parts.items():
        file = _file(desk, name)
        changes = [_fact(desk, file, prepared, to, part), *_of_people(desk, prepared, to, name)]
        file.apply(changes, desk.act("export records", changes[0].record))
    if not prepared.parts:
        change = _fact(desk, desk.station, prepared, to, ExportPart(prepared.rows))
        desk.station.apply([change], desk.act("export figures", change.record))
    desk.station.note(desk.act("export: save outside"))


def _fact(
    desk: Desk, file: Records, prepared: Prepared, to: Agreement | None, part: ExportPart
) -> "Change":
    ask = prepared.ask
    said: dict[str, Value] = {
        "export": ask.kind, "version": prepared.version, "since": ask.since, "until": ask.until,
        "to": to.to if to else "", "paper": to.paper if to else "",
        "agreement": to.id if to else "", "reason": ask.reason, "reach": int(prepared.reach),
        "coarse": ask.is_coarse, "internal": ask.is_internal, "rows": part.rows,
        "people": part.people, "sha256": prepared.files[0].sha256, "at": stamp(desk.clock),
        **desk.entered(),
    }  # fmt: skip
    if prepared.figures:  # a later report, release or export has to agree with them
        said |= {"figures": prepared.figures, "day": desk.clock.local().date().isoformat()}
    return fact(file, desk.person.id, EXPORT, new_record_id(), said)


def _of_people(
    desk: Desk, prepared: Prepared, to: Agreement | None, name: Compartment
) -> "Iterator[Change]":
    """What is noted with each person: where they are named, or gave the consent it goes by."""
    file, part, ask = _file(desk, name), prepared.parts[name], prepared.ask
    if to is None or (prepared.reach is not Reach.NAMED and not part.consents):
        return
    sha256, at = prepared.files[0].sha256, stamp(desk.clock)
    title = prepared.title.said_in(desk.own_language)
    for ident in part.records:
        consent = part.consents.get(ident, "")
        said = Disclosed(
            title, to.to, purpose="" if consent else to.paper, consent=consent,
            exception="" if ask.reason == CONSENT else ask.reason, fields=prepared.fields,
            sha256=sha256, how=HOW, at=at,
        )  # fmt: skip
        yield disclosure_fact(desk, file, ident, said)


def _exported(desk: Desk, record: "Record", name: Compartment) -> Exported:
    values: dict[str, Any] = record.values
    said = {key: str(values.get(key) or "") for key in ("at", "since", "until", "to", "paper")}
    by = UserId(str(values.get(facts.BY) or ""))
    return Exported(
        by=desk.name_of(by), kind=str(values.get("export") or ""),
        rows=int(values.get("rows") or 0), people=int(values.get("people") or 0),
        reach=Reach(int(values.get("reach") or 0)), file=name, **said,
    )  # fmt: skip

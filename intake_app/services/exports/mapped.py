"""Exports of lines by a mapping: one line an intake, a contact, a referral or an overdose."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from intake_app.domain.export import Export, Reach, Rows
from intake_app.domain.export_errors import NothingToExport, TooLargeToExport
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import require_agreement
from intake_app.services.exports.ask import (
    MOST_BYTES,
    NOT_BY_THIS,
    SAMPLE,
    ExportAsk,
    ExportFile,
    ExportKind,
    LeftOut,
    Prepared,
    Step,
    Steps,
)
from intake_app.services.exports.codebook import Codebook
from intake_app.services.exports.lines import ExportLines
from intake_app.services.exports.notice import notice_file
from intake_app.services.exports.reasons import fits_file
from intake_app.services.exports.values import Tally, coarse
from intake_app.services.measures.journeys import bring_up
from intake_app.services.records.event_parts import EVENT
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.reports.sheets import sheets_of

_MARK: Final = "\ufeff".encode()


def mapped_kind(export: Export) -> ExportKind:
    """A mapping as an export that somebody may choose."""
    return ExportKind(
        export.id, export.title, export.reach, partial(_prepare, export), export.about,
        authority=export.authority, version=export.version, can_be_coarse=_can_be_coarse(export),
        has_mark=export.has_mark, files=export.files,
        is_of_events=Rows.EVENTS in export.rows,
    )  # fmt: skip


def _can_be_coarse(export: Export) -> bool:
    return export.reach > Reach.CODED and Rows.EVENTS not in export.rows


@dataclass(slots=True)
class _Made:
    """What has been made so far."""

    body: bytearray = field(default_factory=bytearray)
    sample: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    tallies: dict[Compartment, Tally] = field(default_factory=dict[Compartment, Tally])
    refused: int = 0

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tallies.values())

    def left_out(self) -> tuple[LeftOut, ...]:
        found = Counter[str]()
        for tally in self.tallies.values():
            found.update(tally.left_out)
        if self.refused:
            found[NOT_BY_THIS] = self.refused
        return tuple(LeftOut(why, number) for why, number in sorted(found.items()))


def _prepare(export: Export, desk: Desk, ask: ExportAsk) -> Steps:
    to = require_agreement(desk, ask.agreement)
    used = coarse(export) if ask.is_coarse and _can_be_coarse(export) else export
    files = [one for one in export.files if desk.open_file(one) is not None]
    about, done, made = sum(_about(desk, used, one) for one in files), 0, _Made()
    while bring_up(desk):
        yield Step(0, about)
    yield Step(0, about)
    for one in files:
        lines = ExportLines(desk, used, ask, one, to.party, f"{export.id}\n{to.id}")
        is_allowed = fits_file(desk, ask, used.reach, one, is_event=Rows.EVENTS in used.rows)
        for looked, rows in lines.batches():
            done += looked
            _add(desk, used, made, rows if is_allowed else [])
            made.refused += 0 if is_allowed else len(rows)
            yield Step(done, about)
        if is_allowed:
            made.tallies[one] = lines.tally
    if not made.rows and not made.left_out():
        raise NothingToExport
    found = _prepared(desk, used, ask, made)
    if any(part.consents for part in found.parts.values()):
        return replace(found, files=(*found.files, notice_file(desk, to)))
    return found


def _add(desk: Desk, export: Export, made: _Made, rows: list[list[str]]) -> None:
    made.body += sheets_of(desk).lines(rows, export.separator)
    made.sample += map(tuple, rows[: SAMPLE - len(made.sample)])
    if len(made.body) > MOST_BYTES:
        raise TooLargeToExport


def _about(desk: Desk, export: Export, compartment: Compartment) -> int:
    file = desk.open_file(compartment)
    kind = EVENT if Rows.EVENTS in export.rows else INTAKE
    return file.counts([kind]).get(kind, 0) if file is not None else 0


def _prepared(desk: Desk, export: Export, ask: ExportAsk, made: _Made) -> Prepared:
    strange = Counter[str]()
    for tally in made.tallies.values():
        strange.update(tally.strange)
    return Prepared(
        ask, export.title, export.version, export.reach,
        tuple((name, one.means) for one in export.columns for name in one.headings),
        tuple(files_of(desk, export, ask, bytes(made.body))),
        {name: tally.part() for name, tally in made.tallies.items() if tally.rows},
        made.rows, sum(tally.incomplete for tally in made.tallies.values()),
        dict(strange), made.left_out(), fields=tuple(sorted(export.questions)),
        sample=tuple(made.sample),
    )  # fmt: skip


def files_of(desk: Desk, export: Export, ask: ExportAsk, body: bytes) -> Iterator[ExportFile]:
    """The export with its heading and mark, and its codebook."""
    sheets, book = sheets_of(desk), Codebook(desk, export, ask)
    mark = _MARK if (export.has_mark if ask.has_mark is None else ask.has_mark) else b""
    head = sheets.lines([export.headings], export.separator)
    yield ExportFile(".csv", mark + head + body)
    yield ExportFile("-codebook.csv", _MARK + sheets.lines(book.rows()))
    yield ExportFile("-codebook.json", book.as_json())
    if export.is_redcap:
        yield ExportFile("-dictionary.csv", sheets.lines(book.redcap()))

"""Notices at sign-in that another version runs than before, and writes it into the audit trail."""

from contextlib import suppress
from dataclasses import replace

from intake_app.domain.clock import stamp
from intake_app.services.desk import Desk
from intake_app.settings.updates import Step, UpdateNotes, keep_notes, read_notes


def settle_version(desk: Desk) -> None:
    """Note a version that runs for the first time; where it came over another one, both.

    Raises:
        DiskFull: It is noted at the next sign-in.
        StorageFailed: The same.
    """
    if desk.updates is None or not (now := desk.updates.here.version):
        return
    notes = read_notes(desk.updates.folder)
    if notes.version == now:
        return
    if notes.version:
        desk.station.note(desk.act(f"update program {notes.version} to {now}"))
    with suppress(OSError):  # it is noted again: twice rather than never
        keep_notes(desk.updates.folder, _arrived(desk, notes, now))


def _arrived(desk: Desk, notes: UpdateNotes, now: str) -> UpdateNotes:
    at = stamp(desk.clock)
    if not notes.version:
        return replace(notes, version=now, since=at)
    step = Step(notes.version, now, "", at)
    waiting = notes.waiting
    if waiting is not None and (waiting.before, waiting.after) == (notes.version, now):
        step = replace(step, backup=waiting.backup)
    return replace(notes, version=now, since=at, waiting=None, last=step)

"""Whether the chains of the open files hold: looked at when they are opened, and in spare time.

At sign-in a chain is walked on from the last line that was found good; once a week the whole of it
is walked. Besides, it must still hold what this station told before: the ends of its batches, which
all stations know, and the heads in its own receipts. Nothing of this stops anybody's work: what is
found is written into the trail, and shown in red.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain.audit_trail import BEGINNING, Looked, Place, Standing
from intake_app.domain.clock import stamp
from intake_app.domain.errors import AuditBroken, DiskFull, StorageFailed
from intake_app.domain.roles import Compartment
from intake_app.services.audit.batches import Batch, claimed_batches, holds_good, sealed_through
from intake_app.services.audit.keeping import was_archived
from intake_app.services.audit.parts import parts_of
from intake_app.services.desk import Desk
from intake_app.services.needs.audit import AuditParts, Trail

VERIFIED: Final = "audit verified"
"""Note of a file: up to where its chain was walked and found good (`Place.text`)."""

WALKED: Final = "audit walked"
"""Note of a file: when the whole chain was walked last (`stamp`)."""

FAULT: Final = "audit fault"
"""Note of a file: the first line that does not fit; empty: none. It stays until a whole walk."""

_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(hours=18)
_LOOKED: Final = "audit looked"


def look_at_trails(desk: Desk) -> None:
    """At sign-in: walk each open chain on from where it was found good before."""
    if desk.audit is None:
        return
    for compartment, trail in desk.audit.trails.items():
        with suppress(DiskFull, StorageFailed):  # looked at again when there is room
            _keep(desk, compartment, _walked_on(desk, trail))


def look_over_trails(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """In spare time: walk what was not walked for a week, and compare with what was told before.

    Returns:
        Whether nothing is left to be done.
    """
    if desk.audit is None:
        return True
    try:
        return _look_over(desk, desk.audit, is_wanted)
    except (DiskFull, StorageFailed):  # what was found cannot be written down: another time
        return True


def _look_over(desk: Desk, parts: AuditParts, is_wanted: Callable[[], bool]) -> bool:
    every = list[Batch]()
    for compartment, trail in parts.trails.items():
        is_due = _is_since(desk, trail.note(WALKED), _WEEK)
        if is_due and (is_wanted() or not _walk_whole(desk, compartment, trail, is_wanted)):
            return False
        if _is_since(desk, trail.note(_LOOKED), _DAY):
            if is_wanted():
                return False
            every = every or claimed_batches(desk)
            _compare(desk, compartment, trail, every)
            trail.set_note(_LOOKED, stamp(desk.clock))
    return True


def verify_trails(desk: Desk) -> dict[Compartment, Looked]:
    """By command: walk all open chains whole, and compare; what was found, by file."""
    every = claimed_batches(desk)
    for compartment, trail in parts_of(desk).trails.items():
        _walk_whole(desk, compartment, trail, lambda: False)
        _compare(desk, compartment, trail, every)
    return dict(parts_of(desk).looked)


# --- inside ---------------------------------------------------------------------------------


def _walked_on(desk: Desk, trail: Trail) -> Looked:
    fault = trail.note(FAULT)
    if fault:
        return Looked(Standing.BROKEN, trail.head().n, int(fault))
    begin, anchor = Place.of_text(trail.note(VERIFIED)), trail.anchor()
    try:
        if anchor != BEGINNING and not was_archived(desk, trail, anchor):
            raise AuditBroken(str(anchor.n))
        end = trail.walk(begin if begin.n > anchor.n else BEGINNING)
        _require_sealed(trail)
    except AuditBroken as error:
        return _broken(trail, error)
    if end is not None and end != begin:
        trail.set_note(VERIFIED, end.text)
    return Looked(Standing.WHOLE, trail.head().n)


def _walk_whole(
    desk: Desk, compartment: Compartment, trail: Trail, is_wanted: Callable[[], bool]
) -> bool:
    try:
        end = trail.walk(BEGINNING, is_wanted)
    except AuditBroken as error:
        _keep(desk, compartment, _broken(trail, error))
        trail.set_note(WALKED, stamp(desk.clock))
        return True
    if end is None:
        return False
    if trail.note(FAULT):
        trail.set_note(FAULT, "")
    trail.set_note(VERIFIED, end.text)
    trail.set_note(WALKED, stamp(desk.clock))
    _keep(desk, compartment, _walked_on(desk, trail))
    return True


def _require_sealed(trail: Trail) -> None:
    """The line up to which batches were made must still be there, and be the same."""
    done = sealed_through(trail)
    if done != BEGINNING and trail.place(done.n) != done:
        raise AuditBroken(str(done.n))


def _compare(desk: Desk, compartment: Compartment, trail: Trail, every: Sequence[Batch]) -> None:
    """With the ends of batches, which all stations know, and with this station's own receipts."""
    looked = parts_of(desk).looked.get(compartment)
    if looked is None or looked.standing is Standing.BROKEN:
        return
    begin, is_put_back = trail.anchor().n, False
    for batch in every:
        is_mine = (batch.station, batch.file) == (trail.station, compartment)
        if not is_mine or batch.end.n < begin or trail.place(batch.end.n) == batch.end:
            continue
        if not holds_good(desk, batch):
            continue
        if batch.epoch == trail.epoch:
            _keep(desk, compartment, _broken(trail, AuditBroken(str(batch.end.n))))
            return
        is_put_back = True
    lost = parts_of(desk).lost_heads().get(compartment)
    if lost:
        _keep(desk, compartment, _broken(trail, AuditBroken(str(trail.head().n))))
    elif is_put_back or lost is False:
        _keep(desk, compartment, replace(looked, standing=Standing.PUT_BACK))


def _broken(trail: Trail, error: AuditBroken) -> Looked:
    at_line = int(error.detail) if error.detail.isdigit() else 0
    trail.set_note(FAULT, str(at_line or 1))
    return Looked(Standing.BROKEN, trail.head().n, at_line or 1)


def _keep(desk: Desk, compartment: Compartment, looked: Looked) -> None:
    """Remember what was found, and write it down where it is new."""
    known = parts_of(desk).looked
    before = known.get(compartment)
    known[compartment] = looked
    is_new = before is None or before.standing is not looked.standing
    if looked.standing is not Standing.WHOLE and is_new:
        what = "audit chain broken" if looked.standing is Standing.BROKEN else "audit lines lost"
        act = desk.act(f"{what} in {compartment}")
        desk.station.note(replace(act, outcome="failed"))


def _is_since(desk: Desk, at: str, least: timedelta) -> bool:
    if not at:
        return True
    last, now = datetime.fromisoformat(at), desk.clock.now()
    return not last <= now < last + least

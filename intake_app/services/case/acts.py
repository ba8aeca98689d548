"""What happens to a case after it was taken: one function per act, each one transaction.

Every act is a fact about the case that says what its author had seen; status and due day of the
case are written anew beside it. What is not allowed now is refused with the reason why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from intake_app.domain.abeyance_checks import (
    check_extension,
    check_new_report_by,
    check_no_show,
    check_toll,
)
from intake_app.domain.case_act import (
    DAYS,
    HOLDS,
    LIMITATION,
    REASON,
    REPORT_BY,
    TOLL,
    CaseAct,
    CaseActKind,
    newest,
)
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import CHARGES, CLOSINGS
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp, zone_of
from intake_app.domain.entry import require_day
from intake_app.domain.errors import (
    BadEntry,
    BeforeOffense,
    CaseRefused,
    EnteredInError,
    NotYetHappened,
    ReasonMissing,
    UnknownCode,
)
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import May
from intake_app.services.case.held import HeldCase, act_change, changes_of, held_case
from intake_app.services.case.labels import REASONS
from intake_app.services.desk import Desk
from intake_app.services.records.choices import require_choice
from intake_app.services.records.writing import hide

NOTE: Final = "note"
"""Words of one's own with an act; never printed for anybody outside."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why something was done.

    Attributes:
        code: A code of the table that the act names; empty where it needs none.
        note: Words of one's own; needed where the code asks for them.
    """

    code: str = ""
    note: str = ""


NO_REASON: Final = Why()


@dataclass(frozen=True, slots=True)
class _New:
    """An act to be noted.

    Attributes:
        kind: What happened.
        at: When: text with offset; empty: now.
        details: More fields.
    """

    kind: CaseActKind
    at: str = ""
    details: Mapping[str, Value] | None = None


# --- the visit --------------------------------------------------------------------------


def note_reported(desk: Desk, case: RecordId, at: str = "", note: str = "") -> CaseAct:
    """The person reported to the program. Raises: see `_noted`."""
    desk.require(May.RECORD_PROGRESS)
    return _noted(desk, held_case(desk, case), _New(CaseActKind.REPORTED, at, {NOTE: note}))


def note_no_show(desk: Desk, case: RecordId, at: str = "", note: str = "") -> CaseAct:
    """The person did not report, and the hours of grace are over. Raises: see `_noted`."""
    desk.require(May.RECORD_PROGRESS)
    held, now, zone = held_case(desk, case), desk.clock.now(), zone_of(desk.clock)
    _refuse(check_no_show(held.acts, held.terms, desk.calendar, now, zone))
    return _noted(desk, held, _New(CaseActKind.NO_SHOW, at, {NOTE: note}))


def reschedule(desk: Desk, case: RecordId, report_by: str, why: Why = NO_REASON) -> CaseAct:
    """Give a new moment to report by.

    Args:
        desk: Whose.
        case: The case.
        report_by: Moment with offset.
        why: Words are enough.

    Raises:
        BadEntry: It is no moment.
        CaseRefused: Not now, or not that moment.
    """
    desk.require(May.RECORD_PROGRESS)
    moment = _read(report_by)
    held, now, zone = held_case(desk, case), desk.clock.now(), zone_of(desk.clock)
    _refuse(check_new_report_by(moment, held.acts, held.terms, desk.calendar, now, zone))
    details = {REPORT_BY: moment.isoformat(), REASON: why.code, NOTE: why.note}
    return _noted(desk, held, _New(CaseActKind.RESCHEDULED, "", details))


def note_assessed(desk: Desk, case: RecordId, at: str = "", note: str = "") -> CaseAct:
    """The program assessed the person: that it did, not what it found. Raises: see `_noted`."""
    desk.require(May.RECORD_PROGRESS)
    return _noted(desk, held_case(desk, case), _New(CaseActKind.ASSESSED, at, {NOTE: note}))


def agree_plan(desk: Desk, case: RecordId, at: str = "", note: str = "") -> CaseAct:
    """Person and program agreed on the conditions. Raises: see `_noted`."""
    desk.require(May.RECORD_PROGRESS)
    return _noted(desk, held_case(desk, case), _New(CaseActKind.PLAN_AGREED, at, {NOTE: note}))


# --- the clock --------------------------------------------------------------------------


def extend_case(desk: Desk, case: RecordId, why: Why) -> CaseAct:
    """Give more time, by the length that the program gives; the clock says until when.

    Raises:
        ReasonMissing: No reason, or one that needs words.
        UnknownCode: The reason is none of `extension_reasons`.
        CaseRefused: Not now, no extension left, or later than the limitation date.
    """
    desk.require(May.EXTEND_CASE)
    held, now, zone = held_case(desk, case), desk.clock.now(), zone_of(desk.clock)
    _known(desk, CaseActKind.EXTENDED, why)
    _refuse(check_extension(held.acts, held.terms, desk.calendar, now, zone))
    details = {REASON: why.code, NOTE: why.note, DAYS: held.terms.extension_days}
    return _noted(desk, held, _New(CaseActKind.EXTENDED, "", details))


def toll_case(desk: Desk, case: RecordId, why: Why, at: str = "") -> CaseAct:
    """Stop the clock, for a reason that the program takes; `at` is when it began.

    Raises:
        ReasonMissing: No reason.
        CaseRefused: Not now, or the program does not stop the clock for this.
    """
    desk.require(May.EXTEND_CASE)
    held = held_case(desk, case)
    if not why.code:
        raise ReasonMissing
    _refuse(check_toll(why.code, held.acts, held.terms))
    details = {REASON: why.code, NOTE: why.note}
    return _noted(desk, held, _New(CaseActKind.TOLL_STARTED, at, details))


def end_tolling(desk: Desk, case: RecordId, at: str = "", stop: RecordId = RecordId("")) -> CaseAct:
    """Let the clock run again; without a `stop` named, all that stopped it end."""
    desk.require(May.EXTEND_CASE)
    details = {TOLL: str(stop)} if stop else {}
    return _noted(desk, held_case(desk, case), _New(CaseActKind.TOLL_ENDED, at, details))


def set_limitation(desk: Desk, case: RecordId, day: str) -> CaseAct:
    """Note the limitation date that the prosecutor's office named (YYYY-MM-DD).

    Raises:
        BadEntry: It is no day.
        BeforeOffense: It is not after the offense.
    """
    desk.require(May.EXTEND_CASE)
    held, found = held_case(desk, case), require_day(day)
    offense = held.offense_at(zone_of(desk.clock))
    if offense and found <= offense.date():
        raise BeforeOffense
    details = {LIMITATION: found.isoformat()}
    return _noted(desk, held, _New(CaseActKind.LIMITATION_SET, "", details))


# --- letters ----------------------------------------------------------------------------


def note_do_not_contact(desk: Desk, case: RecordId, note: str = "") -> CaseAct:
    """The person asked not to be contacted: letters and reminders stop."""
    desk.require(May.RECORD_PROGRESS)
    return _noted(desk, held_case(desk, case), _New(CaseActKind.DO_NOT_CONTACT, "", {NOTE: note}))


def resume_contact(desk: Desk, case: RecordId, note: str) -> CaseAct:
    """The person wants to be contacted again.

    Raises:
        ReasonMissing: It is not said how this is known.
    """
    desk.require(May.EXTEND_CASE)
    if not note.strip():
        raise ReasonMissing
    details = {NOTE: note}
    return _noted(desk, held_case(desk, case), _New(CaseActKind.CONTACT_RESUMED, "", details))


# --- the end ----------------------------------------------------------------------------


def close_case(
    desk: Desk, case: RecordId, outcome: str, why: Why = NO_REASON, at: str = ""
) -> CaseAct:
    """Close a case: completed, not completed, withdrew, transferred, deceased, declined, returned.

    Raises:
        UnknownCode: There is no such outcome, or no such reason.
        ReasonMissing: Not completed and returned need a reason.
        CaseRefused: Not now.
    """
    desk.require(May.CLOSE_CASE)
    kind = _one_of(outcome, CLOSINGS - {CaseActKind.ENTERED_IN_ERROR})
    if kind in REASONS:
        _known(desk, kind, why)
    details = {REASON: why.code, NOTE: why.note}
    return _noted(desk, held_case(desk, case), _New(kind, at, details))


def reopen_case(desk: Desk, case: RecordId, reason: str) -> CaseAct:
    """Correct a closing.

    Raises:
        ReasonMissing: No reason.
        CaseRefused: It is open, in conflict, or sealed.
    """
    desk.require(May.CLOSE_CASE)
    if not reason.strip():
        raise ReasonMissing
    details = {NOTE: reason}
    return _noted(desk, held_case(desk, case), _New(CaseActKind.REOPENED, "", details))


def charge_action(desk: Desk, case: RecordId, action: str, at: str = "", note: str = "") -> CaseAct:
    """What became of the charge: not filed, voided, filed, warrant requested.

    Raises:
        UnknownCode: There is no such action.
        CaseRefused: Not now.
    """
    desk.require(May.CLOSE_CASE)
    kind = _one_of(action, CHARGES)
    return _noted(desk, held_case(desk, case), _New(kind, at, {NOTE: note}))


def settle_conflict(desk: Desk, case: RecordId, holds: RecordId, reason: str) -> CaseAct:
    """Say which of several acts that contradict each other holds.

    Raises:
        ReasonMissing: No reason.
        UnknownCode: It is none of them.
        CaseRefused: Nothing contradicts.
    """
    desk.require(May.SETTLE_CONFLICT)
    if not reason.strip():
        raise ReasonMissing
    held = held_case(desk, case)
    _refuse([held.standing.status.allowed[CaseActKind.SETTLED]])
    if holds not in held.standing.status.conflicting:
        raise UnknownCode
    details = {HOLDS: str(holds), NOTE: reason}
    return _noted(desk, held, _New(CaseActKind.SETTLED, "", details))


def mark_case_in_error(desk: Desk, case: RecordId, reason: str) -> CaseAct:
    """Take a case out of lists and counts; the act and the hidden intake are one transaction.

    Raises:
        ReasonMissing: No reason.
        EnteredInError: It was already.
        CaseRefused: Not now.
    """
    desk.require(May.AMEND_CASE)
    if not reason.strip():
        raise ReasonMissing
    held, file = held_case(desk, case), desk.cases_file
    _refuse_hidden(held)
    act = _made(desk, held, _New(CaseActKind.ENTERED_IN_ERROR, "", {NOTE: reason}))
    # the columns stay as they are: a value that the deletion has not seen would undo it
    hidden = hide(file, desk.person.id, held.record, reason)
    changes = [act_change(file, desk.person.id, case, act), hidden]
    file.apply(changes, desk.act("case entered in error", case))
    return act


# --- inside -----------------------------------------------------------------------------


def _noted(desk: Desk, held: HeldCase, new: _New) -> CaseAct:
    """Write one act.

    Raises:
        EnteredInError: The case is out of all lists.
        CaseRefused: It is not allowed now; the reasons say why.
        NotYetHappened: Its moment is in the future.
        BeforeOffense: Its moment is before the offense.
    """
    _refuse_hidden(held)
    act = _made(desk, held, new)
    changes: list[Change] = changes_of(desk, held, [act])
    what = f"case {act.kind}".replace("_", " ")
    desk.cases_file.apply(changes, desk.act(what, held.record.id))
    return act


def _made(desk: Desk, held: HeldCase, new: _New) -> CaseAct:
    _refuse([held.standing.status.allowed[new.kind]])
    details = {
        name: value for name, value in (new.details or {}).items() if value not in ("", None)
    }
    return CaseAct(
        new_record_id(), new.kind, _happened(desk, held, new.at), stamp(desk.clock),
        desk.person.id, newest(held.acts), details,
    )  # fmt: skip


def _happened(desk: Desk, held: HeldCase, at: str) -> datetime:
    if not at:
        return desk.clock.local()
    moment = _read(at)
    if moment.astimezone(UTC) > desk.clock.now():
        raise NotYetHappened
    offense = held.offense_at(zone_of(desk.clock))
    if offense and moment.astimezone(UTC) < offense.astimezone(UTC):
        raise BeforeOffense
    return moment


def _read(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadEntry("moment") from None
    if moment.utcoffset() is None:
        raise BadEntry("moment")
    return moment


def _refuse(reasons: Iterable[Refusal]) -> None:
    if found := [reason for reason in reasons if reason]:
        raise CaseRefused(found)


def _refuse_hidden(held: HeldCase) -> None:
    if held.record.is_deleted:
        raise EnteredInError(held.record.id)


def _one_of(code: str, kinds: Iterable[CaseActKind]) -> CaseActKind:
    for kind in kinds:
        if kind == code:
            return kind
    raise UnknownCode


def _known(desk: Desk, kind: CaseActKind, why: Why) -> None:
    """Refuse a reason that is not in the code table of its act, or lacks the words it asks for."""
    if not why.code:
        raise ReasonMissing
    table = REASONS[kind]
    if require_choice(desk, table, why.code).needs_text and not why.note.strip():
        raise ReasonMissing

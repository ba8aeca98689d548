"""All that was decided: who, when, before and after; each can be undone, and the undoing too."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.decision import Decision, later_ones, undone
from intake_app.domain.decision_errors import ChangedSince, UndoneAlready
from intake_app.domain.ending_errors import AnotherMustApprove
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import May, may
from intake_app.services.decisions.department import set_fields
from intake_app.services.decisions.keeping import (
    APPROVAL,
    DEPARTMENT,
    PRINTERS,
    RETENTION,
    Made,
    keep,
    read_decisions,
)
from intake_app.services.decisions.printers import at_station, parts_of, set_printers
from intake_app.services.decisions.texts import own_on, renew, require_sound, today_of
from intake_app.services.desk import Desk
from intake_app.services.records.writing import fact
from intake_app.services.signing.setting_up import frozen, read_agency

UNDO: Final = "undo settings"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list.

    Attributes:
        decision: What was decided.
        who: Shown name.
        undone_by: Who took it back, or empty.
        may_undo: Whether this person may take it back now.
        may_approve: Whether this person may approve it.
    """

    decision: Decision
    who: str
    undone_by: str
    may_undo: bool
    may_approve: bool


def history(desk: Desk, topic: str = "", limit: int = 200) -> list[Line]:
    """What was decided, the newest first.

    Args:
        desk: Whose.
        topic: Of one topic; empty: of all.
        limit: How many at most.

    Raises:
        NotAllowed: Not in one's roles.
    """
    require_reader(desk)
    decisions = read_decisions(desk.station)
    gone = undone(decisions)
    shown = [one for one in reversed(decisions) if topic in {"", one.topic}]
    return [_line(desk, one, gone, decisions) for one in shown[:limit]]


def undo(desk: Desk, ident: RecordId, why: str = "") -> None:
    """Take a decision back; that is a decision of its own, and can be taken back too.

    Args:
        desk: Whose.
        ident: The decision.
        why: Why, in words; may be empty.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such decision.
        UndoneAlready: It does not hold any more.
        ChangedSince: Something that it decided was decided again later.
        TextHasMistakes: Without it, something would not work.
        BadSetting: What held before is not allowed any more.
    """
    desk.require(May.CHANGE_SETTINGS)
    decisions = read_decisions(desk.station)
    of = _one(decisions, ident)
    if of.id in undone(decisions):
        raise UndoneAlready
    if not _is_latest(desk, of, decisions):
        raise ChangedSince
    made = Made(of.topic, label=of.label, why=why, undoes=of.id)
    before: Mapping[str, Value] = {name: pair[0] for name, pair in of.fields.items()}
    if of.topic == PRINTERS and before:
        set_printers(desk, of.label, before[PRINTERS], made)
    elif of.fields:
        set_fields(desk, before, made, UNDO)
    else:
        _undo_texts(desk, of, made)


def approve(desk: Desk, ident: RecordId) -> None:
    """Say yes to what needs a second person: how long records are kept.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such decision, or nothing to approve.
        UndoneAlready: It was taken back, or approved by somebody else.
        AnotherMustApprove: One proposed it oneself.
    """
    desk.require(May.APPROVE_RETENTION)
    decisions = read_decisions(desk.station)
    of = _one(decisions, ident)
    if not of.needs_approval:
        raise RecordMissing(ident)
    if of.id in undone(decisions) or not of.is_waiting:
        raise UndoneAlready
    if of.by == desk.person.id:
        raise AnotherMustApprove
    entered = {facts.REASON: "", **desk.entered()}
    user = desk.person.id
    change = fact(desk.station, user, APPROVAL, new_record_id(), entered, about=of.id)
    desk.station.apply([change], desk.act("approve settings", of.id))
    renew(desk)


def require_reader(desk: Desk) -> None:
    """Who decides sees what was decided; who approves too."""
    if not may(desk.person.roles, May.APPROVE_RETENTION):
        desk.require(May.CHANGE_SETTINGS)


def _undo_texts(desk: Desk, of: Decision, made: Made) -> None:
    """What waits is withdrawn at once; a schedule that holds is taken back by two people as well.

    Raises:
        TextHasMistakes: Without it, something would not work.
    """
    day = max(today_of(desk), of.starts)
    require_sound(parts_of(desk), own_on(desk, day), own_on(desk, day, but=of.id))
    needs = of.topic == RETENTION and not of.is_waiting
    keep(desk, Made(of.topic, label=made.label, why=made.why, undoes=of.id, needs_approval=needs),
         what=UNDO)  # fmt: skip
    renew(desk)


def _is_latest(desk: Desk, of: Decision, decisions: tuple[Decision, ...]) -> bool:
    """Whether all that it decided still is as it decided it."""
    if of.topic == PRINTERS and of.fields:
        agency = at_station(desk.station, read_agency(desk.station), of.label)
        return list(agency.printers) == list(of.fields[PRINTERS][1])
    now = asdict(read_agency(desk.station))
    if of.topic == DEPARTMENT or of.fields:
        return all(_same(now.get(name), pair[1]) for name, pair in of.fields.items())
    if of.undoes:  # its texts are those of what it took back
        of = next((one for one in decisions if one.id == of.undoes), of)
    return not later_ones(decisions, of)


def _same(now: Value, then: Value) -> bool:
    return now == frozen(then)


def _line(
    desk: Desk,
    one: Decision,
    gone: Mapping[RecordId, Decision],
    decisions: tuple[Decision, ...],
) -> Line:
    by = gone.get(one.id)
    is_free = by is None and _is_latest(desk, one, decisions)
    may_approve = by is None and one.is_waiting and one.by != desk.person.id
    return Line(
        one, desk.name_of(one.by), desk.name_of(by.by) if by else "",
        is_free and may(desk.person.roles, May.CHANGE_SETTINGS),
        may_approve and may(desk.person.roles, May.APPROVE_RETENTION),
    )  # fmt: skip


def _one(decisions: tuple[Decision, ...], ident: RecordId) -> Decision:
    found = next((one for one in decisions if one.id == ident), None)
    if found is None:
        raise RecordMissing(ident)
    return found

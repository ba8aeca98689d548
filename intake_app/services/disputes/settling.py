"""Settling a difference: a person says what holds, and that replaces all that stood side by side.

It is a change like any other: it names every value that it replaces, it is checked by the form as
an amendment is, and what it replaced stays in the history. Acts are settled by another act.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import fold
from intake_app.domain.change import DELETED, Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.dispute import (
    AGENCY,
    EVENT,
    FOLLOW_UP,
    INTAKE,
    ROSTER,
    ROW,
    SERVICE,
    Dispute,
    Said,
    Sort,
)
from intake_app.domain.dispute_errors import NotOneOfThese, OnlyToldAbout
from intake_app.domain.entry import require_day
from intake_app.domain.episode import Step
from intake_app.domain.errors import CaseRefused, RecordMissing
from intake_app.domain.follow_up import TaskState
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roster import entry_from
from intake_app.services.case.acts import settle_conflict
from intake_app.services.case.held import acts_in, is_case
from intake_app.services.decisions.department import change_agency
from intake_app.services.desk import Desk
from intake_app.services.disputes.disputes import file_of, require_dispute
from intake_app.services.follow_up.episodes import move_episode
from intake_app.services.needs.files import Records
from intake_app.services.providers.edits import TEXTS, edit_provider
from intake_app.services.providers.roster import keep_roster_entry
from intake_app.services.records.amending import AMENDMENT, Amending, amended, amending_changes
from intake_app.services.records.answers import answers_of
from intake_app.services.records.follow_up_changes import state_fields
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.numbers import next_numbers
from intake_app.services.records.rows import ROW as ROW_ID
from intake_app.services.records.writing import fact, hide, write
from intake_app.services.signing.setting_up import read_agency
from intake_app.settings.agency import Agency
from intake_app.words import LANGUAGES, Words, mark

_ACT: Final = "settle a difference"

BECAUSE: Final = mark("Two people had written different answers")
"""The reason that is kept where nobody gives another."""

GIVEN_TWICE: Final = mark("This number was given twice")
"""The same of a number."""

KEEP: Final = "keep"
"""Instead of an entry: what one person took out of all lists stays."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says to a difference.

    Attributes:
        holds: The entry that holds (`Said.id`), or `KEEP`; empty: none of them, but `value`.
        value: What is right instead; None where an entry is chosen.
        note: Why, in words; acts and what was taken out need it.
    """

    holds: str = ""
    value: Value = None
    note: str = ""


def settle(desk: Desk, record: RecordId, name: str, answer: Answer) -> None:
    """Say what holds.

    Args:
        desk: Whose.
        record: The record that people differ about.
        name: The field, as `Dispute.name` says it.
        answer: What holds.

    Raises:
        NotAllowed: Somebody else settles this.
        RecordMissing: There is no such record here.
        NothingDiffers: It is settled.
        NotOneOfThese: It is none of the entries, and nothing was typed.
        NotFinished, BadEntry: What was typed is not right for this question.
        ReasonMissing: It needs a word why.
        OnlyToldAbout: It is settled elsewhere.
        CaseRefused: The case is sealed.
    """
    dispute = require_dispute(desk, record, name)
    act = dispute.settled_by
    if act is None or not dispute.is_chosen:
        raise OnlyToldAbout
    desk.require(act)
    _SETTLED[dispute.sort](desk, dispute, answer)


def may_type(dispute: Dispute) -> bool:
    """Whether a third answer can be typed: where something checks what was typed."""
    if dispute.sort not in {Sort.ORDINARY, Sort.IDENTITY}:
        return False
    if dispute.kind in {INTAKE, EVENT} or dispute.kind.startswith(ROW):
        return not dispute.name.startswith("~")
    typed: Mapping[str, object] = {
        FOLLOW_UP: {facts.DUE},
        ROSTER: {"name", "phone", "note"},
        SERVICE: set(TEXTS),
        AGENCY: {field.name for field in fields(Agency) if field.type is str},
    }
    found = typed.get(dispute.kind)
    return isinstance(found, set) and dispute.name in found


# --- values -------------------------------------------------------------------------------


def _settle_value(desk: Desk, dispute: Dispute, answer: Answer) -> None:
    """One value replaces all others."""
    file = file_of(desk, dispute)
    record = file.record(dispute.record)
    if record is None:
        raise RecordMissing(dispute.record)
    value = _chosen(dispute, answer)
    is_news = value != record.values.get(dispute.name)
    if dispute.kind in {INTAKE, EVENT} and not dispute.name.startswith("~"):
        changes = list(_answered(desk, file, record, {dispute.name: value}, answer.note))
    elif dispute.kind.startswith(ROW):
        changes = list(_in_row(desk, file, record, (dispute.name, value), answer.note))
    elif is_news and dispute.kind in _KEPT_BY:
        _KEPT_BY[dispute.kind](desk, record, dispute.name, value)
        return
    else:
        said = _said_of(record, dispute.name, value, answer)
        changes = [write(file, desk.person.id, record.kind, record.id, said)]
    file.apply(changes, desk.act(_ACT, record.id))


def _chosen(dispute: Dispute, answer: Answer) -> Value:
    if answer.holds:
        return _entry(dispute, answer).value
    if answer.value is None or not may_type(dispute):
        raise NotOneOfThese
    return answer.value


def _entry(dispute: Dispute, answer: Answer) -> Said:
    for one in dispute.said:
        if one.id == answer.holds:
            return one
    raise NotOneOfThese


def _answered(
    desk: Desk, file: Records, record: Record, new: Answers, note: str
) -> Iterator[Change]:
    """An answer of an intake or event, checked by its form; also where it is the one shown."""
    guide = guide_of_record(desk, record)
    before = answers_of(file, record, guide)
    after = amended(guide, before, new)
    reason = note.strip() or _because(desk)
    if is_case(record) and fold(acts_in(file, record.id)).is_sealed:
        raise CaseRefused([Refusal.SEALED])
    if before != after:
        change = Amending(guide.form, before, after, reason)
        yield from amending_changes(desk, record, change)
    same = {name: value for name, value in new.items() if before.get(name) == after.get(name)}
    if same:  # nothing changes on the screen, and yet the others no longer stand
        yield write(file, desk.person.id, record.kind, record.id, same)
        changed = {name: [_other(record, name, value), value] for name, value in same.items()}
        yield _noted(desk, file, record, changed, reason)


def _in_row(
    desk: Desk, file: Records, row: Record, new: tuple[str, Value], note: str
) -> Iterator[Change]:
    """A cell of a table: the table is checked whole."""
    name, value = new
    holder = file.record(row.about)
    if holder is None:
        raise RecordMissing(row.about)
    guide, table = guide_of_record(desk, holder), row.kind.removeprefix(ROW)
    before = answers_of(file, holder, guide)
    rows = [{**one, name: value} if one[ROW_ID] == row.id else one for one in before.get(table, ())]
    amended(guide, before, {table: rows})
    yield write(file, desk.person.id, row.kind, row.id, {name: value})
    # as a table of this one row, so that it can be read
    changed: list[Value] = [[{name: one}] for one in (_other(row, name, value), value)]
    yield _noted(desk, file, holder, {table: changed}, note.strip() or _because(desk))


def _noted(
    desk: Desk, file: Records, holder: Record, changed: Mapping[str, Value], reason: str
) -> Change:
    """The amendment that tells what the other entries had said."""
    why = {
        facts.REASON: reason, facts.OPENED: stamp(desk.clock), facts.BY: desk.person.id,
        "changed": dict(changed),
    }  # fmt: skip
    return fact(file, desk.person.id, AMENDMENT, new_record_id(), why, about=holder.id)


def _other(record: Record, name: str, value: Value) -> Value:
    """What did not hold: the latest of the other values."""
    others = [one for _, one in sorted(record.standing(name).items()) if one != value]
    return others[-1] if others else None


def _because(desk: Desk) -> str:
    language = desk.own_language if desk.own_language in LANGUAGES else LANGUAGES[0]
    return Words(language).text(BECAUSE)


def _said_of(record: Record, name: str, value: Value, answer: Answer) -> dict[str, Value]:
    """The fields that say it: of a task its state stands in three."""
    if record.kind != FOLLOW_UP:
        return {name: value}
    if name == facts.DUE and not answer.holds:
        return {name: require_day(str(value)).isoformat()}
    if name == "state":
        due = str(record.values.get(facts.DUE) or "") if value == TaskState.OPEN else ""
        return state_fields(TaskState(value), due)
    return {name: value}


def _keep_roster(desk: Desk, record: Record, name: str, value: Value) -> None:
    keep_roster_entry(desk, entry_from(record.id, {**record.values, name: value}))


def _keep_provider(desk: Desk, record: Record, name: str, value: Value) -> None:
    if name in TEXTS:
        edit_provider(desk, record.id, {name: value})
        return
    change = write(desk.station, desk.person.id, record.kind, record.id, {name: value})
    desk.station.apply([change], desk.act(_ACT, record.id))


def _keep_agency(desk: Desk, record: Record, name: str, value: Value) -> None:
    kept: Value = tuple(cast("list[Value]", value)) if isinstance(value, list) else value
    change_agency(desk, replace(read_agency(desk.station), **{name: kept}))


_KEPT_BY: Final[Mapping[str, Callable[[Desk, Record, str, Value], None]]] = {
    ROSTER: _keep_roster,
    SERVICE: _keep_provider,
    AGENCY: _keep_agency,
}
"""Services that check what is written, by kind of record."""


# --- acts, and what was taken out ---------------------------------------------------------


def _settle_acts(desk: Desk, dispute: Dispute, answer: Answer) -> None:
    """Another act says which one holds."""
    file = file_of(desk, dispute)
    record, holds = file.record(dispute.record), _entry(dispute, answer)
    if record is None:
        raise RecordMissing(dispute.record)
    if is_case(record):
        settle_conflict(desk, record.id, RecordId(holds.id), answer.note)
        return
    found = file.record(RecordId(holds.id))
    step = Step.of(found) if found is not None else Step(RecordId(holds.id), str(holds.value))
    note = answer.note.strip() or step.note or _because(desk)
    move_episode(desk, record.id, step.status, step.reason, note=note, at=step.at)


def _settle_taken_out(desk: Desk, dispute: Dispute, answer: Answer) -> None:
    """It stays in all lists, or it goes now that all was seen."""
    file, user = file_of(desk, dispute), desk.person.id
    record = file.record(dispute.record)
    if record is None:
        raise RecordMissing(dispute.record)
    if answer.holds == KEEP:
        change = write(file, user, record.kind, record.id, {DELETED: None})
    else:
        said = _entry(dispute, answer)
        if said.name != DELETED or not said.value:
            raise NotOneOfThese
        change = hide(file, user, record, answer.note.strip() or str(said.value.get("why") or ""))
    file.apply([change], desk.act(_ACT, record.id))


def _settle_number(desk: Desk, dispute: Dispute, answer: Answer) -> None:
    """One record keeps the number; each other gets a new one, and its history says which it had."""
    file, keeps = file_of(desk, dispute), _entry(dispute, answer)
    changes: list[Change] = []
    for said in dispute.said:
        record = file.record(RecordId(said.id))
        if record is None or said.id == keeps.id:
            continue
        pathway, year = str(record.values[facts.PATHWAY]), desk.clock.local().year
        number = next(next_numbers(desk, pathway, year, 1))
        changed: dict[str, Value] = {facts.NUMBER: [said.value, number]}
        reason = answer.note.strip() or Words(desk.own_language).text(GIVEN_TWICE)
        changes += [
            write(file, desk.person.id, record.kind, record.id, {facts.NUMBER: number}),
            _noted(desk, file, record, changed, reason),
        ]
    file.apply(changes, desk.act(_ACT, dispute.record))


_SETTLED: Final[Mapping[Sort, Callable[[Desk, Dispute, Answer], None]]] = {
    Sort.ORDINARY: _settle_value,
    Sort.IDENTITY: _settle_value,
    Sort.STATUS: _settle_acts,
    Sort.TAKEN_OUT: _settle_taken_out,
    Sort.NUMBER: _settle_number,
}

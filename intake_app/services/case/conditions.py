"""Conditions of a case: what was agreed, how far it came, who checked it, what was waived.

A condition is a record about its case; progress and waivers are facts about the condition. Money is
in cents. Of treatment, this file holds the status word and nothing else: see `treatment`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.condition import SAID, TREATMENT, Condition, Noted, Progress, Waiver
from intake_app.domain.entry import require_day
from intake_app.domain.errors import (
    BadAmount,
    CaseRefused,
    EnteredInError,
    NotWaivable,
    NotYetHappened,
    ReasonMissing,
    RecordMissing,
    TreatmentIsApart,
    UnknownCode,
)
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.terms import ConditionTerm, Terms
from intake_app.domain.text import NOTHING, Text
from intake_app.services.case.held import HeldCase, held_case
from intake_app.services.desk import Desk
from intake_app.services.records.choices import require_choice
from intake_app.services.records.writing import create, fact, hide, write

CONDITION: Final = "condition"
PROGRESS: Final = "condition.progress"
WAIVER: Final = "condition.waiver"

MOST: Final = 1_000_000_000
"""More hours or cents than anybody has."""

TYPES: Final = "condition_types"
"""Code table of the types; its `measure` says what an amount counts: "hours", "money"."""


@dataclass(frozen=True, slots=True)
class NewCondition:
    """A condition as somebody adds or changes it.

    Attributes:
        type: A code of `condition_types.csv`.
        label: What is to be done, in words of one's own; empty: the words of its type.
        due: Day (YYYY-MM-DD), or empty: by the completion date.
        amount: Hours or cents, or 0.
        is_waivable: A hardship waiver may be given.
    """

    type: str
    label: str = ""
    due: str = ""
    amount: int = 0
    is_waivable: bool = False


# --- made -------------------------------------------------------------------------------


def starting_conditions(desk: Desk, case: RecordId, terms: Terms, issued: datetime) -> list[Change]:
    """What a plan starts with, as changes for the transaction that issues the citation."""
    to, user, at = desk.cases_file, desk.person.id, stamp(desk.clock)
    return [
        create(to, user, CONDITION, new_record_id(), _of_term(term, issued.date(), at, user), case)
        for term in terms.conditions
    ]


def add_condition(desk: Desk, case: RecordId, new: NewCondition) -> RecordId:
    """Add a condition to a plan.

    Raises:
        UnknownCode: There is no such type.
        BadEntry: The day is none.
        BadAmount: Less than nothing.
        CaseRefused: The case is closed, sealed or in conflict.
    """
    desk.require(May.EXTEND_CASE)
    held = _open_case(desk, case)
    to, user, ident = desk.cases_file, desk.person.id, new_record_id()
    fields = {**_fields(desk, new), **desk.entered()}
    change = create(to, user, CONDITION, ident, fields, held.record.id)
    to.apply([change], desk.act("add condition", case))
    return ident


def change_condition(desk: Desk, condition: RecordId, new: NewCondition, reason: str) -> None:
    """Change a condition, with a reason; the old words stay in its history.

    Raises:
        ReasonMissing: No reason.
        TreatmentIsApart: It would become treatment, or no longer be.
        UnknownCode, BadEntry, BadAmount, CaseRefused: As for a new one.
    """
    desk.require(May.EXTEND_CASE)
    if not reason.strip():
        raise ReasonMissing
    record = _record(desk, condition)
    _open_case(desk, record.about)
    if (record.values.get("type") == TREATMENT) is not (new.type == TREATMENT):
        raise TreatmentIsApart
    to, user = desk.cases_file, desk.person.id
    fields = _fields(desk, new)
    label = _words(record.values.get("label"))
    if new.label and new.label in label.values():  # not changed: its other languages stay
        fields["label"] = dict(label)
    change = write(to, user, CONDITION, condition, {**fields, facts.REASON: reason})
    to.apply([change], desk.act("change condition", condition))


def waive_condition(desk: Desk, condition: RecordId, reason: str) -> None:
    """Give a hardship waiver; who gave it and why stays with it.

    Raises:
        ReasonMissing: No reason.
        NotWaivable: The program lets nobody waive it.
        CaseRefused: The case is closed, sealed or in conflict, or it is waived already.
    """
    desk.require(May.EXTEND_CASE)
    if not reason.strip():
        raise ReasonMissing
    record, to = _record(desk, condition), desk.cases_file
    _open_case(desk, record.about)
    if not record.values.get("waivable"):
        raise NotWaivable
    if to.about(condition, WAIVER):
        raise CaseRefused([Refusal.ALREADY_NOTED])
    why = {facts.REASON: reason, **desk.entered()}
    change = fact(to, desk.person.id, WAIVER, new_record_id(), why, about=condition)
    to.apply([change], desk.act("waive condition", condition))


# --- progress ---------------------------------------------------------------------------


def record_progress(desk: Desk, condition: RecordId, progress: Progress) -> RecordId:
    """Note progress as a fact; nothing is overwritten.

    Raises:
        TreatmentIsApart: It is treatment: see `treatment.record_treatment`.
        BadAmount: Less than nothing, or an amount where nothing is counted.
        UnknownCode: The word is none.
        NotYetHappened: The day is still to come.
        ReasonMissing: It says nothing at all.
        CaseRefused: The case is closed, sealed or in conflict.
    """
    desk.require(May.RECORD_PROGRESS)
    record = _record(desk, condition)
    _open_case(desk, record.about)
    if record.values.get("type") == TREATMENT:
        raise TreatmentIsApart
    _check(desk, record, progress)
    ident = new_record_id()
    change = progress_change(desk, condition, progress, ident)
    desk.cases_file.apply([change], desk.act("record progress", condition))
    return ident


def take_back_progress(desk: Desk, progress: RecordId, reason: str) -> None:
    """Take back what was noted in error; it stays in the file and no longer counts.

    Raises:
        ReasonMissing: No reason.
        RecordMissing: There is no such progress.
    """
    desk.require(May.RECORD_PROGRESS)
    if not reason.strip():
        raise ReasonMissing
    file = desk.cases_file
    record = file.record(progress)
    if record is None or record.kind != PROGRESS or record.is_deleted:
        raise RecordMissing(progress)
    _open_case(desk, _record(desk, record.about).about)
    if record.values.get("what") == TREATMENT:
        raise TreatmentIsApart
    file.apply(
        [hide(file, desk.person.id, record, reason)], desk.act("take back progress", progress)
    )


def progress_change(
    desk: Desk, condition: RecordId, progress: Progress, ident: RecordId, what: str = ""
) -> Change:
    """Progress as a change; `what` is "treatment" where only the word crossed over."""
    fields: dict[str, Value] = {
        "word": progress.word,
        "amount": progress.amount,
        "note": progress.note,
        "verifier": progress.verifier,
        "day": progress.day or desk.clock.local().date().isoformat(),
        "what": what,
        **desk.entered(),
    }
    return fact(desk.cases_file, desk.person.id, PROGRESS, ident, fields, about=condition)


# --- read -------------------------------------------------------------------------------


def conditions_of(desk: Desk, case: RecordId) -> tuple[Condition, ...]:
    """The conditions of a case with their progress, in the order in which they were made."""
    measures = measures_of(desk)
    found = desk.cases_file.about(case, CONDITION)
    return tuple(_condition(desk, record, measures) for record in found)


def condition_of(desk: Desk, condition: RecordId) -> tuple[RecordId, Condition]:
    """One condition, and the case that it belongs to.

    Raises:
        RecordMissing: There is none.
    """
    record = _record(desk, condition)
    return record.about, _condition(desk, record, measures_of(desk))


def measures_of(desk: Desk) -> Mapping[str, str]:
    """What an amount counts, by type of condition: "hours", "money", or nothing."""
    return {choice.id: choice.measure for choice in desk.library.codes(TYPES)}


def _condition(desk: Desk, record: Record, measures: Mapping[str, str]) -> Condition:
    values, file = record.values, desk.cases_file
    kind = _text(values.get("type"))
    waivers = file.about(record.id, WAIVER)
    return Condition(
        record.id, kind, Text(_words(values.get("label"))), _text(values.get("due")),
        _whole(values.get("amount")), measures.get(kind, ""), bool(values.get("waivable")),
        tuple(_noted(one) for one in file.about(record.id, PROGRESS)),
        _waiver(waivers[0]) if waivers else None,
    )  # fmt: skip


def _noted(record: Record) -> Noted:
    values = record.values
    word, note, verifier, day = (_text(values.get(n)) for n in ("word", "note", "verifier", "day"))
    progress = Progress(word, _count(values.get("amount")), note, verifier, day)
    at, by = _text(values.get(facts.OPENED)), UserId(_text(values.get(facts.BY)))
    return Noted(record.id, at, by, progress)


def _waiver(record: Record) -> Waiver:
    at, by, why = (_text(record.values.get(n)) for n in (facts.OPENED, facts.BY, facts.REASON))
    return Waiver(at, UserId(by), why)


def _record(desk: Desk, ident: RecordId) -> Record:
    record = desk.cases_file.record(ident)
    if record is None or record.kind != CONDITION or record.is_deleted:
        raise RecordMissing(ident)
    return record


def _open_case(desk: Desk, case: RecordId) -> HeldCase:
    """The case, where its plan may still be worked on."""
    held = held_case(desk, case)
    if held.record.is_deleted:
        raise EnteredInError(case)
    # what closes or contradicts a case also ends the work on its plan
    if why := held.standing.status.allowed[CaseActKind.WITHDREW]:
        raise CaseRefused([why])
    return held


def _of_term(term: ConditionTerm, issued: date, at: str, user: UserId) -> dict[str, Value]:
    due = issued + timedelta(days=term.due_days)
    return {
        "type": term.type,
        "label": dict(term.label.by_language),
        "due": due.isoformat() if term.due_days else "",
        "amount": term.amount,
        "waivable": term.is_waivable,
        "term": term.id,
        facts.OPENED: at,
        facts.BY: user,
    }


def _fields(desk: Desk, new: NewCondition) -> dict[str, Value]:
    kind = require_choice(desk, TYPES, new.type)
    if new.amount < 0 or (new.amount and not kind.measure):
        raise BadAmount
    if new.due:
        require_day(new.due)
    # words of one's own about treatment would stand in the file that the prosecutor gets
    own = new.label.strip() if new.type != TREATMENT else ""
    return {
        "type": new.type,
        "label": {"en": own} if own else dict(kind.label.by_language),
        "due": new.due,
        "amount": new.amount,
        "waivable": new.is_waivable,
    }


def _check(desk: Desk, record: Record, progress: Progress) -> None:
    measure = measures_of(desk).get(_text(record.values.get("type")), "")
    if not _is_amount(progress.amount, measure):
        raise BadAmount
    if progress.word and progress.word not in SAID:
        raise UnknownCode
    if progress.day and require_day(progress.day) > desk.clock.local().date():
        raise NotYetHappened
    if not (progress.word or progress.amount or progress.note.strip()):
        raise ReasonMissing


def _is_amount(amount: float, measure: str) -> bool:
    """Nothing, or more than nothing of what is counted; cents are whole."""
    is_whole = type(amount) is int
    return not amount or (0 < amount < MOST and bool(measure) and (is_whole or measure == "hours"))


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Value) -> int:
    return value if type(value) is int else 0


def _count(value: Value) -> float:
    """Hours or cents; what is no number counts nothing."""
    return value if type(value) in (int, float) and isfinite(value) else 0


def _words(value: Value) -> Mapping[str, str]:
    return cast("Mapping[str, str]", value) if isinstance(value, Mapping) else NOTHING.by_language

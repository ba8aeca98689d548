"""Intakes: finished once, read with a trace, amended with a reason, never overwritten."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.draft import Draft
from intake_app.domain.errors import NotAllowed, NotFinished, ReasonMissing, RecordMissing
from intake_app.domain.form import Answers, Deadline, FieldType, Form, FormRef
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services import numbers
from intake_app.services.answers import answers_of
from intake_app.services.desk import Desk, Guide
from intake_app.services.drafts import guide_for, guide_of, save_draft
from intake_app.services.frames import paper_language
from intake_app.services.papers import IssuedPaper, issued_papers, papers_of_draft
from intake_app.services.rows import row_changes
from intake_app.services.writing import create, fact, hide, write

INTAKE: Final = "intake"
AMENDMENT: Final = "amendment"
APART: Final = "apart"
"""Kind of a record that is kept without any link to a person."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something owed after an intake.

    Attributes:
        label: What.
        on: Until when: a day (YYYY-MM-DD) or a moment.
    """

    label: Text
    on: str


@dataclass(frozen=True, slots=True)
class Finished:
    """What was saved.

    Attributes:
        record: The intake.
        number: Receipt number.
        owed: What is owed, earliest first.
    """

    record: RecordId
    number: str
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class NewIntake:
    """What a draft says once it is finished.

    Attributes:
        form: The form.
        answers: To what was asked.
        owed: What is owed afterwards, earliest first.
        finished: When: local time with offset.
    """

    form: Form
    answers: Answers
    owed: tuple[tuple[Deadline, str], ...]
    finished: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """One answer that was changed after Finish."""

    at: str
    by: UserId
    field: str
    old: Value
    new: Value
    reason: str


@dataclass(frozen=True, slots=True)
class IntakeView:
    """A finished intake, as its page shows it.

    Attributes:
        record: The intake.
        number: Receipt number.
        guide: The form version that it was taken with.
        answers: By field id, rows of tables included.
        opened: Local time with offset.
        by: Who took it.
        language: Language of the person's papers.
        owed: What is owed.
        is_entered_in_error: It is in no list and no count.
        history: Amendments, oldest first.
        papers: What was issued.
    """

    record: RecordId
    number: str
    guide: Guide
    answers: Answers
    opened: str
    by: UserId
    language: str
    owed: tuple[Owed, ...]
    is_entered_in_error: bool
    history: tuple[Amendment, ...]
    papers: tuple[IssuedPaper, ...]

    @property
    def is_amended(self) -> bool:
        """Whether anything was changed after Finish."""
        return bool(self.history)


def finish_intake(desk: Desk, draft: Draft) -> Finished:
    """Make a record of a draft.

    Two files are written, one after the other: the record with its rows, legal acts and papers in
    `care`, then the draft is cleared in `station`. After a power cut between the two,
    `drafts.settle_drafts` clears it at the next unlock; trying again makes no second record.

    Raises:
        NotAllowed: It is not one's own draft, or not in one's roles.
        NotFinished: Answers are missing or wrong.
        DiskFull: Nothing was written; the draft is still there.
    """
    desk.require(May.TAKE_WALK_IN)
    if draft.author != desk.person.id:
        raise NotAllowed("draft")
    guide = guide_of(desk, draft)
    if not guide.may_finish_now(draft.answers) and guide.problems(draft.answers):
        raise NotFinished
    if desk.care_file.record(draft.id) is None:
        numbers.reserve(desk, draft)
        _keep_apart(desk, draft, guide)
        papers = papers_of_draft(desk, draft)
        new = _new_intake(desk, draft, guide)
        changes = [*creating_changes(desk, draft, new), *papers.changes]
        desk.care_file.apply(changes, desk.act("finish intake", draft.id), papers.blobs)
    desk.drafts.remove(draft.id)
    record = _record(desk, draft.id)
    return Finished(draft.id, str(record.values[facts.NUMBER]), _owed(record))


def read_intake(desk: Desk, ident: RecordId) -> IntakeView:
    """Open an intake; that it was read is logged first.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: It is not on this computer.
    """
    desk.require(May.READ_INTAKE)
    desk.care_file.note(desk.act("read intake", ident))
    record = _record(desk, ident)
    form: dict[str, Any] = record.values[facts.FORM]
    guide = guide_for(desk, FormRef(**form))
    return IntakeView(
        record=ident,
        number=str(record.values[facts.NUMBER]),
        guide=guide,
        answers=answers_of(desk, record, guide),
        opened=str(record.values[facts.OPENED]),
        by=UserId(record.values[facts.BY]),
        language=str(record.values[facts.LANGUAGE]),
        owed=_owed(record),
        is_entered_in_error=record.is_deleted,
        history=tuple(_history(desk, ident)),
        papers=tuple(issued_papers(desk, ident)),
    )


def amend_intake(desk: Desk, ident: RecordId, answers: Mapping[str, Value], reason: str) -> None:
    """Give answers new values; the old ones stay readable, with who and why.

    Args:
        desk: The desk.
        ident: The intake.
        answers: Only what is to change; None takes an answer away.
        reason: Why, in words; kept with the record, never in the log.

    Raises:
        ReasonMissing: No reason.
        NotAllowed: Not in one's roles.
        NotFinished: With these answers something is missing or wrong.
    """
    desk.require(May.AMEND_INTAKE)
    if not reason.strip():
        raise ReasonMissing
    record = _record(desk, ident)
    guide = guide_for(desk, FormRef(**record.values[facts.FORM]))
    before = answers_of(desk, record, guide)
    changed = {name: value for name, value in answers.items() if before.get(name) != value}
    after = {k: v for k, v in {**before, **changed}.items() if v is not None}
    if not guide.may_finish_now(after) and guide.problems(after):
        raise NotFinished
    if not changed:
        return
    tables = {f.id for f in guide.form.fields() if f.type is FieldType.ROWS}
    plain = {name: value for name, value in changed.items() if name not in tables}
    why = {
        facts.REASON: reason,
        facts.OPENED: stamp(desk.clock),
        facts.BY: desk.person.id,
        "changed": {name: [before.get(name), value] for name, value in changed.items()},
    }
    changes = list(_amending(desk, record, plain, why))
    for name in sorted(changed.keys() & tables):
        changes += row_changes(desk, ident, name, before.get(name) or [], changed[name] or [])
    desk.care_file.apply(changes, desk.act("amend intake", ident))


def mark_entered_in_error(desk: Desk, ident: RecordId, reason: str) -> None:
    """Take an intake out of lists and counts; it stays readable by its number.

    Raises:
        ReasonMissing: No reason.
        NotAllowed: Not in one's roles.
    """
    desk.require(May.AMEND_INTAKE)
    if not reason.strip():
        raise ReasonMissing
    change = hide(desk.care_file, desk.person.id, _record(desk, ident), reason)
    desk.care_file.apply([change], desk.act("entered in error", ident))


def creating_changes(desk: Desk, draft: Draft, new: NewIntake) -> Iterator[Change]:
    """The changes that make a record of an intake: itself, its rows, its legal acts."""
    form, answers = new.form, new.answers
    acts = {f.id: s.fact for s in form.sections if s.fact for f in s.fields}
    tables = {f.id for f in form.fields() if f.type is FieldType.ROWS}
    apart = {f.id for f in form.fields() if f.is_apart}
    own = {k: v for k, v in answers.items() if k not in acts and k not in tables | apart}
    to, user = desk.care_file, desk.person.id
    reserved = {
        facts.FORM: asdict(form.ref),
        facts.PATHWAY: form.pathway,
        facts.NUMBER: draft.number,
        facts.OPENED: draft.started,
        facts.FACTS: dict(form.facts),
        facts.OWED: [[due.id, dict(due.label.by_language), on] for due, on in new.owed],
        facts.DUE: new.owed[0][1][:10] if new.owed else "",
        facts.LANGUAGE: paper_language(desk, draft, form),
        facts.BY: user,
        facts.STATUS: "finished",
    }
    yield create(to, user, INTAKE, draft.id, {**own, **reserved})
    for name in sorted(tables & answers.keys()):
        yield from row_changes(desk, draft.id, name, [], answers[name])
    for kind in sorted(set(acts.values())):
        given = {k: v for k, v in answers.items() if acts.get(k) == kind}
        if given:
            fields = {**given, facts.OPENED: new.finished, facts.BY: user}
            yield fact(to, user, kind, new_record_id(), fields, about=draft.id)


def _new_intake(desk: Desk, draft: Draft, guide: Guide) -> NewIntake:
    answers, finished = guide.kept(draft.answers), stamp(desk.clock)
    return NewIntake(guide.form, answers, guide.owed(answers, finished), finished)


def _keep_apart(desk: Desk, draft: Draft, guide: Guide) -> None:
    """What must not be linked to the person becomes a record of its own, in another file."""
    answers = guide.kept(draft.answers)
    given = {f.id: answers[f.id] for f in guide.form.fields() if f.is_apart and f.id in answers}
    if not given:
        return
    if APART not in draft.apart:
        draft.apart[APART] = new_record_id()
        save_draft(desk, draft)
    ident = draft.apart[APART]
    if desk.station.record(ident) is None:
        fields = {**given, facts.OPENED: stamp(desk.clock)[:10]}  # the day, so not which visit
        change = create(desk.station, desk.person.id, APART, ident, fields)
        desk.station.apply([change], desk.act("keep apart", ident))


def _amending(
    desk: Desk, record: Record, fields: Mapping[str, Value], why: Answers
) -> Iterator[Change]:
    to, user = desk.care_file, desk.person.id
    yield write(to, user, record.kind, record.id, {**fields, facts.STATUS: "amended"})
    yield fact(to, user, AMENDMENT, new_record_id(), why, about=record.id)


def _history(desk: Desk, ident: RecordId) -> Iterator[Amendment]:
    for act in desk.care_file.about(ident, AMENDMENT):
        at, by, reason = (str(act.values[n]) for n in (facts.OPENED, facts.BY, facts.REASON))
        for name, (old, new) in act.values["changed"].items():
            yield Amendment(at, UserId(by), name, old, new, reason)


def _owed(record: Record) -> tuple[Owed, ...]:
    return tuple(Owed(Text(label), on) for _, label, on in record.values.get(facts.OWED) or ())


def _record(desk: Desk, ident: RecordId) -> Record:
    record = desk.care_file.record(ident)
    if record is None or record.is_purged:
        raise RecordMissing(ident)
    return record

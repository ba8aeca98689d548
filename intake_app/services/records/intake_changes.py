"""What a finished draft becomes: the changes that make its record, its rows and its legal acts."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.consent import ConsentKind
from intake_app.domain.draft import ENTERED, PERSON, Draft
from intake_app.domain.episode import STEP, Step
from intake_app.domain.form import Answers, Deadline, FieldType, Form
from intake_app.domain.ids import RecordId, UserId, new_record_id, record_id_of
from intake_app.domain.pathway import CARE_ROOM, room_of
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Stamps
from intake_app.services.records.aid_changes import answered_changes, left_changes
from intake_app.services.records.apart import linked
from intake_app.services.records.consent_watch import watch_changes
from intake_app.services.records.event_parts import EventParts
from intake_app.services.records.first_try import first_try
from intake_app.services.records.follow_up_changes import ended_changes, planned_changes
from intake_app.services.records.frames import person_language
from intake_app.services.records.rows import new_rows
from intake_app.services.records.stop_at_intake import stop_change, stop_of
from intake_app.services.records.writing import create, fact

INTAKE: Final = "intake"
FINISHED: Final = "finished"


@dataclass(frozen=True, slots=True)
class NewIntake:
    """What a draft says once it is finished.

    Attributes:
        form: The form.
        answers: To what was asked.
        owed: What is owed afterwards, earliest first.
        finished: When: local time with offset.
        begins: The status that it begins with, where the form has a list of them.
        is_event_only: Nobody was met.
    """

    form: Form
    answers: Answers
    owed: tuple[tuple[Deadline, str], ...]
    finished: str
    begins: str = ""
    is_event_only: bool = False


def creating_changes(desk: Desk, draft: Draft, new: NewIntake) -> Iterator[Change]:
    """The changes that make a record of an intake: itself, its event, its rows, its legal acts.

    Where nobody was met, they make the event alone.
    """
    form, answers = new.form, linked(new.form, new.answers)
    to, user = desk.stamps_for(room_of(draft.pathway).compartment), desk.person.id
    event = EventParts.of(draft, form, answers, is_alone=new.is_event_only)
    reserved = _reserved(desk, draft, form, answers)
    yield from event.changes(to, user, {**reserved, facts.STATUS: FINISHED}, new.finished)
    if event.is_alone:
        yield from left_changes(to, user, draft.id, form, answers, new.finished)
        return
    acts, tables = acts_of(form), tables_of(form)
    beside = event.questions | acts.keys()
    own = {k: v for k, v in answers.items() if k not in beside and k not in tables}
    more = _reserved_of_intake(draft, new, event.id) | _whose(desk, draft)
    yield create(to, user, INTAKE, draft.id, {**own, **reserved, **more})
    yield from _first_step(to, user, draft, new)
    yield from first_try(to, user, draft.id, (form, answers), new.owed, new.finished)
    for name in sorted((tables - event.questions) & answers.keys()):
        yield from new_rows(to, user, draft.id, name, answers[name])
    for kind in sorted(set(acts.values())):
        given = {k: v for k, v in answers.items() if acts.get(k) == kind}
        if given:
            said = {**given, facts.OPENED: new.finished, facts.BY: user}
            act = fact(to, user, kind, record_id_of(draft.id, kind), said, about=draft.id)
            yield act
            yield from watch_changes(desk, to, act) if kind in set(ConsentKind) else ()
    yield from _owed_or_stopped(
        desk, to, draft, new, RecordId(str(more.get(facts.PERSON, draft.id)))
    )
    yield from answered_changes(to, user, draft.id, form, answers, new.finished)


def _reserved(desk: Desk, draft: Draft, form: Form, answers: Answers) -> dict[str, Value]:
    """What every record that stands alone says of itself."""
    return {
        facts.FORM: asdict(form.ref),
        facts.PATHWAY: form.pathway,
        facts.NUMBER: draft.number,
        facts.OPENED: draft.started,
        facts.LANGUAGE: person_language(desk, form, answers, draft.language),
        facts.BY: desk.person.id,
    }


def _reserved_of_intake(draft: Draft, new: NewIntake, event: RecordId) -> dict[str, Value]:
    """What an intake says of itself besides."""
    said: dict[str, Value] = {
        facts.FACTS: dict(new.form.facts),
        facts.OWED: [[due.id, dict(due.label.by_language), on] for due, on in new.owed],
        facts.DUE: _due(draft, new),
        facts.STATUS: str(draft.marks.get("status") or new.begins or FINISHED),
    }
    if keyed := draft.marks.get(ENTERED):
        said[facts.ENTERED] = keyed
    if event:
        said[facts.EVENT] = event
    return said


def _whose(desk: Desk, draft: Draft) -> dict[str, Value]:
    """Whose intake it is too, where somebody said so and that person is in the same file."""
    file = desk.open_file(room_of(draft.pathway).compartment)
    wanted = RecordId(str(draft.marks.get(PERSON) or ""))
    record = file.record(wanted) if file and wanted else None
    if record is None or record.is_purged or record.kind != INTAKE:
        return {}
    return {facts.PERSON: facts.person_of(record)}


def _owed_or_stopped(
    desk: Desk, to: Stamps, draft: Draft, new: NewIntake, person: RecordId
) -> Iterator[Change]:
    """Its follow-ups; where the person said stop or died, the flag and the end of all others."""
    flag = stop_of(new.form, new.answers, new.begins)
    if not flag:
        yield from planned_changes(desk, to, draft.id, draft.pathway, new.owed, new.finished)
        return
    yield stop_change(to, person, flag, desk.entered())
    file = desk.open_file(room_of(draft.pathway).compartment)
    if file:
        for row in file.of_person(person, INTAKE):
            yield from ended_changes(desk, file, row.record, flag)


def _due(draft: Draft, new: NewIntake) -> str:
    """The next day owed in a held case; of those who asked for help, their follow-ups are due."""
    if room_of(draft.pathway) is CARE_ROOM:
        return ""
    return str(draft.marks.get("due") or (new.owed[0][1][:10] if new.owed else ""))


def _first_step(to: Stamps, user: UserId, draft: Draft, new: NewIntake) -> Iterator[Change]:
    """How far it has come with Finish: the first step of its episode."""
    if new.begins and room_of(draft.pathway) is CARE_ROOM:
        step = Step(new_record_id(), new.begins, new.finished, new.finished, user)
        yield fact(to, user, STEP, step.id, step.fields(), about=draft.id)


def legal_act(to: Stamps, user: UserId, intake: RecordId, kind: str, given: Answers) -> Change:
    """A consent, an assent: written once; another one follows it."""
    return fact(to, user, kind, new_record_id(), {**given, facts.BY: user}, about=intake)


def acts_of(form: Form) -> dict[str, str]:
    """The questions whose answers are legal acts, with the kind of act."""
    return {f.id: s.fact for s in form.sections if s.fact for f in s.fields}


def tables_of(form: Form) -> set[str]:
    """The questions whose answers are records of their own."""
    return {f.id for f in form.fields() if f.type is FieldType.ROWS}

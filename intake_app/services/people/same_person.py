"""Who may be here already: suggestions while a name is typed, and the next intake of a person.

Only the file that the intake goes to is looked into, and only by who may list its people. Nothing
is merged: a person says whether it is the same one.
"""

from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.draft import PERSON, Draft
from intake_app.domain.errors import NotAllowed, RecordMissing
from intake_app.domain.form import Answers, Form
from intake_app.domain.ids import RecordId
from intake_app.domain.likeness import Identity, asked_keys, identity_in
from intake_app.domain.listing import Row
from intake_app.domain.pathway import CARE_ROOM, Pathway, room_of
from intake_app.domain.roles import may
from intake_app.services.case.programs import case_programs
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.people.likeness_score import Judged, Sign, judge
from intake_app.services.people.persons import flags_of, person_of
from intake_app.services.records.answers import answers_of
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.records.form_versions import guide_for, guide_of_record
from intake_app.services.records.identity_block import carried
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.ways_in import WayIn, may_take, ways_in

SHOWN: Final = 3
"""Persons that are suggested at once."""

_CANDIDATES: Final = 400
"""Of each kind of keys; the newest."""

_READ: Final = 40
"""Of the most alike entries, so many are looked at to tell persons apart."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who may be the same person.

    Attributes:
        intake: The most alike of their intakes.
        signs: What speaks for it.
        stop: Why nobody may contact them ("deceased", "do_not_contact"), or empty.
    """

    intake: Row
    signs: tuple[Sign, ...]
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found.

    Attributes:
        first: The most alike persons, at most `SHOWN`.
        more: How many others there are: "Type the birth date".
    """

    first: tuple[Suggestion, ...] = ()
    more: int = 0


NOBODY: Final = Suggestions()


def may_suggest(desk: Desk, pathway: str) -> bool:
    """Whether this person is told of others in the file of a pathway; who is not, is never asked.

    So there is no answer that takes longer where somebody is known.
    """
    room = room_of(pathway)
    return desk.open_file(room.compartment) is not None and may(desk.person.roles, room.find)


def suggestions(desk: Desk, form: Form, answers: Answers) -> Suggestions:
    """Who may be the same person as the one whose intake is being typed.

    Args:
        desk: Whose.
        form: The form of the draft.
        answers: What was typed so far.
    """
    if not may_suggest(desk, form.pathway):
        return NOBODY
    file = desk.file_for(form.pathway)
    return _ranked(file, _judged(desk, file, identity_in(answers, form.facts)))


def same_as(desk: Desk, intake: RecordId) -> Suggestions:
    """Who may be the same person as one who is in the file: for somebody who can merge."""
    file = desk.file_with(intake, "read")
    person = person_of(file, intake)
    own = {row.record for row in file.of_person(person, INTAKE)}
    found: dict[RecordId, Judged] = {}
    for ident in own:
        record = file.record(ident)
        who = identity_in(record.values, record.values.get(facts.FACTS) or {}) if record else None
        for other, judged in _judged(desk, file, who or Identity()).items():
            if other not in own and judged.points > found.get(other, Judged()).points:
                found[other] = judged
    return _ranked(file, found)


def _judged(desk: Desk, file: Records, who: Identity) -> dict[RecordId, Judged]:
    """The candidates that are alike enough."""
    if not who.is_enough:
        return {}
    called = {name for first in (who.first, who.preferred) for name in desk.library.called(first)}
    strong, weak = asked_keys(who, called)
    found = dict(file.alike(strong, INTAKE, _CANDIDATES) + file.alike(weak, INTAKE, _CANDIDATES))
    judged = {ident: judge(who, other, called) for ident, other in found.items()}
    return {ident: one for ident, one in judged.items() if one.points > 0}


def _ranked(file: Records, judged: dict[RecordId, Judged]) -> Suggestions:
    order = sorted(judged, key=lambda ident: -judged[ident].points)
    rows = file.lines(order[:_READ])
    persons: dict[str, Suggestion] = {}
    for ident in order[:_READ]:
        if row := rows.get(ident):
            persons.setdefault(row.person, Suggestion(row, judged[ident].signs))
    first = tuple(
        replace(one, stop=flags_of(file, RecordId(one.intake.person)).stop)
        for one in tuple(persons.values())[:SHOWN]
    )
    return Suggestions(first, len(persons) - len(first) + max(0, len(order) - _READ))


# --- the next intake ----------------------------------------------------------------------


def identity_of_person(desk: Desk, intake: RecordId, form: Form) -> Answers:
    """Who a person is, from their latest intake, as answers to another form; reading is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake in the file of this form's pathway.
    """
    file = desk.file_with(intake, "read")
    if file is not desk.file_for(form.pathway):
        raise RecordMissing(intake)
    rows = file.of_person(person_of(file, intake), INTAKE)
    record = file.record(rows[-1].record) if rows else None
    if record is None:
        raise RecordMissing(intake)
    file.note(desk.act("copy identity forward", record.id))
    guide = guide_of_record(desk, record)
    return carried(guide.form, answers_of(file, record, guide), form)


def filled(form_defaults: Answers, typed: Answers, known: Answers) -> Answers:
    """What is known of a person for the questions to which nothing was typed yet."""
    return {
        name: value
        for name, value in known.items()
        if name not in typed or typed[name] == form_defaults.get(name)
    }


def next_ways(desk: Desk, intake: RecordId) -> tuple[WayIn, ...]:
    """The ways by which this person could come next: those that are on, in the same room."""
    if _room_with(desk, intake) is CARE_ROOM.compartment:
        return ways_in(desk)
    way = Pathway.OFFICER_INTERVENTION
    if not may_take(desk, way):
        return ()
    return tuple(WayIn(way, form, title) for form, title in case_programs(desk))


def begin_for(desk: Desk, intake: RecordId, form_id: str) -> Draft:
    """A new intake of a person, linked to the earlier ones and never an edit of them.

    Args:
        desk: Whose.
        intake: One of the person's intakes.
        form_id: Pathway code or program id.

    Returns:
        The draft, saved, with who the person is filled in.

    Raises:
        NotAllowed: Not in this person's roles, or a pathway of the other room.
        RecordMissing: There is no such intake here.
        FormMissing: There is no such form.
    """
    draft = begin_draft(desk, form_id)
    if room_of(draft.pathway).compartment is not _room_with(desk, intake):
        raise NotAllowed("room")
    form = guide_for(desk, draft.form).form
    draft.answers |= identity_of_person(desk, intake, form)
    draft.marks[PERSON] = intake
    save_draft(desk, draft)
    return draft


def _room_with(desk: Desk, intake: RecordId) -> object:
    file = desk.file_with(intake, "read")
    rooms = (room.compartment for room in desk.rooms_for("read"))
    return next(one for one in rooms if desk.open_file(one) is file)

"""What an event (an overdose) is made of: a record of its own that intakes of several people name.

Which questions are the event's, its form says (`event = true`). The event is taken with the first
person's intake, in one transaction. Where nobody was met, it stands alone in the intake's place,
and nobody is counted.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers, FieldType, Form
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.services.needs.files import Reads, Stamps
from intake_app.services.records.rows import new_rows
from intake_app.services.records.writing import create, fact

EVENT: Final = "event"
"""Kind of the record; and in `Draft.marks` the event that a draft shares with another person."""

JOINED: Final = "event.person"
"""Kind of a fact about an event: {"intake"}, one for each person of it."""

INTAKE_OF: Final = "intake"


def event_questions(form: Form) -> frozenset[str]:
    """The questions of a form that are about the event."""
    return frozenset(f.id for s in form.sections if s.is_event for f in s.fields)


def own_event(draft: RecordId) -> RecordId:
    """The event that a draft makes: the same id on each try, so that none is made twice."""
    return RecordId(hashlib.sha256(f"{EVENT} {draft}".encode()).hexdigest()[:32])


def event_of(file: Reads, record: Record) -> Record | None:
    """The event of an intake, where it has one and it is still there."""
    ident = record.values.get(facts.EVENT)
    found = file.record(RecordId(str(ident))) if ident else None
    return None if found is None or found.is_purged else found


@dataclass(frozen=True, slots=True)
class EventParts:
    """The event of an intake that is being finished.

    Attributes:
        draft: The draft.
        form: Its form.
        questions: The questions of the event.
        said: Their answers.
        is_shared: It is there already, taken with another person.
        is_alone: Nobody was met.
    """

    draft: Draft
    form: Form
    questions: frozenset[str]
    said: Answers
    is_shared: bool
    is_alone: bool

    @classmethod
    def of(
        cls, draft: Draft, form: Form, answers: Answers, *, is_alone: bool = False
    ) -> "EventParts":
        """The event in some answers; without any, it has no id."""
        questions = event_questions(form)
        said = {k: v for k, v in answers.items() if k in questions}
        is_shared = bool(draft.marks.get(EVENT))
        is_alone = is_alone and bool(said) and not is_shared
        return cls(draft, form, questions, said, is_shared, is_alone)

    @property
    def id(self) -> RecordId:
        """Its record; empty: there is none."""
        if self.is_alone:
            return self.draft.id
        own = own_event(self.draft.id) if self.said else RecordId("")
        return RecordId(str(self.draft.marks.get(EVENT) or own))

    def changes(
        self, to: Stamps, user: UserId, reserved: Mapping[str, Value], finished: str
    ) -> Iterator[Change]:
        """What makes it, and names the person's intake with it."""
        if self.id and not self.is_shared:
            tables = {f.id for f in self.form.fields() if f.type is FieldType.ROWS}
            own = {k: v for k, v in self.said.items() if k not in tables}
            yield create(to, user, EVENT, self.id, {**own, **reserved})
            for name in sorted(tables & self.said.keys()):
                yield from new_rows(to, user, self.id, name, self.said[name])
        if self.id and not self.is_alone:
            told = {INTAKE_OF: self.draft.id, facts.OPENED: finished, facts.BY: user}
            yield fact(to, user, JOINED, new_record_id(), told, about=self.id)

"""What an amendment becomes: new values over old ones, and beside them who changed what, and why.

Answers about an event (an overdose) are amended in its own record, for all who share it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.consent import ConsentKind
from intake_app.domain.errors import NotFinished
from intake_app.domain.form import Answers, FieldType, Form
from intake_app.domain.ids import UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.records.event_parts import event_of, event_questions
from intake_app.services.records.frames import person_language
from intake_app.services.records.intake_changes import FINISHED, acts_of, legal_act, tables_of
from intake_app.services.records.rows import Table, row_changes
from intake_app.services.records.writing import fact, write

AMENDMENT: Final = "amendment"


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
class Amending:
    """All answers before and after, and why they change."""

    form: Form
    before: Answers
    after: Answers
    reason: str

    def changed(self) -> dict[str, tuple[Value, Value]]:
        """Old and new value, by question."""
        names = sorted(self.before.keys() | self.after.keys())
        pairs = {name: (self.before.get(name), self.after.get(name)) for name in names}
        return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def amended(guide: Guide, before: Answers, answers: Answers) -> Answers:
    """All answers as they will be.

    Raises:
        NotFinished: There is a problem that was not there before. (What was right when it was
            signed may have run out since; that must not stop another answer from being mended.)
    """
    after = {k: v for k, v in {**before, **answers}.items() if v is not None}
    for name in guide.kept(before).keys() - guide.kept(after).keys():
        after.pop(name, None)
    asked_now = guide.visible(after) - guide.visible(before)
    after = {n: v for n, v in guide.defaults().items() if n in asked_now} | after
    if guide.may_finish_now(after):
        return after
    found = () if guide.may_finish_now(before) else guide.problems(before)
    old = {(p.field, p.row, p.column) for p in found}
    for p in guide.problems(after):
        if (p.field, p.row, p.column) not in old or before.get(p.field) != after.get(p.field):
            raise NotFinished(p.field)
    return after


def amending_changes(desk: Desk, record: Record, change: Amending) -> Iterator[Change]:
    """The changes of one amendment: of the intake, and of its event where that is concerned."""
    to, user = desk.file_with(record.id, "amend"), desk.person.id
    changed, acts = change.changed(), acts_of(change.form)
    event = event_of(to, record)
    of_event = changed.keys() & event_questions(change.form) if event else set[str]()
    own = changed.keys() - of_event
    if own or not of_event:
        yield from _part(desk, record, change, own)
    if event and of_event:
        yield from _part(desk, event, change, of_event)
    stale = _signatures(change.form) - changed.keys()
    for kind in sorted({acts[name] for name in own & acts.keys()}):
        given = {k: v for k, v in change.after.items() if acts.get(k) == kind and k not in stale}
        yield legal_act(to, user, record.id, kind, {**given, facts.OPENED: stamp(desk.clock)})


def _signatures(form: Form) -> set[str]:
    """The signatures under consents: each is for the words that were read with it, no others."""
    parts = (part for part in form.sections if part.fact in set(ConsentKind))
    return {f.id for part in parts for f in part.fields if f.type is FieldType.SIGNATURE}


def _part(desk: Desk, record: Record, change: Amending, names: set[str]) -> Iterator[Change]:
    """What one record's share of it becomes."""
    to, user, at = desk.file_with(record.id, "amend"), desk.person.id, stamp(desk.clock)
    changed = {name: pair for name, pair in change.changed().items() if name in names}
    acts, tables = acts_of(change.form), tables_of(change.form)
    own = {n: new for n, (_, new) in changed.items() if n not in acts and n not in tables}
    if change.form.facts.get("language") in changed:
        own[facts.LANGUAGE] = person_language(desk, change.form, change.after)
    if record.values.get(facts.STATUS) == FINISHED:  # other states are made by acts and steps
        own[facts.STATUS] = "amended"
    yield write(to, user, record.kind, record.id, own)
    why = {
        facts.REASON: change.reason,
        facts.OPENED: at,
        facts.BY: user,
        "changed": {name: [old, new] for name, (old, new) in changed.items()},
    }
    yield fact(to, user, AMENDMENT, new_record_id(), why, about=record.id)
    for name in sorted(changed.keys() & tables):
        old, new = changed[name]
        yield from row_changes(Table(to, user, record.id, name), old or [], new or [])


def history_of(file: Records, record: Record) -> Iterator[Amendment]:
    """What was amended in an intake, and in its event, oldest first in each."""
    event = event_of(file, record)
    for part in (record, *((event,) if event else ())):
        for act in file.about(part.id, AMENDMENT):
            at, by, reason = (str(act.values[n]) for n in (facts.OPENED, facts.BY, facts.REASON))
            for name, (old, new) in act.values["changed"].items():
                yield Amendment(at, UserId(by), name, old, new, reason)

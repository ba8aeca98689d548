"""What was given up (contraband) is kept apart: no link leads from it to the person, or back.

It is a record of its own in the `station` file. It carries the week and no day, no receipt number,
and no id that stands anywhere in `care`; the time inside the id of its change is drawn by lot, and
the audit line beside it names no record and is written at each Finish, with or without it.
"""

import secrets
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Action, Change, change_id, clock_of
from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers, Form
from intake_app.domain.ids import ChangeId, Epoch, RecordId, StationId, new_record_id
from intake_app.domain.record import replaced_by
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.drafts import save_draft

APART: Final = "apart"
"""Kind of a record that is kept without any link to a person."""


def linked(form: Form, answers: Answers) -> Answers:
    """The answers that may stand with the person: all but those that are kept apart."""
    apart = {f.id for f in form.fields() if f.is_apart}
    return {name: value for name, value in answers.items() if name not in apart}


def unlinked(form: Form, answers: Answers) -> Answers:
    """The answers that are kept apart."""
    return {f.id: answers[f.id] for f in form.fields() if f.is_apart and f.id in answers}


def keep_apart_at_finish(desk: Desk, draft: Draft, guide: Guide) -> None:
    """Write what a draft keeps apart; a second try after a power cut makes no second record."""
    given = unlinked(guide.form, guide.kept(draft.answers))
    if given and APART not in draft.apart:
        chosen = {APART: new_record_id()}
        save_draft(desk, replace(draft, apart=chosen))
        draft.apart = chosen  # only once it is kept
    _keep(desk, draft.apart.get(APART), given, "finish intake")


def keep_apart(desk: Desk, given: Answers) -> None:
    """Write what was given up after Finish: a new record each time."""
    if given:
        _keep(desk, new_record_id(), given, "keep apart")


def _keep(desk: Desk, ident: RecordId | None, given: Answers, what: str) -> None:
    changes = [_change(desk, ident, given)] if ident else []
    desk.station.apply(changes, desk.act(what))


def _change(desk: Desk, ident: RecordId, given: Answers) -> Change:
    before = desk.station.record(ident)
    gone = dict.fromkeys(before.values, None) if before else {}
    fields = {**gone, **given, facts.OPENED: _week(desk)}
    over = replaced_by(before, fields)
    user = desk.person.id
    return Change(_some_time_this_week(desk), user, Action.WRITE, APART, ident, fields, over)


def _week(desk: Desk) -> str:
    """Monday of this week: where one person a day comes in, a day would name them."""
    today = desk.clock.local().date()
    return (today - timedelta(days=today.weekday())).isoformat()


def _some_time_this_week(desk: Desk) -> ChangeId:
    """An id as any other, except that its clock tells the week only."""
    own = desk.station.stamp()
    now, (_, station, epoch) = clock_of(own), own.split(".")
    monday = datetime.combine(date.fromisoformat(_week(desk)), time(), desk.clock.local().tzinfo)
    first = min(int(monday.timestamp() * 1000) << 16, now)
    drawn = first + secrets.randbelow(now - first + 1)
    return change_id(drawn, StationId(station), Epoch(epoch))

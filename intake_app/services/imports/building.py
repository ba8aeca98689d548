"""What a row of a table becomes: the changes of a real record, with its steps at their days.

It is made by the same parts as a new intake, and is marked with the import and the row that it came
from. No paper is issued, no number of a receipt is taken, nothing leaves the shelf, and nothing is
to be done about what has ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.case_act import REASON, REPORT_BY, CaseAct, CaseActKind
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp, zone_of
from intake_app.domain.deidentified import age_band
from intake_app.domain.draft import Draft
from intake_app.domain.episode import STEP, Step
from intake_app.domain.follow_up import Reach
from intake_app.domain.form import Answers, Deadline, Form
from intake_app.domain.ids import RecordId, UserId, record_id_of
from intake_app.domain.import_row import PastRow
from intake_app.domain.offense import is_table_of_offenses
from intake_app.domain.offer import CODED, OfferAbout, OfferOutcome
from intake_app.domain.pathway import CARE_ROOM, room_of
from intake_app.domain.terms import Instrument, Terms
from intake_app.services.case.held import act_change, row_of, stands
from intake_app.services.case.offers import DEMOGRAPHICS, OFFER
from intake_app.services.citing.citing import about_offense
from intake_app.services.desk import Desk
from intake_app.services.imports.plan import Plan
from intake_app.services.imports.reading import NOON
from intake_app.services.imports.ways import acts_of, is_of_ledger, is_open, steps_of
from intake_app.services.records.choices import choices_of
from intake_app.services.records.intake_changes import INTAKE, NewIntake, creating_changes
from intake_app.services.records.rows import ROW
from intake_app.services.records.stop_at_intake import DECEASED, stop_change
from intake_app.services.records.tries import ATTEMPT, RESULTS
from intake_app.services.records.writing import fact

NOBODY: Final = UserId("")
"""Who took a past case: whoever imports it did not."""

_ENGAGED: Final = "engaged"


@dataclass(slots=True)
class Builder:
    """Makes the changes of rows.

    Attributes:
        desk: Whose.
        plan: How the file is read.
        ident: The import's record.
        prefix: What the numbers of its records begin with.
        first_of: The first record of each person of the table.
    """

    desk: Desk
    plan: Plan
    ident: RecordId
    prefix: str
    first_of: dict[str, RecordId] = field(default_factory=dict[str, RecordId])

    @property
    def form(self) -> Form:
        """The form that rows become intakes of."""
        return self.plan.guide.form

    def changes_of(self, past: PastRow) -> list[Change]:
        """All that a row becomes, for one transaction of its file."""
        if is_of_ledger(self.form, past):
            return list(self._ledger(past))
        ident = row_id(self.ident, past.number)
        made = self._care(ident, past) if self._is_care else self._case(ident, past)
        return [self._marked(change, past) for change in made]

    @property
    def _is_care(self) -> bool:
        return room_of(self.form.pathway) is CARE_ROOM

    @property
    def _zone(self) -> tzinfo:
        return zone_of(self.desk.clock)

    def _marked(self, change: Change, past: PastRow) -> Change:
        """The intake says where it came from, and whose it is."""
        if change.kind != INTAKE:
            return change
        said: dict[str, Value] = {
            **change.fields, facts.IMPORTED: self._mark(past), facts.BY: NOBODY,
        }  # fmt: skip
        if past.same_person:
            first = self.first_of.setdefault(past.same_person, change.record)
            if first != change.record:
                said[facts.PERSON] = first
        return replace(change, fields=said)

    def _mark(self, past: PastRow) -> dict[str, Value]:
        return {"import": self.ident, "row": past.number, "digest": past.digest}

    def _draft(self, ident: RecordId, past: PastRow) -> Draft:
        number = f"{self.prefix}-{past.number}"
        if past.old_number:
            number = f"{number} {past.old_number}"
        draft = Draft(
            ident, self.form.ref, self.desk.person.id, dict(past.answers),
            started=self._opened(past).isoformat(timespec="seconds"), number=number,
        )  # fmt: skip
        draft.pathway = self.form.pathway
        return draft

    def _opened(self, past: PastRow) -> datetime:
        return min(past.opened, self.desk.clock.local())

    # --- care --------------------------------------------------------------------------------

    def _care(self, ident: RecordId, past: PastRow) -> Iterator[Change]:
        desk, form = self.desk, self.form
        to, user = desk.care_file, desk.person.id
        steps, opened = steps_of(form, past), self._opened(past)
        draft = self._draft(ident, past)
        begins, ends = (steps[0][0], steps[-1][0]) if steps else ("", "")
        if ends:
            draft.marks["status"] = ends
        new = NewIntake(form, dict(past.answers), self._owed(past), draft.started, begins)
        last = RecordId("")
        for change in creating_changes(desk, draft, new):
            last = change.record if change.kind == STEP else last
            yield change
        at = opened
        for n, (status, day) in enumerate(steps[1:], 1):
            at = self._after(at, day)
            reason = past.reason if n == len(steps) - 1 else ""
            step = Step(
                record_id_of(ident, f"step {n}"), status, _said(at), stamp(desk.clock), user,
                reason, "", (last,) if last else (),
            )  # fmt: skip
            last = step.id
            yield fact(to, user, STEP, step.id, step.fields(), about=ident)
        if ends == DECEASED and begins != DECEASED:
            yield stop_change(to, ident, DECEASED, desk.entered())
        yield from self._tries(ident, past)

    def _owed(self, past: PastRow) -> tuple[tuple[Deadline, str], ...]:
        """What is still to come of an open one; what is past was done, or nobody knows."""
        if not is_open(self.form, past):
            return ()
        today = self.desk.clock.local().date().isoformat()
        owed = self.plan.guide.owed(dict(past.answers), past.opened.isoformat())
        return tuple((due, on) for due, on in owed if on[:10] >= today)

    def _tries(self, ident: RecordId, past: PastRow) -> Iterator[Change]:
        """That the person was reached, and came to a service, as the tries that say so."""
        for day, what in ((past.reached, "reached"), (past.engaged, _ENGAGED)):
            if day is None:
                continue
            snapshot = {"engagement": _ENGAGED} if what == _ENGAGED else {}
            fields: dict[str, Value] = {
                "follow_up": "", "at": _said(self._after(self._opened(past), day)),
                "means": "encounter", "result": self._reached_code(), "note": "",
                "snapshot": snapshot, **self.desk.entered(),
            }  # fmt: skip
            place = record_id_of(ident, f"{ATTEMPT} {what}")
            yield fact(self.desk.care_file, self.desk.person.id, ATTEMPT, place, fields, ident)

    def _reached_code(self) -> str:
        reached = (one.id for one in choices_of(self.desk, RESULTS) if one.measure == Reach.REACHED)
        return next(reached, "")

    # --- cases -------------------------------------------------------------------------------

    def _case(self, ident: RecordId, past: PastRow) -> Iterator[Change]:
        desk = self.desk
        to, user = desk.cases_file, desk.person.id
        answers = self._with_offense(ident, past)
        acts = self._acts(ident, past)
        row = row_of(stands(desk, acts, self.form.terms or Terms()))
        draft = self._draft(ident, past)
        draft.marks |= {"status": row[facts.STATUS], "due": row[facts.DUE]}
        yield from creating_changes(desk, draft, NewIntake(self.form, answers, (), draft.started))
        for act in acts:
            yield act_change(to, user, ident, act)
        yield self._offer(ident, past, OfferOutcome.ACCEPTED, about=ident)

    def _acts(self, ident: RecordId, past: PastRow) -> tuple[CaseAct, ...]:
        terms, at = self.form.terms or Terms(), self._opened(past)
        instrument = terms.instruments[0] if terms.instruments else Instrument.CITATION
        paper = {Instrument.CITATION: CaseActKind.ISSUED, Instrument.REFERRAL: CaseActKind.REFERRED}
        details = {REPORT_BY: past.report_by.isoformat()} if past.report_by else {}
        found = [self._act(ident, paper[instrument], at, (), details)]
        for kind, day in acts_of(past):
            at = self._after(at, day)
            why = {REASON: past.reason} if past.reason and kind == past.outcome else {}
            found.append(self._act(ident, kind, at, (found[-1].id,), why))
        return tuple(found)

    def _act(
        self, ident: RecordId, kind: CaseActKind, at: datetime, saw: tuple[RecordId, ...],
        details: dict[str, str],
    ) -> CaseAct:  # fmt: skip
        place = record_id_of(ident, f"act {kind}")
        return CaseAct(place, kind, at, stamp(self.desk.clock), self.desk.person.id, saw, details)

    def _with_offense(self, ident: RecordId, past: PastRow) -> Answers:
        """The answers, with the offense as the row of the form's table."""
        table = self.form.field(self.form.facts.get("offenses", ""))
        if not past.offense or table is None:
            return dict(past.answers)
        columns = (c.id for c in table.columns if is_table_of_offenses(c.codes))
        column = next(columns, table.columns[0].id if table.columns else "")
        row = {ROW: record_id_of(ident, "offense"), column: past.offense}
        return {**past.answers, table.id: [row]}

    # --- the ledger --------------------------------------------------------------------------

    def _ledger(self, past: PastRow) -> Iterator[Change]:
        """A contact that ended without a case: how, and what is known in general; never who."""
        ident, user = row_id(self.ident, past.number), self.desk.person.id
        yield self._offer(ident, past, OfferOutcome(past.outcome))
        told = self._general(past)
        if told:
            fields = {**told, facts.OPENED: _said(self._opened(past)), facts.BY: NOBODY}
            place = record_id_of(ident, DEMOGRAPHICS)
            yield fact(self.desk.cases_file, user, DEMOGRAPHICS, place, fields, about=ident)

    def _offer(
        self, ident: RecordId, past: PastRow, outcome: OfferOutcome, about: RecordId = RecordId("")
    ) -> Change:
        offense = self.plan.guide.offense(past.offense) if past.offense else None
        known = about_offense(self.desk, self.plan.guide, {}).program
        fields: dict[str, Value] = {
            **OfferAbout.of(known, offense).fields(), "outcome": str(outcome),
            facts.STATUS: str(outcome), facts.OPENED: _said(self._opened(past)), facts.BY: NOBODY,
        }  # fmt: skip
        if past.reason and not about:
            fields["reason"] = past.reason
        if not about:
            fields[facts.IMPORTED] = self._mark(past)
        place = record_id_of(ident, OFFER) if about else ident
        return fact(self.desk.cases_file, self.desk.person.id, OFFER, place, fields, about=about)

    def _general(self, past: PastRow) -> dict[str, Value]:
        named, codes = self.form.facts, past.answers
        bands = [one.id for one in choices_of(self.desk, CODED["age_band"])]
        born = str(codes.get(named.get("born", "")) or "")
        genders = _list(codes.get(named.get("gender", "")))
        told: dict[str, Value] = {
            "race_self": _list(codes.get(named.get("race", ""))),
            "gender": genders[0] if len(genders) == 1 else "",
            "age_band": age_band(born, _said(self._opened(past)), bands) if born else "",
        }
        return {name: value for name, value in told.items() if value}

    # --- moments -----------------------------------------------------------------------------

    def _after(self, at: datetime, day: date) -> datetime:
        """Noon of a day, and never before what came first, nor still to come."""
        noon = datetime.combine(day, NOON, self._zone)
        later = at + timedelta(minutes=1)
        wanted = noon if noon > at else (later if later.date() == day else at)
        return max(at, min(wanted, self.desk.clock.local()))


def row_id(ident: RecordId, row: int) -> RecordId:
    """The record of a row, known before it is written: a second try makes no second one."""
    return record_id_of(ident, f"row {row}")


def _said(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _list(value: Value) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in cast("list[Value]", value)]
    return [value] if isinstance(value, str) and value else []

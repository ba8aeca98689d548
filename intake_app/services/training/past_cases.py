"""Fictional held cases of the years before, and contacts that ended without one.

Written at once, with the acts that would have been noted one by one; each says what it saw.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_act import REASON, REPORT_BY, CaseAct, CaseActKind
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import zone_of
from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.offer import OfferOutcome
from intake_app.domain.roles import May
from intake_app.services.case.held import act_change, row_of, stands, terms_of
from intake_app.services.case.offers import DEMOGRAPHICS, OFFER
from intake_app.services.case.programs import case_programs
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.drafts import begin_draft
from intake_app.services.records.intake_changes import INTAKE, NewIntake, creating_changes
from intake_app.services.records.numbers import next_numbers
from intake_app.services.records.writing import fact
from intake_app.services.training.cases import answers_of_case
from intake_app.services.training.past import LONG_AGO, days_ago, drawn_number, looked
from intake_app.services.training.patterns import about_of, drawn

_BATCH: Final = 100
_K: Final = CaseActKind
_ENDS: Final = {
    _K.COMPLETED: 56, _K.NOT_COMPLETED: 24, _K.WITHDREW: 8, _K.TRANSFERRED: 5,
    _K.DECLINED_BY_PROSECUTOR: 4, _K.DECEASED: 1,
}  # fmt: skip
_LEDGER_EACH: Final = 3
"""Contacts without a case: one for so many cases."""

_NO: Final = {
    "cost": 14,
    "time_transport": 30,
    "lawyer_first": 22,
    "fears_police": 18,
    "not_said": 16,
}
_NOT_OFFERED: Final = {"prior_diversion": 34, "no_capacity": 26, "unavailable": 18, "weapon": 8,
                       "not_identified": 14}  # fmt: skip
_GROUPS: Final = {"35A": 40, "23C": 26, "90J": 18, "290": 10, "90C": 6}


def take_past_cases(desk: Desk, people: int, seed: int) -> int:
    """Issue citations of the years before to people who do not exist, and end most of them.

    Args:
        desk: The desk of somebody who takes cases.
        people: How many.
        seed: The same seed gives the same people.

    Returns:
        How many were issued; none where no program is in force.
    """
    desk.require(May.TAKE_CASE)
    dice = random.Random(f"past cases {seed}")  # noqa: S311 (fiction, not secrets)
    programs = [ident for ident, _ in case_programs(desk)]
    if not programs or not people:
        return 0
    begin_draft(desk, programs[0])  # keeps the text of the form version; it is never saved
    guide, file = desk.library.guide(programs[0]), desk.cases_file
    for start in range(0, people, _BATCH):
        size, changes = min(_BATCH, people - start), list[Change]()
        for number in next_numbers(desk, guide.form.pathway, desk.clock.local().year, size):
            changes += _PastCase(desk, guide, dice, number).changes()
        changes += [one for _ in range(size // _LEDGER_EACH) for one in _contact(desk, dice)]
        file.apply(changes, desk.act("take fictional intakes"))
    return people


@dataclass(slots=True)
class _PastCase:
    """One fictional case and its acts."""

    desk: Desk
    guide: Guide
    dice: random.Random
    number: str
    opened: datetime = LONG_AGO
    record: RecordId = RecordId("")
    acts: list[CaseAct] = field(default_factory=list[CaseAct])

    def changes(self) -> Iterator[Change]:
        """All that makes it."""
        desk, form, dice = self.desk, self.guide.form, self.dice
        now = desk.clock.local()
        self.opened = now.replace(hour=8, minute=0, second=0, microsecond=0) - days_ago(dice)
        self.record = new_record_id()
        self._happened()
        standing = stands(desk, self.acts, terms_of(self.guide))
        draft = Draft(
            self.record, form.ref, desk.person.id, started=self._at(0), number=self.number
        )
        draft.pathway, draft.language = form.pathway, drawn({"en": 88, "es": 12}, dice)
        new = NewIntake(form, self._answers(), (), self._at(0))
        shown = row_of(standing)
        for one in creating_changes(desk, draft, new):
            fields = {**one.fields, **shown} if one.kind == INTAKE else one.fields
            yield replace(one, fields=fields)
        for act in self.acts:
            yield act_change(desk.cases_file, desk.person.id, self.record, act)
        yield self._fact(OFFER, {
            "outcome": str(OfferOutcome.ACCEPTED), "program": form.ref.id,
            "offense_group": drawn(_GROUPS, dice), facts.STATUS: str(OfferOutcome.ACCEPTED),
            **self._entered(0),
        })  # fmt: skip
        for days in (190, 372):
            if self._is_past(days) and dice.random() < 0.8:
                yield from looked(self._fact, self.opened, days, dice, self._entered(days))

    def _answers(self) -> Answers:
        dice, form = self.dice, self.guide.form
        told = answers_of_case(self.desk, self.guide, dice, self.opened)
        told |= about_of(form, dice)
        told["officer_minutes"] = {"amount": drawn_number(dice, 12, 60), "unit": "min"}
        if dice.random() < 0.7:
            told["race_seen"] = [drawn({"white": 62, "black": 24, "unknown": 14}, dice)]
        return {name: value for name, value in told.items() if _is_asked(self.guide, name, told)}

    def _happened(self) -> None:
        dice = self.dice
        self._act(_K.ISSUED, 0)
        due = stands(self.desk, self.acts, terms_of(self.guide)).clock.report_by
        if due:  # as the paper says it
            moment = due.moment.astimezone(zone_of(self.desk.clock)).isoformat()
            self.acts[0] = replace(self.acts[0], details={REPORT_BY: moment})
        if dice.random() < 0.13:
            self._act(_K.NO_SHOW, 9)
            if dice.random() < 0.6:
                self._end(_K.RETURNED, 30)
                return
        self._act(_K.REPORTED, drawn_number(dice, 1, 5) if len(self.acts) == 1 else 14)
        day = 15 + dice.randrange(10)
        for kind in (_K.ASSESSED, _K.PLAN_AGREED):
            if dice.random() < 0.92:
                self._act(kind, day)
        if self._is_past(130):
            kind = dice.choices(list(_ENDS), list(_ENDS.values()))[0]
            self._end(kind, day + dice.randrange(25, 100))

    def _end(self, kind: CaseActKind, day: int) -> None:
        reasons = {_K.NOT_COMPLETED: "conditions_not_met", _K.RETURNED: "did_not_report"}
        self._act(kind, day, {REASON: reasons[kind]} if kind in reasons else {})
        if kind is _K.COMPLETED:
            self._act(_K.NOT_FILED, day + 5)
        elif kind in {_K.NOT_COMPLETED, _K.RETURNED}:
            self._act(_K.FILED, day + 9)

    def _act(self, kind: CaseActKind, day: int, details: Mapping[str, Value] | None = None) -> None:
        if not self._is_past(day):
            return
        at = self.opened + timedelta(days=day, hours=2)
        saw = (self.acts[-1].id,) if self.acts else ()
        self.acts.append(
            CaseAct(
                new_record_id(), kind, at, self._at(day), self.desk.person.id, saw, details or {}
            )
        )

    def _fact(self, kind: str, fields: Mapping[str, Value]) -> Change:
        to, user = self.desk.cases_file, self.desk.person.id
        return fact(to, user, kind, new_record_id(), fields, about=self.record)

    def _entered(self, day: int) -> dict[str, Value]:
        return {facts.OPENED: self._at(day), facts.BY: self.desk.person.id}

    def _at(self, days: int) -> str:
        return (self.opened + timedelta(days=days)).isoformat(timespec="seconds")

    def _is_past(self, days: int) -> bool:
        return self.opened + timedelta(days=days) < self.desk.clock.local()


def _is_asked(guide: Guide, name: str, answers: Answers) -> bool:
    return name in guide.visible(answers)


def _contact(desk: Desk, dice: random.Random) -> Iterator[Change]:
    """An entry of the offer ledger without a case, and what was told of the person in general."""
    at = (desk.clock.local() - days_ago(dice)).isoformat(timespec="seconds")
    entered = {facts.OPENED: at, facts.BY: desk.person.id}
    is_no = dice.random() < 0.5
    outcome = OfferOutcome.DECLINED if is_no else OfferOutcome.NOT_OFFERED
    ident, to, user = new_record_id(), desk.cases_file, desk.person.id
    said: dict[str, Value] = {
        "outcome": str(outcome), "reason": drawn(_NO if is_no else _NOT_OFFERED, dice),
        "offense_group": drawn(_GROUPS, dice), facts.STATUS: str(outcome),
    }  # fmt: skip
    yield fact(to, user, OFFER, ident, {**said, **entered})
    told: dict[str, Value] = {
        "race_observed": [drawn({"white": 50, "black": 32, "hispanic": 18}, dice)],
        "gender": drawn({"man": 64, "woman": 36}, dice),
        "age_band": drawn({"18_24": 26, "25_34": 34, "35_44": 24, "45_54": 16}, dice),
    }
    yield fact(to, user, DEMOGRAPHICS, new_record_id(), {**told, **entered}, about=ident)

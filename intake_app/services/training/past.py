"""Fictional people of the years before, with what came of them: so that numbers have a past.

Through the same door and with the same records as real ones, but written at once: nobody has sat at
a desk for three years. What came of them is as uneven as it is in a county.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.draft import Draft
from intake_app.domain.episode import STEP, Step
from intake_app.domain.form import Answers, Form
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.rearrest import NO, REARREST, UNKNOWN, YES
from intake_app.domain.referral import REFERRAL, SaidBy, Status, Visit, fold
from intake_app.domain.referral import STEP as REFERRAL_STEP
from intake_app.domain.referral import Step as ReferralStep
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import NewIntake, creating_changes
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.aid_changes import CROSSING
from intake_app.services.records.drafts import begin_draft
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.numbers import next_numbers
from intake_app.services.records.tries import ATTEMPT
from intake_app.services.records.ways_in import ways_in
from intake_app.services.records.writing import create, fact
from intake_app.services.referrals.referrals import shown_of
from intake_app.services.training.patterns import Pattern, about_of, drawn, identity_of, pattern_of

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Before it was decided when somebody came."""

_BATCH: Final = 200
_PATTERNS: Final = 12
_FIRST, _LAST = 45, 1090
"""Days before today: who came later is among those of now, and three years are enough."""

_LATELY: Final = 1.4
"""More of them came lately: the program grew."""

_AGAIN: Final = 0.12
"""Who came once comes again."""

_NO: Final = {
    "not_ready": 30, "not_interested": 22, "time_transport": 18, "child_care_work": 12,
    "in_treatment": 10, "cost": 8,
}  # fmt: skip
_NOT_FOR_THEM: Final = {"no_capacity": 2, "prior_diversion": 1, "local_policy": 1}
_SOON: Final = {"accepted": 54, "declined": 22, "unable_to_contact": 24}
_SHARE: Final = {
    "self_referral": 44, "officer_referral": 24, "naloxone_plus": 14, "active_outreach": 10,
    "community_response": 8,
}  # fmt: skip
_ENDS: Final = {
    "completed": 44, "withdrew": 27, "unable_to_contact": 15, "transferred": 7, "deceased": 1,
    "": 6,
}  # fmt: skip
_MODES: Final = {"in_person": 30, "three_way_call": 20, "letter": 22, "fax": 14, "card": 14}
_ANSWERS: Final = {"came": 42, "missed": 16, "agreed": 3, "waits": 13, "full": 14, "no": 8, "": 4}
_WANTED: Final = {
    "residential": 26, "detox": 24, "outpatient": 20, "moud": 14, "recovery_housing": 9,
    "mental_health": 7,
}  # fmt: skip
_MET: Final = {"accepted": 70, "declined": 14, "call_later": 8, "no_answer": 8}
_NOT_MET: Final = {"no_answer": 64, "message_left": 22, "moved": 6, "wrong_address": 8}
_PLACES: Final = (
    "New River Recovery Center", "Bluestone Counseling", "Harmony House", "County Detox Unit",
)  # fmt: skip


def take_fictional_past(desk: Desk, people: int, seed: int) -> int:
    """Take intakes of the years before, and what came of them.

    Args:
        desk: The desk of somebody who takes intakes of care.
        people: How many.
        seed: The same seed gives the same people.

    Returns:
        How many were taken.
    """
    desk.require(May.TAKE_WALK_IN)
    dice = random.Random(f"past {seed}")  # noqa: S311 (fiction, not secrets)
    open_forms = {str(way.pathway): way.form for way in ways_in(desk)}
    shares = {name: weight for name, weight in _SHARE.items() if name in open_forms}
    forms = [open_forms[drawn(shares, dice)] for _ in range(people)] if shares else []
    for form_id in sorted(set(forms)):
        _take(desk, form_id, forms.count(form_id), dice)
    return len(forms)


def _take(desk: Desk, form_id: str, people: int, dice: random.Random) -> None:
    begin_draft(desk, form_id)  # keeps the text of the form version; the draft is never saved
    guide = desk.library.guide(form_id)
    patterns = [pattern_of(desk, guide, dice) for _ in range(min(people, _PATTERNS))]
    file = desk.file_for(guide.form.pathway)
    before: list[Visitor] = []
    for start in range(0, people, _BATCH):
        size = min(_BATCH, people - start)
        changes: list[Change] = []
        for number in next_numbers(desk, guide.form.pathway, desk.clock.local().year, size):
            past = Past(desk, guide, dice, dice.choice(patterns), number)
            if before and dice.random() < _AGAIN:
                past.same_as = dice.choice(before)
            changes += past.changes()
            if past.status and past.same_as is None:
                before.append(past.visitor)
        file.apply(changes, desk.act("take fictional intakes"))


def days_ago(dice: random.Random) -> timedelta:
    """When somebody of the years before came."""
    days = _FIRST + (_LAST - _FIRST) * dice.random() ** _LATELY
    return timedelta(days=int(days), minutes=dice.randrange(600))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who came, and may come again."""

    record: RecordId
    who: Answers


@dataclass(slots=True)
class Past:
    """One fictional intake and its story.

    Attributes:
        desk: Who takes it.
        guide: Of its form.
        dice: Decides what happens.
        pattern: How its answers go.
        number: Its receipt number.
        opened: When they came; long ago: the dice decide.
        record: Of the intake; empty until `changes` is asked.
        who: Their name, birth date and phone.
        same_as: Who they were before.
        status: What it has come to.
        steps: How it came to that.
        places: Where they may be referred; who stands here more often is asked more often.
    """

    desk: Desk
    guide: Guide
    dice: random.Random
    pattern: Pattern
    number: str
    opened: datetime = LONG_AGO
    record: RecordId = RecordId("")
    who: Answers = field(default_factory=dict[str, Value])
    same_as: Visitor | None = None
    status: str = ""
    steps: list[Step] = field(default_factory=list[Step])
    places: Sequence[str] = _PLACES

    @property
    def visitor(self) -> Visitor:
        """Who came, once `changes` was asked."""
        return Visitor(self.record, self.who)

    def changes(self) -> list[Change]:
        """All that makes it."""
        desk, form, dice = self.desk, self.guide.form, self.dice
        if self.opened == LONG_AGO:
            morning = desk.clock.local().replace(hour=8, minute=0, second=0, microsecond=0)
            self.opened = morning - days_ago(dice)
        self.record, self.status = new_record_id(), self.pattern.begins
        draft = Draft(self.record, form.ref, desk.person.id, started=self._at(), number=self.number)
        draft.pathway, draft.language = form.pathway, drawn({"en": 86, "es": 14}, dice)
        new = NewIntake(
            form, self._answers(form), (), self._at(), self.pattern.begins,
            self.pattern.is_event_only,
        )  # fmt: skip
        made = [one for one in creating_changes(desk, draft, new) if one.kind != CROSSING]
        if self.pattern.is_event_only:
            return made
        self.steps = [Step(one.record, self.status) for one in made if one.kind == STEP]
        after = [*self._tried(), *self._went_on(), *self._referred(), *self._looked()]
        return [*(self._as_it_ended(one) for one in made), *after]

    def _answers(self, form: Form) -> Answers:
        dice = self.dice
        self.who = self.same_as.who if self.same_as else identity_of(form, dice)
        told = self.who | about_of(form, dice)
        away = self._at(minutes=120 + drawn_number(dice, 8, 95))
        told |= {
            "overdose_at": self._at(hours=-dice.randrange(1, 60)),
            "overdose_result": drawn({"nonfatal": 92, "fatal": 8}, dice),
            "ride_left": self._at(minutes=120), "ride_arrived": away,
            "handoff_minutes": {"amount": drawn_number(dice, 5, 75), "unit": "min"},
            "officer_minutes": {"amount": drawn_number(dice, 10, 70), "unit": "min"},
            "visited_at": self._at(hours=30), "contact_at": self._at(hours=5),
            "met_on": self._at(), "declined_reason": drawn(_NO, dice),
            "ineligible_reason": drawn(_NOT_FOR_THEM, dice),
        }  # fmt: skip
        asked = {name: value for name, value in told.items() if name in self.pattern.asked}
        return {**self.pattern.answers, **asked}

    # --- what came of it --------------------------------------------------------------------

    def _went_on(self) -> Iterator[Change]:
        """Steps of the form's own list, as far as the days until now allow."""
        day = self.dice.randrange(1, 12)
        if self.status in {"offered", "deferred", "lead", "screening"}:
            yield from self._step(drawn(_SOON, self.dice), day)
        if self.status == "accepted" and self.dice.random() < 0.8:
            day += self.dice.randrange(1, 10)
            yield from self._step("plan_active", day)
        if self.status in {"accepted", "plan_active"} and self._is_past(day + 60):
            end = drawn(_ENDS, self.dice)
            if end:
                yield from self._step(end, day + self.dice.randrange(20, 190))

    def _step(self, status: str, day: int) -> Iterator[Change]:
        known = {one.id: one for one in self.guide.form.statuses}
        may_follow = status in known and self.status in known[status].after
        if not may_follow or not self._is_past(day):
            return
        codes = [one.id for one in self.desk.library.codes(known[status].reasons)]
        reason = (
            codes[min(int(len(codes) * self.dice.random() ** 2), len(codes) - 1)] if codes else ""
        )
        saw = (self.steps[-1].id,) if self.steps else ()
        at = self._at(days=day)
        step = Step(new_record_id(), status, at, at, self.desk.person.id, reason, saw=saw)
        self.steps.append(step)
        self.status = status
        yield self._fact(STEP, step.fields(), step.id)

    def _tried(self) -> Iterator[Change]:
        """Tries to reach them; then follow-ups, some of which find them in treatment."""
        tries = self.dice.randrange(0, 4) if self.guide.form.pathway != "self_referral" else 0
        for n in range(tries):
            is_last = n == tries - 1
            result = drawn(_MET if is_last else _NOT_MET, self.dice)
            yield self._attempt(1 + n * 2, result, "")
        for day in (7, 30, 90):
            if self.status == "accepted" and self._is_past(day) and self.dice.random() < 0.7:
                result = drawn({"accepted": 68, "no_answer": 27, "call_later": 5}, self.dice)
                found = drawn(
                    {"engaged": 60, "waiting": 18, "left": 14, "not_engaged": 8}, self.dice
                )
                yield self._attempt(day, result, found if result == "accepted" else "")

    def _attempt(self, day: int, result: str, engagement: str) -> Change:
        means = drawn({"call": 60, "visit": 25, "text": 15}, self.dice)
        said: dict[str, Value] = {
            "follow_up": "", "at": self._at(days=day, hours=self.dice.randrange(8)),
            "means": means, "result": result, "note": "",
            "snapshot": {"engagement": engagement} if engagement else {},
        }  # fmt: skip
        return self._fact(ATTEMPT, {**said, **self._entered(day)})

    def _referred(self) -> Iterator[Change]:
        """Whom a provider was asked for, and what they said."""
        if self.status in {"ineligible", "declined", ""} or self.dice.random() > 0.8:
            return
        ident, mode = new_record_id(), drawn(_MODES, self.dice)
        place = drawn(_WANTED, self.dice)
        steps = [] if mode == "card" else self._heard(drawn(_ANSWERS, self.dice))
        made = [(one, self._fact(REFERRAL_STEP, _said(one), one.id, ident)) for one in steps]
        ordered = [replace(step, order=change.id) for step, change in made]
        fields: dict[str, Value] = {
            "service": place, "mode": mode, "urgency": "", "note": "",
            "provider": {"id": "", "name": self.dice.choice(self.places)},
            facts.NUMBER: self.number, **self._entered(0), **shown_of(fold(ordered)),
            facts.DUE: "",
        }  # fmt: skip
        to, user = self.desk.care_file, self.desk.person.id
        yield create(to, user, REFERRAL, ident, fields, about=self.record)
        yield from (change for _, change in made)

    def _heard(self, answer: str) -> list[ReferralStep]:
        visit = self.dice.randrange(1, 24)
        asked = self._heard_step(Status.REQUESTED, 0)
        agreed = replace(self._heard_step(Status.ACCEPTED, 1), appointment=self._at(days=visit + 1))
        came = replace(self._heard_step(Status.IN_PROGRESS, visit + 1), visit=Visit.CAME)
        missed = replace(self._heard_step(Status.FAILED, visit + 2), visit=Visit.MISSED)
        stories: Mapping[str, list[ReferralStep]] = {
            "came": [asked, agreed, came],
            "missed": [asked, agreed, replace(missed, reason="no_show")],
            "agreed": [asked, agreed],
            "waits": [asked, replace(self._heard_step(Status.ON_HOLD, 1), wait_days=visit + 3)],
            "full": [asked, replace(self._heard_step(Status.REJECTED, 1), reason="no_bed")],
            "no": [asked, replace(self._heard_step(Status.REJECTED, 1), reason="insurance")],
        }
        return stories.get(answer, [asked])

    def _heard_step(self, status: Status, day: int) -> ReferralStep:
        said_by = SaidBy.STAFF if status is Status.REQUESTED else SaidBy.PROVIDER
        return ReferralStep(new_record_id(), "", status, self._at(days=day), said_by=said_by)

    def _looked(self) -> Iterator[Change]:
        """Whether somebody noted a new arrest once a window had run."""
        if self.status in {"ineligible", "declined", "unable_to_contact", "deceased"}:
            return
        for days in (190, 372):
            if self._is_past(days) and self.dice.random() < 0.72:
                yield from looked(self._fact, self.opened, days, self.dice, self._entered(days))

    # --- how it is written --------------------------------------------------------------------

    def _as_it_ended(self, change: Change) -> Change:
        """The intake shows where its steps ended."""
        if change.kind != INTAKE:
            return change
        fields: dict[str, Value] = {**change.fields, facts.STATUS: self.status, facts.DUE: ""}
        if self.same_as:
            fields[facts.PERSON] = self.same_as.record
        return replace(change, fields=fields)

    def _fact(
        self, kind: str, fields: Mapping[str, Value], ident: RecordId = RecordId(""),
        about: RecordId = RecordId(""),
    ) -> Change:  # fmt: skip
        to, user = self.desk.care_file, self.desk.person.id
        return fact(to, user, kind, ident or new_record_id(), fields, about=about or self.record)

    def _entered(self, day: int) -> dict[str, Value]:
        return {facts.OPENED: self._at(days=day), facts.BY: self.desk.person.id}

    def _at(self, **later: int) -> str:
        return (self.opened + timedelta(**later)).isoformat(timespec="seconds")

    def _is_past(self, days: int) -> bool:
        return self.opened + timedelta(days=days) < self.desk.clock.local()


def looked(
    to_fact: Callable[[str, Mapping[str, Value]], Change], opened: datetime, days: int,
    dice: random.Random, entered: Mapping[str, Value],
) -> Iterator[Change]:  # fmt: skip
    """What somebody noted of new arrests so many days after a contact."""
    answer = drawn({NO: 78, YES: 14, UNKNOWN: 8}, dice)
    on = opened + timedelta(days=dice.randrange(5, min(days, 360)))
    said: dict[str, Value] = {
        "answer": answer, "on": on.date().isoformat() if answer == YES else "",
        "looked_on": (opened + timedelta(days=days)).date().isoformat(),
        "before": drawn_number(dice, 0, 3),
    }  # fmt: skip
    yield to_fact(REARREST, {**said, **entered})


def drawn_number(dice: random.Random, least: int, most: int) -> int:
    """A number, rather a small one."""
    return least + int((most - least) * dice.random() ** 1.6)


def _said(step: ReferralStep) -> dict[str, Value]:
    said: dict[str, Value] = {
        "status": str(step.status), "at": step.at, "said_by": str(step.said_by),
        "reason": step.reason, "appointment": step.appointment, "visit": step.visit,
        "wait_days": step.wait_days, facts.OPENED: step.at,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in ("", None)}

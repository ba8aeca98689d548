"""A case from a program's file to its end, through the services alone.

Nothing here knows a program, a question or an offense by name: what is expected is read from the
text of the file, and answers are found by what the form says of its questions.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import holidays
import numpy as np
from held_cases import PEOPLE, House, move
from test_papers_are_issued import words_on

from intake_app.domain.change import Value
from intake_app.domain.draft import Draft
from intake_app.domain.form import NO, YES, Field, FieldType, Force
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.domain.terms import Terms
from intake_app.rulebook.answer_shape import sample_answer
from intake_app.rulebook.library import FormLibrary
from intake_app.services.case import acts
from intake_app.services.case.conditions import Progress, conditions_of, record_progress
from intake_app.services.case.held import terms_of
from intake_app.services.case.treatment import record_treatment
from intake_app.services.citing.citing import PAPER_OF, Issued, issue_case
from intake_app.services.citing.overrides import Given, Mode, note_approval
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.papers.papers import paper_bytes
from intake_app.services.records.drafts import begin_draft, guide_of, save_draft

KNOWN: dict[str, Value] = {
    "last_name": "Quillfeather",
    "first_name": "Wren",
    "born": "1991-04-17",
    "case_number": "26-118804",
    "offense_at": "2026-11-23T08:10:00+00:00",
    "place": "12 Mill Street",
    "language": "en",
    "decision": "accepted",
}
"""Answers by what the form's [facts] call them."""

PROSECUTOR = "A. Bell"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PAIRS = (("report_hours", "report_business_days"), ("complete_days", "complete_months"))


@dataclass(frozen=True)
class Told:
    """What the text of a program's file says, over what its pathway's file says."""

    terms: Mapping[str, Any]
    hours: tuple[Mapping[str, Any], ...]
    conditions: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, forms: Path, program: str) -> "Told":
        over = tomllib.loads((forms / "programs" / f"{program}.toml").read_text("utf-8"))
        base = tomllib.loads((forms / f"{over['program']['pathway']}.toml").read_text("utf-8"))
        below, own = dict(base.get("terms", {})), over.get("terms", {})
        for pair in _PAIRS:
            if any(key in own for key in pair):
                below = {key: value for key, value in below.items() if key not in pair}
        copies = {**below.get("copies", {}), **own.get("copies", {})}
        both = {**base, **over}
        return cls(
            {**below, **own, "copies": copies},
            tuple(both.get("visit_hours", ())),
            tuple(both.get("conditions", ())),
        )

    def report_by(self, issued: datetime) -> datetime:
        """Counted here anew: numpy for business days, passing hours for hours."""
        if days := self.terms.get("report_business_days"):
            return self._closing(_business_day(issued.date(), days))
        at = issued + timedelta(hours=self.terms["report_hours"])
        opens, closes = self._door(at.date())
        is_open_day = bool(np.is_busday(at.date(), holidays=_free(at.year)))
        if is_open_day and opens <= at.time() <= closes:
            return at
        if is_open_day and at.time() < opens:
            return self._closing(at.date())
        return self._closing(_business_day(at.date(), 1))

    def complete_by(self, issued: datetime) -> date:
        """So many days after the day of the paper, or the same day so many months after."""
        if days := self.terms.get("complete_days"):
            return issued.date() + timedelta(days=days)
        month = issued.month - 1 + self.terms["complete_months"]
        return issued.date().replace(year=issued.year + month // 12, month=month % 12 + 1)

    def _door(self, day: date) -> tuple[time, time]:
        named = (h for h in self.hours if _DAYS[day.weekday()] in h["days"])
        found = next(named, {"opens": "00:00", "closes": self.terms["report_by_time"]})
        return time.fromisoformat(found["opens"]), time.fromisoformat(found["closes"])

    def _closing(self, day: date) -> datetime:
        return datetime.combine(day, self._door(day)[1], UTC)


def _business_day(day: date, count: int) -> date:
    free = [one for year in range(day.year, day.year + 4) for one in _free(year)]
    return np.busday_offset(day, count, roll="backward", holidays=free).astype(date)


def _free(year: int) -> list[date]:
    return list(holidays.country_holidays("US", subdiv="WV", years=year))


# --- answers ------------------------------------------------------------------------------


def filled(guide: Guide, **known: Value) -> dict[str, Value]:
    """Answers to all that is asked, chosen so that as few rules as possible speak against it."""
    named = guide.form.facts
    answers = dict(guide.defaults())
    answers |= {named[name]: v for name, v in {**KNOWN, **known}.items() if named.get(name)}
    for _ in range(300):
        problems = guide.problems(answers)
        if not problems:
            return answers
        question = guide.form.field(problems[0].field)
        assert question is not None
        answers = _best(guide, answers, question)
    raise AssertionError(guide.problems(answers))


def _best(guide: Guide, answers: dict[str, Value], question: Field) -> dict[str, Value]:
    tries = [{**answers, question.id: value} for value in _tries(question)]
    bad = [_badness(guide, one, question.id) for one in tries]
    return tries[bad.index(min(bad))]


def _badness(guide: Guide, answers: dict[str, Value], asked: str) -> tuple[bool, int, int]:
    problems = guide.problems(answers)
    against = [f for f in guide.findings(answers, "2026-11-23") if f.holds]
    against = [f for f in against if f.rule.force is not Force.ADVISORY]
    return any(p.field == asked for p in problems), len(against), len(problems)


def _tries(question: Field) -> Iterator[Value]:
    """Answers of the right shape that may make a difference."""
    if question.type is FieldType.YES_NO:
        yield from (NO, YES)
    elif question.type is FieldType.ROWS:
        yield from _rows(question)
    elif question.choices and question.type is FieldType.CHOICE:
        yield from (choice.id for choice in question.choices)
    else:
        yield sample_answer(question)


def _rows(question: Field) -> Iterator[Value]:
    row = {c.id: sample_answer(c) for c in question.columns if c.is_required}
    chosen = [c for c in question.columns if c.choices and c.is_required]
    if not chosen:
        yield [row or {c.id: sample_answer(c) for c in question.columns}]
    for column in chosen[:1]:
        yield from ([{**row, column.id: choice.id}] for choice in column.choices)


# --- acts ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Team:
    """Who works on a case, all with the same forms."""

    officer: Desk
    coordinator: Desk

    @classmethod
    def of(cls, house: House, library: FormLibrary, *programs: str) -> "Team":
        desks = [house.desk(role) for role in (Role.OFFICER, Role.COORDINATOR)]
        agency = replace(desks[0].agency, case_programs=programs)
        return cls(*(replace(desk, library=library, agency=agency) for desk in desks))


def begun(desk: Desk, program: str, **known: Value) -> Draft:
    """A draft of the program that could be issued, saved."""
    draft = begin_draft(desk, program)
    draft.answers = filled(guide_of(desk, draft), **known)
    save_draft(desk, draft)
    return draft


def approve(desk: Desk, draft: Draft) -> None:
    """Give the approval that the program asks for."""
    needed = terms_of(guide_of(desk, draft)).approval
    if needed == "supervisor":
        note_approval(desk, draft, Given(Mode.PHONE, PEOPLE[Role.SUPERVISOR][0], "09:10"))
    elif needed == "prosecutor":
        note_approval(desk, draft, Given(Mode.PROSECUTOR, PROSECUTOR, "09:10"))


def issue(desk: Desk, draft: Draft, terms: Terms) -> Issued:
    """Issue the paper that the program names first."""
    return issue_case(desk, draft, terms.instruments[0])


def work_through(team: Team, case: RecordId) -> None:
    """The person reports, is assessed, agrees to the plan, and does all of it."""
    move(team.officer, hours=1)
    acts.note_reported(team.officer, case)
    acts.note_assessed(team.coordinator, case)
    acts.agree_plan(team.coordinator, case)
    for one in conditions_of(team.coordinator, case):
        if one.type == "treatment":
            record_treatment(team.coordinator, case, one.id, "met", "came each week")
        else:
            progress = Progress("met", amount=one.amount, verifier="T. Okafor")
            record_progress(team.coordinator, one.id, progress)


def paper_of(desk: Desk, issued: Issued) -> bytes:
    """The paper that holds the charge."""
    wanted = PAPER_OF[issued.instrument]
    (paper,) = [one for one in issued.papers if one.paper == wanted]
    return paper_bytes(desk, paper)


def words_of(desk: Desk, issued: Issued) -> str:
    """What stands on it."""
    return words_on(paper_of(desk, issued))

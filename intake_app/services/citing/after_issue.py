"""After a citation: its copies, the next person of the same incident, and a wrong one replaced."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.case_act import REPORT_BY, CaseAct, CaseActKind, newest
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp, zone_of
from intake_app.domain.draft import Draft
from intake_app.domain.errors import CaseRefused, FactIsFinal, PaperMissing, ReasonMissing
from intake_app.domain.form import Answers, Form
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import May
from intake_app.services.case.held import HeldCase, changes_of, held_case, stands
from intake_app.services.citing.case_words import around_case
from intake_app.services.citing.citing import PAPER_OF
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import IssuedPaper, Voided, issued_papers, reissuing
from intake_app.services.records.answers import answers_of
from intake_app.services.records.drafts import begin_draft
from intake_app.services.records.ledger import voiding
from intake_app.services.records.numbers import next_numbers
from intake_app.services.records.writing import write

_INCIDENT: Final = ("case_number", "offense_at", "place", "offenses", "victims")
"""Columns of a form's [facts]: the sections that hold them tell of the incident."""

_OWN: Final = ("drug_weight", "decision", "record_check")
"""Columns that are of one person, wherever they stand."""

_ROW: Final = "~row"


def copy_set(desk: Desk, case: RecordId) -> list[tuple[IssuedPaper, int]]:
    """What is printed in one press: each paper with its number of copies by the program's terms.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such case here.
    """
    desk.require(May.ISSUE_CASE_PAPER)
    wanted = dict(held_case(desk, case).terms.copies)
    papers = [paper for paper in issued_papers(desk, case) if not paper.replaced_by]
    counted = [(paper, wanted.get(paper.paper, 1)) for paper in papers]
    return [(paper, copies) for paper, copies in counted if copies]


def same_incident(desk: Desk, case: RecordId) -> Draft:
    """A new officer intervention for the next person of the same incident.

    The incident is copied, and nothing that tells of the person before.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such case here.
        FormMissing: The program's file is gone.
    """
    desk.require(May.TAKE_CASE)
    held = held_case(desk, case)
    desk.cases_file.note(desk.act("same incident", case))
    form = held.guide.form
    answers = answers_of(desk.cases_file, held.record, held.guide)
    draft = begin_draft(desk, form.ref.id)
    draft.answers |= _of_incident(form, answers)
    return draft


def reissue_case(
    desk: Desk, case: RecordId, reason: str, wrong: IssuedPaper | None = None
) -> IssuedPaper:
    """Void a wrong citation or referral and issue it anew under a new number, in one act.

    The old number goes to the void ledger with the reason; the new paper says which it replaces.
    What was due stays due: a clerk's mistake gives nobody less time, or more.

    Args:
        desk: Whose.
        case: The case.
        reason: Why, in words.
        wrong: The paper that was found wrong; None: the one that holds now.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
        CaseRefused: The case is closed, sealed or in conflict.
        PaperMissing: There is no such paper to replace.
        FactIsFinal: The wrong one was voided already.
    """
    desk.require(May.TAKE_CASE)  # an officer's paper, whoever follows the case
    desk.require(May.ISSUE_CASE_PAPER)
    if not reason.strip():
        raise ReasonMissing
    held = held_case(desk, case)
    refusal = held.standing.status.allowed[CaseActKind.REISSUED]
    if refusal:
        raise CaseRefused([refusal])
    old = _instrument_paper(desk, case)
    if wrong is not None and wrong.record != old.record:
        raise FactIsFinal(wrong.number)
    year = desk.clock.local().year
    number = next(next_numbers(desk, str(held.record.values[facts.PATHWAY]), year, 1))
    act = _reissued(desk, held)
    fresh = replace(
        held, acts=(*held.acts, act), standing=stands(desk, (*held.acts, act), held.terms)
    )
    more: list[Change] = [
        *changes_of(desk, held, [act]),
        voiding(desk, old.receipt, reason.strip()),
        write(desk.cases_file, desk.person.id, held.record.kind, case, {facts.NUMBER: number}),
    ]
    voided = Voided(old, reason.strip(), number, tuple(more))
    return reissuing(desk, voided, around_case(desk, fresh))


def _instrument_paper(desk: Desk, case: RecordId) -> IssuedPaper:
    wanted = {*PAPER_OF.values()}
    found = [
        paper for paper in issued_papers(desk, case)
        if paper.paper in wanted and not paper.replaced_by
    ]  # fmt: skip
    if not found:
        raise PaperMissing
    return found[-1]


def _reissued(desk: Desk, held: HeldCase) -> CaseAct:
    now, clock = desk.clock.local(), held.standing.clock
    due = clock.report_by.moment.astimezone(zone_of(desk.clock)) if clock.report_by else None
    details: dict[str, Value] = {REPORT_BY: due.isoformat()} if isinstance(due, datetime) else {}
    return CaseAct(
        new_record_id(), CaseActKind.REISSUED, now, stamp(desk.clock), desk.person.id,
        newest(held.acts), details,
    )  # fmt: skip


def _of_incident(form: Form, answers: Answers) -> Answers:
    named = {form.facts.get(column, "") for column in _INCIDENT}
    own = {form.facts.get(column, "") for column in _OWN}
    asked = [
        field for section in form.sections if any(f.id in named for f in section.fields)
        for field in section.fields if field.id not in own
    ]  # fmt: skip
    return {f.id: _without_rows(answers[f.id]) for f in asked if f.id in answers}


def _without_rows(value: Value) -> Value:
    """Rows of a table without their records: they become rows of another case."""
    if not isinstance(value, list):
        return value
    rows = cast("list[Value]", value)
    return [
        {k: v for k, v in cast("Mapping[str, Value]", row).items() if k != _ROW}
        if isinstance(row, Mapping) else row
        for row in rows
    ]  # fmt: skip

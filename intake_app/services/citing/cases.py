"""Cases: read whole with a trace, and their papers issued with the words of their clock.

What a person may do with a case now, and why not otherwise, comes from its fold, from the clock's
own checks and from the table of roles: the window only shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.abeyance import Abeyance
from intake_app.domain.abeyance_checks import check_extension, check_no_show
from intake_app.domain.case_act import CaseAct, CaseActKind
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import CHARGES, CLOSINGS, Folded
from intake_app.domain.change import Value
from intake_app.domain.clock import zone_of
from intake_app.domain.condition import Condition
from intake_app.domain.errors import CaseRefused, EnteredInError, RecordMissing
from intake_app.domain.form import Answers, Choice
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.paper import Audience, Paper
from intake_app.domain.record import Record
from intake_app.domain.roles import May, may
from intake_app.domain.terms import Terms
from intake_app.services.case.conditions import TYPES, conditions_of
from intake_app.services.case.held import HeldCase, held_case
from intake_app.services.case.labels import REASONS
from intake_app.services.citing.after_issue import reissue_case
from intake_app.services.citing.case_words import around_case
from intake_app.services.citing.citing import PAPER_OF
from intake_app.services.citing.overrides import APPROVAL, CONFIRMED, OVERRIDE
from intake_app.services.citing.packets import PACKET, reissue_packet
from intake_app.services.consents.report_back import may_tell_treatment
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import IntakeView, read_intake
from intake_app.services.papers.papers import (
    IssuedPaper,
    PaperOffer,
    issue_papers,
    issued_papers,
    offers,
    void_and_reissue,
)
from intake_app.services.records.answers import answers_of
from intake_app.services.records.choices import choices_of

_VISIT: Final = frozenset({
    CaseActKind.REPORTED, CaseActKind.NO_SHOW, CaseActKind.RESCHEDULED, CaseActKind.ASSESSED,
    CaseActKind.PLAN_AGREED, CaseActKind.DO_NOT_CONTACT,
})  # fmt: skip
_CLOCK: Final = frozenset({
    CaseActKind.EXTENDED, CaseActKind.TOLL_STARTED, CaseActKind.TOLL_ENDED,
    CaseActKind.LIMITATION_SET, CaseActKind.CONTACT_RESUMED,
})  # fmt: skip
_ENDING: Final = (CLOSINGS - {CaseActKind.ENTERED_IN_ERROR}) | CHARGES | {CaseActKind.REOPENED}

_RIGHTS: Final[Mapping[CaseActKind, May]] = {
    **dict.fromkeys(_VISIT, May.RECORD_PROGRESS),
    **dict.fromkeys(_CLOCK, May.EXTEND_CASE),
    **dict.fromkeys(_ENDING, May.CLOSE_CASE),
    CaseActKind.ENTERED_IN_ERROR: May.AMEND_CASE,
    CaseActKind.SETTLED: May.SETTLE_CONFLICT,
}
"""What each act asks of a role; acts that are not here are noted elsewhere (issue, sealing)."""


@dataclass(frozen=True, slots=True)
class Note:
    """An override or an approval of a case.

    Attributes:
        kind: "override", "override.confirmed" or "approval".
        at: When: local time with offset.
        by: Who entered it.
        fields: What it says.
    """

    kind: str
    at: str
    by: UserId
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case, as its page shows it. Of treatment it holds the status word only, for everybody.

    Attributes:
        intake: Answers, papers and amendments.
        terms: How its program holds the charge.
        acts: What happened, in order.
        status: Where it stands.
        clock: What is due, and how it was counted.
        conditions: The plan with its progress.
        victims: Each with the answers given about them.
        notes: Overrides and approvals, oldest first.
        reasons: Choices of reasons, by act.
        types: Types of conditions.
        outcomes: Ways to close a case.
        charge_actions: What may become of a charge.
        not_allowed: Why an act may not be done; empty: it may. Acts that the role does not
            include are not in it.
        roles: What the reader's role includes.
        tells_treatment: The prosecutor may be told the status word of treatment today.
    """

    intake: IntakeView
    terms: Terms
    acts: tuple[CaseAct, ...]
    status: Folded
    clock: Abeyance
    conditions: tuple[Condition, ...]
    victims: tuple[Answers, ...]
    notes: tuple[Note, ...]
    reasons: Mapping[CaseActKind, tuple[Choice, ...]]
    types: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    charge_actions: tuple[Choice, ...]
    not_allowed: Mapping[CaseActKind, Refusal]
    roles: frozenset[May]
    tells_treatment: bool = True

    def may(self, kind: CaseActKind) -> bool:
        """Whether the reader may do this now."""
        return self.not_allowed.get(kind) == Refusal.ALLOWED


def read_case(desk: Desk, ident: RecordId) -> CaseView:
    """Open a case; that it was read is logged.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is no such case on this computer, or none that this person may open.
    """
    desk.require(May.READ_CASE)
    _require_case(desk, ident)
    intake = read_intake(desk, ident)
    held = held_case(desk, ident)
    victims = intake.answers.get(intake.guide.form.facts.get("victims", ""))
    return CaseView(
        intake=intake,
        terms=held.terms,
        acts=held.acts,
        status=held.standing.status,
        clock=held.standing.clock,
        conditions=conditions_of(desk, ident),
        victims=tuple(cast("list[Answers]", victims)) if isinstance(victims, list) else (),
        notes=_notes(desk, ident),
        reasons=_reasons(desk, held.terms),
        types=choices_of(desk, TYPES),
        outcomes=choices_of(desk, "close_reasons"),
        charge_actions=choices_of(desk, "charge_actions"),
        not_allowed=_not_allowed(desk, held),
        roles=frozenset(act for act in May if may(desk.person.roles, act)),
        tells_treatment=may_tell_treatment(desk, ident),
    )


def case_offers(desk: Desk, case: RecordId) -> list[PaperOffer]:
    """The papers that a case offers now; what holds the charge is issued once, and not here."""
    desk.require(May.ISSUE_CASE_PAPER)
    offered = _offered(desk, held_case(desk, case))
    return [one for one in offered if one.paper.id not in PAPER_OF.values()]


def issue_case_papers(desk: Desk, case: RecordId, paper_ids: Sequence[str]) -> list[IssuedPaper]:
    """Issue papers of a case, with the words of its clock.

    Raises:
        CaseRefused: People disagree about the case, it is sealed, no letter may go to the
            person now, or it is the paper that holds the charge, and one does already.
        RecordMissing, EnteredInError, PaperMissing, PaperTooLong: See `papers.issue_papers`.
    """
    desk.require(May.ISSUE_CASE_PAPER)
    held = held_case(desk, case)
    offered = {one.paper.id: one.paper for one in _offered(desk, held)}
    for ident in paper_ids:
        _refuse_paper(held, offered.get(ident))
    instruments = {*PAPER_OF.values()}
    holding = [one for one in issued_papers(desk, case) if one.paper in instruments]
    if instruments & {*paper_ids} and not all(one.replaced_by for one in holding):
        raise CaseRefused([Refusal.ALREADY_ISSUED])
    return issue_papers(desk, case, paper_ids, around_case(desk, held))


def reissue_case_paper(desk: Desk, issued: IssuedPaper, reason: str) -> IssuedPaper:
    """Void a wrong paper of a case and issue it anew: "Replaces no. …".

    Raises:
        CaseRefused: People disagree about the case, it is sealed, or no letter may go out.
        ReasonMissing, FactIsFinal, RecordMissing, PaperMissing: See `papers.void_and_reissue`.
    """
    desk.require(May.ISSUE_CASE_PAPER)
    if issued.paper == PACKET:
        return reissue_packet(desk, issued, reason)
    held = held_case(desk, issued.about)
    offered = {one.paper.id: one.paper for one in _offered(desk, held)}
    _refuse_paper(held, offered.get(issued.paper))
    if issued.paper in PAPER_OF.values():
        return reissue_case(desk, issued.about, reason, issued)  # under a new number
    return void_and_reissue(desk, issued, reason, around_case(desk, held))


# --- inside -----------------------------------------------------------------------------


def _offered(desk: Desk, held: HeldCase) -> list[PaperOffer]:
    answers = answers_of(desk.cases_file, held.record, held.guide)
    return offers(desk, held.guide, answers, around_case(desk, held))


def _require_case(desk: Desk, ident: RecordId) -> None:
    """Refuse what is no case, before anything of it is read; the try is logged without it."""
    try:
        held_case(desk, ident)
    except RecordMissing:
        desk.station.note(replace(desk.act("read case"), outcome="refused"))
        raise


def _refuse_paper(held: HeldCase, paper: Paper | None) -> None:
    if held.record.is_deleted:
        raise EnteredInError(held.record.id)
    status = held.standing.status
    why = status.paper
    if paper is not None and paper.audience is Audience.PARTICIPANT:
        why = why or status.letter
    if paper is not None and paper.discloses:
        why = why or status.disclosure
    if why:
        raise CaseRefused([why])


def _not_allowed(desk: Desk, held: HeldCase) -> Mapping[CaseActKind, Refusal]:
    """The fold's reasons, and those of the clock, for what the role includes."""
    found = dict(held.standing.status.allowed)
    now, zone = desk.clock.now(), zone_of(desk.clock)
    checked = (held.acts, held.terms, desk.calendar, now, zone)
    more = {
        CaseActKind.EXTENDED: check_extension(*checked),
        CaseActKind.NO_SHOW: check_no_show(*checked),
    }
    found |= {kind: next(iter(why), Refusal.ALLOWED) for kind, why in more.items()}
    if not held.terms.toll_reasons:
        found[CaseActKind.TOLL_STARTED] = Refusal.UNKNOWN_TOLL
    if held.record.is_deleted:
        found = dict.fromkeys(found, Refusal.IN_ERROR)
    mine = {kind for kind, right in _RIGHTS.items() if may(desk.person.roles, right)}
    return {kind: why for kind, why in found.items() if kind in mine}


def _reasons(desk: Desk, terms: Terms) -> dict[CaseActKind, tuple[Choice, ...]]:
    """The choices that may be chosen anew; of the clock's stops, those that the program takes."""
    found = {kind: choices_of(desk, table) for kind, table in REASONS.items()}
    stops = found[CaseActKind.TOLL_STARTED]
    found[CaseActKind.TOLL_STARTED] = tuple(one for one in stops if one.id in terms.toll_reasons)
    return found


def _notes(desk: Desk, case: RecordId) -> tuple[Note, ...]:
    file = desk.cases_file
    records = [one for kind in (OVERRIDE, APPROVAL) for one in file.about(case, kind)]
    confirmed = [one for over in records for one in file.about(over.id, CONFIRMED)]
    found = (_note(one) for one in (*records, *confirmed))
    return tuple(sorted(found, key=lambda one: one.at))


def _note(record: Record) -> Note:
    own = {name: value for name, value in record.values.items() if not name.startswith("~")}
    at, by = record.values.get(facts.OPENED, ""), record.values.get(facts.BY, "")
    return Note(record.kind, str(at), UserId(str(by)), own)

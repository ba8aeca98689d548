"""Issuing: the one act that makes a draft a held case, with its number, its clock and its papers.

Nothing is issued twice. The number is reserved first and goes into the ledger; what will be printed
(when, which instrument, by when to report) is noted with the draft; the papers are drawn and sealed
with it; then one transaction makes the record, its acts and its plan. Killed in between, the next
try finds the same number, the same moments and the same papers.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, cast

from intake_app.domain import facts
from intake_app.domain.abeyance import Abeyance
from intake_app.domain.business_time import ReportBy
from intake_app.domain.case_act import LIMITATION, REPORT_BY, CaseAct, CaseActKind
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp, zone_of
from intake_app.domain.draft import Draft
from intake_app.domain.errors import (
    InstrumentNotAllowed,
    NotEligible,
    NotFinished,
    NotInLedger,
    PersonDeclined,
    ProgramExpired,
    ReportByTooLate,
)
from intake_app.domain.form import Answers
from intake_app.domain.ids import new_record_id
from intake_app.domain.roles import May
from intake_app.domain.terms import Instrument, Terms
from intake_app.services.case.conditions import starting_conditions
from intake_app.services.case.held import act_change, held_case, row_of, stands, terms_of
from intake_app.services.case.offers import OfferAbout, accepted_offer_change
from intake_app.services.case.programs import case_programs
from intake_app.services.citing.case_words import AroundCase, around_issue
from intake_app.services.citing.eligibility import eligibility_change
from intake_app.services.citing.overrides import blocking, override_changes
from intake_app.services.citing.participation import with_earlier
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import Finished, finish_intake
from intake_app.services.needs.everyday import Guide
from intake_app.services.papers.papers import (
    VOID,
    IssuedPaper,
    draft_papers,
    issued_papers,
    make_papers,
    offers,
)
from intake_app.services.records.drafts import guide_of, require_own, save_draft
from intake_app.services.records.numbers import reserve
from intake_app.services.records.on_paper import (
    OnPaper,
    details_of,
    moment,
    on_paper_of,
    require_number,
    require_times,
)
from intake_app.services.records.writing import fact

PAPER_OF: Final = {Instrument.CITATION: "citation", Instrument.REFERRAL: "referral_notice"}
"""The paper of each instrument: it carries the report-by, and is what the person takes along."""

_KIND: Final = {
    Instrument.CITATION: CaseActKind.ISSUED,
    Instrument.REFERRAL: CaseActKind.REFERRED,
}
_MARK: Final = "issued"  # in `Draft.marks`: what was about to be issued
_STALE: Final = "stale"  # ids of papers that were drawn before the answers changed
_ACCEPTED: Final = "accepted"
_CHANGED: Final = "an answer changed before it was given out"


@dataclass(frozen=True, slots=True)
class Issued:
    """What was issued.

    Attributes:
        finished: The record and its number.
        instrument: What holds the charge.
        clock: Report-by, completion and how they were counted.
        papers: What was drawn.
        is_paper_different: The report-by written by hand is not the computed one; the paper binds.
    """

    finished: Finished
    instrument: Instrument
    clock: Abeyance
    papers: tuple[IssuedPaper, ...]
    is_paper_different: bool = False

    @property
    def report_by(self) -> ReportBy | None:
        """The latest moment to report, and how it was counted."""
        return self.clock.report_by


def issue_case(
    desk: Desk,
    draft: Draft,
    instrument: Instrument,
    papers: Sequence[str] | None = None,
    on_paper: OnPaper | None = None,
) -> Issued:
    """Issue a citation or a referral: the draft becomes a case whose charge is held.

    Args:
        desk: Whose.
        draft: The officer intervention.
        instrument: Which paper holds the charge.
        papers: Ids of the papers to draw; None: those that the program gives out as a rule, and
            beside a citation from a pad none.
        on_paper: What was written by hand, where the citation came from a pad; None: as it is
            noted with the draft.

    Raises:
        NotAllowed: It is not one's own draft, or not in one's roles.
        NotFinished: Answers are missing or wrong.
        PersonDeclined: The answers say that the person did not accept.
        InstrumentNotAllowed: The program does not use this instrument.
        ProgramExpired: The program is not in force today.
        NotEligible: Rules speak against it, or an approval is missing.
        ReportByTooLate: The report-by would be later than the limitation date.
        NumberVoid, NumberUsed: The number of a pad may not be used.
        PaperTimeMissing, NotYetHappened, BeforeOffense, ReportByTooEarly: Times of the paper.
        PaperMissing: A paper file is not there.
        DiskFull: Nothing was issued; the draft is still there.
    """
    desk.require(May.TAKE_CASE)
    desk.require(May.ISSUE_CASE_PAPER)
    require_own(desk, draft)
    on_paper = on_paper or on_paper_of(draft)
    if desk.cases_file.record(draft.id) is None:
        require_number(desk, draft)
        require_times(desk, draft, on_paper)
        draft.answers = with_earlier(desk, draft)
        plan = _plan(desk, draft, instrument, on_paper)
        _refuse(desk, draft, plan)
        reserve(desk, draft)
        _note(desk, draft, plan)
        _make(desk, draft, plan, () if on_paper and papers is None else papers)
        more = [*_changes(desk, draft, plan), *_voided(desk, draft)]
    else:  # the power went after the record was made, and before the draft was cleared
        more = []
    finished = finish_intake(desk, draft, more)
    return _issued(desk, finished)


def _issued(desk: Desk, finished: Finished) -> Issued:
    held = held_case(desk, finished.record)
    kinds = {act.kind for act in held.acts}
    return Issued(
        finished,
        Instrument.CITATION if CaseActKind.ISSUED in kinds else Instrument.REFERRAL,
        held.standing.clock,
        tuple(p for p in issued_papers(desk, finished.record) if not p.replaced_by),
        CaseActKind.REPORT_BY_SET in kinds,
    )


def would_issue(
    desk: Desk, draft: Draft, instrument: Instrument, on_paper: OnPaper | None = None
) -> AroundCase:
    """The clock and the words as they would be if it were issued now; nothing is written.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.TAKE_CASE)
    return _plan(desk, draft, instrument, on_paper or on_paper_of(draft)).around


# --- what is about to be issued -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is about to be issued; the same at a second try."""

    guide: Guide
    instrument: Instrument
    acts: tuple[CaseAct, ...]
    around: AroundCase
    digest: str

    @property
    def clock(self) -> Abeyance:
        return self.around.standing.clock

    @property
    def terms(self) -> Terms:
        return terms_of(self.guide)


def _plan(desk: Desk, draft: Draft, instrument: Instrument, on_paper: OnPaper | None) -> _Plan:
    guide = guide_of(desk, draft)
    digest = _digest(draft, instrument, on_paper)
    at = _moment_of(desk, draft, digest, on_paper)
    act = CaseAct(
        new_record_id(), _KIND[instrument], at, stamp(desk.clock), desk.person.id, (),
        details_of(on_paper, desk.person.id),
    )  # fmt: skip
    counted = around_issue(desk, guide, act)
    acts = tuple(_acts(desk, act, counted, on_paper, _limitation(guide, draft.answers)))
    around = replace(counted, acts=acts, standing=stands(desk, acts, terms_of(guide)))
    return _Plan(guide, instrument, acts, around, digest)


def _acts(
    desk: Desk, act: CaseAct, counted: AroundCase, on_paper: OnPaper | None, limitation: str
) -> Iterator[CaseAct]:
    """The issue, what the paper says otherwise, and the limitation date where it is known."""
    found = counted.standing.clock.report_by
    details: dict[str, Value] = {REPORT_BY: found.moment.isoformat()} if found else {}
    yield replace(act, details={**act.details, **details})
    by_hand = on_paper.report_by if on_paper else ""
    written = moment(desk, by_hand).astimezone(zone_of(desk.clock)) if by_hand else None
    if written and found and _minute(written) != _minute(found.moment):
        yield CaseAct(
            new_record_id(), CaseActKind.REPORT_BY_SET, act.at, act.entered, act.by, (act.id,),
            {REPORT_BY: written.isoformat()},
        )  # fmt: skip
    if limitation:
        yield CaseAct(
            new_record_id(), CaseActKind.LIMITATION_SET, act.at, act.entered, act.by, (act.id,),
            {LIMITATION: limitation},
        )  # fmt: skip


def _minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _limitation(guide: Guide, answers: Answers) -> str:
    return str(answers.get(guide.form.facts.get("limitation", ""), ""))


def _moment_of(desk: Desk, draft: Draft, digest: str, on_paper: OnPaper | None) -> datetime:
    """When it is issued: written by hand, or noted at the first try today, or now."""
    now = desk.clock.local()
    if on_paper and on_paper.issued_at:
        return moment(desk, on_paper.issued_at).astimezone(zone_of(desk.clock))
    mark = _mark_of(draft)
    if mark.get("digest") == digest:
        noted = datetime.fromisoformat(mark["at"]).astimezone(now.tzinfo)
        if noted.date() == now.date():
            return noted
    return now


def _digest(draft: Draft, instrument: Instrument, on_paper: OnPaper | None) -> str:
    said = [draft.answers, draft.language, instrument, asdict(on_paper) if on_paper else None]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _mark_of(draft: Draft) -> dict[str, Any]:
    return dict(draft.marks.get(_MARK) or {})


# --- what stands against it ---------------------------------------------------------------


def _refuse(desk: Desk, draft: Draft, plan: _Plan) -> None:
    form, terms = plan.guide.form, plan.terms
    if plan.guide.problems(draft.answers):
        raise NotFinished
    decision = draft.answers.get(form.facts.get("decision", "decision"), _ACCEPTED)
    if decision != _ACCEPTED:
        raise PersonDeclined
    handed_out = on_paper_of(draft) is not None  # a citation of a pad
    if plan.instrument not in ((Instrument.CITATION,) if handed_out else terms.instruments):
        raise InstrumentNotAllowed
    today = desk.clock.local().date().isoformat()
    if not form.is_in_force(today):
        raise ProgramExpired
    if blocking(desk, draft):
        raise NotEligible
    limit, by = plan.clock.limitation, plan.clock.report_by
    if limit and by and by.moment.astimezone(zone_of(desk.clock)).date() > limit:
        raise ReportByTooLate


# --- in order -----------------------------------------------------------------------------


def _note(desk: Desk, draft: Draft, plan: _Plan) -> None:
    """Note with the draft what will be issued, before anything of it is drawn."""
    mark = _mark_of(draft)
    issue, clock = plan.acts[0], plan.clock
    fresh = {
        "digest": plan.digest,
        "at": issue.at.isoformat(),
        "instrument": str(plan.instrument),
        "report_by": clock.report_by.moment.isoformat() if clock.report_by else "",
        "complete_by": clock.complete_by.isoformat() if clock.complete_by else "",
    }
    stale = list(mark.get(_STALE, ()))
    if mark and any(mark.get(name) != value for name, value in fresh.items()):
        stale += [p.record for p in draft_papers(desk, draft) if p.record not in stale]
    row = row_of(plan.around.standing)
    marks = {
        **draft.marks, _MARK: {**fresh, _STALE: stale},
        "status": row[facts.STATUS], "due": row[facts.DUE],
    }  # fmt: skip
    save_draft(desk, replace(draft, marks=marks))
    draft.marks = marks


def _make(desk: Desk, draft: Draft, plan: _Plan, papers: Sequence[str] | None) -> None:
    """Draw and seal what is not drawn yet."""
    kept = plan.guide.kept(draft.answers)
    offered = offers(desk, plan.guide, kept, plan.around)
    wanted = [o.paper.id for o in offered if o.is_default] if papers is None else list(papers)
    main = PAPER_OF[plan.instrument]
    others = {*PAPER_OF.values()}
    ordered = [main, *(ident for ident in wanted if ident not in others)]
    drawn = {p.paper for p in _standing(desk, draft)}
    for ident in ordered:
        if ident not in drawn:
            make_papers(desk, draft, [ident], plan.around)


def _standing(desk: Desk, draft: Draft) -> list[IssuedPaper]:
    stale = _mark_of(draft).get(_STALE, ())
    return [paper for paper in draft_papers(desk, draft) if paper.record not in stale]


def _changes(desk: Desk, draft: Draft, plan: _Plan) -> Iterator[Change]:
    """What is written with the record, in its transaction."""
    to, user = desk.cases_file, desk.person.id
    yield _offer_change(desk, draft, plan)
    for act in plan.acts:
        yield act_change(to, user, draft.id, act)
    yield eligibility_change(desk, draft)
    yield from override_changes(desk, draft)
    wall = plan.acts[0].at.astimezone(zone_of(desk.clock))
    yield from starting_conditions(desk, draft.id, plan.terms, wall)


def _offer_change(desk: Desk, draft: Draft, plan: _Plan) -> Change:
    try:
        about = about_offense(desk, plan.guide, draft.answers)
        return accepted_offer_change(desk, draft.id, about)
    except NotInLedger:  # a table has changed since the draft began; the case itself knows better
        return accepted_offer_change(desk, draft.id)


def _voided(desk: Desk, draft: Draft) -> Iterator[Change]:
    """Papers that were drawn before an answer changed, and never left this computer."""
    to, user = desk.cases_file, desk.person.id
    standing = {paper.paper: paper.number for paper in _standing(desk, draft)}
    stale = _mark_of(draft).get(_STALE, ())
    for paper in draft_papers(desk, draft):
        if paper.record in stale:
            by = standing.get(paper.paper, paper.number)
            fields: dict[str, Value] = {facts.REASON: _CHANGED, "replaced_by": by}
            yield fact(to, user, VOID, new_record_id(), fields, about=paper.record)


def about_offense(desk: Desk, guide: Guide, answers: Mapping[str, Value]) -> OfferAbout:
    """What the offer ledger keeps of a form: its program and first offense, never who."""
    form = guide.form
    rows = cast("list[Mapping[str, Value]]", answers.get(form.facts.get("offenses", "")) or [])
    named = (str(value) for row in rows[:1] for value in row.values())
    # what the department no longer offers is unknown to the ledger, and must not stop a case
    program = form.ref.id if form.ref.id in dict(case_programs(desk)) else ""
    return OfferAbout.of(program, next(filter(None, map(guide.offense, named)), None))

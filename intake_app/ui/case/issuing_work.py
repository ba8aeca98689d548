"""What the review of an officer intervention asks of the services; all of it runs on the worker."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.abeyance import Abeyance
from intake_app.domain.change import Value
from intake_app.domain.draft import Draft
from intake_app.domain.form import Answers, Choice
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May, may
from intake_app.domain.terms import Instrument
from intake_app.services.case.held import terms_of
from intake_app.services.case.offers import Offer, OfferOutcome, reasons
from intake_app.services.citing import after_issue, citing, contact_ends
from intake_app.services.citing.citing import PAPER_OF, Issued
from intake_app.services.citing.eligibility import Check, Outcome, check_draft
from intake_app.services.citing.overrides import (
    APPROVAL_RULE,
    Given,
    Mode,
    blocking,
    note_approval,
    override,
)
from intake_app.services.citing.participation import with_earlier
from intake_app.services.desk import Desk, Person
from intake_app.services.papers import papers
from intake_app.services.papers.papers import IssuedPaper, PaperOffer
from intake_app.services.records.drafts import guide_of
from intake_app.services.records.on_paper import on_paper_of
from intake_app.ui.papers.desk_work import DeskWork

PROSECUTOR, HERE, PHONE = "~prosecutor", "~here", "~phone:"
"""Who decided, as one choice: the prosecutor's office, the person here, a supervisor by phone."""

_INSTRUMENTS: Final = {paper: instrument for instrument, paper in PAPER_OF.items()}


@dataclass(frozen=True, slots=True)
class CaseLook:
    """What the review shows of a draft.

    Attributes:
        answers: The draft's, with the count of earlier cases.
        check: How the rules came out.
        blocked: What stands against issuing and was not set aside.
        clock: Report-by and completion as they would be now.
        instruments: What may be issued.
        offers: The papers that go with it, without the instruments themselves.
        declined: Reasons why somebody says no.
        not_offered: Reasons why it was not offered.
        supervisors: Who can give their word by phone.
        is_supervisor: The person here can decide it.
        may_issue: The answers allow the first instrument: the person says yes.
    """

    answers: Answers
    check: Check
    blocked: tuple[Outcome, ...]
    clock: Abeyance
    instruments: tuple[Instrument, ...]
    offers: tuple[PaperOffer, ...]
    declined: tuple[Choice, ...]
    not_offered: tuple[Choice, ...]
    supervisors: tuple[Person, ...]
    is_supervisor: bool
    may_issue: bool


class IssuingWork(DeskWork):
    """The services of a held charge, for the person at one desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._at = desk

    def look(self, draft: Draft) -> CaseLook:
        """All that the review shows."""
        desk, guide = self._at, guide_of(self._at, draft)
        draft.answers = with_earlier(desk, draft)
        terms = terms_of(guide)
        first = terms.instruments[0]
        around = citing.would_issue(desk, draft, first)
        offered = papers.offers(desk, guide, guide.kept(draft.answers), around)
        people = [p for p in desk.colleagues if p.id != desk.person.id]
        return CaseLook(
            answers=draft.answers,
            check=check_draft(desk, draft),
            blocked=tuple(blocking(desk, draft)),
            clock=around.standing.clock,
            instruments=terms.instruments,
            offers=tuple(
                # what was handed out on paper is not printed anew
                replace(offer, is_default=offer.is_default and on_paper_of(draft) is None)
                for offer in offered
                if offer.paper.id not in _INSTRUMENTS
            ),
            declined=reasons(desk, OfferOutcome.DECLINED),
            not_offered=reasons(desk, OfferOutcome.NOT_OFFERED),
            supervisors=tuple(p for p in people if may(p.roles, May.OVERRIDE)),
            is_supervisor=may(desk.person.roles, May.OVERRIDE),
            may_issue=any(offer.paper.id == PAPER_OF[first] for offer in offered),
        )

    def preview(self, draft: Draft, paper: str) -> bytes:
        """How a paper would look if it were issued now."""
        guide = guide_of(self._at, draft)
        instrument = _INSTRUMENTS.get(paper, terms_of(guide).instruments[0])
        around = citing.would_issue(self._at, draft, instrument)
        return papers.preview_paper(self._at, draft, paper, around)

    def make_papers(self, draft: Draft, paper_ids: Sequence[str]) -> list[IssuedPaper]:
        """Issue papers that go before the instrument, such as the record of a refusal."""
        guide = guide_of(self._at, draft)
        around = citing.would_issue(self._at, draft, terms_of(guide).instruments[0])
        return papers.make_papers(self._at, draft, paper_ids, around)

    def issue_case(self, draft: Draft, instrument: Instrument, paper_ids: Sequence[str]) -> Issued:
        """See `citing.issue_case`."""
        return citing.issue_case(self._at, draft, instrument, paper_ids)

    def end(self, draft: Draft, outcome: OfferOutcome, reason: str, text: str) -> Offer:
        """The contact becomes no case; see `contact_ends`."""
        ends = contact_ends.decline if outcome is OfferOutcome.DECLINED else (
            contact_ends.not_offered
        )  # fmt: skip
        return ends(self._at, draft, reason, text)

    def decide(self, draft: Draft, blocked: Sequence[Outcome], said: dict[str, Value]) -> None:
        """Set aside what blocks a draft, or note the approval that is missing, or both.

        Args:
            draft: The officer intervention.
            blocked: What stands against it.
            said: "who" (one of the constants above), "name", "time", "reason".
        """
        who, at = str(said["who"]), str(said.get("time") or "")
        by, mode = "", Mode.HERE
        if who == PROSECUTOR:
            by, mode = str(said.get("name") or ""), Mode.PROSECUTOR
        elif who.startswith(PHONE):
            by, mode = who.removeprefix(PHONE), Mode.PHONE
        rules = [one.rule for one in blocked if one.rule != APPROVAL_RULE]
        given = Given(mode, by, at)
        if rules:
            override(self._at, draft, rules, str(said.get("reason") or ""), given)
        if len(rules) < len(blocked):
            note_approval(self._at, draft, given)

    def copy_set(self, case: RecordId) -> list[tuple[IssuedPaper, int]]:
        """See `after_issue.copy_set`."""
        return after_issue.copy_set(self._at, case)

"""The journey of a held case: from its acts, by the same folds that its page uses."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_act import REASON, REPORT_BY, CaseAct, CaseActKind, Sight
from intake_app.domain.case_status import CaseStatus, Folded
from intake_app.domain.condition import Word
from intake_app.domain.journey import Eligible, Journey
from intake_app.domain.kin import Kin
from intake_app.domain.terms import Terms
from intake_app.services.case.conditions import CONDITION, PROGRESS
from intake_app.services.case.held import CONFLICT, Standing, acts_in, stands, terms_of
from intake_app.services.case.offers import OFFER
from intake_app.services.folds.parts import Folding, Said, begun, day_of, first, number_of

_CAME: Final = (
    CaseActKind.REPORTED, CaseActKind.ASSESSED, CaseActKind.PLAN_AGREED, CaseActKind.COMPLETED,
)  # fmt: skip
"""Acts that say that the person came."""

_VISITS: Final = _CAME[:-1]
_ISSUED: Final = (CaseActKind.ISSUED, CaseActKind.REFERRED)
_NOT_OVER: Final = frozenset({CaseStatus.ENTERED_IN_ERROR})


def case_journey(folding: Folding, kin: Kin, said: Said) -> Journey:
    """The journey of an intake in `cases`; without its traits."""
    acts = acts_in(kin, kin.root.id)
    guide = folding.guide(kin.root)
    standing = stands(folding.desk, acts, terms_of(guide) if guide else Terms())
    made = _offered(begun(kin.root), kin, said)
    made = _clock(folding, made, acts, standing)
    if facts.IMPORTED in kin.root.values:
        made = _of_old_list(folding, made, acts)
    made = _ended(folding, made, acts, standing.status)
    return replace(
        made,
        engaged_on=first((_day(folding, acts, CaseActKind.ASSESSED), *_worked_on(kin))),
        plan_on=_day(folding, acts, CaseActKind.PLAN_AGREED),
        contact_business_days=folding.business_days(made.opened_on, made.contact_on),
        officer_minutes=said.number("officer_minutes"),
    )


def _offered(made: Journey, kin: Kin, said: Said) -> Journey:
    """A case is taken of who said yes; who said no is in the offer ledger, without a case."""
    has_offer = bool(kin.about(kin.root.id, OFFER)) or said.code("decision") != "declined"
    return replace(
        made,
        eligible=Eligible.YES,
        offered_on=made.opened_on,
        accepted_on=made.opened_on if has_offer else "",
        declined_on="" if has_offer else made.opened_on,
        why_declined="" if has_offer else said.code("declined_reason"),
    )


def _clock(
    folding: Folding, made: Journey, acts: tuple[CaseAct, ...], standing: Standing
) -> Journey:
    clock, due = standing.clock, standing.clock.next_due
    reported = next((act.at for act in acts if act.kind in _CAME), None)
    came = folding.wall(reported) if reported else ""
    return replace(
        made,
        notice_on=first(folding.wall(act.at)[:10] for act in acts if act.kind in _ISSUED),
        report_by=folding.wall(clock.report_by.moment) if clock.report_by else "",
        reported_at=came,
        contact_on=came[:10],
        complete_by=clock.complete_by.isoformat() if clock.complete_by else "",
        next_due=folding.wall(due.when)[:10] if due else "",
    )


def _of_old_list(folding: Folding, made: Journey, acts: tuple[CaseAct, ...]) -> Journey:
    """A list that names no day to report by was held to none, and its end is no visit."""
    had_day = any(act.word(REPORT_BY) for act in acts if act.kind in _ISSUED)
    reported = next((act.at for act in acts if act.kind is CaseActKind.REPORTED), None)
    met = (folding.wall(act.at)[:10] for act in acts if act.kind in _VISITS)
    return replace(
        made,
        report_by=made.report_by if had_day else "",
        reported_at=folding.wall(reported) if reported else "",
        contact_on=first(met),
    )


def _ended(folding: Folding, made: Journey, acts: tuple[CaseAct, ...], status: Folded) -> Journey:
    """How it ended; while people disagree about it, it has not."""
    if status.has_conflict:
        return replace(made, status=CONFLICT)
    made = replace(made, status=str(status.status), charge=str(status.charge))
    if status.is_open or status.status in _NOT_OVER:
        return made
    same = [act for act in acts if act.kind == CaseActKind(status.status.value)]
    closing = Sight(acts).last_of(same)[-1]
    return replace(
        made,
        closed_on=folding.wall(closing.at)[:10],
        outcome=str(status.status),
        why_closed=closing.word(REASON),
    )


def _day(folding: Folding, acts: Iterable[CaseAct], kind: CaseActKind) -> str:
    return first(folding.wall(act.at)[:10] for act in acts if act.kind is kind)


def _worked_on(kin: Kin) -> Iterable[str]:
    """The days on which something of the plan was done; of treatment its word alone is here."""
    for condition in kin.about(kin.root.id, CONDITION):
        for one in kin.about(condition.id, PROGRESS):
            if one.values.get("word") == Word.MET or number_of(one.values.get("amount")):
                yield day_of(one.values.get("day"))

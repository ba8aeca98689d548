"""Many journeys at once: which fold a record needs, and what those of one person share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, TypedDict

from intake_app.domain.deidentified import STATISTIC
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.kin import Kin
from intake_app.domain.rearrest import REARREST, UNKNOWN, look_of
from intake_app.services.case.held import is_case
from intake_app.services.case.offers import OFFER
from intake_app.services.folds.care_journey import care_journey
from intake_app.services.folds.case_journey import case_journey
from intake_app.services.folds.contact_journey import (
    FATAL,
    OVERDOSE_AT,
    OVERDOSE_RESULT,
    contact_journey,
    event_journey,
    statistic_journey,
)
from intake_app.services.folds.parts import Folding, Said, first
from intake_app.services.folds.referral_journey import referral_journeys, referrals_in
from intake_app.services.folds.traits import traits_of
from intake_app.services.records.event_parts import EVENT
from intake_app.services.records.intake_changes import INTAKE

_IN_ERROR: Final = "entered_in_error"

_Overdose = tuple[str, str, str, bool]
"""Moment to order by, event, day, and whether it was fatal."""


def journeys_of(folding: Folding, kins: Iterable[Kin]) -> list[Journey]:
    """The journeys of what was loaded together; all intakes of one person are among it."""
    made: list[Journey] = []
    own: dict[RecordId, _Overdose] = {}
    persons: dict[str, set[_Overdose]] = {}
    for kin in kins:
        found = _made_of(folding, kin)
        made += found
        is_intake = bool(found) and found[0].subject is Subject.INTAKE
        if is_intake and kin.event and (overdose := _overdose(folding, kin.event)):
            own[kin.root.id] = overdose
            persons.setdefault(_whose(found[0]), set()).add(overdose)
    return [_with_overdoses(one, own, persons) for one in made]


def _made_of(folding: Folding, kin: Kin) -> list[Journey]:
    """The journeys of one; none of what is none, or what nobody can read.

    Another station may have written anything, and no figure may fail over one record.
    """
    fold = _FOLDS.get(kin.root.kind)
    try:
        return fold(folding, kin) if fold else []
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        return []


def intake_journeys(folding: Folding, kin: Kin) -> list[Journey]:
    """The journey of an intake of any pathway, and of its referrals."""
    said = Said.of(kin, folding.guide(kin.root))
    fold = case_journey if is_case(kin.root) else care_journey
    made = fold(folding, kin, said)
    if made.status == _IN_ERROR:
        return []
    made = replace(made, **_arrests(kin), traits=traits_of(folding, kin, said, made))
    return [made, *referral_journeys(folding, made, referrals_in(kin))]


class _Arrests(TypedDict):
    rearrest_asked_on: str
    rearrested_on: str
    arrested_before: int | None


def _arrests(kin: Kin) -> _Arrests:
    """Until when somebody knew, the first new arrest, and how many there were before."""
    looks = [look_of(one) for one in kin.about(kin.root.id, REARREST)]
    before = [one.before for one in looks if one.before is not None]
    return {
        "rearrest_asked_on": max(
            (one.looked_on for one in looks if one.answer != UNKNOWN), default=""
        ),
        "rearrested_on": first(one.on for one in looks),
        "arrested_before": before[-1] if before else None,
    }


def _overdose(folding: Folding, event: Kin) -> _Overdose | None:
    said = Said.of(event, folding.guide(event.root))
    day = said.day(OVERDOSE_AT)
    if not day:
        return None
    moment = folding.instant(said.get(OVERDOSE_AT))
    return moment, event.root.id, day, said.code(OVERDOSE_RESULT) == FATAL


def _whose(one: Journey) -> str:
    """Two of whom nobody knows whose they are, are not one person."""
    return one.person or one.record


def _with_overdoses(
    one: Journey, own: Mapping[RecordId, _Overdose], persons: Mapping[str, set[_Overdose]]
) -> Journey:
    """The overdose that it was about, or the first one known, and what came after it."""
    journey, known = one, sorted(persons.get(_whose(one), ()))
    if journey.subject is not Subject.INTAKE or not known:
        return journey
    mine = own.get(journey.record, known[0])
    return replace(
        journey,
        overdose_on=mine[2],
        overdose_again_on=next((one[2] for one in known if one[:2] > mine[:2]), ""),
        overdose_fatal_on=next((one[2] for one in known if one[3]), ""),
    )


_FOLDS: Final[Mapping[str, Callable[[Folding, Kin], list[Journey]]]] = {
    INTAKE: intake_journeys,
    OFFER: contact_journey,
    STATISTIC: statistic_journey,
    EVENT: event_journey,
}

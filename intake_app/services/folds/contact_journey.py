"""Journeys of what has no person: contacts without a case, what is left of ended ones, events."""

import re
from dataclasses import replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.deidentified import JOURNEY, TRAITS
from intake_app.domain.journey import CODES, DAYS, MOMENTS, NUMBERS, Eligible, Journey, Subject
from intake_app.domain.kin import Kin
from intake_app.domain.measure import Cut
from intake_app.domain.offer import OfferOutcome
from intake_app.domain.pathway import CASES_ROOM, Pathway, room_of
from intake_app.services.case.offers import DEMOGRAPHICS
from intake_app.services.folds.care_journey import ACCEPTED, OFFERED, left_kits
from intake_app.services.folds.parts import Folding, Said, as_object, begun, day_of, text_of
from intake_app.services.folds.traits import OFFENSES, band_of, codes_in, grouped, made_of

OVERDOSE_AT, OVERDOSE_RESULT = "overdose_at", "overdose_result"
"""Questions about an event; a form's [facts] may call others so."""

FATAL: Final = "fatal"

_CALLED: Final = {"race": "race_self", "race_seen": "race_observed"}
_BANDS: Final = frozenset({"born", "age_band"})
_OF_SOMEBODY: Final = frozenset({"person", "by", "subject", "provider"})
_LARGE: Final = 1_000_000
_is_moment: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}").fullmatch
_FINISHED: Final = frozenset({
    "completed", "not_completed", "withdrew", "transferred", "deceased", "unable_to_contact",
    "declined", "ineligible", "declined_by_prosecutor", "returned",
})  # fmt: skip


def contact_journey(folding: Folding, kin: Kin) -> list[Journey]:
    """An entry of the offer ledger that has no case; one that was accepted has, or had one."""
    told = {**kin.root.values}
    for later in kin.about(kin.root.id, DEMOGRAPHICS):
        told |= {name: value for name, value in later.values.items() if not name.startswith("~")}
    outcome, day = text_of(told, "outcome"), day_of(told.get(facts.OPENED))
    if outcome not in {OfferOutcome.DECLINED, OfferOutcome.NOT_OFFERED} or kin.root.about:
        return []
    made = replace(
        begun(kin.root),
        subject=Subject.CONTACT,
        person="",
        pathway=str(Pathway.OFFICER_INTERVENTION),
        program=text_of(told, "program"),
        status=outcome,
        eligible=Eligible.YES,
        traits=_traits(folding, told),
    )
    reason = text_of(told, "reason")
    if outcome == OfferOutcome.NOT_OFFERED:
        return [replace(made, why_not_offered=reason, closed_on=day)]
    no = {"offered_on": day, "declined_on": day, "closed_on": day}
    return [replace(made, **no, why_declined=reason, outcome="declined")]


def statistic_journey(folding: Folding, kin: Kin) -> list[Journey]:
    """What is left of an intake that has ended: its month, and what may be kept of the rest."""
    values = kin.root.values
    kept = as_object(values.get(JOURNEY))
    made = replace(begun(kin.root), subject=Subject.ENDED, person="", by="")
    told = as_object(values.get("answers"))
    if kept:
        known = {name: value for name, value in kept.items() if _fits(name, value)}
        return [replace(made, **known, traits=_kept_traits(values.get(TRAITS)))]
    status, month = made.status, made.opened_on
    if status == "entered_in_error":
        return []
    offered = status in OFFERED or room_of(made.pathway) is CASES_ROOM
    accepted = status in ACCEPTED or room_of(made.pathway) is CASES_ROOM
    return [
        replace(
            made,
            eligible=Eligible.YES if offered else Eligible.NO if status == "ineligible" else "",
            offered_on=month if offered else "",
            accepted_on=month if accepted else "",
            closed_on=month if status in _FINISHED else "",
            outcome=status if status in _FINISHED else "",
            traits=_traits(folding, {**told, "age_band": values.get("age_band", "")}),
        )
    ]


def event_journey(folding: Folding, kin: Kin) -> list[Journey]:
    """An overdose, however many people of it are known here."""
    said = Said.of(kin, folding.guide(kin.root))
    day = said.day(OVERDOSE_AT)
    is_fatal = said.code(OVERDOSE_RESULT) == FATAL
    made = replace(
        begun(kin.root),
        subject=Subject.EVENT,
        person="",
        overdose_on=day,
        overdose_fatal_on=day if is_fatal else "",
        kits=left_kits(kin, kin.root),
    )
    return [made]


def _traits(folding: Folding, told: dict[str, Value]) -> dict[str, tuple[str, ...]]:
    """Traits of codes that were told of nobody in particular."""

    def answer(cut: Cut, field: str) -> list[str]:
        if field in _BANDS:
            return band_of(folding, cut, text_of(told, "age_band"))
        if field == OFFENSES:
            return grouped(folding.table(cut), [text_of(told, "offense_group")])
        return codes_in(told.get(_CALLED.get(field, field)) or told.get(field))

    return made_of(folding.cuts, answer)


def _fits(name: str, value: Value) -> bool:
    """Whether a kept value may be a column: what another station wrote may be anything."""
    if name in NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGE
    if name in DAYS:
        return value != "" and day_of(value) == value
    if name in MOMENTS:
        return isinstance(value, str) and _is_moment(value) is not None and bool(day_of(value))
    return name in CODES and name not in _OF_SOMEBODY and bool(codes_in(value))


def _kept_traits(value: Value) -> dict[str, tuple[str, ...]]:
    return {
        cut: tuple(codes) for cut, said in as_object(value).items() if (codes := codes_in(said))
    }

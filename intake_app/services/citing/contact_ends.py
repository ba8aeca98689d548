"""A draft that becomes no case: the person said no, or diversion was not offered after all.

The offer ledger keeps that it happened and why, with race, gender and age band where they were
answered, and not who it was. The draft goes; a number that was reserved for it is voided.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.draft import Draft
from intake_app.domain.errors import NotInLedger
from intake_app.domain.form import Answers, Form
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import May
from intake_app.services.case.offers import (
    CODED,
    NOTHING_KNOWN,
    Offer,
    OfferOutcome,
    add_demographics,
    note_declined,
    note_not_offered,
)
from intake_app.services.citing.citing import about_offense
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import discard_draft, guide_of, require_own, save_draft
from intake_app.services.records.ledger import is_void, voiding

_MARK: Final = "offer"  # in `Draft.marks`: id of the entry, so that a second try makes no other
_TOLD: Final = {"race": "race_self", "race_seen": "race_observed", "gender": "gender"}
"""Column of a form's [facts], and what the offer ledger calls it."""

_BAND: Final = re.compile(r"(?:(\d+)_)?(\d+|up)|under_(\d+)").fullmatch
_NOTES: Final = {
    OfferOutcome.DECLINED: note_declined,
    OfferOutcome.NOT_OFFERED: note_not_offered,
}


def decline(desk: Desk, draft: Draft, reason: str, text: str = "") -> Offer:
    """The person was offered diversion and said no.

    Args:
        desk: Whose.
        draft: The officer intervention; it is gone afterwards.
        reason: A code of `declined_reasons`.
        text: The explanation, where the code asks for one; no names.

    Raises:
        NotAllowed: It is not one's own draft, or not in one's roles.
        UnknownCode: No such code.
        NotInLedger: Words where the code asks for none.
        ReasonMissing: The code asks for words.
    """
    return _ended(desk, draft, OfferOutcome.DECLINED, reason, text)


def not_offered(desk: Desk, draft: Draft, reason: str, text: str = "") -> Offer:
    """Diversion was not offered, with a code of `not_offered_reasons`; as `decline` otherwise."""
    return _ended(desk, draft, OfferOutcome.NOT_OFFERED, reason, text)


def _ended(desk: Desk, draft: Draft, outcome: OfferOutcome, reason: str, text: str) -> Offer:
    desk.require(May.TAKE_CASE)
    require_own(desk, draft)
    guide = guide_of(desk, draft)
    about = about_offense(desk, guide, draft.answers)
    entry = _entry(desk, draft)
    try:
        offer = _NOTES[outcome](desk, reason, text, about, entry)
    except NotInLedger as error:
        if error.detail == "text":
            raise
        # a table has changed since the draft began: better an entry without the offense than none
        offer = _NOTES[outcome](desk, reason, text, NOTHING_KNOWN, entry)
    told = dict(_demographics(desk, guide.form, draft.answers))
    if told and not offer.demographics:
        add_demographics(desk, offer.id, told)
    if draft.number and not is_void(desk, draft.number):
        to = desk.cases_file
        to.apply([voiding(desk, draft.number, outcome.value)], desk.act("void number"))
    discard_draft(desk, draft.id, outcome.value)
    return offer


def _entry(desk: Desk, draft: Draft) -> RecordId:
    """The id of the ledger's entry, kept with the draft before it is used."""
    if _MARK not in draft.marks:
        marks = {**draft.marks, _MARK: new_record_id()}
        save_draft(desk, replace(draft, marks=marks))
        draft.marks = marks
    return RecordId(draft.marks[_MARK])


def _demographics(desk: Desk, form: Form, answers: Answers) -> Iterator[tuple[str, Value]]:
    """What was answered of the person in general, as far as it is a code of the ledger's tables."""
    for column, name in _TOLD.items():
        known = {choice.id for choice in desk.library.codes(CODED[name])}
        said: Value = answers.get(form.facts.get(column, column))
        given = cast("list[Value]", said) if isinstance(said, list) else [said]
        codes = [one for one in given if one in known]
        if codes:
            yield name, codes[0] if name == "gender" else codes
    born = str(answers.get(form.facts.get("born", ""), ""))
    bands = [choice.id for choice in desk.library.codes(CODED["age_band"])]
    if band := _band(born, desk.clock.local().date(), bands):
        yield "age_band", band


def _band(born: str, today: date, bands: list[str]) -> str:
    try:
        birth = date.fromisoformat(born)
    except ValueError:
        return ""
    age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return next((band for band in bands if _holds(band, age)), "")


def _holds(band: str, age: int) -> bool:
    """Whether an age lies in a band: "18_24", "under_18", "65_up"."""
    found = _BAND(band)
    if not found:
        return False
    if found[3]:
        return age < int(found[3])
    low = int(found[1] or 0)
    return low <= age and (found[2] == "up" or age <= int(found[2]))

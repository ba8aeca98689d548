"""The offer ledger: how each eligible contact ended, also where no record of a person is made.

Offered and accepted, offered and declined, eligible and not offered: without the last two there
is no denominator (Florida 985.126(3)(b)). An entry holds no name. What is known of the person in
general (race, gender, age band) may follow until the shift ends, as a fact of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.errors import (
    FactIsFinal,
    FormMissing,
    NotAllowed,
    NotInLedger,
    ReasonMissing,
    RecordMissing,
    ShiftOver,
    UnknownCode,
)
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.offer import (
    CODED,
    NOTHING_KNOWN,
    OF_OFFENSE,
    SEVERAL,
    Gaps,
    Offer,
    OfferAbout,
    OfferOutcome,
)
from intake_app.domain.pathway import Pathway
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.case.programs import case_programs
from intake_app.services.desk import Desk
from intake_app.services.records.choices import choices_of
from intake_app.services.records.writing import fact, hide

OFFER: Final = "offer"
DEMOGRAPHICS: Final = "offer.demographics"

NOT_OFFERED_REASONS: Final = "not_offered_reasons"
DECLINED_REASONS: Final = "declined_reasons"

TEXT_MOST: Final = 300
"""Letters of an explanation: room for a reason, not for a report."""

_MOST: Final = 100_000

_TABLES: Final = {
    OfferOutcome.DECLINED: DECLINED_REASONS,
    OfferOutcome.NOT_OFFERED: NOT_OFFERED_REASONS,
}

_SHAPES: Final = {
    "offense_group": re.compile(r"[0-9]{2}[0-9A-Z]").fullmatch,  # NIBRS
    "statute": re.compile(r"(?=.*[0-9])[\w§.,:;()/ -]{1,60}").fullmatch,
    "zone": re.compile(r"[A-Za-z]{0,3}-?[0-9]{0,4}[A-Za-z]?").fullmatch,
}
"""What is no code has a shape that no name has."""


def reasons(desk: Desk, outcome: OfferOutcome) -> tuple[Choice, ...]:
    """The coded reasons to choose from, in the order of their table.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.NOTE_OFFER)
    return choices_of(desk, _TABLES[outcome])


def note_not_offered(
    desk: Desk, reason: str, text: str = "", about: OfferAbout = NOTHING_KNOWN,
    ident: RecordId | None = None,
) -> Offer:  # fmt: skip
    """Note that somebody was eligible, and diversion was not offered.

    Args:
        desk: Whose.
        reason: A code of `not_offered_reasons`.
        text: The explanation, where the code asks for one; no names.
        about: What the contact was about, as far as it is known.
        ident: Its record, where a second try must not note it twice.

    Raises:
        NotAllowed: Not in this person's roles.
        NoGrant: This person does not hold the key.
        UnknownCode: No such code.
        NotInLedger: Words where the code asks for none, or too many.
        ReasonMissing: The code asks for words.
    """
    return _note(desk, OfferOutcome.NOT_OFFERED, (reason, text), about, ident)


def note_declined(
    desk: Desk, reason: str, text: str = "", about: OfferAbout = NOTHING_KNOWN,
    ident: RecordId | None = None,
) -> Offer:  # fmt: skip
    """Note that diversion was offered, and the person said no; what it raises: `note_not_offered`.

    Args:
        desk: Whose.
        reason: A code of `declined_reasons`.
        text: The explanation, where the code asks for one; no names.
        about: What the contact was about, as far as it is known.
        ident: Its record, where a second try must not note it twice.
    """
    return _note(desk, OfferOutcome.DECLINED, (reason, text), about, ident)


def accepted_offer_change(desk: Desk, case: RecordId, about: OfferAbout = NOTHING_KNOWN) -> Change:
    """The entry of an accepted offer, for the transaction that finishes the case.

    Args:
        desk: Whose.
        case: The case's record; the entry is about it.
        about: What the contact was about.
    """
    desk.require(May.TAKE_CASE)
    fields = _fields(desk, OfferOutcome.ACCEPTED, "", "", about)
    return fact(desk.cases_file, desk.person.id, OFFER, new_record_id(), fields, about=case)


def open_offers(desk: Desk) -> list[Offer]:
    """This person's entries of this shift that lack details which may still follow, oldest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.NOTE_OFFER)
    since = desk.clock.local() - _shift(desk)
    found = _offers(desk, since.isoformat(), "")
    mine = (offer for offer in found if offer.by == desk.person.id and offer.has_gap)
    return [offer for offer in mine if _is_open(desk, offer)]


def add_demographics(desk: Desk, offer: RecordId, answers: Mapping[str, Value]) -> None:
    """Tell what is known of the person in general, and of the event; never who.

    Args:
        desk: Whose; only who noted the entry may add to it.
        offer: The entry.
        answers: Some of `CODED` (codes; lists of codes for race) and `OF_OFFENSE`.

    Raises:
        NotInLedger: A field outside of that list, or an answer that is no code.
        NotAllowed: Somebody else noted the entry.
        ShiftOver: The shift is over; the gap stays, and is counted.
        RecordMissing: There is no such entry.
    """
    desk.require(May.NOTE_OFFER)
    to = desk.cases_file
    kept = _own_open(desk, offer)
    told = {name: value for name, value in answers.items() if value not in (None, "", [])}
    if not told:
        return
    _check_answers(desk, told, frozenset({*CODED, *OF_OFFENSE}))
    fields = {**told, **desk.entered()}
    change = fact(to, desk.person.id, DEMOGRAPHICS, new_record_id(), fields, about=kept.id)
    to.apply([change], desk.act("add offer details", kept.id))


def take_back(desk: Desk, offer: RecordId) -> None:
    """Take an entry out of the ledger that was noted by a slip of the finger; the log keeps it.

    Raises:
        NotAllowed: Somebody else noted it.
        ShiftOver: The shift is over.
        FactIsFinal: The offer was accepted: the case speaks for it.
        RecordMissing: There is no such entry.
    """
    desk.require(May.NOTE_OFFER)
    to = desk.cases_file
    kept = _own_open(desk, offer)
    record = to.record(kept.id)
    if kept.outcome is OfferOutcome.ACCEPTED or record is None:
        raise FactIsFinal(offer)
    to.apply([hide(to, desk.person.id, record, "slip")], desk.act("take back offer", kept.id))


def offers(desk: Desk, since: str, until: str = "") -> list[Offer]:
    """All entries of a time, oldest first.

    Args:
        desk: Whose.
        since: First moment or day (ISO, local).
        until: Last day, or the moment before which; empty: up to now.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.FIND_CASES)
    return _offers(desk, since, until)


def gaps(desk: Desk, since: str = "", until: str = "") -> Gaps:
    """How many entries lack demographics: counted as data quality, never filled in by guessing."""
    desk.require(May.FIND_CASES)
    found = [o for o in _offers(desk, since, until) if o.outcome is not OfferOutcome.ACCEPTED]
    return Gaps(len(found), sum(offer.has_gap for offer in found))


# --- noting -------------------------------------------------------------------------------


def _note(
    desk: Desk, outcome: OfferOutcome, why: tuple[str, str], about: OfferAbout,
    ident: RecordId | None,
) -> Offer:  # fmt: skip
    desk.require(May.NOTE_OFFER)
    to, reason, text = desk.cases_file, why[0], why[1].strip()
    before = to.record(ident) if ident else None
    if before is not None:
        return _offer(desk, before)
    code = next((c for c in reasons(desk, outcome) if c.id == reason), None)
    if code is None:
        raise UnknownCode(reason)
    if len(text) > (TEXT_MOST if code.needs_text else 0):
        raise NotInLedger("text")
    if code.needs_text and not text:
        raise ReasonMissing
    ident = ident or new_record_id()
    fields = _fields(desk, outcome, reason, text, about)
    change = fact(to, desk.person.id, OFFER, ident, fields)
    to.apply([change], desk.act("note offer", ident))
    made = to.record(ident)
    if made is None:
        raise RecordMissing(ident)
    return _offer(desk, made)


def _fields(
    desk: Desk, outcome: OfferOutcome, reason: str, text: str, about: OfferAbout
) -> dict[str, Value]:
    told = {"outcome": outcome.value, "reason": reason, "text": text}
    fields: dict[str, Value] = {name: value for name, value in told.items() if value}
    # a form may be older than its tables: what they do not know is left out, and stops nobody
    known = {name: one for name, one in about.fields().items() if _is_known(desk, name, one)}
    return fields | known | desk.entered() | {facts.STATUS: outcome.value}


def _check_answers(desk: Desk, answers: Mapping[str, Value], allowed: frozenset[str]) -> None:
    """Only codes of the tables, and short words about the event: a name is neither.

    Raises:
        NotInLedger: Something else.
    """
    for name, value in answers.items():
        given: list[Value] = [value]
        if name in SEVERAL and isinstance(value, list):
            given = cast("list[Value]", value)
        if name not in allowed or not all(_is_known(desk, name, one) for one in given):
            raise NotInLedger(name)


def _is_known(desk: Desk, name: str, value: Value) -> bool:
    if not isinstance(value, str):
        return False
    if name in CODED:
        return value in {choice.id for choice in desk.library.codes(CODED[name])}
    if name == "program":
        return _has_form(desk, value)
    if name == "offense":
        programs = [Pathway.OFFICER_INTERVENTION, *(ident for ident, _ in case_programs(desk))]
        return any(desk.library.offense(program, value) for program in programs)
    return bool(_SHAPES[name](value))


def _has_form(desk: Desk, ident: str) -> bool:
    try:
        return bool(desk.library.guide(ident))
    except FormMissing:
        return False


# --- reading ------------------------------------------------------------------------------


def _offers(desk: Desk, since: str, until: str) -> list[Offer]:
    file = desk.cases_file
    rows = file.newest(OFFER, _MOST, since)
    past = f"{until}~" if until else "~"  # later than any moment of that day
    records = (file.record(row.record) for row in reversed(rows) if row.opened <= past)
    return [_offer(desk, record) for record in records if record and _is_whole(record)]


def _is_whole(record: Record) -> bool:
    """What another station wrote may be anything; the list must stand all the same."""
    outcome, names = record.values.get("outcome"), (facts.OPENED, facts.BY)
    texts = all(isinstance(record.values.get(name), str) for name in names)
    return isinstance(outcome, str) and outcome in set(OfferOutcome) and texts


def _offer(desk: Desk, record: Record) -> Offer:
    values = record.values
    told = [later.values for later in desk.cases_file.about(record.id, DEMOGRAPHICS)]
    later = {k: v for one in told for k, v in one.items() if not k.startswith("~")}
    about = OfferAbout(**{
        name: str(later.get(name) or values.get(name) or "") for name in ("program", *OF_OFFENSE)
    })  # fmt: skip
    offer = Offer(
        record.id, OfferOutcome(values["outcome"]), str(values.get("reason", "")),
        str(values.get("text", "")), str(values[facts.OPENED]), UserId(values[facts.BY]),
    )  # fmt: skip
    of_person = {name: value for name, value in later.items() if name in CODED}
    return replace(offer, case=record.about, about=about, demographics=of_person)


def _own_open(desk: Desk, ident: RecordId) -> Offer:
    """An entry that this person may still add to."""
    record = desk.cases_file.record(ident)
    if record is None or record.kind != OFFER or record.is_deleted or not _is_whole(record):
        raise RecordMissing(ident)
    offer = _offer(desk, record)
    if offer.by != desk.person.id:
        raise NotAllowed(OFFER)
    if not _is_open(desk, offer):
        raise ShiftOver
    return offer


def _is_open(desk: Desk, offer: Offer) -> bool:
    return desk.clock.now() - datetime.fromisoformat(offer.opened) < _shift(desk)


def _shift(desk: Desk) -> timedelta:
    return timedelta(hours=desk.agency.shift_hours)

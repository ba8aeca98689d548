"""Whether somebody was arrested again: yes, no or not known, and the day; never what for.

There is no link to another system, and there must not be one from those who asked for help (domain
facts 3.3, 1). A person notes what they were told or looked up, as a fact about the intake. It is
asked for when a window has run (code table `rearrest_windows`, its `measure` says the days), and a
figure counts only those of whom somebody knew after that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from intake_app.domain import facts
from intake_app.domain.errors import (
    BadAmount,
    BadEntry,
    EnteredInError,
    NotYetHappened,
    ReasonMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.form import Choice
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.measure_errors import ArrestBeforeContact, ArrestDayOpen
from intake_app.domain.rearrest import ANSWERS, REARREST, YES, Look, look_of
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment, May
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Reads
from intake_app.services.records.choices import choices_of
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.writing import fact, hide

WINDOWS: Final = "rearrest_windows"
"""Code table; the `measure` of each is its days."""

MOST_BEFORE: Final = 99
_LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class NewLook:
    """What somebody found out.

    Attributes:
        answer: "yes", "no" or "unknown".
        on: The day of the first new arrest (YYYY-MM-DD); only of a yes.
        looked_on: Until which day it holds; empty: today.
        before: Arrests in the twelve months before the contact, where it is known.
    """

    answer: str
    on: str = ""
    looked_on: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A time after the contact in which a new arrest is counted.

    Attributes:
        id: Code of the window.
        label: Its words.
        ends_on: Its last day (YYYY-MM-DD).
        has_run: It is over.
        is_asked: Somebody gave an answer for all of it, "not known" too; or it is a yes before.
    """

    id: str
    label: Text
    ends_on: str
    has_run: bool
    is_asked: bool

    @property
    def is_due(self) -> bool:
        """Whether somebody is to look now."""
        return self.has_run and not self.is_asked


@dataclass(frozen=True, slots=True)
class RearrestView:
    """What the card of an intake shows.

    Attributes:
        since: The day of the contact.
        windows: The shortest first.
        looks: What was noted, oldest first.
        is_care: They asked for help: nobody looks in a police system.
        is_closed_book: It was entered in error; nothing can be noted.
    """

    since: str
    windows: tuple[Window, ...]
    looks: tuple[Look, ...]
    is_care: bool
    is_closed_book: bool = False


@dataclass(frozen=True, slots=True)
class DueLook:
    """An intake for which somebody is to look.

    Attributes:
        record: The intake.
        number: Its receipt number.
        pathway: Code.
        label: The window that has run, in words.
        ended_on: When it had.
    """

    record: RecordId
    number: str
    pathway: str
    label: Text
    ended_on: str


def rearrest_of(desk: Desk, intake: RecordId) -> RearrestView:
    """What is known of new arrests of a person, for the page of an intake, which logs it.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
    """
    desk.require(May.NOTE_REARREST)
    file = desk.file_with(intake, "read")
    record = _intake(file, intake)
    is_care = file is desk.care
    opened = str(record.values.get(facts.OPENED, ""))[:10]
    looks = looks_in(file, intake)
    windows = tuple(_windows(desk, opened, looks))
    return RearrestView(opened, windows, looks, is_care, record.is_deleted)


def note_rearrest(desk: Desk, intake: RecordId, new: NewLook) -> RecordId:
    """Note whether somebody was arrested again, and the day; nothing else has a place here.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
        EnteredInError: It is out of all lists.
        UnknownCode: The answer is none.
        BadEntry: A day is none.
        ArrestDayOpen: A day is missing, or told without a yes.
        ArrestBeforeContact: A day lies before the contact.
        NotYetHappened: A day is still to come.
        BadAmount: More arrests than anybody has, or less than none.
    """
    desk.require(May.NOTE_REARREST)
    file = desk.file_with(intake, "read")
    record = _intake(file, intake)
    if record.is_deleted:
        raise EnteredInError(intake)
    if new.answer not in ANSWERS:
        raise UnknownCode(new.answer)
    if (new.answer == YES) is not bool(new.on):
        raise ArrestDayOpen
    today = desk.clock.local().date().isoformat()
    opened = str(record.values.get(facts.OPENED, ""))[:10]
    looked = new.looked_on or today
    for day in filter(None, (new.on, looked)):
        _check_day(day, opened, today)
    if new.before is not None and not 0 <= new.before <= MOST_BEFORE:
        raise BadAmount
    ident = new_record_id()
    said = {
        "answer": new.answer, "on": new.on, "looked_on": looked, "before": new.before,
        **desk.entered(),
    }  # fmt: skip
    change = fact(file, desk.person.id, REARREST, ident, said, about=intake)
    file.apply([change], desk.act("note new arrest", intake))
    return ident


def take_back_rearrest(desk: Desk, look: RecordId, reason: str) -> None:
    """Take back what was noted in error; it stays readable and no longer counts.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
        RecordMissing: There is none.
    """
    desk.require(May.NOTE_REARREST)
    if not reason.strip():
        raise ReasonMissing
    for file in filter(None, (desk.care, desk.cases)):
        record = file.record(look)
        if record is not None and record.kind == REARREST and not record.is_deleted:
            desk.file_with(record.about, "read")
            change = hide(file, desk.person.id, record, reason.strip())
            file.apply([change], desk.act("take back new arrest", record.about))
            return
    raise RecordMissing(look)


def rearrest_due(desk: Desk, room: Compartment, most: int = _LISTED) -> tuple[DueLook, ...]:
    """Intakes whose window has run and of whom nobody has said anything, the longest due first.

    Those who said no, have died or were never offered anything are not asked about.

    Args:
        desk: Whose.
        room: Of those who asked for help ("care"), or of held cases ("cases").
        most: How many are looked through.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.NOTE_REARREST)
    if desk.measures is None or room not in desk.measures.files:
        return ()
    file = desk.open_file(room)
    if file is None:
        return ()
    journeys, found = desk.measures.files[room], list[DueLook]()
    for _, days in _lengths(desk):
        until = (desk.clock.local().date() - timedelta(days=days)).isoformat()
        records = map(file.record, journeys.unasked(until, days, most))  # through the veil
        found += [one for r in records if r and not r.is_deleted for one in _due(desk, file, r)]
    unique = {one.record: one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: (one.ended_on, one.record)))[:most]


# --- inside -----------------------------------------------------------------------------


def _intake(file: Reads, intake: RecordId) -> Record:
    record = file.record(intake)
    if record is None or record.is_purged or record.kind != INTAKE:
        raise RecordMissing(intake)
    return record


def _check_day(day: str, opened: str, today: str) -> None:
    try:
        said = date.fromisoformat(day).isoformat()
    except ValueError:
        raise BadEntry from None
    if said > today:
        raise NotYetHappened
    if said < opened:
        raise ArrestBeforeContact


def _lengths(desk: Desk) -> list[tuple[Choice, int]]:
    """The windows with their days, the shortest first."""
    told = (one for one in choices_of(desk, WINDOWS) if one.measure.isdecimal())
    return sorted(((one, int(one.measure)) for one in told), key=lambda pair: pair[1])


def _windows(desk: Desk, opened: str, looks: Sequence[Look]) -> Iterator[Window]:
    today = desk.clock.local().date().isoformat()
    for choice, days in _lengths(desk) if opened else ():
        ends = (date.fromisoformat(opened) + timedelta(days=days)).isoformat()
        is_asked = any(one.looked_on >= ends or (one.on and one.on <= ends) for one in looks)
        yield Window(choice.id, choice.label, ends, ends <= today, is_asked)


def _due(desk: Desk, file: Reads, record: Record) -> Iterator[DueLook]:
    opened = str(record.values.get(facts.OPENED, ""))[:10]
    due = [one for one in _windows(desk, opened, looks_in(file, record.id)) if one.is_due]
    if due:  # one look answers for all that have run
        last = due[-1]
        number, pathway = (
            str(record.values.get(name, "")) for name in (facts.NUMBER, facts.PATHWAY)
        )
        yield DueLook(record.id, number, pathway, last.label, last.ends_on)


def looks_in(file: Reads, intake: RecordId) -> tuple[Look, ...]:
    """What was noted of new arrests, oldest first."""
    return tuple(map(look_of, file.about(intake, REARREST)))

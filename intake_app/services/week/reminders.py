"""What is to be said to whom, and what the desk looks after: by the program's file and the clock.

A person is reminded only a way that they called safe: a letter only where letters are allowed. Who
has died or asked not to be contacted is reminded of nothing. A letter that was issued in time, or a
note that somebody was reached, is what makes a reminder done; nothing is ticked off by itself.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.business_time import Place
from intake_app.domain.change import Value
from intake_app.domain.clock import zone_of
from intake_app.domain.errors import CaseRefused, IntakeError, RecordMissing, UnknownCode
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.reminding import Window, last_business_day, window_of
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.case.held import HeldCase, held_case
from intake_app.services.case.open_cases import open_cases
from intake_app.services.citing.cases import issue_case_papers
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import PAPER, IssuedPaper
from intake_app.services.records.choices import require_choice
from intake_app.services.records.writing import fact

REMINDED: Final = "reminder"
"""Kind of the facts that say who was reminded, how, and what came of it."""

OUTCOMES: Final = "reminder_outcomes"
"""Code table of what came of it."""

NO_ANSWER: Final = "no_answer"
"""The outcome that leaves a reminder due."""

LETTER: Final = "letter"
LOOKED: Final = "looked"
"""How the desk does what contacts nobody."""

CONTACT_WAYS: Final = "contact_ways"
"""Name under `[facts]` of the question which ways are safe."""

_NOT_OURS: Final = frozenset({"in_person"})
"""Ways in which the person comes by and nobody says anything."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that is due now in a case.

    Attributes:
        case: The case.
        number: Its receipt number.
        id: Of the reminder, in the program's file.
        label: What it is called.
        about: Of what: a moment, or a day.
        on: Due since this day.
        is_for_person: The person is reminded; otherwise the desk looks, and contacts nobody.
        ways: The safe ways (codes of `contact_methods.csv`); empty: nothing may be said.
        paper: The letter that may go, or empty.
        tries: How often nobody answered.
    """

    case: RecordId
    number: str
    id: str
    label: Text
    about: str
    on: date
    is_for_person: bool
    ways: tuple[str, ...] = ()
    paper: str = ""
    tries: int = 0

    @property
    def is_letter(self) -> bool:
        """Whether a letter may go."""
        return bool(self.paper) and LETTER in self.ways


@dataclass(frozen=True, slots=True)
class Letters:
    """What came of printing reminders.

    Attributes:
        issued: The letters.
        refused: Cases to which none went, and why.
    """

    issued: tuple[IssuedPaper, ...]
    refused: tuple[tuple[RecordId, IntakeError], ...] = ()


def reminders_due(desk: Desk) -> list[Reminder]:
    """All that is due by today and was not done, the oldest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.RECORD_PROGRESS)
    found = (one for case in open_cases(desk) for one in _due_in(desk, case))
    return sorted(found, key=lambda one: (one.on, one.number, one.id))


def reminders_of(desk: Desk, case: RecordId) -> list[Reminder]:
    """What is due in one case.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such case here.
    """
    desk.require(May.RECORD_PROGRESS)
    return list(_due_in(desk, held_case(desk, case)))


def print_reminders(desk: Desk, cases: Collection[RecordId]) -> Letters:
    """Issue the letters that are due in these cases; where none may go, it is told why.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.RECORD_PROGRESS)
    desk.require(May.ISSUE_CASE_PAPER)
    issued: list[IssuedPaper] = []
    refused: list[tuple[RecordId, IntakeError]] = []
    for case in cases:
        try:
            issued += _letters(desk, case)
        except IntakeError as error:
            refused.append((case, error))
    return Letters(tuple(issued), tuple(refused))


def note_reminded(desk: Desk, case: RecordId, reminder: str, how: str, outcome: str) -> None:
    """Note that the person was reminded, or that the desk looked after it.

    Args:
        desk: Whose.
        case: The case.
        reminder: Id of the reminder that is due.
        how: A safe way (code of `contact_methods.csv`); `LOOKED` for what contacts nobody.
        outcome: A code of `reminder_outcomes.csv`.

    Raises:
        NotAllowed: Not in this person's roles.
        CaseRefused: No letter or reminder may go to the person now.
        RecordMissing: There is no such case here, or this is not due in it.
        UnknownCode: This way is not safe, or there is no such outcome.
    """
    desk.require(May.RECORD_PROGRESS)
    held = held_case(desk, case)
    if how != LOOKED and (why := held.standing.status.letter):
        raise CaseRefused([why])
    due = next((one for one in _due_in(desk, held) if one.id == reminder), None)
    if due is None:
        raise RecordMissing(case)
    if how not in (due.ways if due.is_for_person else (LOOKED,)):
        raise UnknownCode(CONTACT_WAYS)
    require_choice(desk, OUTCOMES, outcome)
    to, user = desk.cases_file, desk.person.id
    fields = _noted(desk, due, how, outcome)
    change = fact(to, user, REMINDED, new_record_id(), fields, about=case)
    to.apply([change], desk.act("note reminder", case))


# --- inside -----------------------------------------------------------------------------


def _noted(desk: Desk, due: Reminder, how: str, outcome: str) -> dict[str, Value]:
    return {
        "reminder": due.id, "about": due.about, "how": how, "outcome": outcome,
        **desk.entered(),
    }  # fmt: skip


def _letters(desk: Desk, case: RecordId) -> list[IssuedPaper]:
    held = held_case(desk, case)
    if why := held.standing.status.letter:
        raise CaseRefused([why])
    papers = [one.paper for one in _due_in(desk, held) if one.is_letter]
    return issue_case_papers(desk, case, papers) if papers else []


def _due_in(desk: Desk, held: HeldCase) -> Iterator[Reminder]:
    """What is due in a case and was not done yet."""
    place = Place(held.terms, desk.calendar, zone_of(desk.clock))
    now, today = desk.clock.now(), desk.clock.local().date()
    file, case = desk.cases_file, held.record.id
    found = [*_of_program(held, place), *_of_form(held, place)]
    due = [(one, window) for one, window in found if window.is_due(now, today)]
    noted = file.about(case, REMINDED) if due else []
    letters = file.about(case, PAPER) if due else []
    for one, _ in due:
        tried = [note for note in noted if _is_of(note, one)]
        is_done = any(note.values.get("outcome") != NO_ANSWER for note in tried)
        if not is_done and not _was_written(letters, one):
            yield replace(one, tries=len(tried))


def _of_program(held: HeldCase, place: Place) -> Iterator[tuple[Reminder, Window]]:
    """The [[reminders]] of the program."""
    status, clock = held.standing.status, held.standing.clock
    for term in held.terms.reminders:
        window = window_of(term, status, clock, place)
        if window is not None:
            about = window.about.astimezone(place.zone).isoformat(timespec="minutes")
            ways = _ways(held) if term.is_for_person else ()
            yield Reminder(
                held.record.id, _number(held), term.id, term.label, about, window.on,
                term.is_for_person, ways, term.paper,
            ), window  # fmt: skip


def _of_form(held: HeldCase, place: Place) -> Iterator[tuple[Reminder, Window]]:
    """The [[deadlines]] of the form, counted from the paper: checks, once the person has come."""
    status, clock = held.standing.status, held.standing.clock
    is_idle = not status.is_open or status.has_conflict or clock.is_tolled
    if is_idle or not clock.is_reported:
        return
    for ident, label, on in _owed(held.record):
        day = date.fromisoformat(on[:10])
        window = Window(place.closing(day), last_business_day(place, day))
        yield (
            Reminder(
                held.record.id, _number(held), ident, label, on, window.on, is_for_person=False
            ),
            window,
        )


def _owed(record: Record) -> Iterator[tuple[str, Text, str]]:
    owed = cast("list[tuple[str, dict[str, str], str]]", record.values.get(facts.OWED) or [])
    return ((ident, Text(label), on) for ident, label, on in owed)


def _ways(held: HeldCase) -> tuple[str, ...]:
    """The ways that the person called safe and that are ours to use."""
    said = held.record.values.get(held.guide.form.facts.get(CONTACT_WAYS, ""))
    ways = cast("list[str]", said) if isinstance(said, list) else []
    return tuple(way for way in ways if way not in _NOT_OURS)


def _is_of(note: Record, one: Reminder) -> bool:
    values = note.values
    return (values.get("reminder"), values.get("about")) == (one.id, one.about)


def _was_written(letters: Iterable[Record], one: Reminder) -> bool:
    """Whether its letter was issued since it was due."""
    if not one.paper:
        return False
    written = (cast("dict[str, str]", letter.values["paper"]) for letter in letters)
    return any(
        paper["paper"] == one.paper and datetime.fromisoformat(paper["at"]).date() >= one.on
        for paper in written
    )


def _number(held: HeldCase) -> str:
    return str(held.record.values.get(facts.NUMBER, ""))

"""Today's list: whom somebody is to reach, overdue first; on screen, on paper, by letter.

The list reads facts rows by an index, and the words of those tasks alone that are shown: with a
hundred thousand people it costs what its lines cost.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.entry import show_date
from intake_app.domain.errors import IntakeError, RecordMissing, UnknownCode
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.listing import NOBODY, Row
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import BOX, HouseSheet, draw_sheet
from intake_app.services.follow_up.attempts import NewAttempt, log_attempt
from intake_app.services.follow_up.follow_ups import open_task
from intake_app.services.needs.files import Records
from intake_app.services.papers.papers import IssuedPaper, issue_papers
from intake_app.services.people.persons import refuse_stopped
from intake_app.services.records.follow_up_changes import FOLLOW_UP
from intake_app.services.records.safe_contact import CONTACT_WAYS, safe_means
from intake_app.services.records.tries import ATTEMPT

EVERYBODY: Final = UserId("")
LONGEST: Final = 100
"""Lines of a list; who has more to do begins with the oldest."""

LETTER: Final = "letter"
_SENT: Final = "sent"
"""The means and the result that a letter is noted with."""

LETTER_PAPER: Final = "follow_up_letter"
SHEET, SHEET_WITH_NAMES = "follow_up_list", "follow_up_list_names"


@dataclass(frozen=True, slots=True)
class DueTask:
    """One line of the list.

    Attributes:
        record: The task.
        intake: Whose.
        number: Receipt number of the intake.
        name: Their name, for who asked to see names.
        pathway: Pathway code.
        label: What is to be done.
        due: The day (YYYY-MM-DD).
        by: Who is to do it; empty: nobody yet.
        tries: How often somebody tried.
        may_mail: A letter is a safe way.
        is_overdue: The day has passed.
    """

    record: RecordId
    intake: RecordId
    number: str
    name: str = field(repr=False)
    pathway: str
    label: Text
    due: str
    by: UserId
    tries: int
    may_mail: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class DueList:
    """The list.

    Attributes:
        lines: The oldest first.
        has_more: There are more than are shown.
    """

    lines: tuple[DueTask, ...]
    has_more: bool = False

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(line.is_overdue for line in self.lines)


@dataclass(frozen=True, slots=True)
class Letters:
    """What came of writing letters.

    Attributes:
        issued: The letters, one for each person.
        refused: Tasks for which none went, and why.
    """

    issued: tuple[IssuedPaper, ...]
    refused: tuple[tuple[RecordId, IntakeError], ...] = ()


def due_tasks(desk: Desk, whose: UserId = EVERYBODY, until: str = "") -> DueList:
    """What is due, the oldest first.

    Args:
        desk: Whose desk.
        whose: Of one person (user id), of `NOBODY`, or of all (`EVERYBODY`).
        until: The last day (YYYY-MM-DD); empty: today.

    Raises:
        NotAllowed: Not in this person's roles.
        NoGrant: This person does not hold the key of the file.
    """
    desk.require(May.FOLLOW_UP)
    file, today = desk.care_file, desk.clock.local().date().isoformat()
    rows = file.due(FOLLOW_UP, until or today, LONGEST + 1, whose)
    about = file.lines([row.about for row in rows])
    found = [(row, about[row.about]) for row in rows[:LONGEST] if row.about in about]
    lines = tuple(_line(file, row, intake, today) for row, intake in found)
    return DueList(lines, len(rows) > LONGEST)


def print_due_tasks(desk: Desk, whose: UserId = EVERYBODY, *, names: bool = False) -> bytes:
    """Draw the list of today; that it was printed, and whether with names, is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        PaperMissing, FormMissing: A file is gone.
    """
    desk.require(May.FOLLOW_UP)
    language = desk.own_language
    rows = [_cells(line, language, names=names) for line in due_tasks(desk, whose).lines]
    told = {"staff_name": desk.name_of(whose) if whose not in {EVERYBODY, NOBODY} else ""}
    paper = SHEET_WITH_NAMES if names else SHEET
    sheet = HouseSheet(paper, language, told, {"follow_ups": rows})
    data = draw_sheet(desk, sheet)
    desk.care_file.note(desk.act("print follow-ups with names" if names else "print follow-ups"))
    return data


def write_letters(desk: Desk, tasks: Collection[RecordId]) -> Letters:
    """Issue a letter for each of these tasks where letters are safe; each counts as a try.

    One letter for each person and day, whatever is due of them. Where none may go, it is told why.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.FOLLOW_UP)
    desk.require(May.ISSUE_PAPER)
    issued: dict[RecordId, IssuedPaper] = {}
    refused: list[tuple[RecordId, IntakeError]] = []
    for ident in tasks:
        try:
            task = open_task(desk.care_file, ident)
            if task.about not in issued:
                issued[task.about] = _letter(desk, task.about)
            log_attempt(desk, NewAttempt(task.about, LETTER, _SENT, follow_up=ident))
        except IntakeError as error:
            refused.append((ident, error))
    return Letters(tuple(issued.values()), tuple(refused))


# --- inside -----------------------------------------------------------------------------


def _letter(desk: Desk, intake: RecordId) -> IssuedPaper:
    file = desk.care_file
    refuse_stopped(file, intake)
    if LETTER not in safe_means(file, intake):
        raise UnknownCode(CONTACT_WAYS)
    (made,) = issue_papers(desk, intake, [LETTER_PAPER])
    return made


def _line(file: Records, row: Row, intake: Row, today: str) -> DueTask:
    task = file.record(row.record)
    if task is None:
        raise RecordMissing(row.record)
    return DueTask(
        record=row.record,
        intake=row.about,
        number=intake.number,
        name=intake.name,
        pathway=intake.pathway,
        label=_label(task),
        due=row.due,
        by=row.by,
        tries=_tries(file, task),
        may_mail=LETTER in safe_means(file, row.about),
        is_overdue=row.due < today,
    )


def _label(task: Record) -> Text:
    return Text(task.values.get("label") or {})


def _tries(file: Records, task: Record) -> int:
    noted = file.about(task.about, ATTEMPT)
    return sum(one.values.get("follow_up") == task.id for one in noted)


def _cells(line: DueTask, language: str, *, names: bool) -> Sequence[str]:
    return tuple(_parts(line, language, names=names))


def _parts(line: DueTask, language: str, *, names: bool) -> Iterator[str]:
    yield line.number
    if names:
        yield line.name
    yield line.label.said_in(language)
    yield show_date(line.due, language)
    yield str(line.tries or "")
    yield BOX

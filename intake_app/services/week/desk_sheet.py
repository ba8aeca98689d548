"""What is due and overdue at the desk today: numbers only, to be shredded after the shift."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from intake_app.domain import facts
from intake_app.domain.abeyance import Due, DueKind
from intake_app.domain.clock import zone_of
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.case.held import HeldCase
from intake_app.services.case.open_cases import open_cases
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import (
    BOX,
    HouseSheet,
    draw_sheet,
    monday_of,
    week_in_words,
)
from intake_app.services.week.reminders import Reminder, reminders_due
from intake_app.words import LANGUAGES, Words, mark
from intake_app.words.dates import moment_in_words

SHEET: Final = "desk_sheet"

_WHAT: Final = {
    DueKind.REPORT: mark("Report to the program"),
    DueKind.COMPLETE: mark("Complete the plan"),
    DueKind.CHARGE: mark("Decide about the charge"),
}


@dataclass(frozen=True, slots=True)
class DueLine:
    """One line of the sheet.

    Attributes:
        number: Receipt number.
        what: What is due.
        until: Until when, on the wall.
        is_overdue: It has passed.
    """

    number: str
    what: Text
    until: datetime
    is_overdue: bool = False


def due_today(desk: Desk) -> list[DueLine]:
    """What the clocks of open cases owe by the end of today, and what is to be said or looked at.

    Overdue first. A reminder for which no way is safe is not on it: nobody may say anything.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.RECORD_PROGRESS)
    lines = [line for case in open_cases(desk) for line in _of_clock(desk, case)]
    lines += [_of_reminder(desk, one) for one in reminders_due(desk) if _can_be_done(one)]
    return sorted(lines, key=lambda line: (line.until.astimezone(UTC), line.number))


def print_desk_sheet(desk: Desk) -> bytes:
    """Draw the sheet of today; that it was printed is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        PaperMissing, FormMissing: A file is gone.
    """
    desk.require(May.RECORD_PROGRESS)
    language, today = desk.own_language, desk.clock.local().date()
    rows = [_row(line, Words(language)) for line in due_today(desk)]
    told = {"week": week_in_words(monday_of(today), Words(language))}
    sheet = HouseSheet(SHEET, language, told, {"due": rows})
    data = draw_sheet(desk, sheet)
    desk.cases_file.note(desk.act("print desk sheet"))
    return data


# --- inside -----------------------------------------------------------------------------


def _of_clock(desk: Desk, case: HeldCase) -> Iterator[DueLine]:
    due = case.standing.clock.next_due
    if due is None or not _is_by_today(desk, due):
        return
    is_over = due.when.astimezone(UTC) < desk.clock.now()
    what = Text({code: Words(code).text(_WHAT[due.what]) for code in LANGUAGES})
    number = str(case.record.values.get(facts.NUMBER, ""))
    yield DueLine(number, what, due.when.astimezone(zone_of(desk.clock)), is_over)


def _is_by_today(desk: Desk, due: Due) -> bool:
    return due.when.astimezone(zone_of(desk.clock)).date() <= desk.clock.local().date()


def _of_reminder(desk: Desk, one: Reminder) -> DueLine:
    today, zone = desk.clock.local().date(), zone_of(desk.clock)
    end = datetime.combine(one.on, time(23, 59), zone)
    return DueLine(one.number, one.label, end, one.on < today)


def _can_be_done(one: Reminder) -> bool:
    return bool(one.ways) or not one.is_for_person


def _row(line: DueLine, words: Words) -> tuple[str, ...]:
    until = moment_in_words(line.until, words.language)
    if line.is_overdue:
        until = words.text("{when}: overdue", when=until)
    return (line.number, line.what.said_in(words.language), until, BOX)

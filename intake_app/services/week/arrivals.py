"""Who is expected at a program in a week, and what became of it: one grid, keyed in one go.

A line is a case. Each tick is an act of its own, with the checks of that act: what is refused is
told beside its line, and loses nothing of the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_status import CaseStatus
from intake_app.domain.clock import zone_of
from intake_app.domain.entry import show_moment
from intake_app.domain.errors import FormMissing, IntakeError
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.case.acts import Why, note_no_show, note_reported, reschedule
from intake_app.services.case.held import HeldCase, held_case, stands, terms_of
from intake_app.services.case.open_cases import open_cases, program_of
from intake_app.services.case.programs import case_programs
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import (
    BOX,
    HouseSheet,
    draw_sheet,
    monday_of,
    week_in_words,
)
from intake_app.services.needs.everyday import Guide
from intake_app.words import Words

SHEET: Final = "arrivals_sheet"
_WEEK: Final = timedelta(days=7)


class Known(StrEnum):
    """What is known of an expected arrival."""

    WAITED_FOR = ""
    ARRIVED = "arrived"
    NO_SHOW = "no_show"
    RESCHEDULED = "rescheduled"


TICKS: Final = (Known.ARRIVED, Known.NO_SHOW, Known.RESCHEDULED)
"""What can be ticked."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One line of the grid.

    Attributes:
        case: The case.
        number: Receipt number.
        name: "Whitfield, Jordan"; a list hides it until it is asked for.
        report_by: The moment in this week.
        known: What became of it.
        moved_to: The new report-by, where one was given since.
    """

    case: RecordId
    number: str
    name: str = field(repr=False)
    report_by: datetime
    known: Known = Known.WAITED_FOR
    moved_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """What somebody keys for a line.

    Attributes:
        case: The case.
        what: Arrived, did not come, or has a new report-by.
        moment: The new report-by (with offset); of an arrival: when, or empty.
    """

    case: RecordId
    what: Known
    moment: str = ""


@dataclass(frozen=True, slots=True)
class Keyed:
    """What came of a tick.

    Attributes:
        tick: What was keyed.
        refused: Why it was not noted; None: it was.
    """

    tick: Tick
    refused: IntakeError | None = None


def expected_programs(desk: Desk) -> tuple[tuple[str, Text], ...]:
    """Form id and name of the department's programs, and of others that have open cases.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.RECORD_PROGRESS)
    found = dict(case_programs(desk))
    for case in open_cases(desk):
        found.setdefault(case.guide.form.ref.id, program_of(case))
    return tuple(found.items())


def expected_arrivals(desk: Desk, program: str, week: date) -> list[Arrival]:
    """Open cases of a program whose report-by lies in a week (any day of it), in order.

    A case whose report-by was moved out of this week stays in it, with its new moment.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.RECORD_PROGRESS)
    monday = monday_of(week)
    lines = (line for case in open_cases(desk, program) for line in _lines(desk, case, monday))
    return sorted(lines, key=lambda line: (line.report_by.astimezone(UTC), line.number))


def key_ticks(desk: Desk, ticks: Iterable[Tick]) -> list[Keyed]:
    """Note many ticks, each as an act of its own; what is refused is told, nothing else is lost.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.RECORD_PROGRESS)
    return [_keyed(desk, tick) for tick in ticks]


def print_arrivals(desk: Desk, program: str, week: date) -> bytes:
    """Draw the sheet of a program's week; each case on it is named in the audit log.

    Raises:
        NotAllowed: Not in this person's roles.
        PaperMissing, FormMissing: A file is gone.
    """
    desk.require(May.RECORD_PROGRESS)
    desk.require(May.ISSUE_CASE_PAPER)
    language, monday = desk.own_language, monday_of(week)
    lines = [
        line for line in expected_arrivals(desk, program, monday) if line.moved_to is None
    ]  # fmt: skip
    guide = _guide(desk, program)
    words = Words(language)
    place = terms_of(guide).place_name or guide.form.program or guide.form.title
    told = {"place_name": place.said_in(language), "week": week_in_words(monday, words)}
    rows = {"arrivals": list(_rows(lines, language))}
    data = draw_sheet(desk, HouseSheet(SHEET, language, told, rows), guide)
    desk.cases_file.note(desk.act("print arrivals sheet"))
    for line in lines:
        desk.cases_file.note(desk.act("on an arrivals sheet", line.case))
    return data


# --- inside -----------------------------------------------------------------------------


def _guide(desk: Desk, program: str) -> Guide:
    """The program's form; of one that has run out, the version of a case that is still open."""
    try:
        return desk.library.guide(program)
    except FormMissing:
        for case in open_cases(desk, program):
            return case.guide
        raise


def _lines(desk: Desk, case: HeldCase, monday: date) -> Iterator[Arrival]:
    """The line of a case in a week, or none."""
    due = case.standing.clock.report_by
    if due is not None and _is_in(desk, due.moment, monday):
        yield _line(case, due.moment, _known(case))
        return
    for before in _moments_before(desk, case):
        if _is_in(desk, before, monday):
            moved_to = due.moment if due else None
            yield _line(case, before, _moved(case), moved_to)
            return


def _line(
    case: HeldCase, moment: datetime, known: Known, moved_to: datetime | None = None
) -> Arrival:
    shown = facts.facts_of(case.record)
    return Arrival(case.record.id, shown.number, shown.name, moment, known, moved_to)


def _known(case: HeldCase) -> Known:
    if case.standing.clock.is_reported:
        return Known.ARRIVED
    if case.standing.status.status is CaseStatus.NO_SHOW:
        return Known.NO_SHOW
    return Known.WAITED_FOR


def _moved(case: HeldCase) -> Known:
    return Known.ARRIVED if case.standing.clock.is_reported else Known.RESCHEDULED


def _moments_before(desk: Desk, case: HeldCase) -> Iterator[datetime]:
    """The report-by that stood before each new one, the latest first."""
    for place in reversed(range(len(case.acts))):
        if case.acts[place].kind is CaseActKind.RESCHEDULED:
            found = stands(desk, case.acts[:place], case.terms).clock.report_by
            if found is not None:
                yield found.moment


def _is_in(desk: Desk, moment: datetime, monday: date) -> bool:
    return monday <= moment.astimezone(zone_of(desk.clock)).date() < monday + _WEEK


def _keyed(desk: Desk, tick: Tick) -> Keyed:
    try:
        _note(desk, tick)
    except IntakeError as error:
        return Keyed(tick, error)
    return Keyed(tick)


def _note(desk: Desk, tick: Tick) -> None:
    if tick.what is Known.ARRIVED:
        note_reported(desk, tick.case, tick.moment or _came_at(desk, tick.case))
    elif tick.what is Known.NO_SHOW:
        note_no_show(desk, tick.case)
    else:
        reschedule(desk, tick.case, tick.moment, Why())


def _came_at(desk: Desk, case: RecordId) -> str:
    """When somebody came of whom a sheet only says that they did: by the moment on the sheet.

    A sheet is keyed in days later; "now" would make everybody late.
    """
    due = held_case(desk, case).standing.clock.report_by
    now = desk.clock.local()
    if due is None or due.moment.astimezone(UTC) > now.astimezone(UTC):
        return now.isoformat()
    return due.moment.isoformat()


def _rows(lines: Sequence[Arrival], language: str) -> Iterator[tuple[str, ...]]:
    for n, line in enumerate(lines, 1):
        moment = show_moment(line.report_by.isoformat(), language)
        ticked = [_box(line.known, each) for each in (Known.ARRIVED, Known.NO_SHOW)]
        yield (str(n), moment, line.number, line.name, *ticked, "")


def _box(known: Known, each: Known) -> str:
    return "X" if known is each else BOX

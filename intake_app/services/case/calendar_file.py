"""An appointment as a calendar file that says nothing of the program, the person, or police.

RFC 5545, and no more of it than one appointment needs: lines end in CRLF and are folded at 75
octets, times are in UTC, so that no zone has to be described, the id is opaque.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from intake_app.domain import facts
from intake_app.domain.business_time import Place
from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.clock import zone_of
from intake_app.domain.errors import CaseRefused
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.services.case.held import HeldCase, held_case
from intake_app.services.desk import Desk
from intake_app.words import Words

_LONGEST: Final = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""

_LENGTH: Final = timedelta(hours=1)
"""What is blocked in the calendar before the last moment, where the door is open by then."""

_ESCAPED: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a calendar is told.

    Attributes:
        uid: Opaque; the same for each file of one case, so that a new moment replaces the old.
        title: One word.
        number: All that is said about it.
        starts: When one may come, aware.
        at: Until when, aware.
        made: When the file was made, aware.
        revision: Counts up when the moment changes.
    """

    uid: str
    title: str
    number: str
    starts: datetime
    at: datetime
    made: datetime
    revision: int = 0


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A file to save.

    Attributes:
        name: Neutral, without its suffix.
        data: The bytes.
    """

    name: str
    data: bytes


def appointment_file(desk: Desk, case: RecordId, language: str = "") -> CalendarFile:
    """The report-by of a case, for the person's calendar.

    Args:
        desk: Whose.
        case: The case.
        language: Of its one word; empty: that of the person's papers.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such case here.
        CaseRefused: Nothing is due to report, or nothing may go to the person now.
    """
    desk.require(May.ISSUE_CASE_PAPER)
    held = held_case(desk, case)
    number = str(held.record.values.get(facts.NUMBER, ""))
    words = Words(language or str(held.record.values.get(facts.LANGUAGE, "")))
    due = _moment(held)
    made = Appointment(
        uid=hashlib.sha256(f"appointment {case}".encode()).hexdigest()[:32],
        title=words.text("Appointment"),
        number=number,
        starts=_from(desk, held, due),
        at=due,
        made=desk.clock.now(),
        revision=sum(act.kind is CaseActKind.RESCHEDULED for act in held.acts),
    )
    return CalendarFile(number, as_calendar(made))


def note_calendar_saved(desk: Desk, case: RecordId) -> None:
    """Log that such a file was saved outside of this program.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such case here.
    """
    desk.require(May.ISSUE_CASE_PAPER)
    held = held_case(desk, case)
    desk.cases_file.note(desk.act("save calendar file outside", held.record.id))


def as_calendar(one: Appointment) -> bytes:
    """The file."""
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Appointment//1.0//EN", "METHOD:PUBLISH",
        "BEGIN:VEVENT", f"UID:{_escaped(one.uid)}", f"DTSTAMP:{_utc(one.made)}",
        f"DTSTART:{_utc(one.starts)}", f"DTEND:{_utc(one.at)}",
        f"SEQUENCE:{one.revision}", f"SUMMARY:{_escaped(one.title)}",
        f"DESCRIPTION:{_escaped(one.number)}", "CLASS:PRIVATE", "TRANSP:OPAQUE",
        "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """A content line with its end; a long one goes on in the next line after one blank.

    No character is cut in two.
    """
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterator[bytes]:
    piece = b""
    room = _LONGEST
    for char in line:
        octets = char.encode()
        if len(piece) + len(octets) > room:
            yield piece
            piece, room = b"", _LONGEST - 1  # the blank that begins it counts
        piece += octets
    yield piece


def _escaped(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_ESCAPED.get(char, char) for char in plain)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _from(desk: Desk, held: HeldCase, due: datetime) -> datetime:
    """An hour before the last moment, but not before the door opens."""
    place = Place(held.terms, desk.calendar, zone_of(desk.clock))
    day = place.day_of(due)
    opened = [place.at(day, opens) for opens, _ in place.hours_of(day)]
    before = [at for at in opened if at.astimezone(UTC) <= due.astimezone(UTC)]
    early = due.astimezone(UTC) - _LENGTH
    return max([early, *(at.astimezone(UTC) for at in before[-1:])])


def _moment(held: HeldCase) -> datetime:
    """The report-by, while it is awaited."""
    status, clock = held.standing.status, held.standing.clock
    refusal = status.letter or status.allowed[CaseActKind.REPORTED]
    if not refusal and clock.is_tolled:
        refusal = Refusal.TOLLED
    if refusal:
        raise CaseRefused([refusal])
    if clock.report_by is None:
        raise CaseRefused([Refusal.NOT_ISSUED])
    return clock.report_by.moment

"""A calendar file: RFC 5545 to the letter, and not a word of the program, the person or police."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from held_cases import House, audit, case_taken, cases_of, move
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain import facts
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import CaseRefused, NotAllowed
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.case import acts
from intake_app.services.case.calendar_file import (
    Appointment,
    appointment_file,
    as_calendar,
    folded,
    note_calendar_saved,
)
from intake_app.services.case.held import held_case
from intake_app.services.desk import Desk

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ONE = Appointment("ab12", "Appointment", "PH-26-AC00001-K", NOW, NOW, NOW)


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    clock.at = NOW
    made = House(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(Role.OFFICER)


@pytest.fixture
def case(desk: Desk) -> RecordId:
    return case_taken(desk)


def unfolded(data: bytes) -> list[str]:
    """Read as the RFC says; a reader of its own, so that writer and test do not share mistakes."""
    text = data.replace(b"\r\n ", b"").decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.removesuffix("\r\n").split("\r\n")


def said(data: bytes) -> dict[str, str]:
    return dict(
        line.split(":", 1) for line in unfolded(data) if not line.startswith(("BEGIN", "END"))
    )


def test_it_holds_the_moment_and_the_number_and_nothing_else(desk: Desk, case: RecordId) -> None:
    number = held_case(desk, case).record.values[facts.NUMBER]
    made = appointment_file(desk, case)
    assert made.name == number
    lines = unfolded(made.data)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    told = said(made.data)
    assert told["DTSTART"] == "20261130T150000Z"
    assert told["DTEND"] == "20261130T160000Z"
    assert told["DTSTAMP"] == "20261123T093000Z"
    assert (told["SUMMARY"], told["DESCRIPTION"]) == ("Appointment", number)
    assert set(told) == {
        "VERSION", "PRODID", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE",
        "SUMMARY", "DESCRIPTION", "CLASS", "TRANSP",
    }  # fmt: skip
    whole = made.data.decode().casefold()
    for secret in ("quillfeather", "wren", "creek", "police", "citation", "divers", "program",
                   "intake", "pine hollow", case):  # fmt: skip
        assert secret not in whole, secret


def test_it_speaks_the_language_of_the_persons_papers(desk: Desk) -> None:
    made = appointment_file(desk, case_taken(desk, language="es"))
    assert said(made.data)["SUMMARY"] == "Cita"


def test_a_new_report_by_replaces_the_old_entry(desk: Desk, case: RecordId) -> None:
    old = said(appointment_file(desk, case).data)
    acts.reschedule(desk, case, "2026-12-08T09:20:00+00:00")
    new = said(appointment_file(desk, case).data)
    assert new["UID"] == old["UID"]
    assert (old["SEQUENCE"], new["SEQUENCE"]) == ("0", "1")
    assert new["DTSTART"] == "20261208T090000Z", "not before the door opens"
    assert said(appointment_file(desk, case_taken(desk)).data)["UID"] != old["UID"]


def test_nothing_is_given_where_nothing_is_due_or_letters_are_stopped(
    house: House, desk: Desk, case: RecordId
) -> None:
    coordinator = house.desk(Role.COORDINATOR)

    def refusal() -> str:
        with pytest.raises(CaseRefused) as told:
            appointment_file(desk, case)
        return told.value.reasons[0]

    acts.toll_case(coordinator, case, acts.Why("hospital"))
    assert refusal() == Refusal.TOLLED
    move(desk, days=1)
    acts.end_tolling(coordinator, case)
    assert appointment_file(desk, case).data
    acts.note_do_not_contact(desk, case)
    assert refusal() == Refusal.DO_NOT_CONTACT
    acts.resume_contact(coordinator, case, "Came by")
    acts.note_reported(desk, case)
    assert refusal() == Refusal.ALREADY_REPORTED
    acts.close_case(coordinator, case, "deceased")
    assert refusal() == Refusal.DECEASED


def test_saving_is_logged(house: House, desk: Desk, case: RecordId) -> None:
    note_calendar_saved(desk, case)
    assert [line[2] for line in audit(cases_of(desk), "save calendar file outside")] == [case]
    with pytest.raises(NotAllowed):
        note_calendar_saved(house.desk(Role.FRONT_DESK), case)


def test_a_line_of_75_octets_is_not_folded_and_one_of_76_is() -> None:
    assert folded("x" * 75) == b"x" * 75 + b"\r\n"
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x\r\n"


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=("Cs",)), max_size=400))
def test_folding_cuts_no_character_and_loses_none(line: str) -> None:
    data = folded(line)
    pieces = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert [piece.decode() for piece in pieces]  # each can be read by itself
    assert unfolded(data) == [line]


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    data = as_calendar(replace(ONE, title=text, number=text))
    begun = [line for line in unfolded(data) if line.startswith(("BEGIN:", "END:"))]
    assert begun == ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"]
    assert len(unfolded(data)) == len(unfolded(as_calendar(ONE)))

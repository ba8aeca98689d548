"""Two clerks wrote different things on computers that could not hear each other; keys settle it."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import cast

import case_story
import pytest
from clerk import Clerk
from department import Department, OpenWindow, Paper
from real_parts import KEY, SAVE

from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, RecordId, StationId
from intake_app.domain.record import replaced_by
from intake_app.services.intakes.intakes import amend_intake, read_intake
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.services.records.veil import unveiled
from intake_app.storage.compartment import Compartment

HERE, THERE = "a bed for tonight", "a warm meal"


@contextmanager
def the_annex(folder: Path, care: Compartment, clock: FixedClock) -> Generator[Compartment]:
    """Another station that has heard all that this one wrote so far."""
    later = FixedClock(clock.at + timedelta(minutes=3))
    made = Compartment.create(folder / "annex.db", KEY, later, StationId("annex"), Epoch("abcdef"))
    try:
        made.apply(map(Change.from_line, lines(care)), SAVE)
        yield made
    finally:
        made.close()


def lines(file: Compartment) -> list[bytes]:
    sql = "SELECT body FROM change WHERE body IS NOT NULL ORDER BY n"
    return [bytes(body) for (body,) in file.database.conn.execute(sql)]


@pytest.fixture
def intake(department: Department, clock: FixedClock, tmp_path: Path) -> RecordId:
    """An intake whose name and wishes were written in two ways, and both have come."""
    with case_story.desk_of(department, clock, "mhale") as desk:
        care = cast("Compartment", unveiled(desk.care_file))
        record = people_rows(desk, people_order(desk))[0].record
        with the_annex(tmp_path, care, clock) as annex:
            new = {"last_name": "Elsewhere", "own_words": THERE}
            over = replaced_by(annex.record(record), new)
            by = desk.colleagues[0].id
            edit = Change(annex.stamp(), by, Action.WRITE, "intake", record, new, over)
            annex.apply([edit], SAVE)
            amend_intake(desk, record, {"last_name": "Hereabouts", "own_words": HERE}, "misheard")
            care.apply(map(Change.from_line, lines(annex)), SAVE)
    return record


def answers(department: Department, clock: FixedClock, record: RecordId) -> dict[str, object]:
    with case_story.desk_of(department, clock, "mhale") as desk:
        return dict(read_intake(desk, record).answers)


def lead_to(clerk: Clerk, said: str) -> None:
    clerk.until_reads(said)
    clerk.press("Look at the differences")


def test_a_clerk_leaves_it_looks_again_and_chooses_by_keys(
    open_window: OpenWindow, department: Department, clock: FixedClock, intake: RecordId,
    printer: Paper,
) -> None:  # fmt: skip
    clerk = open_window()
    clerk.sign_in(department.staff["mhale"])
    lead_to(clerk, "1 difference waits for you.")
    clerk.until_reads("A coordinator says which one holds.")  # the name comes first
    assert not clerk.reads("Hereabouts")
    clerk.press("Leave for later")
    clerk.until_reads(HERE)
    assert clerk.reads(THERE)
    assert clerk.reads("Written on this computer")
    assert clerk.reads("Written on another computer")
    clerk.press("Print")
    clerk.until(lambda: bool(printer.sheets))
    clerk.press(next(name for name in clerk.names() if name.startswith(f"{THERE}, ")))
    clerk.press("Save what holds")
    clerk.until_reads("What was written before stays in the history.")
    clerk.press("Home")
    clerk.settle()
    assert not clerk.reads("1 difference waits for you.")
    clerk.press("Lock")
    clerk.settle()
    assert answers(department, clock, intake)["own_words"] == THERE


def test_a_coordinator_says_which_name_holds(
    open_window: OpenWindow, department: Department, clock: FixedClock, intake: RecordId
) -> None:
    clerk = open_window()
    clerk.sign_in(department.staff["jlowe"])
    lead_to(clerk, "2 differences wait for you.")
    clerk.until_reads("Show names to choose one.")
    clerk.press("Show names")
    clerk.until_reads("Elsewhere")
    clerk.press(next(name for name in clerk.names() if name.startswith("Hereabouts, ")))
    clerk.press("Save what holds")
    clerk.until_reads("What was written before stays in the history.")
    clerk.press("Open the record")
    clerk.until_reads("People wrote 1 thing here in two ways.")
    clerk.press("Home")
    clerk.until_reads("1 difference waits for you.")


def test_a_desk_that_differs_in_nothing_is_told_nothing(
    open_window: OpenWindow, department: Department
) -> None:
    """Negative control."""
    clerk = open_window()
    clerk.sign_in(department.staff["jlowe"])
    clerk.settle()
    assert not clerk.reads("Look at the differences")

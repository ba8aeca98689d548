"""A sealed file for the prosecutor: the packet and one word of treatment, and nothing of care."""

from pathlib import Path

import case_story
import citation
import pypdfium2
import pytest
from clerk import Clerk
from department import Department, OpenWindow, Staff
from sealed_file import Dialogs, Recipient, enter

from intake_app.domain.clock import FixedClock
from intake_app.domain.pathway import CASES_ROOM
from intake_app.services.case.conditions import conditions_of
from intake_app.services.case.treatment import record_treatment
from intake_app.services.intakes.people import find_people

OFFICE = "Summers County Prosecuting Attorney"
IN_CARE = "Missed two counseling hours at Riverbend"


@pytest.fixture
def office(tmp_path: Path) -> Recipient:
    return Recipient(tmp_path / "office", OFFICE, "prosecutor")


def words_of(office: Recipient) -> str:
    """Everything that the office can read."""
    said = (office.folder / "out" / "content.json").read_text("utf-8")
    for path in sorted((office.folder / "out").glob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            said += " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(said.split())


def seal(clerk: Clerk, stick: Path) -> Path:
    """The case did not go back, so their office must have asked."""
    clerk.press("Sealed file for…")
    clerk.until_reads("Of treatment nothing: no consent to report back names this office.")
    clerk.press("Seal and save…")
    clerk.until_reads("Enter why their office asks for the packet.")
    clerk.write("Why does their office ask for it?", "Hearing on Monday")
    clerk.press("Seal and save…")
    clerk.until_reads("It was read back, and that it leaves is noted.")
    (file,) = stick.iterdir()
    return file


def test_the_prosecutor_receives_the_packet_and_nothing_of_care(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock,
    office: Recipient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    dialogs, stick = Dialogs(monkeypatch), tmp_path / "stick"
    stick.mkdir()
    dialogs.folder = str(stick)
    station = enter(open_window, staff, dialogs, office)

    officer = open_window()
    officer.sign_in(staff["dreyes"])
    citation.take(officer)
    number = case_story.issue(officer)
    officer.conductor.window.close()
    with case_story.desk_of(department, clock, "jlowe") as desk:
        (row,) = find_people(desk, number, room=CASES_ROOM)
        for one in conditions_of(desk, row.record):
            if one.is_treatment:
                record_treatment(desk, row.record, one.id, "not_met", IN_CARE)

    clerk = open_window()
    clerk.sign_in(staff["jlowe"])
    case_story.open_case(clerk, number)
    file = seal(clerk, stick)
    for word in (citation.LAST, number, OFFICE, "Pine Hollow"):
        assert word.encode() not in file.read_bytes()
    assert office.open(file, station) == 0
    said = words_of(office)
    for word in (citation.LAST, number, "Packet for the prosecutor", "26-118804"):
        assert word in said
    for word in (IN_CARE, "Not met", "counseling"):
        assert word not in said
    dialogs.file = str(office.folder / "out" / "receipt.txt")
    clerk.press("Bring in a receipt…")
    clerk.until_reads(f"Noted: {OFFICE} received it on")

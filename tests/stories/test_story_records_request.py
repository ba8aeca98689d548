"""A newspaper asks for records: received, answered with classes only, printed in Spanish too."""

from pathlib import Path

import pytest
import walk_in
from clerk import Clerk
from department import Department, OpenWindow

ABOUT = "All records about Terrance Quickwater"


@pytest.fixture
def at_the_logs(open_window: OpenWindow, department: Department) -> Clerk:
    clerk = open_window()
    clerk.sign_in(department.staff["snorth"])
    clerk.press("Requests")
    return clerk


def save(clerk: Clerk, button: str, question: str) -> None:
    """Press the button below a question; the one above, which asks, has the same name."""
    box = clerk.find(question).parentWidget()
    card = box.parentWidget() if box else None
    assert card is not None
    clerk.press(button, card)


def enter(clerk: Clerk) -> None:
    clerk.press("Records request")
    clerk.write("What it is about", ABOUT)
    clerk.write("From (they need not give a name)", "Pine Hollow Gazette")
    clerk.write("How to answer them", "PO Box 12")
    save(clerk, "Records request", "What it is about")
    clerk.until_reads("It is entered.")


def test_a_request_is_entered_answered_and_printed(
    at_the_logs: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = at_the_logs
    assert clerk.reads("Nothing came in yet.")
    enter(clerk)
    assert clerk.reads("R-26-0001: Records request")
    assert clerk.reads(ABOUT)
    clerk.press("Answer…")
    clerk.choose("Answer", "Not given: the law keeps these records private")
    clerk.write("What the reply says", "Federal law keeps them private.")
    clerk.press("Answer no. R-26-0001")
    clerk.until_reads("It is answered. Print the reply now.")
    monkeypatch.chdir(tmp_path)
    clerk.save_pdf(clerk.find("Print reply (Español)"))  # there is no printer: it can be saved
    said = walk_in.words_of((tmp_path / "R-26-0001.pdf").read_bytes())
    assert "No se entregó: la ley mantiene estos registros en privado" in said
    assert "Registros de personas que pidieron ayuda" in said
    assert walk_in.LAST not in said


def test_what_is_missing_is_said_beside_the_question(at_the_logs: Clerk) -> None:
    clerk = at_the_logs
    clerk.press("Complaint")
    save(clerk, "Complaint", "What it is about")
    assert clerk.reads("Please answer this.")
    clerk.write("What it is about", "Was left waiting")
    clerk.write("Received on", "12/24/2026")
    save(clerk, "Complaint", "What it is about")
    assert clerk.reads("This moment is still to come. Enter when it happened.")
    assert not clerk.reads("C-26-0001")


def test_a_breach_of_many_says_who_must_be_told(at_the_logs: Clerk) -> None:
    clerk = at_the_logs
    clerk.press("Breach")
    clerk.write("What happened", "A laptop was stolen from a car")
    clerk.write("How many people are concerned, if known", "600")
    save(clerk, "Breach", "What happened")
    clerk.until_reads("It is entered.")
    assert clerk.reads("500 people or more: HHS and the media are told at once.")
    clerk.press("People were told…")
    clerk.write("Who was told, and how", "Letters to all, HHS by web form")
    clerk.press("Note to no. B-26-0001")
    clerk.until_reads("The people concerned were told")
    assert clerk.reads("Letters to all, HHS by web form")

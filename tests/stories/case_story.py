"""What stories of held cases share: the programs there are, steps of the form, a look at the file.

The shortest path stands in citation.py; here is what other programs and other people add to it.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import citation
import pypdfium2 as pdfium
from clerk import Clerk, Key
from department import Department
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QTableView, QWidget

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.pathway import CASES_ROOM
from intake_app.services.case.offers import Offer, offers
from intake_app.services.citing.cases import CaseView, read_case
from intake_app.services.decisions.department import change_agency
from intake_app.services.desk import Desk
from intake_app.services.intakes.people import find_people

TRESPASS_FL = "Trespass on property (F.S. 810.09)"
PAUSE_MS = 1000
CUT = "Cut here. The person keeps this part."


# --- the department ----------------------------------------------------------------------------


@contextmanager
def desk_of(department: Department, clock: FixedClock, user_name: str) -> Generator[Desk]:
    """The desk of somebody, while no window is open on the same folder."""
    gate = ProfileGate(department.folder, clock)
    who = department.staff[user_name]
    try:
        yield gate.unlock(who.user_name, who.passphrase)
    finally:
        gate.lock()


def offer_programs(department: Department, clock: FixedClock, *programs: str) -> None:
    """The department names its programs, the usual one first."""
    with desk_of(department, clock, "apruitt") as desk:
        change_agency(desk, replace(desk.agency, case_programs=programs))


def kept_case(department: Department, clock: FixedClock, number: str) -> CaseView:
    """A case as the files hold it, once the window is closed."""
    with desk_of(department, clock, "tokafor") as desk:
        (row,) = find_people(desk, number, room=CASES_ROOM)
        return read_case(desk, row.record)


def kept_offers(department: Department, clock: FixedClock) -> list[Offer]:
    """The offers of today that became no case."""
    with desk_of(department, clock, "tokafor") as desk:
        return [o for o in offers(desk, "2026-11-23") if o.reason]


# --- steps of the form -------------------------------------------------------------------------


def say_admission(clerk: Clerk, said: str = "Does not contest it") -> None:
    """Probable cause, and what the person says about it."""
    clerk.write("Facts in short", "Was seen in the yard after it had closed.")
    clerk.choose("Do you attest that these facts are true and give probable cause?", "Yes")
    clerk.choose("What the person says about it", said)
    clerk.press("Continue")


def decide(clerk: Clerk, decision: str = "Says yes", check: str = "Meets the criteria") -> None:
    """Record check, what was explained, and the decision; ends on the review."""
    found = next(n for n in ("Record check", "First time? Record check") if clerk.group(n))
    clerk.choose(found, check)
    citation.decide(clerk, decision)
    clerk.settle()


def take_in_florida(clerk: Clerk, offense: str = TRESPASS_FL) -> None:
    """From home to the review, for a program that asks for a record check and a word."""
    citation.begin(clerk)
    citation.tell_incident(clerk, offense)
    citation.nobody_hurt(clerk)
    say_admission(clerk)
    decide(clerk)


def issue(clerk: Clerk, button: str = "Issue citation") -> str:
    """Issue what stands on the review; returns the number."""
    clerk.settle()
    clerk.say(button)
    kind = "referral" if button == "Referral only" else "citation"
    clerk.until_reads(f"The {kind} is issued")
    clerk.settle()
    return citation.citation_number(clerk)


def open_case(clerk: Clerk, number: str) -> None:
    """Find a case by its number, from home."""
    clerk.write("Find", f"{number}/1")  # as a barcode says it
    clerk.key(Key.Key_Return)
    clerk.until_reads(f"Case {number}")
    clerk.settle()


def finds(clerk: Clerk, text: str) -> bool:
    """Whether Find, on this page, knows somebody."""
    clerk.write("Find", text)
    clerk.until(lambda: not any(one.isActive() for one in _short_timers(clerk)))
    clerk.settle()
    return not {"Nobody was found. Try fewer letters.", "0 intakes", "0 cases"} & {*clerk.page()}


def _short_timers(clerk: Clerk) -> list[QTimer]:
    """What waits until somebody has stopped typing."""
    every = clerk.conductor.window.findChildren(QTimer)
    return [one for one in every if one.isSingleShot() and one.interval() < PAUSE_MS]


def come_to_front(clerk: Clerk) -> None:
    """Make the window the active one; offscreen, windows before it may have kept that."""
    window = clerk.conductor.window
    window.activateWindow()
    clerk.until(window.isActiveWindow)


def open_listed(clerk: Clerk, number: str) -> None:
    """Open a case from the list that shows it."""
    table = next(clerk.seen(QTableView))
    table.selectRow(0)
    clerk.reach(table)
    clerk.key(Key.Key_Return)
    clerk.until_reads(f"Case {number}")
    clerk.settle()


def act(clerk: Clerk, what: str, **said: str) -> None:
    """Note something with a case: its button, what is asked, and the button of the card."""
    clerk.say(what)
    clerk.settle()
    for question, answer in said.items():
        name = question.replace("_", " ")
        (clerk.choose if clerk.group(name) or _is_list(clerk, name) else clerk.write)(name, answer)
    agree(clerk, what)


def agree(clerk: Clerk, what: str) -> None:
    """Press the button of the card that asks."""
    clerk.press(what, clerk.find(clerk.words.text("Cancel")).parentWidget())
    clerk.until_reads("Saved.")
    clerk.settle()


def _is_list(clerk: Clerk, name: str) -> bool:
    return any(isinstance(one, QComboBox) for one in clerk.controls(name))


def row(clerk: Clerk, number: int) -> QWidget:
    """A row of answers, by its number."""
    return next(w for w in clerk.seen(QWidget) if w.accessibleName() == f"Row {number}")


def large(clerk: Clerk, text: str) -> bool:
    """Whether these words stand on the screen in the largest letters of a page."""
    return any(
        label.property("kind") == "big" and text in label.text() for label in clerk.seen(QLabel)
    )


# --- paper -------------------------------------------------------------------------------------


def saved_paper(clerk: Clerk, folder: Path, n: int = 0) -> bytes:
    """A paper of the page, saved as PDF into the working folder."""
    clerk.save_pdf(clerk.controls(clerk.words.text("Save PDF"))[n])
    newest = max(folder.glob("PH-*.pdf"), key=lambda file: file.stat().st_mtime_ns)
    return newest.read_bytes()


def stub_of(pdf: bytes, cut: str = CUT) -> str:
    """The words below the line where the front of a paper is cut."""
    document = pdfium.PdfDocument(pdf)
    page: Any = document[0].get_textpage()
    found = page.search(cut)
    place = found.get_next()
    assert place is not None, page.get_text_bounded()
    _, bottom, _, _ = page.get_charbox(place[0])
    stub = page.get_text_bounded(top=bottom)
    document.close()
    return str(stub)

"""The printer was out of toner, and papers wait; when it is back, one button prints all.

Each person's papers are a job of their own. What a printer did not take stays in the list.
"""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from case_story import desk_of
from clerk import Clerk
from department import Department, OpenWindow, Paper
from PySide6.QtPrintSupport import QPrinter

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import PrintFailed
from intake_app.domain.listing import Row
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import read_intake
from intake_app.services.intakes.people import find_people
from intake_app.services.papers.papers import issue_papers, issued_papers, note_printed, offers
from intake_app.services.papers.print_queue import sheet_sets
from intake_app.ui.papers import printing
from intake_app.ui.papers.preview import Pages
from intake_app.ui.parts.errors import sentence_for
from intake_app.ui.parts.steps_dialog import StepsDialog

LETTER, CARD = "referral_letter_participant", "wallet_card"


def has_both(desk: Desk, row: Row) -> bool:
    """Whether both papers can be issued for an intake."""
    intake = read_intake(desk, row.record)
    return {LETTER, CARD} <= {one.paper.id for one in offers(desk, intake.guide, intake.answers)}


@pytest.fixture
def waiting(department: Department, clock: FixedClock) -> list[str]:
    """Two people's papers wait, and no others; their receipt numbers."""
    with desk_of(department, clock, "mhale") as desk:
        for one in sheet_sets(desk):
            for paper in one.papers:
                note_printed(desk, paper, "Office")
        rows = [row for row in find_people(desk, "PH-26-A") if has_both(desk, row)][:2]
        for row in rows:
            issue_papers(desk, row.record, [LETTER, CARD])
    return [row.number for row in rows]


class Jobs:
    """The printer's queue: each job a file, named by its title; it can run out of toner.

    Attributes:
        toner: Jobs that it still takes.
    """

    def __init__(self, folder: Path) -> None:
        self.toner = 99
        self._folder = folder
        self._draw = printing.draw_stack

    def take(
        self, printer: QPrinter, stack: Sequence[tuple[Pages, int]], dialog: StepsDialog
    ) -> bool:
        if self.toner == 0:
            raise PrintFailed("toner")
        self.toner -= 1
        printer.setOutputFileName(str(self._folder / f"job {printer.docName()}.pdf"))
        return self._draw(printer, stack, dialog)

    def pages(self) -> dict[str, int]:
        """How many pages came out, by title of the job."""
        files = sorted(self._folder.glob("job *.pdf"))
        return {f.stem.removeprefix("job "): len(pdfium.PdfDocument(f)) for f in files}


@pytest.fixture
def jobs(printer: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """Agrees to the printer's dialog, as `printer` does, and keeps each job apart."""
    assert printer.sheets == []
    made = Jobs(tmp_path)
    monkeypatch.setattr(printing, "draw_stack", made.take)
    return made


def at_the_list(open_window: OpenWindow, department: Department) -> Clerk:
    clerk = open_window()
    clerk.sign_in(department.staff["mhale"])
    clerk.press("To print")
    return clerk


def copies(department: Department, clock: FixedClock, number: str) -> list[int]:
    """How often the two papers of an intake were printed, once the window is closed."""
    with desk_of(department, clock, "mhale") as desk:
        (row,) = find_people(desk, number)
        return [p.copies for p in issued_papers(desk, row.record)][-2:]


def close(clerk: Clerk) -> None:
    clerk.conductor.lock()
    clerk.settle()


def test_one_button_prints_each_persons_papers_as_a_job_of_its_own(
    open_window: OpenWindow, department: Department, clock: FixedClock, waiting: list[str],
    jobs: Jobs,
) -> None:  # fmt: skip
    clerk = at_the_list(open_window, department)
    assert all(clerk.reads(number) for number in waiting)
    clerk.press("Print all that is ticked")
    clerk.until_reads("2 sets sent to the printer.")
    clerk.until_reads("All papers are printed.")
    assert jobs.pages() == dict.fromkeys(waiting, 2)  # nothing but the number is in the queue
    close(clerk)
    assert [copies(department, clock, number) for number in waiting] == [[1, 1], [1, 1]]


def test_what_the_printer_did_not_take_stays_in_the_list(
    open_window: OpenWindow, department: Department, clock: FixedClock, waiting: list[str],
    jobs: Jobs,
) -> None:  # fmt: skip
    clerk = at_the_list(open_window, department)
    jobs.toner = 1
    clerk.press("Print all that is ticked")
    clerk.until_reads("1 set sent to the printer.")
    (first,) = jobs.pages()
    (second,) = [number for number in waiting if number != first]
    assert clerk.reads(sentence_for(PrintFailed(), clerk.words))
    clerk.until(lambda: not clerk.reads(first))
    assert clerk.reads(second)
    jobs.toner = 99
    clerk.press("Print all that is ticked")
    clerk.until_reads("All papers are printed.")
    close(clerk)
    assert copies(department, clock, second) == [1, 1]  # counted once, not for the failed try


def test_papers_that_nobody_needs_leave_the_list_with_a_reason(
    open_window: OpenWindow, department: Department, clock: FixedClock, waiting: list[str],
    jobs: Jobs,
) -> None:  # fmt: skip
    clerk = at_the_list(open_window, department)
    first, second = waiting
    clerk.press(next(n for n in clerk.names() if n.startswith(f"{first}:")))  # take its tick off
    clerk.press("Do not print…")
    clerk.write("Reason", "Given by hand")
    clerk.press("Do not print")
    clerk.until_reads("Taken off the list. The papers stay in their folder.")
    assert clerk.reads(first)
    assert not clerk.reads(second)
    assert jobs.pages() == {}
    close(clerk)
    assert copies(department, clock, second) == [0, 0]

"""An officer cites somebody: from home to the printed copies in at most 25 things to do."""

import citation
from clerk import Clerk
from department import OpenWindow, Paper, Staff
from pypdfium2 import PdfDocument

from intake_app.settings.look import Look

MOST_ACTIONS = 25


def test_a_citation_takes_at_most_25_actions_from_home_to_paper(
    clerk: Clerk, staff: Staff, printer: Paper
) -> None:
    clerk.sign_in(staff["dreyes"])
    before = clerk.actions
    citation.take(clerk)
    clerk.until_reads("Report by")
    clerk.say("Issue citation")
    clerk.until_reads("The citation is issued")
    clerk.settle()
    clerk.say("Print copy set")
    clerk.settle()
    (job,) = printer.sheets
    dialogs = 1
    assert clerk.actions - before + dialogs <= MOST_ACTIONS
    number = citation.citation_number(clerk)
    assert job.name == f"00 {number}.pdf"
    assert len(PdfDocument(job)) >= 4 * 2 + 2  # four citations with their backs, two agreements
    assert clerk.reads("4 copies printed or saved")
    assert clerk.reads("Monday, November 30, 2026")  # Friday is a day of the state


def test_it_goes_by_keyboard_alone(open_window: OpenWindow, staff: Staff, printer: Paper) -> None:
    clerk = open_window(by_tab=True)
    clerk.sign_in(staff["dreyes"])
    citation.take(clerk)
    clerk.settle()
    clerk.say("How is this counted?")
    clerk.say("Issue citation")
    clerk.until_reads("The citation is issued")
    clerk.settle()
    clerk.say("Print copy set")
    assert len(printer.sheets) == 1


def test_in_spanish_the_decision_is_said_in_spanish(open_window: OpenWindow, staff: Staff) -> None:
    clerk = open_window(Look(language="es"))
    clerk.sign_in(staff["dreyes"])
    clerk.say("Officer intervention")
    clerk.settle()
    assert clerk.sees("Escanear licencia")

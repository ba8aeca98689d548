"""The set-up pages, joined to printing: made when somebody asks for them."""

from functools import partial

from PySide6.QtWidgets import QWidget

from intake_app.domain.errors import IntakeError, PrintFailed
from intake_app.ui.conductor import Conductor
from intake_app.ui.pages.set_up_page import SetUpPage
from intake_app.ui.printing import print_pdf, save_pdf

JOB_NAME = "recovery-card"
"""Title of the print job: it says nothing of the department."""


def make_set_up(conductor: Conductor) -> QWidget:
    """The set-up pages."""
    page = SetUpPage(conductor.gate, conductor.background, conductor.words, conductor.theme)
    page.given_up.connect(conductor.show_entrance)
    page.finished.connect(conductor.show_entrance)
    page.print_asked.connect(partial(_print_or_save, page, conductor))
    return page


def _print_or_save(page: QWidget, conductor: Conductor, card: bytes) -> None:
    """Print a card; where no printer takes it, it can be saved, to be printed elsewhere."""
    words = conductor.words
    try:
        print_pdf(page, card, JOB_NAME, words)
    except PrintFailed:
        save_pdf(page, card, JOB_NAME, words)
    except IntakeError as error:
        conductor.errors.show(error)

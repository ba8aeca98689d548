"""The set-up pages, joined to printing: made when somebody asks for them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from intake_app.domain.errors import IntakeError
from intake_app.ui.pages.set_up_page import SetUpPage
from intake_app.ui.papers.printing import print_pdf, save_pdf
from intake_app.ui.running.conductor import Conductor
from intake_app.words import Words

JOB_NAME = "recovery-card"
"""Title of the print job: it says nothing of the department."""


def make_set_up(conductor: Conductor) -> QWidget:
    """The set-up pages."""
    words = conductor.words
    texts = [(n, title.said_in(words.language)) for n, title in conductor.gate.no_arrest_texts()]
    page = SetUpPage(conductor.gate, conductor.background, words, conductor.theme, texts)
    page.given_up.connect(conductor.show_entrance)
    page.finished.connect(conductor.show_entrance)
    page.print_asked.connect(partial(_bring_out, page, conductor, _print))
    page.save_asked.connect(partial(_bring_out, page, conductor, save_pdf))
    return page


def _bring_out(
    page: SetUpPage, conductor: Conductor, how: Callable[..., bool], card: bytes, number: int
) -> None:
    """Print a card, or save it to be printed elsewhere; only what has come out is counted."""
    try:
        if how(page, card, f"{JOB_NAME}-{number}", conductor.words):
            page.note_out(number)
    except IntakeError as error:
        page.refuse_card(error)


def _print(page: QWidget, card: bytes, job: str, words: Words) -> bool:
    return print_pdf(page, card, job, words).is_printed

"""Opens the guide over the page that is shown, at the part that tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from intake_app.services.help.book import read_book
from intake_app.ui.help.topics import topic_of
from intake_app.ui.pages.folder_page import FolderPage
from intake_app.ui.pages.guide_page import GuidePage
from intake_app.ui.showing_around.tour import show_tour
from intake_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake_app.ui.conductor import Conductor
    from intake_app.ui.pages.guide_page import OnPaper


def open_guide(conductor: Conductor, on_paper: OnPaper) -> None:
    """Show the guide, or go back from it where it is shown."""
    window = conductor.window
    if window.is_covered:
        window.come_back()
        return
    below = window.page
    words, theme = conductor.words, conductor.theme
    book = read_book(words.language)
    page = GuidePage(book, on_paper, conductor.background, words, theme)
    page.closed.connect(window.come_back)
    if isinstance(below, Workplace):
        _over_work(page, below, conductor)
    window.show_over(page)
    page.show_chapter(*_topic(below))


def _topic(below: QWidget | None) -> tuple[str, str]:
    page = below.page if isinstance(below, Workplace) else below
    if isinstance(page, FolderPage):
        return topic_of(page.first, page.tab_id)
    return topic_of(page)


def _over_work(page: GuidePage, workplace: Workplace, conductor: Conductor) -> None:
    """Who works can lock and hide from here too; keys of a page that is not seen are deaf."""
    window = conductor.window

    def lock() -> None:
        window.come_back()
        workplace.lock_asked.emit()

    def hide() -> None:
        window.come_back()
        workplace.curtain.draw()

    def tour() -> None:
        window.come_back()
        show_tour(workplace, conductor.words, conductor.theme)

    for keys, act in (("Ctrl+L", lock), ("F12", hide)):
        QShortcut(QKeySequence(keys), page).activated.connect(act)
    page.offer_tour()
    page.tour_asked.connect(tour)

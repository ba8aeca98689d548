"""Opens the guide over the page that is shown, at the part that tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from intake_app.services.help.book import read_book
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.help.topics import topic_of, topic_of_dialog
from intake_app.ui.pages.folder_page import FolderPage
from intake_app.ui.pages.guide_page import GuidePage
from intake_app.ui.showing_around.guide_dialog import GuideDialog
from intake_app.ui.showing_around.tour import show_tour

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake_app.ui.pages.guide_page import OnPaper
    from intake_app.ui.running.conductor import Conductor


def open_guide(conductor: Conductor, on_paper: OnPaper) -> None:
    """Show the guide, or go back from it where it is shown."""
    window, dialog = conductor.window, QApplication.activeModalWidget()
    if dialog is not None:
        _over_dialog(dialog, conductor, on_paper)
        return
    if window.is_covered:
        window.come_back()
        return
    below = window.page
    page = _make(conductor, on_paper)
    page.closed.connect(window.come_back)
    if isinstance(below, Workplace):
        _over_work(page, below, conductor)
    window.show_over(page)
    page.show_chapter(*_topic(below))


def _make(conductor: Conductor, on_paper: OnPaper) -> GuidePage:
    words = conductor.words
    book = read_book(words.language)
    return GuidePage(book, on_paper, conductor.background, words, conductor.theme)


def _over_dialog(dialog: QWidget, conductor: Conductor, on_paper: OnPaper) -> None:
    """Over a dialog that the guide tells of; what is typed in it stays."""
    topic = topic_of_dialog(dialog)
    if topic is None or dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
        return
    page = _make(conductor, on_paper)
    if isinstance(conductor.window.page, Workplace):
        page.stand_over_work(is_tour_offered=False)
    GuideDialog(page, conductor.window, dialog).open()
    page.show_chapter(*topic)


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
    page.stand_over_work()
    page.tour_asked.connect(tour)

"""The pages that are reached from a page of the rail, by the signal that asks for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from intake_app.ui.pages.about_page import AboutPage
from intake_app.ui.pages.backups_page import BackupsPage
from intake_app.ui.pages.cards_page import CardsPage
from intake_app.ui.pages.county_page import CountyPage
from intake_app.ui.pages.export_page import ExportPage
from intake_app.ui.pages.import_page import ImportPage
from intake_app.ui.pages.reports_page import ReportsPage
from intake_app.ui.pages.support_page import SupportPage
from intake_app.ui.pages.update_page import UpdatePage

Make = Callable[..., QWidget]
"""Of desk, worker, words and look; and of the switch of names, where it wants it."""


@dataclass(frozen=True, slots=True)
class Guest:
    """One such page.

    Attributes:
        make: Builds it; it has the signal `closed` and is read by `refresh()`.
        back: The place of the rail that asks for it, and is shown after it.
        has_names: It is made with the switch of names, too.
    """

    make: Make
    back: str
    has_names: bool = False


GUESTS: Final[Mapping[str, Guest]] = {
    "exports_asked": Guest(ExportPage, "numbers"),
    "imports_asked": Guest(ImportPage, "numbers", has_names=True),
    "county_asked": Guest(CountyPage, "numbers"),
    "backups_asked": Guest(BackupsPage, "trust"),
    "cards_asked": Guest(CardsPage, "trust"),
    "support_asked": Guest(SupportPage, "trust"),
    "update_asked": Guest(UpdatePage, "trust"),
    "about_asked": Guest(AboutPage, "settings"),
    "reports_asked": Guest(ReportsPage, "numbers"),
}
"""By the signal of the asking page: one without arguments."""

"""The pages that are reached from the trust page, by the signal that asks for them."""

from collections.abc import Callable, Mapping
from typing import Final

from intake_app.services.desk import Desk
from intake_app.ui.background import Background
from intake_app.ui.pages.backups_page import BackupsPage
from intake_app.ui.pages.cards_page import CardsPage
from intake_app.ui.pages.support_page import SupportPage
from intake_app.ui.theme import Theme
from intake_app.words import Words

Make = Callable[[Desk, Background, Words, Theme], BackupsPage | CardsPage | SupportPage]

GUESTS: Final[Mapping[str, Make]] = {
    "backups_asked": BackupsPage,
    "cards_asked": CardsPage,
    "support_asked": SupportPage,
}
"""Each has the signal `closed` and is read by `refresh()`."""

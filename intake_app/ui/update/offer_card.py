"""An update that holds: what it is, what is new in it, and what will happen."""

from PySide6.QtWidgets import QVBoxLayout

from intake_app.services.updates.looking import Offer
from intake_app.ui.parts.cards import Card, clear
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.words import Words
from intake_app.words.dates import short_date
from intake_app.words.sizes import size_in_words


class OfferCard(Card):
    """The card; it says nothing before `show_offer`."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.box.addLayout(self._lines)

    def show_offer(self, offer: Offer, own: str, *, is_release: bool) -> None:
        """Say what it is.

        Args:
            offer: It.
            own: The version that runs here.
            is_release: A publisher signed it; else somebody who tries updates out.
        """
        clear(self._lines)
        words, say = self._words, self._words.text
        day = short_date(offer.made, words.language)
        size = size_in_words(offer.package.size, is_needed=True)
        for line in (
            heading(say("From {own} to {new}", own=own, new=offer.version), 2),
            muted(self._signed(day, size, is_release=is_release)),
            heading(say("What is new"), 3),
            *(words_label(f"• {one}") for one in offer.found.release.notes_in(words.language)),
            heading(say("What happens"), 3),
            words_label(say("First a backup is made and tested. Then the update is copied to this "
                            "computer and checked again. Nothing is installed yet.")),
            words_label(self._way_back(offer)),
        ):  # fmt: skip
            self._lines.addWidget(line)

    def _signed(self, day: str, size: str, *, is_release: bool) -> str:
        if is_release:
            return self._words.text(
                "Signed by the publisher, made on {day}, {size}. Every byte was checked.",
                day=day, size=size,
            )  # fmt: skip
        return self._words.text(
            "Signed with a development key, made on {day}, {size}. Every byte was checked.",
            day=day, size=size,
        )  # fmt: skip

    def _way_back(self, offer: Offer) -> str:
        if offer.renews_files:
            return self._words.text(
                "This version writes the records in a new form. Going back later brings back the "
                "backup: what is entered after it would have to be entered again."
            )
        return self._words.text("Going back later loses nothing: the records keep their form.")

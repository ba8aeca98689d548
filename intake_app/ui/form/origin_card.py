"""Says of an imported record that it was, so that nobody takes it for one that was taken here."""

from intake_app.services.records.origin import Origin
from intake_app.ui.parts.cards import Card
from intake_app.ui.parts.labels import words_label
from intake_app.words import Words
from intake_app.words.dates import short_date


class OriginCard(Card):
    """Where it came from, and what follows from that.

    Attributes:
        told: The words.
    """

    def __init__(self, origin: Origin, words: Words) -> None:
        super().__init__(words.text("From an old list"))
        when = short_date(origin.at, words.language) if origin.at else ""
        known = words.text("Imported on {when}, from row {row} of a table.", when=when,
                           row=origin.row)  # fmt: skip
        unknown = words.text("Imported from row {row} of a table.", row=origin.row)
        more = words.text(
            "It was not taken here, and no paper was issued here. What the table did not say is not"
            " known. A phone or an address in it was not called safe by anybody."
        )
        self.told = f"{known if when else unknown} {more}"
        self.box.addWidget(words_label(self.told))

"""Questions about a contact of the offer ledger that may follow later; none asks who it was."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.clock import Clock
from intake_app.domain.form import Answers, Field
from intake_app.services.case.offers import OF_OFFENSE, Offer
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import PrimaryButton, clear, make_button, on_press
from intake_app.ui.parts.labels import heading, muted
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import time_in_words

if TYPE_CHECKING:
    from intake_app.ui.form.field_widget import FieldWidget


class OfferDetails(QWidget):
    """Asks what is known of a contact.

    Signals:
        agreed: Keep `answers`.
        left: Leave it for later.

    Attributes:
        fields: The questions by name.
        keep: Keeps them.
        later: Leaves.
    """

    agreed = Signal()
    left = Signal()

    def __init__(self, clock: Clock, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._setting = Setting(words, theme, clock)
        self.fields: dict[str, FieldWidget] = {}
        self._title, self._about = heading("", 2), muted("")
        inside = QWidget()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(12))
        column = QVBoxLayout(inside)
        column.addLayout(self._lines)
        column.addStretch()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._title)
        lines.addWidget(self._about)
        lines.addWidget(scrolled(inside), 1)
        row = QHBoxLayout()
        row.addStretch()
        self.later, self.keep = make_button(words.text("Later")), PrimaryButton(words.text("Keep"))
        for button in (self.later, self.keep):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        on_press(self.later, self.left.emit)
        on_press(self.keep, self.agreed.emit)
        lines.addLayout(row)

    def ask(self, offer: Offer, about: str, questions: Sequence[Field]) -> None:
        """Show the questions for one entry, with what was told of it already.

        Args:
            offer: The entry.
            about: Its reason in words.
            questions: What may be told.
        """
        at = time_in_words(offer.opened, self._words.language)
        self._title.setText(self._words.text("Details of the entry of {time}", time=at))
        self._about.setText(about)
        clear(self._lines)
        self.fields = {}
        event = {name: getattr(offer.about, name) for name in OF_OFFENSE}
        known = {**event, **offer.demographics}
        for field in questions:
            widget = make_field(field, self._setting)
            widget.set_value(known.get(field.id) or None)
            self.fields[field.id] = widget
            self._lines.addWidget(widget)
            widget.show()  # now, so that the first can take the cursor
        if self.fields:
            next(iter(self.fields.values())).take_focus()

    def answers(self) -> Answers:
        """What was answered, by name."""
        given = {name: widget.value() for name, widget in self.fields.items()}
        return {name: value for name, value in given.items() if value is not None}

"""On a supervisor's home: that words wait which they are said to have given."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.overrides import overrides_to_confirm
from intake_app.ui.background import Background
from intake_app.ui.cards import Card, PrimaryButton, on_press
from intake_app.ui.labels import muted, words_label
from intake_app.ui.theme import Theme
from intake_app.words import Words


class OverridesCard(Card):
    """How many wait; hidden where none do, and for everybody else.

    Signals:
        open_asked: Show them.
        refreshed: It says what the file holds now.
    """

    open_asked = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("To confirm"))
        self._desk, self._background, self._words = desk, background, words
        self.said = words_label("", "label")
        self.button = PrimaryButton(words.text("Look at them"), theme)
        self.button.setAccessibleName(words.text("Look at them"))
        on_press(self.button, self.open_asked.emit)
        told = words.text("Somebody noted that you decided by phone, or that the prosecutor did.")
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.button)
        self.box.addLayout(row)
        self.box.addWidget(muted(told))
        self.hide()

    def refresh(self) -> None:
        """Count them anew."""
        if may(self._desk.person.roles, May.OVERRIDE) and self._desk.cases is not None:
            self._background.run(lambda: len(overrides_to_confirm(self._desk)), self._on_counted)

    def _on_counted(self, count: int) -> None:
        said = self._words.plural(
            "{n} decision waits for your word.", "{n} decisions wait for your word.", count
        )
        self.said.setText(said)
        self.setVisible(count > 0)
        self.refreshed.emit()

"""On the home page: that differences wait for this person."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.disputes import disputes_waiting, may_see_differences
from intake_app.services.same_elsewhere import same_elsewhere
from intake_app.ui.background import Background
from intake_app.ui.cards import Card, PrimaryButton, on_press
from intake_app.ui.labels import muted, words_label
from intake_app.ui.theme import Theme
from intake_app.words import Words

_LOOKED_AT = 8
"""Of the newest intakes that came from elsewhere, so many are looked at for the home page."""


class DifferencesCard(Card):
    """How many wait; hidden where none do.

    Signals:
        open_asked: Show them.
        refreshed: It says what the files hold now.
    """

    open_asked = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Differences"))
        self._desk, self._background, self._words = desk, background, words
        self.said = words_label("", "label")
        self.button = PrimaryButton(words.text("Look at the differences"), theme)
        self.button.setAccessibleName(self.button.text())
        on_press(self.button, self.open_asked.emit)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.button)
        self.box.addLayout(row)
        self.box.addWidget(muted(words.text(
            "People wrote different things on computers that could not hear each other."
        )))  # fmt: skip
        self.hide()

    def refresh(self) -> None:
        """Count them anew."""
        if may_see_differences(self._desk):
            self._background.run(self._count, self._on_counted)

    def _count(self) -> tuple[int, int]:
        desk = self._desk
        leads = may(desk.person.roles, May.MERGE_PEOPLE)
        pairs = len(same_elsewhere(desk, _LOOKED_AT)) if leads else 0
        return disputes_waiting(desk), pairs

    def _on_counted(self, counted: tuple[int, int]) -> None:
        words, (waiting, pairs) = self._words, counted
        said: list[str] = []
        if waiting:
            said.append(words.plural(
                "{n} difference waits for you.", "{n} differences wait for you.", waiting
            ))  # fmt: skip
        if pairs:
            said.append(words.plural(
                "{n} pair of people may be one person.", "{n} pairs of people may be one person.",
                pairs,
            ))  # fmt: skip
        self.said.setText(" ".join(said))
        self.setVisible(bool(said))
        self.refreshed.emit()

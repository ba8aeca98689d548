"""On the home page of a privacy officer: weeks that wait, and that somebody looked too near."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from intake_app.domain.roles import May, may
from intake_app.services.audit.review import Waiting, waiting
from intake_app.services.desk import Desk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, PrimaryButton, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class AuditCard(Card):
    """How many wait; hidden where none do, and from everybody else.

    Signals:
        open_asked: Show the audit trail.
        refreshed: It says what the files hold now.
    """

    open_asked = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Audit trail"))
        self._desk, self._background, self._words = desk, background, words
        self.said = words_label("", "label")
        self.alerts = words_label("", "error")
        self.button = PrimaryButton(words.text("Look at the audit trail"), theme)
        self.button.setAccessibleName(self.button.text())
        on_press(self.button, self.open_asked.emit)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.button)
        self.box.addWidget(self.alerts)
        self.box.addLayout(row)
        self.box.addWidget(muted(words.text(
            "Names alone tell how near somebody was: ask before you judge."
        )))  # fmt: skip
        self.hide()

    def refresh(self) -> None:
        """Count them anew."""
        desk = self._desk
        if desk.audit is not None and may(desk.person.roles, May.REVIEW_AUDIT):
            self._background.run(lambda: waiting(desk), self._on_counted)

    def _on_counted(self, found: Waiting) -> None:
        words = self._words
        said = words.text("Nothing waits for your signature.")
        if found.weeks:
            said = words.plural(
                "{n} week waits for your review.", "{n} weeks wait for your review.", found.weeks
            )
        if found.late:
            said += " " + words.plural("{n} is late.", "{n} are late.", found.late)
        self.said.setText(said)
        self.alerts.setText(words.plural(
            "A record of somebody with a near name was opened {n} time.",
            "Records of people with near names were opened {n} times.", found.alerts,
        ))  # fmt: skip
        self.alerts.setVisible(bool(found.alerts))
        self.setVisible(bool(found.weeks or found.alerts))
        self.refreshed.emit()

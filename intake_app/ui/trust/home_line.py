"""The small line on Home: nothing while all is well, else one sentence. It blocks nothing."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.trust.gathering import trust_line
from intake_app.ui.background import Background
from intake_app.ui.cards import MessageBox
from intake_app.ui.errors import note
from intake_app.ui.theme import Theme
from intake_app.words import Words

AGAIN_MS: Final = 10 * 60 * 1000
"""What was asked a while ago is asked again; Home is opened many times an hour."""


class TrustLine(QWidget):
    """The line.

    Signals:
        open_asked: Show the trust page.
    """

    open_asked = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._background, self._words = desk, background, words
        self._asked = QElapsedTimer()
        self.box = MessageBox(theme, "warn")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.box)
        self.hide()

    @property
    def said(self) -> str:
        """Its sentence; empty while all is well."""
        return self.box.text

    def refresh(self) -> None:
        """Ask, unless it was asked a short while ago."""
        if self._asked.isValid() and self._asked.elapsed() < AGAIN_MS:
            return
        self._asked.start()
        desk, words = self._desk, self._words
        self._background.run(lambda: trust_line(desk, words), self._say, note)

    def _say(self, sentence: str) -> None:
        sees = may(self._desk.person.roles, May.SEE_TRUST)
        links = [(self._words.text("Open Trust"), self.open_asked.emit)] if sees else []
        self.box.say(sentence, links if sentence else ())
        self.setVisible(bool(sentence))

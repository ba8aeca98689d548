"""The small line on Home: nothing while all is well, else one sentence. It blocks nothing."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.trust.gathering import trust_line
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

FIRST_MS: Final = 60 * 1000
"""After signing in: the first backup of the day is made meanwhile, and lists come first."""

AGAIN_MS: Final = 10 * 60 * 1000


class TrustLine(QWidget):
    """The line. It asks by itself, now and then.

    Signals:
        open_asked: Show the trust page.
        asked: It shows what is known now.
    """

    open_asked = Signal()
    asked = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self._desk, self._background, self._words = desk, background, words
        self.box = MessageBox(theme, "warn")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.box)
        self.hide()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.ask)
        background.closing.connect(self._timer.stop)  # nobody is left to be asked
        self._timer.start(FIRST_MS)

    @property
    def said(self) -> str:
        """Its sentence; empty while all is well."""
        return self.box.text

    def ask(self) -> None:
        """Ask now, and again after a while."""
        self._timer.start(AGAIN_MS)
        desk, words = self._desk, self._words
        self._background.run(lambda: trust_line(desk, words), self._say, note)

    def _say(self, sentence: str) -> None:
        sees = may(self._desk.person.roles, May.SEE_TRUST)
        links = [(self._words.text("Open Trust"), self.open_asked.emit)] if sees else []
        self.box.say(sentence, links if sentence else ())
        self.setVisible(bool(sentence))
        self.asked.emit()

"""The very first page: set up a department, join one, bring one back, or try it out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.services.signing.signing_in import Gate
from intake_app.settings.look import Look
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.brand import brand_panel
from intake_app.ui.parts.cards import Card, make_button
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.still_bar import StillBar
from intake_app.ui.parts.theme import Theme
from intake_app.ui.sign_in.look_bar import LookBar
from intake_app.words import Words, mark

_WAIT = mark("Making the training data. This takes about half a minute…")


class FirstStartPage(QWidget):
    """Four ways to begin.

    Signals:
        set_up_chosen: Show the set-up.
        join_chosen: Join a department that works on other computers already.
        bring_back_chosen: Bring a department back from a backup.
        training_ready: A training profile was made; show its lock screen.
        look_chosen: A `Look`; the page is to be built anew with it.
    """

    set_up_chosen = Signal()
    join_chosen = Signal()
    bring_back_chosen = Signal()
    training_ready = Signal()
    look_chosen = Signal(object)

    def __init__(
        self, gate: Gate, background: Background, words: Words, theme: Theme, look: Look
    ) -> None:
        super().__init__()
        self._gate, self._background, self._words = gate, background, words
        self.setObjectName("page")
        self.error = FailureBox(theme, words)
        self.set_up = make_button(words.text("Set up this department"), "primary")
        self.join = make_button(words.text("Join a department…"))
        self.bring_back = make_button(words.text("Bring back from a backup…"))
        self.training = make_button(words.text("Try it with training data"))
        self.wait = muted("")
        self.bar = StillBar(words.text(_WAIT))
        self.bar.hide()
        self.set_up.clicked.connect(self.set_up_chosen)
        self.join.clicked.connect(self.join_chosen)
        self.bring_back.clicked.connect(self.bring_back_chosen)
        self.training.clicked.connect(self._on_training)
        self.look = LookBar(look, words)
        self.look.chosen.connect(self.look_chosen)
        self._lay_out(theme)
        self.setFocusProxy(self.set_up)

    def _lay_out(self, theme: Theme) -> None:
        words, inside = self._words, QWidget()
        across = QHBoxLayout(inside)
        column = QWidget()
        column.setMaximumWidth(theme.px(640))
        across.addStretch(1)
        across.addWidget(column, 12)
        across.addStretch(1)
        lines = QVBoxLayout(column)
        lines.setSpacing(14)
        lines.addStretch(1)
        lines.addWidget(heading(words.text("Welcome")))
        told = words.text("No department is set up on this computer yet.")
        lines.addWidget(words_label(told))
        lines.addWidget(self.error)
        for card in self._cards():
            lines.addWidget(card)
        lines.addWidget(self.wait)
        lines.addWidget(self.bar)
        lines.addStretch(2)
        lines.addWidget(self.look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._panel = brand_panel(theme, words, "")
        row.addWidget(self._panel)
        row.addWidget(scrolled(inside), 1)
        self.setFocusProxy(self.set_up)

    def _cards(self) -> list[Card]:
        words = self._words
        made: list[Card] = []
        for title, told, button in (
            (words.text("For real work"),
             words.text("Takes about five minutes. You need a printer for the recovery cards."),
             self.set_up),
            (words.text("Your department already uses this program"),
             words.text("Your administrator lets this computer in. Nobody needs a new passphrase."),
             self.join),
            (words.text("This computer is new, or was lost"),
             words.text("A backup on a stick, disk or shared folder brings all records back."),
             self.bring_back),
            (words.text("To look around"),
             words.text("Made-up people, and SAMPLE on every paper. Nothing can get lost."),
             self.training),
        ):  # fmt: skip
            card = Card(title)
            card.box.addWidget(words_label(told))
            card.box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            made.append(card)
        return made

    def _on_training(self) -> None:
        self._set_waiting(True)
        self._background.run(self._gate.begin_training, self._on_ready, self._on_failed)

    def _on_ready(self, _nothing: None) -> None:
        self._set_waiting(False)
        self.training_ready.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._set_waiting(False)
        self.error.tell(error)

    def _set_waiting(self, waiting: bool) -> None:
        self.set_up.setEnabled(not waiting)
        self.join.setEnabled(not waiting)
        self.bring_back.setEnabled(not waiting)
        self.training.setEnabled(not waiting)
        self.look.setEnabled(not waiting)
        self.bar.setVisible(waiting)
        self.wait.setText(self._words.text(_WAIT) if waiting else "")

"""A new computer joins a department: choose where, read out eight words, read the answer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.services.signing.joining import Joined, JoinGate
from intake_app.ui.background import Background
from intake_app.ui.brand import brand_panel
from intake_app.ui.cards import (
    Card,
    ErrorBox,
    PrimaryButton,
    clear,
    named_button,
    on_press,
    scrolled,
)
from intake_app.ui.errors import note, sentence_for
from intake_app.ui.help.help_button import with_help
from intake_app.ui.labels import heading, muted, words_label
from intake_app.ui.theme import Theme
from intake_app.words import Words

_PANEL_FROM = 860
"""Page width (at 100 % text) from which the panel stands beside the steps."""

_CHOOSE, _TELL, _DONE = range(3)


class JoinPage(QWidget):
    """Three calm steps; the program may be closed in between, and goes on with the second.

    Signals:
        given_up: Back to the first page; the request stays.
        finished: This is a computer of the department now; show the lock screen.
        shown: A step is on the screen.

    Attributes:
        place: The folder that was chosen, or None.
    """

    given_up = Signal()
    finished = Signal()
    shown = Signal()

    def __init__(self, gate: JoinGate, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self._gate, self._background, self._words, self._theme = gate, background, words, theme
        self.setObjectName("page")
        self.place: Path | None = None
        self.error = ErrorBox(theme)
        self._pressed: QWidget | None = None
        say = words.text
        self.choose = PrimaryButton(say("Choose a folder or stick…"))
        self.read = PrimaryButton(say("Read the answer"))
        self.elsewhere = named_button(say("Put the request somewhere else…"))
        self.anew = named_button(say("Begin anew"))
        self.back = named_button(say("Back"))
        self.go_on = PrimaryButton(say("Go to sign-in"))
        self._grid = QGridLayout()
        self._joined = QVBoxLayout()
        self.steps = (self._choose_step(), self._tell_step(), self._done_step())
        self._lay_out()
        on_press(self.choose, lambda: self._choose_for(self._ask))
        on_press(self.elsewhere, lambda: self._choose_for(self._ask))
        on_press(self.read, self._on_read)
        on_press(self.anew, self._on_anew)
        on_press(self.back, self.given_up.emit)
        on_press(self.go_on, self.finished.emit)

    def refresh(self) -> None:
        """Show where this computer stands: it may have asked before."""
        self._background.run(self._gate.is_begun, self._on_begun, self._on_failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the panel out where the steps need the room."""
        self._panel.setVisible(self.width() >= self._theme.px(_PANEL_FROM))
        super().resizeEvent(event)

    # --- laying out ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(32, 24, 32, 24)
        column = QWidget()
        column.setMaximumWidth(self._theme.px(680))
        across.addStretch(1)
        across.addWidget(column, 12)
        across.addStretch(1)
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(14)
        title = heading(self._words.text("Join a department"))
        lines.addLayout(with_help(title, self._words))
        lines.addWidget(self.error)
        for step in self.steps:
            step.hide()
            lines.addWidget(step)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        lines.addLayout(foot)
        lines.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._panel = brand_panel(self._theme, self._words, "")
        row.addWidget(self._panel)
        row.addWidget(scrolled(inside), 1)

    def _choose_step(self) -> QWidget:
        say = self._words.text
        card = Card(say("1. Choose where the request goes"))
        card.box.addWidget(words_label(say(
            "This computer writes a request for your administrator: on a USB stick, or into a "
            "folder that both computers can reach. It holds nothing secret."
        )))  # fmt: skip
        card.box.addLayout(_row(self.choose))
        return _stacked(card)

    def _tell_step(self) -> QWidget:
        say = self._words.text
        told = Card(say("2. Read the words to your administrator"))
        told.box.addWidget(words_label(say(
            "Call them, or stand beside them. They open Stations on their computer and type the "
            "words that they are asked for. The words keep strangers out."
        )))  # fmt: skip
        self._grid.setHorizontalSpacing(self._theme.px(28))
        self._grid.setVerticalSpacing(self._theme.px(8))
        told.box.addLayout(self._grid)
        told.box.addLayout(_row(self.elsewhere, self.anew))
        answer = Card(say("3. Read the answer"))
        answer.box.addWidget(words_label(say(
            "When your administrator has let this computer in, the answer lies in the same folder "
            "or on the same stick. You may close the program until then."
        )))  # fmt: skip
        answer.box.addLayout(_row(self.read))
        return _stacked(told, answer)

    def _done_step(self) -> QWidget:
        card = Card(self._words.text("This computer has joined"))
        card.box.addLayout(self._joined)
        card.box.addLayout(_row(self.go_on))
        return _stacked(card)

    # --- doing --------------------------------------------------------------------------------

    def _choose_for(self, act: Callable[[], object]) -> None:
        title = self._words.text("Choose a folder or stick")
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.place = Path(folder)
            act()

    def _ask(self) -> None:
        place = self.place
        self._run(lambda: self._gate.ask(place), self._show_words)

    def _on_begun(self, is_begun: bool) -> None:
        if is_begun:
            self._ask()
        else:
            self._show(_CHOOSE, self.choose)

    def _show_words(self, words: tuple[str, ...]) -> None:
        clear(self._grid)
        for n, word in enumerate(words):
            label = words_label(f"{n + 1}. {word}", "big", wraps=False)
            label.setAccessibleName(f"{n + 1}. {word}")
            self._grid.addWidget(label, n % 4, n // 4)
        self._grid.setColumnStretch(2, 1)
        self._show(_TELL, self.read)

    def _on_read(self) -> None:
        if self.place is None:
            self._choose_for(self._read)
        else:
            self._read()

    def _read(self) -> None:
        place = self.place
        self._run(lambda: self._gate.read_answer(place), self._on_joined)

    def _on_joined(self, joined: Joined) -> None:
        say = self._words.text
        clear(self._joined)
        told = say(
            "It belongs to {department} now, with the letter {letter} in its receipt numbers.",
            department=joined.department, letter=joined.letter,
        )  # fmt: skip
        self._joined.addWidget(words_label(told))
        self._joined.addWidget(words_label(say(
            "Your administrator can sign in here at once, with the passphrase they always use. "
            "Everybody else signs in once more at a computer where they already work. After the "
            "next exchange they can sign in here too."
        )))  # fmt: skip
        self._joined.addWidget(muted(say("The department's words, also on its recovery cards:")))
        self._joined.addWidget(words_label(" ".join(joined.words), "label"))
        self.back.hide()
        self._show(_DONE, self.go_on)

    def _on_anew(self) -> None:
        self.place = None
        self._run(self._gate.give_up, self._on_given_up)

    def _on_given_up(self, _nothing: None) -> None:
        self._show(_CHOOSE, self.choose)

    def _run(self, job: Callable[[], object], then: Callable[..., object]) -> None:
        self._set_waiting(True)

        def done(result: object) -> None:
            self._set_waiting(False)
            self.error.say("")
            then(result)

        self._background.run(job, done, self._on_failed)

    def _show(self, step: int, first: QPushButton) -> None:
        for n, widget in enumerate(self.steps):
            widget.setVisible(n == step)
        first.setFocus()
        self.shown.emit()

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self._set_waiting(False)
        self.error.say(sentence_for(error, self._words))

    def _set_waiting(self, waiting: bool) -> None:
        """A button that is off loses the cursor: it gets it back."""
        if waiting:
            self._pressed = self.window().focusWidget()
        for button in (self.choose, self.read, self.elsewhere, self.anew, self.back):
            button.setEnabled(not waiting)
        if not waiting and self._pressed is not None:
            self._pressed.setFocus()


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _stacked(*cards: Card) -> QWidget:
    made = QWidget()
    lines = QVBoxLayout(made)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(14)
    for card in cards:
        lines.addWidget(card)
    return made

"""A new computer gets its records back from a backup: choose it, open it with a card, go on."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.services.records.file_words import file_in_words
from intake_app.services.signing.bringing_back import BringBackGate, Brought, FoundBackup, Opener
from intake_app.ui.background import Background
from intake_app.ui.brand import brand_panel
from intake_app.ui.button_row import ButtonRow
from intake_app.ui.cards import (
    Card,
    ErrorBox,
    PrimaryButton,
    clear,
    named_button,
    on_press,
    scrolled,
)
from intake_app.ui.errors import note
from intake_app.ui.form.form_view import bring_into_view
from intake_app.ui.help.help_button import with_help
from intake_app.ui.labels import field_label, heading, muted, words_label
from intake_app.ui.picker import Picker
from intake_app.ui.recovery.card_errors import say_card_error
from intake_app.ui.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words
from intake_app.words.sizes import size_in_words

_PANEL_FROM = 860
"""Page width (at 100 % text) from which the panel stands beside the steps."""

_CHOOSE, _OPEN, _DONE = range(3)


class BringBackPage(QWidget):
    """Three calm steps; nothing changes on this computer before the last button.

    Signals:
        given_up: Back to the first page.
        finished: The department is here again; show the lock screen.
        shown: A step is on the screen.

    Attributes:
        choose: Chooses a folder or stick.
        which: The backups that lie there.
        card: Words of the card.
        user_name: Instead of a card: who worked there.
        passphrase: Theirs.
        bring: Does it.
        go_on: Goes to the lock screen.
    """

    given_up = Signal()
    finished = Signal()
    shown = Signal()

    def __init__(
        self, gate: BringBackGate, background: Background, words: Words, theme: Theme
    ) -> None:
        super().__init__()
        self._gate, self._background, self._words, self._theme = gate, background, words, theme
        self.setObjectName("page")
        self._found: Sequence[FoundBackup] = ()
        say = words.text
        self.error = ErrorBox(theme)
        self.choose = PrimaryButton(say("Choose a folder or stick…"))
        self.which, self.card = Picker(), QPlainTextEdit()
        self.card.setTabChangesFocus(True)
        self.card.setFixedHeight(theme.px(110))
        self.user_name, self.passphrase = QLineEdit(), QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.department, self.wait = words_label("", "label"), muted("")
        self.bring = PrimaryButton(say("Bring it back"))
        self.elsewhere = named_button(say("Look somewhere else…"))
        self.back = named_button(say("Back"))
        self.go_on = PrimaryButton(say("Go to sign-in"))
        self._told = QVBoxLayout()
        self.steps = (self._choose_step(), self._open_step(), self._done_step())
        self._lay_out()
        self.which.currentIndexChanged.connect(self._on_which)
        for button in (self.choose, self.elsewhere):
            on_press(button, self._on_choose)
        on_press(self.bring, self._on_bring)
        on_press(self.back, self.given_up.emit)
        on_press(self.go_on, self.finished.emit)
        self._show(_CHOOSE, self.choose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the panel out where the steps need the room."""
        self._panel.setVisible(self.width() >= self._theme.px(_PANEL_FROM))
        super().resizeEvent(event)

    def look_in(self, place: Path) -> None:
        """Look for backups in a folder."""
        self._run(lambda: self._gate.look(place), self._on_found)

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
        title = heading(self._words.text("Bring back from a backup"))
        lines.addLayout(with_help(title, self._words))
        for part in (self.error, *self.steps, self.wait):
            lines.addWidget(part)
        lines.addWidget(ButtonRow(0, (self.back,)))
        lines.addStretch(1)
        self.wait.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._panel = brand_panel(self._theme, self._words, "")
        row.addWidget(self._panel)
        row.addWidget(scrolled(inside), 1)

    def _choose_step(self) -> Card:
        say = self._words.text
        card = Card(say("1. Choose where the backups lie"))
        card.box.addWidget(words_label(say(
            "The stick, disk or shared folder that was chosen for backups. You also need a "
            "recovery card."
        )))  # fmt: skip
        card.box.addWidget(ButtonRow(0, (self.choose,)))
        return card

    def _open_step(self) -> Card:
        say = self._words.text
        card = Card(say("2. Open it"))
        card.box.addWidget(field_label(say("Backup"), self.which))
        card.box.addWidget(self.which)
        card.box.addWidget(muted(say("The words of its department; your card shows them too:")))
        card.box.addWidget(self.department)
        hint = say("All words in order. Where two cards are needed, type both.")
        for label, field, under in (
            (say("Words on the recovery card"), self.card, hint),
            (say("Or, without a card: user name"), self.user_name, ""),
            (say("Passphrase"), self.passphrase, ""),
        ):
            card.box.addWidget(field_label(label, field, under))
            if under:
                card.box.addWidget(muted(under))
            card.box.addWidget(field)
        told = say(
            "All of it is copied, opened and looked through first. Nothing is shown that was "
            "purged since, and who left since stays out."
        )
        card.box.addWidget(words_label(told))
        card.box.addWidget(ButtonRow(self._theme.px(9), (self.bring, self.elsewhere)))
        return card

    def _done_step(self) -> Card:
        card = Card(self._words.text("The records are back"))
        card.box.addLayout(self._told)
        card.box.addWidget(ButtonRow(0, (self.go_on,)))
        return card

    # --- doing --------------------------------------------------------------------------------

    def _on_choose(self) -> None:
        title = self._words.text("Choose the folder or stick with the backups")
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.look_in(Path(folder))

    def _on_found(self, found: Sequence[FoundBackup]) -> None:
        self._found = found
        self.which.clear()
        for one in found:
            self.which.addItem(self._title(one))
        self._on_which(0)
        self._show(_OPEN, self.card)

    def _title(self, one: FoundBackup) -> str:
        words = self._words
        when = moment_in_words(one.made, words.language)
        size = size_in_words(one.size, is_needed=True)
        if one.is_tested:
            return words.text("{when}, {size}, tested", when=when, size=size)
        return words.text("{when}, {size}, partly tested", when=when, size=size)

    def _on_which(self, place: int) -> None:
        if 0 <= place < len(self._found):
            self.department.setText(" ".join(self._found[place].words))

    def _on_bring(self) -> None:
        if not self.bring.isEnabled() or not 0 <= self.which.currentIndex() < len(self._found):
            return
        say, found = self._words.text, self._found[self.which.currentIndex()]
        card, name = self.card.toPlainText().strip(), self.user_name.text().strip()
        if not card and not (name and self.passphrase.text()):
            self.error.say(say("Enter the words on the card, or a user name and a passphrase."))
            self.card.setFocus()
            return
        opener = Opener(card, "" if card else name, "" if card else self.passphrase.text())
        self._run(lambda: self._gate.bring_back(found, opener), self._on_brought)

    def _on_brought(self, brought: Brought) -> None:
        self.card.clear()
        self.passphrase.clear()
        words = self._words
        clear(self._told)
        when = moment_in_words(brought.made, words.language)
        self._told.addWidget(words_label(words.text(
            "{department} is on this computer again, as it was {when}.",
            department=brought.department, when=when,
        )))  # fmt: skip
        for file in brought.files:
            name = file_in_words(file.compartment, words)
            self._told.addWidget(muted(
                words.text("{file}: looked through, {n} entries", file=name, n=file.records)
                if file.is_opened
                else words.text("{file}: copied; it opens for who holds its key", file=name)
            ))  # fmt: skip
        if brought.shut_out:
            self._told.addWidget(words_label(words.plural(
                "{n} person left or has another passphrase since: the old one opens nothing.",
                "{n} people left or have other passphrases since: the old ones open nothing.",
                brought.shut_out,
            )))  # fmt: skip
        self._told.addWidget(words_label(words.text(
            "Passphrases belonged to the old computer. Choose “Use a recovery card” next, and give "
            "an administrator a new one. They give one to everybody else."
        )))  # fmt: skip
        self.back.hide()
        self._show(_DONE, self.go_on)

    # --- waiting ------------------------------------------------------------------------------

    def _run(self, job: Callable[[], object], then: Callable[..., object]) -> None:
        self._set_waiting(True)

        def done(result: object) -> None:
            self._set_waiting(False)
            self.error.say("")
            then(result)

        self._background.run(job, done, self._on_failed)

    def _show(self, step: int, first: QWidget) -> None:
        for n, widget in enumerate(self.steps):
            widget.setVisible(n == step)
        self.setFocusProxy(first)
        first.setFocus()
        self.shown.emit()

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self._set_waiting(False)
        self.error.say(say_card_error(error, self._words))
        if self.steps[_OPEN].isVisible():
            self.card.setFocus()
        bring_into_view(self.error)

    def _set_waiting(self, waiting: bool) -> None:
        for control in (
            self.choose, self.which, self.card, self.user_name, self.passphrase, self.bring,
            self.elsewhere, self.back,
        ):  # fmt: skip
            control.setEnabled(not waiting)
        self.wait.setText(self._words.text("Copying and opening…") if waiting else "")
        self.wait.setVisible(waiting)

"""A new computer gets its records back from a backup: choose it, open it with a card, go on."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QVBoxLayout

from intake_app.services.records.file_words import file_in_words
from intake_app.services.signing.bringing_back import BringBackGate, Brought, FoundBackup, Opener
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.ui.recovery.card_errors import say_card_error
from intake_app.ui.sign_in.entrance_frame import EntranceSteps
from intake_app.words import Words
from intake_app.words.dates import moment_in_words
from intake_app.words.sizes import size_in_words

_CHOOSE, _OPEN, _DONE = range(3)


class BringBackPage(EntranceSteps):
    """Three calm steps; nothing changes on this computer before the last button.

    Attributes:
        choose: Chooses a folder or stick.
        which: The backups that lie there.
        card: Words of the card.
        user_name: Instead of a card: who worked there.
        passphrase: Theirs.
        bring: Does it.
    """

    def __init__(
        self, gate: BringBackGate, background: Background, words: Words, theme: Theme
    ) -> None:
        super().__init__(background, words, theme)
        self._gate = gate
        self._found: Sequence[FoundBackup] = ()
        say = words.text
        self.choose = PrimaryButton(say("Choose a folder or stick…"))
        self.which, self.card = Picker(), QPlainTextEdit()
        self.card.setTabChangesFocus(True)
        self.card.setFixedHeight(theme.px(110))
        self.user_name, self.passphrase = QLineEdit(), QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.department = words_label("", "label")
        self.bring = PrimaryButton(say("Bring it back"))
        self.elsewhere = named_button(say("Look somewhere else…"))
        self._told = QVBoxLayout()
        self.are_off = (
            self.choose, self.which, self.card, self.user_name, self.passphrase, self.bring,
            self.elsewhere,
        )  # fmt: skip
        steps = (self._choose_step(), self._open_step(), self._done_step())
        self.lay_out(say("Bring back from a backup"), steps)
        self.which.currentIndexChanged.connect(self._on_which)
        for button in (self.choose, self.elsewhere):
            on_press(button, self._on_choose)
        on_press(self.bring, self._on_bring)
        self.show_step(_CHOOSE, self.choose)

    def look_in(self, place: Path) -> None:
        """Look for backups in a folder."""
        self._run(lambda: self._gate.look(place), self._on_found)

    def fail(self, error: BaseException) -> None:
        """Say what went wrong, the cursor where it can be mended."""
        super().fail(error)
        if self.steps[_OPEN].isVisible():
            self.card.setFocus()

    def said_of(self, error: BaseException) -> str:
        """Name the word of the card that is wrong, where one is."""
        return say_card_error(error, self._words)

    # --- laying out ---------------------------------------------------------------------------

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
        self.show_step(_OPEN, self.card)

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
        self.show_step(_DONE, self.go_on)

    def _run(self, job: Callable[[], object], then: Callable[..., object]) -> None:
        self.run(job, then, self._words.text("Copying and opening…"))

"""A recovery card gives somebody a new passphrase; the records are not touched."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from intake_app.domain.errors import BadRecoveryCard, WrongPassphrase
from intake_app.services.signing.signing_in import Gate
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import PrimaryButton, make_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.ui.recovery.card_errors import say_card_error
from intake_app.ui.sign_in.entrance_frame import EntranceFrame
from intake_app.words import Words


class RecoveryPage(EntranceFrame):
    """Asks for the words of a card and for a new passphrase.

    Signals:
        recovered: The passphrase is new; show the lock screen.
        given_up: Back to the lock screen.
    """

    recovered = Signal()
    given_up = Signal()

    def __init__(self, gate: Gate, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words, theme, gate.department(), is_training=gate.is_training)
        self._gate, self._background = gate, background
        self.card, self.user_name = QPlainTextEdit(), QLineEdit()
        self.card.setTabChangesFocus(True)
        self.card.setFixedHeight(theme.px(120))
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        for field in (self.passphrase, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.suggest = make_button(words.text("Suggest four words"))
        on_press(self.suggest, self._on_suggest)
        self.suggested = words_label("", "label")
        self.suggested.hide()
        self.back = make_button(words.text("Back"))
        self.back.clicked.connect(self.given_up)
        self.go_on = PrimaryButton(words.text("Set the new passphrase"))
        self.go_on.clicked.connect(self._on_go_on)
        self._fill()
        self.setFocusProxy(self.card)

    def _fill(self) -> None:
        words = self._words
        lines = self.make_column(words.text("Use a recovery card"), 640, 10)
        told = words.text(
            "A card opens the records and gives one person a new passphrase. Nothing is lost. The "
            "use of the card is logged."
        )
        lines.addWidget(words_label(told))
        lines.addWidget(self.error)
        hint = words.text("All words in order. Where two cards are needed, type both.")
        for label, field, under in (
            (words.text("Words on the card"), self.card, hint),
            (words.text("User name"), self.user_name, ""),
            (words.text("New passphrase"), self.passphrase, words.text("Four or more words")),
            (words.text("New passphrase again"), self.again, ""),
        ):
            lines.addWidget(field_label(label, field, under))
            if under:
                lines.addWidget(muted(under))
            lines.addWidget(field)
            if field is self.passphrase:
                lines.addLayout(self._suggestion())
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch()
        foot.addWidget(self.go_on)
        lines.addSpacing(6)
        lines.addLayout(foot)
        lines.addStretch(1)

    def _suggestion(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.suggest)
        row.addWidget(self.suggested, 1)
        return row

    def _on_suggest(self) -> None:
        self._background.run(self._gate.suggest_passphrase, self._on_suggested, self._on_failed)

    def _on_suggested(self, phrase: str) -> None:
        said = self._words.text("Learn it now: {phrase}", phrase=phrase)
        self.suggested.setText(said)
        self.suggested.show()
        self.passphrase.setText(phrase)
        self.again.clear()
        self.again.setFocus()

    def _on_go_on(self) -> None:
        if not self.go_on.isEnabled():
            return
        words = self._words
        card, name = self.card.toPlainText().strip(), self.user_name.text().strip()
        phrase = self.passphrase.text()
        for is_wrong, told, field in (
            (not card, words.text("Enter the words on the card."), self.card),
            (not name, words.text("Enter the user name."), self.user_name),
            (not phrase, words.text("Enter a new passphrase."), self.passphrase),
            (phrase != self.again.text(), words.text("The two passphrases differ."), self.again),
        ):
            if is_wrong:
                self._refuse(told, field)
                return
        self._wait(True)
        self._background.run(
            lambda: self._gate.recover(card, name, phrase), self._on_done, self._on_failed
        )

    def _on_done(self, _nothing: None) -> None:
        self.card.clear()
        self.passphrase.clear()
        self.again.clear()
        self.recovered.emit()

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self._wait(False)
        self._refuse(*self._told(error))

    def _told(self, error: BaseException) -> tuple[str, QWidget]:
        """What went wrong in words, and the field that wants mending."""
        if isinstance(error, BadRecoveryCard):
            return say_card_error(error, self._words), self.card
        if isinstance(error, WrongPassphrase):
            return self._words.text("Nobody here has this user name."), self.user_name
        return sentence_for(error, self._words), self.passphrase

    def _refuse(self, text: str, field: QWidget) -> None:
        self.error.say(text)
        field.setFocus()

    def _wait(self, waiting: bool) -> None:
        for control in (
            self.card, self.user_name, self.passphrase, self.again, self.suggest, self.back,
            self.go_on,
        ):  # fmt: skip
            control.setEnabled(not waiting)
        text = (
            self._words.text("Opening…") if waiting else self._words.text("Set the new passphrase")
        )
        self.go_on.setText(text)
        if waiting:
            self.error.say("")

"""Letting a colleague try again who has typed a wrong passphrase too often."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from intake_app.domain.errors import WrongPassphrase
from intake_app.ui.background import Background
from intake_app.ui.cards import Card, MessageBox, named_button, on_press
from intake_app.ui.errors import note, sentence_for
from intake_app.ui.labels import field_label, muted
from intake_app.ui.theme import Theme
from intake_app.words import Words


class ReleaseCard(Card):
    """Asks for a user name and releases it.

    Attributes:
        user_name: Whose sign-in is locked.
        release: The button.
    """

    def __init__(
        self, act: Callable[[str], object], background: Background, words: Words, theme: Theme
    ) -> None:
        super().__init__(words.text("Release a locked sign-in"))
        self._act, self._background, self._words = act, background, words
        told = words.text("After too many wrong tries a sign-in waits here. Releasing is logged.")
        self.box.addWidget(muted(told))
        self.error, self.good = MessageBox(theme, "error"), MessageBox(theme, "ok")
        for box in (self.error, self.good):
            self.box.addWidget(box)
        self.user_name = QLineEdit()
        self.release = named_button(words.text("Release"))
        self.box.addWidget(field_label(words.text("User name"), self.user_name))
        row = QHBoxLayout()
        row.addWidget(self.user_name, 1)
        row.addWidget(self.release)
        self.box.addLayout(row)
        on_press(self.release, self._on_release)
        self.user_name.returnPressed.connect(self._on_release)

    def _on_release(self) -> None:
        name = self.user_name.text().strip()
        self.good.say("")
        self.error.say("" if name else self._words.text("Enter the user name."))
        if not name:
            self.user_name.setFocus()
            return
        self.release.setEnabled(False)
        self._background.run(lambda: self._act(name), self._on_done, self._on_failed)

    def _on_done(self, _nothing: object) -> None:
        self.release.setEnabled(True)
        self.user_name.clear()
        self.good.say(self._words.text("Released. This person can sign in again."))

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self.release.setEnabled(True)
        told = sentence_for(error, self._words)
        if isinstance(error, WrongPassphrase):
            told = self._words.text("Nobody here has this user name.")
        self.error.say(told)
        self.user_name.setFocus()

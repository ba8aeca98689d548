"""On the home of administrators and supervisors: a colleague is locked out, and waits."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.ids import UserId
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.users.lockouts import Locked, locked_users, release_user
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, clear, make_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class LockoutsCard(Card):
    """Hidden where nobody waits.

    Signals:
        refreshed: It says who waits now.

    Attributes:
        error: What went wrong.
        good: What was done.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Locked out"))
        self._desk, self._background, self._words = desk, background, words
        told = words.text(
            "After too many wrong tries a sign-in waits here. Make sure that it was really this "
            "colleague. Releasing is logged."
        )  # fmt: skip
        self._told = muted(told)
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self._lines = QVBoxLayout()
        for part in (self._told, self.error, self.good):
            self.box.addWidget(part)
        self.box.addLayout(self._lines)
        self.hide()

    def refresh(self) -> None:
        """Look anew who waits."""
        if self._desk.users is not None and may(self._desk.person.roles, May.RELEASE_LOCKOUT):
            self._background.run(lambda: locked_users(self._desk), self._show, self._fail)

    def _show(self, found: Sequence[Locked]) -> None:
        clear(self._lines)
        for one in found:
            self._lines.addWidget(self._line(one))
        self._told.setVisible(bool(found))
        self.setVisible(bool(found or self.error.text or self.good.text))
        self.refreshed.emit()

    def _line(self, one: Locked) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words_label(one.shown_name, "label"), 1)
        button = make_button(self._words.text("Release"))
        button.setAccessibleName(self._words.text("Release {name}", name=one.shown_name))
        on_press(button, lambda: self._on_release(one.id))
        row.addWidget(button)
        return made

    def _on_release(self, user: UserId) -> None:
        def done(_nothing: object) -> None:
            self.error.say("")
            self.good.say(self._words.text("Released. This person can sign in again."))
            self.refresh()

        self._background.run(lambda: release_user(self._desk, user), done, self._fail)

    def _fail(self, error: BaseException) -> None:
        self.error.tell(error)
        self.show()

"""On a holder's home: somebody is to read what they read; they say yes, no, or not now."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.domain.staffing import Asked
from intake_app.services.desk import Desk
from intake_app.services.users.granting import KeyAsked, give_key, keys_asked, refuse_key
from intake_app.services.users.words import reason_in_words, request_in_words
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, make_button, on_press
from intake_app.ui.parts.cursor import take_cursor_soon
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class KeysCard(Card):
    """Hidden where nobody asks.

    Signals:
        refreshed: It says what is asked now.

    Attributes:
        error: What went wrong.
        good: What was done.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("May they read this?"))
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._later = set[Asked]()
        self._shown: Sequence[KeyAsked] = ()
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(14))
        self.box.addWidget(self.error)
        self.box.addWidget(self.good)
        self.box.addLayout(self._lines)
        self.hide()

    def refresh(self) -> None:
        """Read anew what is asked."""
        if self._desk.users is not None and may(self._desk.person.roles, May.GRANT_KEYS):
            self._background.run(lambda: keys_asked(self._desk), self._show, self._fail)

    def _show(self, found: Sequence[KeyAsked]) -> None:
        self._shown = [one for one in found if one.asked not in self._later]
        clear(self._lines)
        for one in self._shown:
            self._lines.addWidget(self._block(one))
        self.setVisible(bool(self._shown or self.error.text or self.good.text))
        self.refreshed.emit()

    def _block(self, one: KeyAsked) -> QWidget:
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.px(4))
        asks = request_in_words(one, self._words)
        lines.addWidget(words_label(asks, "label"))
        lines.addWidget(muted(reason_in_words(one, self._words)))
        say, desk = self._words.text, self._desk
        give, later = PrimaryButton(say("Give the keys")), make_button(say("Not now"))
        refuse = make_button(say("No"))
        for button in (give, later, refuse):
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(asks)
        given = say("Done. {name} can read it from their next sign-in on.", name=one.name)
        refused = say("Nothing was given. The administrator sees that you said no.")
        on_press(give, lambda: self._do(lambda: give_key(desk, one.asked), given))
        on_press(later, lambda: self._on_later(one))
        on_press(refuse, lambda: self._do(lambda: refuse_key(desk, one.asked), refused))
        lines.addWidget(ButtonRow(self._theme.px(8), (give, later, refuse)))
        return made

    def _on_later(self, one: KeyAsked) -> None:
        self._later.add(one.asked)
        self._say("")
        self._show(self._shown)
        if self._shown:
            take_cursor_soon(self)

    def _do(self, act: Callable[[], object], told: str) -> None:
        def done(_nothing: object) -> None:
            self._say(told)
            self.refresh()

        self._background.run(act, done, self._fail)

    def _say(self, good: str) -> None:
        self.error.say("")
        self.good.say(good)

    def _fail(self, error: BaseException) -> None:
        self.error.tell(error)
        self.show()

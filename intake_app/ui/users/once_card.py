"""Shows a passphrase for one time, once; printed or written down, then it is gone."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from intake_app.services.users.changing import OneTime
from intake_app.ui.parts.asking_card import AskingCard
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import PrimaryButton, named_button, on_press
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class OnceCard(AskingCard):
    """Hidden until there is one.

    Signals:
        print_asked: Print it (a `OneTime`).
        closed: It was put away.

    Attributes:
        phrase: The four words.
        print: Prints it.
        close: Forgets it.
    """

    print_asked = Signal(object)
    closed = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__("", theme)
        self._words = words
        self._once: OneTime | None = None
        self._title = heading("", 2)
        self._user, self.phrase = words_label("", "label"), heading("", 1)
        self.print = PrimaryButton(words.text("Print it"), theme)
        self.print.setAccessibleName(self.print.text())
        self.close_button = named_button(words.text("I have handed it over"))
        told = words.text(
            "Hand it to this person and to nobody else, or read it to them. It is shown this once, "
            "and accepted once: at their first sign-in they choose their own."
        )  # fmt: skip
        self.box.insertWidget(0, self._title)
        for part in (self._user, self.phrase, muted(told)):
            self.box.addWidget(part)
        self.box.addWidget(ButtonRow(theme.px(8), (self.print, self.close_button)))
        on_press(self.print, self._on_print)
        on_press(self.close_button, self.put_away)
        self.hide()

    def show_once(self, once: OneTime) -> None:
        """Show it."""
        self._once = once
        say = self._words.text
        self.say()
        self._title.setText(say("For {name}", name=once.shown_name))
        self._user.setText(say("User name: {user}", user=once.user_name))
        self.phrase.setText(once.passphrase)
        self.phrase.setAccessibleName(
            say("Passphrase for one time: {words}", words=once.passphrase)
        )
        self.show()
        bring_into_view(self)
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Forget it."""
        was_there, self._once = self._once is not None, None
        self.phrase.clear()
        self.phrase.setAccessibleName("")
        self.hide()
        if was_there:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape does not lose the words: they could not be shown again."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
        else:
            super().keyPressEvent(event)

    def _on_print(self) -> None:
        if self._once is not None:
            self.print_asked.emit(self._once)

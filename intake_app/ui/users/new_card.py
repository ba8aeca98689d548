"""Lets somebody in: a name, a user name, and roles; the passphrase is made, never chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from intake_app.domain.roles import Role
from intake_app.ui.parts.asking_card import AskingCard
from intake_app.ui.parts.cards import PrimaryButton, on_press
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.theme import Theme
from intake_app.ui.users.role_ticks import RoleTicks
from intake_app.words import Words


class NewPersonCard(AskingCard):
    """Asks for one person.

    Signals:
        asked: Name, user name, roles.

    Attributes:
        shown_name: "M. Hale".
        user_name: What they sign in with.
        ticks: Their roles.
        add: Lets them in.
    """

    asked = Signal(str, str, object)

    def __init__(self, words: Words, theme: Theme, kind: str) -> None:
        super().__init__(
            words.text("Let somebody in"), theme,
            words.text("You get a passphrase for their first sign-in. They choose their own then."),
        )  # fmt: skip
        self.shown_name, self.user_name = QLineEdit(), QLineEdit()
        self.shown_name.setPlaceholderText(words.text("M. Hale"))
        self.add_field(words.text("Name as colleagues see it"), self.shown_name)
        self.add_field(words.text("User name"), self.user_name)
        self.box.addWidget(words_label(words.text("Roles"), "label"))
        self.ticks = RoleTicks(words, theme, kind)
        self.box.addWidget(self.ticks)
        self.add = PrimaryButton(words.text("Let in"), theme)
        self.finish(self.add)
        on_press(self.add, self._on_asked)

    def empty(self) -> None:
        """It was done."""
        self.shown_name.clear()
        self.user_name.clear()
        self.ticks.tick(frozenset[Role]())

    def _on_asked(self) -> None:
        self.say()
        self.asked.emit(self.shown_name.text(), self.user_name.text(), self.ticks.roles)

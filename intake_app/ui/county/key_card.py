"""The county key of this department: made here, or entered as another department read it out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from intake_app.services.desk import Desk
from intake_app.services.exports.county_key import (
    KeyState,
    county_key,
    make_county_key,
    print_county_key,
    take_county_key,
)
from intake_app.ui.papers.giver import PaperGiver
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, named_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


class KeyCard(Card):
    """The card.

    Signals:
        changed: There is another key now.

    Attributes:
        label: What a new key is called.
        typed: The sixteen words of another department.
        make: Makes a key.
        enter: Enters the words.
        give: Prints the words for another department.
        state: Which key is here.
        good, error: What came of it.
    """

    changed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        say = words.text
        super().__init__(say("The county key"))
        self._desk, self._background, self._words = desk, background, words
        self.good, self.error = MessageBox(theme, "ok"), MessageBox(theme, "error")
        self.state = muted("")
        self.label, self.typed = QLineEdit(str(desk.clock.local().year)), QLineEdit()
        self.make = named_button(say("Make a new key"))
        self.enter = named_button(say("Enter these words"))
        self.give = named_button(say("Print the words for another department…"))
        self._paper = PaperGiver(background, words, self)
        self._paper.done.connect(self._on_done)
        self._paper.failed.connect(self._on_failed)
        self.box.addWidget(muted(say(
            "With it departments know the same person again without telling who it is. One "
            "department makes it each year and gives the words to the others. Whoever merges the "
            "extracts must never have it."
        )))  # fmt: skip
        self.box.addWidget(self.state)
        for text, edit in (
            (say("What the key is called, for example the year"), self.label),
            (say("The sixteen words, if another department made the key"), self.typed),
        ):
            self.box.addWidget(field_label(text, edit))
            self.box.addWidget(edit)
        self.box.addWidget(ButtonRow(theme.px(8), (self.make, self.enter, self.give)))
        for part in (self.error, self.good):
            self.box.addWidget(part)
        for button, act in (
            (self.make, self._on_make), (self.enter, self._on_enter), (self.give, self._on_give),
        ):  # fmt: skip
            on_press(button, act)
        self.typed.returnPressed.connect(self._on_enter)
        self.setFocusProxy(self.label)

    def refresh(self) -> None:
        """Read which key is here."""
        desk = self._desk
        self._background.run(lambda: county_key(desk), self._show, self._on_failed)

    def _show(self, state: KeyState | None) -> None:
        say = self._words.text
        self.give.setVisible(state is not None)
        if state is None:
            self.state.setText(say("There is no key here yet."))
            return
        said = say(
            "Key {label}, here since {day}. Its name is {name}; it is the same everywhere.",
            label=state.label, day=short_date(state.since, self._words.language), name=state.name,
        )  # fmt: skip
        if not state.is_everywhere:
            said += " " + say("One of your files holds another key: enter the words again.")
        self.state.setText(said)

    def _on_make(self) -> None:
        desk, label = self._desk, self.label.text()
        said = self._words.text("The key is made. Print its words for the other departments.")
        self._background.run(
            lambda: make_county_key(desk, label), lambda _: self._changed(said), self._on_failed
        )

    def _on_enter(self) -> None:
        desk, label, typed = self._desk, self.label.text(), self.typed.text()
        said = self._words.text("The key is entered. Compare its name with the other department.")
        self._background.run(
            lambda: take_county_key(desk, typed, label), lambda _: self._changed(said),
            self._on_failed,
        )  # fmt: skip

    def _changed(self, said: str) -> None:
        self.typed.clear()
        self._on_done(said)
        self.refresh()
        self.changed.emit()

    def _on_give(self) -> None:
        desk, language = self._desk, self._words.language
        self._paper.give(lambda: print_county_key(desk, language), "county-key", "print")

    def _on_done(self, said: str) -> None:
        self.error.say("")
        self.good.say(said)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, BaseException):
            note(error)
            self.good.say("")
            self.error.say(sentence_for(error, self._words))

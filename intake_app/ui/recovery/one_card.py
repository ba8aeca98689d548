"""Asks one thing about one recovery card: who keeps it, or whether it is really lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from intake_app.domain.recovery_card import CardHolder, KeptCard
from intake_app.ui.parts.cards import PrimaryButton, named_button, on_press
from intake_app.ui.parts.labels import field_label, heading, words_label
from intake_app.ui.parts.returning_card import ReturningCard
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class OneCard(ReturningCard):
    """Hidden until it asks.

    Signals:
        named: Card, and its `CardHolder`.
        lost: Card.

    Attributes:
        name: Who keeps it.
        place: Where.
        act: Does it.
        leave: Leaves it.
    """

    named = Signal(object, object)
    lost = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(theme)
        self._words = words
        self._card: KeptCard | None = None
        self._is_lost = False
        self.name, self.place = QLineEdit(), QLineEdit()
        self._title, self._told = heading("", 2), words_label("")
        self.box.addWidget(self._title)
        self.box.addWidget(self._told)
        self._asked: list[QWidget] = []
        hint = words.text("For example: safe at city hall")
        for label, field, under in (
            (words.text("Who keeps it"), self.name, ""),
            (words.text("Where it lies"), self.place, hint),
        ):
            self._asked += [field_label(label, field, under), field]
            field.setPlaceholderText(under)
            field.returnPressed.connect(self._on_act)
        for widget in self._asked:
            self.box.addWidget(widget)
        self.act, self.leave = PrimaryButton(""), named_button(words.text("Cancel"))
        row = QHBoxLayout()
        row.addWidget(self.act)
        row.addWidget(self.leave)
        row.addStretch(1)
        self.box.addLayout(row)
        on_press(self.act, self._on_act)
        on_press(self.leave, self.done)
        self.hide()

    def ask_holder(self, card: KeptCard) -> None:
        """Ask who keeps it."""
        say = self._words.text
        title = say("Who keeps card {n}?", n=card.number)
        told = say("Name a person or an office outside this room. Each card at another place.")
        self._ask(card, title, told, is_lost=False)
        self.name.setText(card.holder.name)
        self.place.setText(card.holder.place)
        self.name.setFocus()

    def ask_lost(self, card: KeptCard) -> None:
        """Ask whether it is really lost."""
        say = self._words.text
        told = say("Whoever finds it can open the records. Make new cards soon, with a card that "
                   "you still have: from then on the lost one opens nothing.")  # fmt: skip
        self._ask(card, say("Card {n} is lost", n=card.number), told, is_lost=True)
        self.act.setFocus()

    def forget(self) -> None:
        """Drop what was asked about, and what was typed."""
        self._card = None
        self.name.clear()
        self.place.clear()

    def _ask(self, card: KeptCard, title: str, told: str, *, is_lost: bool) -> None:
        if self._card is None:
            self.note_cursor()
        self._card, self._is_lost = card, is_lost
        self.say()
        self._title.setText(title)
        self._told.setText(told)
        for widget in self._asked:
            widget.setVisible(not is_lost)
        act = self._words.text("Report it lost") if is_lost else self._words.text("Save")
        self.act.setText(act)
        self.act.setAccessibleName(act)
        self.show()
        bring_into_view(self)

    def _on_act(self) -> None:
        if self._card is None:
            return
        if self._is_lost:
            self.lost.emit(self._card)
        else:
            self.named.emit(self._card, CardHolder(self.name.text(), self.place.text()))

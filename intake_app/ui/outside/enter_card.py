"""Enters a recipient: their card is read, two of its words are asked on the phone, it is signed."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from intake_app.services.sharing.recipients import CardShown
from intake_app.ui.outside.kinds import KINDS
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class EnterCard(Card):
    """Hidden until a card was read.

    Signals:
        enter_asked: The card, the words as typed (by place), and the record in the directory.
        closed: It was entered or left: the cursor goes back to where it began.

    Attributes:
        words_typed: A line for each covered word, by its place.
        provider: Which service of the directory they are.
        enter: Signs it.
        leave: Does not.
        error: Why it was not entered.
    """

    enter_asked = Signal(object, object, str)
    closed = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Is it really them?"))
        self._words, self._theme = words, theme
        self._shown: CardShown | None = None
        self.words_typed: dict[int, QLineEdit] = {}
        self.provider = Picker()
        self.error = MessageBox(theme, "error")
        self.enter = PrimaryButton(words.text("Enter this recipient"), theme)
        self.enter.setAccessibleName(self.enter.text())
        self.leave = named_button(words.text("Cancel"))
        self._lines, self._which = QVBoxLayout(), QWidget()
        self._lines.setSpacing(theme.px(8))
        which = QVBoxLayout(self._which)
        which.setContentsMargins(0, 0, 0, 0)
        which.addWidget(field_label(words.text("Their entry in the directory"), self.provider))
        which.addWidget(self.provider)
        self.box.addLayout(self._lines)
        self.box.addWidget(self._which)
        self.box.addWidget(self.error)
        self.box.addWidget(ButtonRow(theme.px(8), (self.enter, self.leave)))
        on_press(self.enter, self._on_enter)
        on_press(self.leave, self.close_card)
        self.hide()

    def show_card(self, shown: CardShown, providers: Sequence[tuple[str, str]]) -> None:
        """Ask for the covered words of a card."""
        say = self._words.text
        self._shown = shown
        clear(self._lines)
        self.error.say("")
        kind = say(KINDS[shown.card.kind])
        self._lines.addWidget(words_label(f"{shown.card.name} ({kind})", "label"))
        self._lines.addWidget(muted(say(
            "Call them at a number that you know, not at one that came with the card. They read "
            "eight words to you. Compare six of them, and type the two that are covered here."
        )))  # fmt: skip
        spelled = (word or "____" for word in shown.shown)
        self._lines.addWidget(words_label("  ".join(
            f"{place}. {word}" for place, word in enumerate(spelled, 1)
        )))  # fmt: skip
        self.words_typed = {place: QLineEdit() for place in shown.places}
        for place, edit in self.words_typed.items():
            self._lines.addWidget(field_label(say("Word {number}", number=place), edit))
            self._lines.addWidget(edit)
            edit.returnPressed.connect(self._on_enter)
        self._offer(providers, shown.card.name)
        fields = [*self.words_typed.values(), self.provider, self.enter, self.leave]
        for one, following in pairwise(fields):  # those that came later would be Tab's last
            self.setTabOrder(one, following)
        self.show()
        bring_into_view(self)
        next(iter(self.words_typed.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def fail(self, said: str) -> None:
        """Say why it was not entered; what was typed stays."""
        self.error.say(said)
        bring_into_view(self.error)

    def close_card(self) -> None:
        """Nothing is asked any more."""
        self._shown = None
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def _offer(self, providers: Sequence[tuple[str, str]], name: str) -> None:
        self._which.setVisible(bool(providers))
        self.provider.clear()
        self.provider.addItem(self._words.text("None: the name on the card"), "")
        for record, label in providers:
            self.provider.addItem(label, record)
        same = next((n for n, (_, label) in enumerate(providers, 1) if label == name), 0)
        self.provider.setCurrentIndex(same)

    def _on_enter(self) -> None:
        if self._shown is not None:
            said: Mapping[int, str] = {p: edit.text() for p, edit in self.words_typed.items()}
            self.enter_asked.emit(self._shown, said, str(self.provider.currentData() or ""))

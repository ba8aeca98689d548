"""The recovery cards that stand: who keeps each, when it was checked, what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.domain.recovery_card import KeptCard
from intake_app.ui.button_row import ButtonRow
from intake_app.ui.cards import Card, Chip, clear, make_button, on_press
from intake_app.ui.labels import heading, muted, words_label
from intake_app.ui.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


class ListCard(Card):
    """One block for each card.

    Signals:
        holder_asked: Somebody else keeps this one (a `KeptCard`).
        lost_asked: This one is lost (a `KeptCard`).

    Attributes:
        buttons: By id of the card and act ("holder", "lost").
        said: What each block says, by id of the card.
    """

    holder_asked = Signal(object)
    lost_asked = Signal(object)

    def __init__(self, words: Words, theme: Theme, *, may_keep: bool) -> None:
        super().__init__(words.text("The cards"))
        self._words, self._theme, self._may_keep = words, theme, may_keep
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.said: dict[str, list[str]] = {}
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(theme.px(14))
        self._department = muted("")
        self.box.addLayout(self._blocks)
        self.box.addWidget(self._department)

    def show_cards(self, cards: Sequence[KeptCard], department: Sequence[str]) -> None:
        """Show them anew; the cursor stays at its button."""
        focused = self.window().focusWidget()
        at = next((key for key, button in self.buttons.items() if button is focused), None)
        clear(self._blocks)
        self.buttons, self.said = {}, {}
        for card in cards:
            self._blocks.addWidget(self._block(card))
        if not cards:
            self._blocks.addWidget(words_label(self._words.text("There are no cards.")))
        self._department.setText(self._words.text(
            "The department's words, on each of its cards: {words}", words=" ".join(department)
        ))  # fmt: skip
        if at in self.buttons:
            self.buttons[at].show()  # it is too new to be on screen, and takes no cursor before
            self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _block(self, card: KeptCard) -> QWidget:
        made, title = QWidget(), self._words.text("Card {n}", n=card.number)
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.px(3))
        lines.addWidget(heading(title, 3))
        self.said[card.id] = [title, *self._sentences(card)]
        if card.lost:
            chip = Chip(self._words.text("lost"), "plain")
            lines.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        for sentence in self._sentences(card):
            lines.addWidget(words_label(sentence))
        if self._may_keep:
            lines.addWidget(self._acts(card, title))
        return made

    def _sentences(self, card: KeptCard) -> list[str]:
        say, language = self._words.text, self._words.language
        holder, checked = card.holder, card.checked
        if holder.name and holder.place:
            kept = say("Kept by {name}: {place}", name=holder.name, place=holder.place)
        elif holder.name or holder.place:
            kept = say("Kept by {name}", name=holder.name or holder.place)
        else:
            kept = say("Nobody is named who keeps it.")
        made = say("Made on {day}.", day=short_date(card.made, language))
        if checked is None:
            told = say("Not checked yet.")
        elif card.checked_by:
            told = say(
                "Checked on {day} by {name}.",
                day=short_date(checked, language), name=card.checked_by,
            )  # fmt: skip
        else:
            told = say("Checked on {day}.", day=short_date(checked, language))
        said = [kept, f"{made} {told}"]
        if card.lost:
            day = short_date(card.lost, language)
            said.append(say("Reported lost on {day}. Whoever finds it can open the records until "
                            "new cards are made.", day=day))  # fmt: skip
        return said

    def _acts(self, card: KeptCard, title: str) -> ButtonRow:
        say = self._words.text
        holder = make_button(say("Who keeps it…"), "small")
        holder.setAccessibleName(say("{card}: who keeps it", card=title))
        on_press(holder, lambda: self.holder_asked.emit(card))
        self.buttons[card.id, "holder"] = holder
        if card.lost:
            return ButtonRow(self._theme.px(8), (holder,))
        lost = make_button(say("It is lost…"), "small")
        lost.setAccessibleName(say("{card}: it is lost", card=title))
        on_press(lost, lambda: self.lost_asked.emit(card))
        self.buttons[card.id, "lost"] = lost
        return ButtonRow(self._theme.px(8), (holder, lost))

"""New recovery cards: one on the table, paper, a row read back from each; only then they count.

Two steps in one place. Until the last button nothing has changed, and one may leave at any time.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.recovery_card import CardHolder
from intake_app.services.cards.renewing import PLANS, NewCard
from intake_app.ui.parts.asking_card import AskingCard
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.labels import field_label, heading, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class NewCardsCard(AskingCard):
    """Asks for what is needed, then for proof that the paper can be read.

    Signals:
        begun: Words of the cards on the table, plan, and holders by number.
        print_asked: Print this card (a `NewCard`).
        save_asked: Save it, to be printed elsewhere.
        finished: The last rows, by number.
        given_up: Forget the new cards.

    Attributes:
        table: Words of the cards on the table.
        plans: The two plans, by name.
        names: Who shall keep each new card.
        places: Where.
        begin: Makes them.
        rows: The last row of each, as read from paper.
        outs: The buttons that print and save, by number.
        finish_now: The new cards count.
        give_up: Forgets them.
    """

    begun = Signal(str, str, object)
    print_asked = Signal(object)
    save_asked = Signal(object)
    finished = Signal(object)
    given_up = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Make new cards"), theme, words.text(
            "When a card is lost, somebody who kept one has gone, or you want another plan. You "
            "need a card that you still have. The old cards open nothing any more afterwards."
        ))  # fmt: skip
        self._words, self._theme = words, theme
        self.table = QPlainTextEdit()
        self.names: dict[int, QLineEdit] = {}
        self.places: dict[int, QLineEdit] = {}
        self.rows: dict[int, QLineEdit] = {}
        self.outs: dict[int, tuple[QWidget, QWidget]] = {}
        self.plans = {
            "either": QRadioButton(words.text("Two cards, each opens the records alone")),
            "pairs": QRadioButton(words.text("Three cards, two are needed together")),
        }
        self._group = QButtonGroup(self)
        self.begin = PrimaryButton(words.text("Make the new cards"))
        self.finish_now = PrimaryButton(words.text("The new cards count from now on"))
        self.give_up = named_button(words.text("Leave the old cards as they are"))
        self._ask, self._prove = self._make_ask(), self._make_prove()
        self.box.addWidget(self._ask)
        self.box.addWidget(self._prove)
        self._prove.hide()

    @property
    def plan(self) -> str:
        """The plan that was chosen."""
        return next(name for name, button in self.plans.items() if button.isChecked())

    @property
    def holders(self) -> Mapping[int, CardHolder]:
        """Who shall keep each new card."""
        return {
            n: CardHolder(self.names[n].text().strip(), self.places[n].text().strip())
            for n in range(1, PLANS[self.plan] + 1)
        }

    def show_made(self, cards: Sequence[NewCard]) -> None:
        """They wait to be printed, and for their rows."""
        self.forget_table()
        clear(self._papers)
        self.rows, self.outs = {}, {}
        for card in cards:
            self._papers.addWidget(self._paper(card))
        self._ask.hide()
        self._prove.show()
        first = self.outs[cards[0].number][0]
        first.show()
        first.setFocus()

    def done(self, good: str) -> None:
        """Back to the first step; nothing of any card stays on the page."""
        self.forget()
        self.say(good=good)

    def forget(self) -> None:
        """Empty all fields."""
        self.forget_table()
        clear(self._papers)
        self.rows, self.outs = {}, {}
        for field in (*self.names.values(), *self.places.values()):
            field.clear()
        self._prove.hide()
        self._ask.show()

    def forget_table(self) -> None:
        """The words of the card on the table go, and what could bring them back."""
        self.table.clear()
        self.table.document().clearUndoRedoStacks()

    def _make_ask(self) -> QWidget:
        made, say = QWidget(), self._words.text
        lines = _lines(made)
        self.table.setTabChangesFocus(True)
        self.table.setFixedHeight(self._theme.px(96))
        hint = say("All words in order. Where two cards are needed, type both.")
        self.table.setPlaceholderText(hint)
        lines.addWidget(field_label(say("Words of the card on the table"), self.table, hint))
        lines.addWidget(self.table)
        for button in self.plans.values():
            button.setAccessibleName(button.text())
            self._group.addButton(button)
            button.toggled.connect(self._show_fields)
            lines.addWidget(button)
        self._fields: dict[int, QWidget] = {}
        for n in range(1, max(PLANS.values()) + 1):
            self._fields[n] = self._holder_fields(n)
            lines.addWidget(self._fields[n])
        self.begin.setAccessibleName(self.begin.text())
        on_press(self.begin, self._on_begin)
        lines.addWidget(ButtonRow(self._theme.px(8), (self.begin,)))
        self.plans["either"].setChecked(True)
        return made

    def _holder_fields(self, n: int) -> QWidget:
        made, say = QWidget(), self._words.text
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(10))
        self.names[n], self.places[n] = QLineEdit(), QLineEdit()
        for label, field in (
            (say("Who keeps new card {n}", n=n), self.names[n]),
            (say("Where new card {n} lies", n=n), self.places[n]),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(field_label(label, field))
            column.addWidget(field)
            row.addLayout(column, 1)
        return made

    def _make_prove(self) -> QWidget:
        made, say = QWidget(), self._words.text
        lines = _lines(made)
        lines.addWidget(words_label(say(
            "Print each card. Then read the last row of words from the paper and type it. The old "
            "cards go on until you press the button at the end."
        )))  # fmt: skip
        self._papers = QVBoxLayout()
        self._papers.setSpacing(self._theme.px(14))
        lines.addLayout(self._papers)
        self.finish_now.setAccessibleName(self.finish_now.text())
        on_press(self.finish_now, self._on_finish)
        on_press(self.give_up, self.given_up.emit)
        lines.addWidget(ButtonRow(self._theme.px(8), (self.finish_now, self.give_up)))
        return made

    def _paper(self, card: NewCard) -> QWidget:
        made, say = QWidget(), self._words.text
        lines = _lines(made)
        lines.addWidget(heading(say("New card {n}", n=card.number), 3))
        paper = named_button(say("Print new card {n}", n=card.number))
        save = named_button(say("Save new card {n} as a file", n=card.number))
        on_press(paper, lambda: self.print_asked.emit(card))
        on_press(save, lambda: self.save_asked.emit(card))
        self.outs[card.number] = paper, save
        lines.addWidget(ButtonRow(self._theme.px(8), (paper, save)))
        field = QLineEdit()
        self.rows[card.number] = field
        lines.addWidget(field_label(say("Last row of new card {n}", n=card.number), field))
        lines.addWidget(field)
        lines.addWidget(muted(say("Four words, as they stand on the paper.")))
        return made

    def _show_fields(self) -> None:
        if not hasattr(self, "_fields") or self._group.checkedButton() is None:
            return
        for n, fields in self._fields.items():
            fields.setVisible(n <= PLANS[self.plan])

    def _on_begin(self) -> None:
        self.say()
        typed = self.table.toPlainText().strip()
        if not typed:
            self.say(error=self._words.text("Type the words of a card that you still have."))
            self.table.setFocus()
            return
        self.begun.emit(typed, self.plan, self.holders)

    def _on_finish(self) -> None:
        self.say()
        self.finished.emit({n: field.text() for n, field in self.rows.items()})


def _lines(widget: QWidget) -> QVBoxLayout:
    lines = QVBoxLayout(widget)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(8)
    return lines

"""A table of rows: calls, belongings, people in the home. Each row is a card with its questions."""

import json
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from intake_app.domain.change import Value
from intake_app.domain.form import Answers, Field
from intake_app.domain.ids import new_record_id
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import make_button
from intake_app.ui.parts.icons import icon
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.layouts import PairLayout

ROW = "~row"
"""Key under which a row keeps its record id."""

MakeField = Callable[[Field, Setting], FieldWidget]


class RowCard(QFrame):
    """One row.

    Signals:
        changed: One of its answers changed.

    Attributes:
        id: Record id of the row.
        fields: Its questions by column id.
        remove: Button that takes it away.
    """

    changed = Signal()

    def __init__(self, ident: str, columns: tuple[Field, ...], setting: Setting,
                 make: MakeField) -> None:  # fmt: skip
        super().__init__()
        self.id, self._setting = ident, setting
        self.setObjectName("card")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 10, 16, 14)
        lines.setSpacing(8)
        head = QHBoxLayout()
        self._title = words_label("", "h3")
        head.addWidget(self._title, 1)
        lines.addLayout(head)
        questions = PairLayout(setting.theme.px(14), setting.theme.px(560))
        self.fields: dict[str, FieldWidget] = {}
        for column in columns:
            widget = make(column, setting)
            self.fields[column.id] = widget
            questions.hold(widget)
            widget.changed.connect(self.changed)
        lines.addLayout(questions)
        self.remove = make_button(setting.words.text("Remove"), "small")
        head.addWidget(self.remove)

    def show_number(self, number: int) -> None:
        """Say which row it is, from 1."""
        say = self._setting.words.text
        self._title.setText(say("Row {number}", number=number))
        self.setAccessibleName(say("Row {number}", number=number))
        self.remove.setAccessibleName(say("Remove row {number}", number=number))

    def answers(self) -> Answers:
        """What was answered in this row."""
        given = {ident: widget.value() for ident, widget in self.fields.items()}
        return {ident: value for ident, value in given.items() if value is not None}

    def typed(self) -> dict[str, str]:
        """What was typed in this row and cannot be read."""
        left = {ident: widget.typed() for ident, widget in self.fields.items()}
        return {ident: text for ident, text in left.items() if text}


class RowsField(FieldWidget):
    """Rows of answers. A row without any answer is not kept."""

    def __init__(self, field: Field, setting: Setting, make: MakeField) -> None:
        super().__init__(field, setting)
        self._make = make
        self.cards: list[RowCard] = []
        self.box = self.group()
        self._lines = QVBoxLayout(self.box)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        self.body.addWidget(self.box)
        self.add = make_button(self.words.text("Add row"))
        self.add.setIcon(icon("plus", self.theme.tokens.ink, self.theme.px(18)))
        self.own(self.add, self.words.text("Add row"))
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self._on_added)

    def value(self) -> Value:
        """The answer, or None."""
        rows = [(card.id, card.answers()) for card in self.cards]
        return [{ROW: ident, **given} for ident, given in rows if given] or None

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        for card in list(self.cards):
            self._drop(card)
        for row in value or ():
            card = self._add_card(str(row.get(ROW) or new_record_id()))
            for ident, widget in card.fields.items():
                widget.set_value(row.get(ident))

    def typed(self) -> str:
        """What was typed and cannot be read."""
        left = {card.id: card.typed() for card in self.cards}
        return (
            json.dumps(kept)
            if (kept := {row: cells for row, cells in left.items() if cells})
            else ""
        )

    def set_typed(self, text: str) -> None:
        """Put back what could not be read."""
        self._is_filling = True
        for row, cells in json.loads(text or "{}").items():
            known = next((card for card in self.cards if card.id == row), None)
            card = known or self._add_card(row)
            for ident, typed in cells.items():
                card.fields[ident].set_typed(typed)
        self._is_filling = False

    def complaint(self) -> str:
        """Why it cannot be read."""
        every = (widget.complaint() for card in self.cards for widget in card.fields.values())
        return next((text for text in every if text), "")

    def wears_border(self, _control: object) -> bool:
        """Whether a problem shows as a border."""
        return False

    def cell(self, row: int, column: str) -> FieldWidget | None:
        """The question of a row (by index) and column."""
        return self.cards[row].fields.get(column) if 0 <= row < len(self.cards) else None

    def _on_added(self) -> None:
        card = self._add_card(new_record_id())
        for widget in card.fields.values():
            widget.take_focus()
            break
        self.tell()

    def _add_card(self, ident: str) -> RowCard:
        card = RowCard(ident, self.field.columns, self.setting, self._make)
        self.cards.append(card)
        self._lines.addWidget(card)
        card.show()  # now, so that its first question can take the cursor
        self.setTabOrder(card.remove, self.add)
        card.changed.connect(self.tell)
        card.remove.clicked.connect(lambda: self._on_removed(card))
        self._number()
        return card

    def _on_removed(self, card: RowCard) -> None:
        self._drop(card)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tell()

    def _drop(self, card: RowCard) -> None:
        self.cards.remove(card)
        self._lines.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._number()

    def _number(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.show_number(number)

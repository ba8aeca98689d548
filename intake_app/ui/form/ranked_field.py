"""A question answered by picking and ordering: the first tick is the most important."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.change import Value
from intake_app.domain.form import Choice, Field
from intake_app.domain.text import Text
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import Chip, make_button
from intake_app.ui.parts.icons import icon


class RankedRow(QWidget):
    """One choice: a checkbox, its place, and two buttons to move it.

    Attributes:
        tick: The checkbox.
        up: Makes it more important.
        down: Makes it less important.
    """

    def __init__(self, label: str, setting: Setting) -> None:
        super().__init__()
        say, theme = setting.words.text, setting.theme
        self._say, self._label = say, label
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.tick = QCheckBox(label.replace("&", "&&"))
        self.up = self._arrow("arrow-up", say("Move up: {choice}", choice=label), setting)
        self.down = self._arrow("arrow-down", say("Move down: {choice}", choice=label), setting)
        self._place: QLabel = Chip("", "plain")
        self._place.setMinimumWidth(theme.px(34))
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.addWidget(self._place)
        line.addWidget(self.tick)
        line.addWidget(self.up)
        line.addWidget(self.down)
        line.addStretch(1)

    def show_place(self, place: int, of: int) -> None:
        """Show which place it has (1 is the most important); 0 for not picked."""
        for button, is_possible in ((self.up, place > 1), (self.down, 0 < place < of)):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.setVisible(place > 0 and of > 1)
            button.setEnabled(is_possible)
        self._place.setText(str(place) if place else "")
        told = self._say("Number {place} of {count}", place=place, count=of) if place else ""
        self.tick.setAccessibleDescription(told)

    def _arrow(self, name: str, words: str, setting: Setting) -> QPushButton:
        button = make_button("", "small")
        theme = setting.theme
        button.setIcon(icon(name, theme.tokens.ink, theme.px(18)))
        button.setAccessibleName(words)
        button.setToolTip(words)
        return button


class RankedField(FieldWidget):
    """Pick some and put them in order, by ticking in order or by moving up and down."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self._order: list[str] = []
        self.rows: dict[str, RankedRow] = {}
        self.box = self.group()
        self._lines = QVBoxLayout(self.box)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self.body.addWidget(self.box)
        for choice in field.choices:
            if not choice.is_retired:
                self._add(choice)
        self._show()

    def value(self) -> Value:
        """The answer, or None."""
        return list(self._order) or None

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        self._order = [str(ident) for ident in value or ()]
        for ident in self._order:
            if ident not in self.rows:
                self._add(self.field.choice(ident) or Choice(ident, Text({"en": ident})))
        for ident, row in self.rows.items():
            row.tick.setChecked(ident in self._order)
        self._show()

    def wears_border(self, _control: QWidget) -> bool:
        """Whether a problem shows as a border."""
        return False

    def _add(self, choice: Choice) -> None:
        label = choice.label.said_in(self.words.language)
        row = RankedRow(label, self.setting)
        self.own(row.tick, label)
        self.rows[choice.id] = row
        self._lines.addWidget(row)
        row.tick.toggled.connect(partial(self._on_ticked, choice.id))
        row.up.clicked.connect(lambda _=False, ident=choice.id: self._move(ident, -1))
        row.down.clicked.connect(lambda _=False, ident=choice.id: self._move(ident, +1))

    def _on_ticked(self, ident: str, is_on: bool) -> None:
        if self._is_filling:
            return
        self._order = [i for i in self._order if i != ident] + ([ident] if is_on else [])
        self._show()
        self.tell()

    def _move(self, ident: str, by: int) -> None:
        at = self._order.index(ident)
        to = at + by
        if not 0 <= to < len(self._order):
            return
        self._order[at], self._order[to] = self._order[to], self._order[at]
        row = self.rows[ident]
        row.tick.setFocus()
        self._show()
        keep = row.up if by < 0 else row.down
        (keep if keep.isEnabled() else row.tick).setFocus()
        self.tell()

    def _show(self) -> None:
        for ident, row in self.rows.items():
            place = self._order.index(ident) + 1 if ident in self._order else 0
            row.show_place(place, len(self._order))

"""One difference: the question, each answer with who wrote it and when, side by side."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
)

from intake_app.domain.dispute import Sort
from intake_app.services.disputes.settling import KEEP, Answer
from intake_app.services.disputes.words import Entry, Told
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import Card, Chip, clear, named_button, on_press
from intake_app.ui.parts.labels import field_label, heading, muted, words_label
from intake_app.ui.parts.names import NameSwitch

if TYPE_CHECKING:
    from intake_app.ui.form.field_widget import FieldWidget

HIDDEN: Final = "•••••"
"""Stands for an answer that says who somebody is, until "Show names"."""

_THIRD: Final = "third"
_COLUMNS: Final = 2
_LARGE: Final = 1.3


class DifferenceCard(Card):
    """The card; nothing is chosen until somebody chooses.

    Signals:
        chosen: Another answer was chosen, or something was typed.
        opened: Open a record (its id), where entries are records.

    Attributes:
        choices: The buttons by entry; a third answer and "it stays" are among them.
        why: Why, in words.
        typed: Where a third answer is typed; None: it cannot be.
    """

    chosen = Signal()
    opened = Signal(str)

    def __init__(self, setting: Setting, names: NameSwitch) -> None:
        super().__init__()
        self._setting, self._words, self._names = setting, setting.words, names
        self._told: Told | None = None
        self._left: dict[tuple[str, str], tuple[str, str, object]] = {}
        self.choices: dict[str, QRadioButton] = {}
        self.typed: FieldWidget | None = None
        self._group = QButtonGroup(self)
        self.box.setSpacing(setting.theme.px(10))
        names.changed.connect(self._on_names)

    def show_told(self, told: Told) -> None:
        """Show a difference; what was chosen and typed for it before is there again."""
        kept = self._kept(told)
        self._told = told
        clear(self.box)
        self._group.deleteLater()
        self._group, self.choices, self.typed = QButtonGroup(self), {}, None
        self._add_head(told)
        grid = QGridLayout()
        grid.setSpacing(self._setting.theme.px(12))
        columns = _COLUMNS if self._setting.theme.scale < _LARGE else 1
        for n, entry in enumerate(told.entries):
            grid.addWidget(self._entry(told, entry), n // columns, n % columns)
        self.box.addLayout(grid)
        if told.waits_for:
            self.box.addWidget(words_label(told.waits_for, "label"))
        self._add_more(told)
        self._put_back(kept)

    def answer(self) -> Answer | None:
        """What was chosen, once it is whole; None before."""
        told, chosen = self._told, self._chosen()
        if told is None or not chosen or (told.is_identity and not self._names.is_on):
            return None
        note = self.why.text().strip()
        if told.needs_note and not note:
            return None
        if chosen != _THIRD:
            return Answer(chosen, note=note)
        if self.typed is None or self.typed.complaint() or self.typed.value() is None:
            return None
        return Answer(value=self.typed.value(), note=note)

    # --- making -----------------------------------------------------------------------------

    def _add_head(self, told: Told) -> None:
        line = QHBoxLayout()
        line.addWidget(muted(told.number, wraps=False))
        line.addStretch(1)
        if told.dispute.rule.stops:
            line.addWidget(Chip(self._words.text("No papers until this is settled"), "late"))
        self.box.addLayout(line)
        self.box.addWidget(heading(told.question, 2))
        self.box.addWidget(muted(told.says))

    def _entry(self, told: Told, entry: Entry) -> QFrame:
        words, frame = self._words, QFrame()
        frame.setObjectName("row")
        lines = QVBoxLayout(frame)
        is_hidden = told.is_identity and not self._names.is_on
        said = HIDDEN if is_hidden else entry.said
        who = words.text("{who}, {when}", who=entry.who, when=entry.when)
        lines.addWidget(words_label(said, "label"))
        lines.addWidget(muted(who))
        lines.addWidget(muted(words.text("Written on {place}", place=entry.where)))
        lines.addStretch(1)
        if told.dispute.sort is Sort.NUMBER:
            look = named_button(words.text("Open this record"), "small")
            look.setAccessibleName(f"{look.text()}: {said}, {who}")
            on_press(look, partial(self.opened.emit, entry.id))
            lines.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
        if told.may_settle and entry.can_hold:
            chosen = self._choice(entry.id, words.text("This one holds"), f"{said}, {who}")
            lines.addWidget(chosen)
        return frame

    def _choice(self, ident: str, said: str, spoken: str) -> QRadioButton:
        made = QRadioButton(said)
        made.setAccessibleName(spoken)
        made.setEnabled(not (self._told and self._told.is_identity and not self._names.is_on))
        self._group.addButton(made)
        self.choices[ident] = made
        made.toggled.connect(partial(self._on_toggled, ident))
        return made

    def _add_more(self, told: Told) -> None:
        words = self._words
        self.why = QLineEdit()
        if not told.may_settle:
            return
        if told.is_identity and not self._names.is_on:
            self.box.addWidget(words_label(words.text("Show names to choose one."), "label"))
        if told.dispute.sort is Sort.TAKEN_OUT:
            said = words.text("It stays in the lists")
            self.box.addWidget(self._choice(KEEP, said, said))
        if told.asks is not None:
            said = words.text("Another answer")
            self.box.addWidget(self._choice(_THIRD, said, said))
            self.typed = make_field(told.asks, self._setting)
            self.typed.hide()
            self.typed.changed.connect(self.chosen)
            self.box.addWidget(self.typed)
        label = words.text("Why") if told.needs_note else words.text("Why, if you want to say it")
        self.box.addWidget(field_label(label, self.why))
        self.box.addWidget(self.why)
        self.why.textChanged.connect(self.chosen)

    # --- what was chosen --------------------------------------------------------------------

    def _chosen(self) -> str:
        return next((ident for ident, one in self.choices.items() if one.isChecked()), "")

    def _kept(self, told: Told) -> tuple[str, str, object]:
        """What was chosen and typed for this difference before, also if others came between."""
        if self._told is not None:
            typed = self.typed.value() if self.typed else None
            self._left[_key(self._told)] = self._chosen(), self.why.text(), typed
        return self._left.get(_key(told), ("", "", None))

    def _put_back(self, kept: tuple[str, str, object]) -> None:
        chosen, note, typed = kept
        if chosen in self.choices and self.choices[chosen].isEnabled():
            self.choices[chosen].setChecked(True)
        self.why.setText(note)
        if self.typed is not None and typed is not None:
            self.typed.set_value(typed)

    def _on_toggled(self, ident: str, is_on: bool) -> None:
        if ident == _THIRD and self.typed is not None:
            self.typed.setVisible(is_on)
            if is_on:
                self.typed.take_focus()
        if is_on:
            self.chosen.emit()

    def _on_names(self, _is_on: bool) -> None:
        if self._told is not None:
            self.show_told(self._told)
            self.chosen.emit()


def _key(told: Told) -> tuple[str, str]:
    return told.dispute.record, told.dispute.name

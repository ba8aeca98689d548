"""Which words of a table mean which choices of the form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from intake_app.domain.import_mapping import LEAVE_EMPTY, ImportMapping, plain_word
from intake_app.services.imports.plan import Column
from intake_app.services.imports.shape import Shape
from intake_app.ui.parts.cards import Card, clear
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_MOST = 40
"""Words of one column that are shown; what has more is no list of choices."""

_LETTERS: Final = 60
"""Of a word that are shown."""

_OPEN: Final = "~open"
_EMPTY: Final = "~empty"

Found: TypeAlias = "tuple[str, int, str | None]"
"""A word, how often it stands there, and its code."""


class WordsCard(Card):
    """The words of each column that takes choices; those without one come first.

    Signals:
        changed: Somebody matched a word (an `ImportMapping`).

    Attributes:
        pickers: By column heading and word.
    """

    changed = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Words"), words.text("What does it mean?"))
        self._words, self._theme = words, theme
        self._shape: Shape | None = None
        self.pickers: dict[tuple[str, str], Picker] = {}
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 4)
        self._grid.setHorizontalSpacing(theme.px(14))
        self.box.addLayout(self._grid)

    def show_shape(self, shape: Shape) -> None:
        """Show the words that have no choice yet, and those that somebody matched."""
        asked = {one.heading: self._asked(one, shape) for one in shape.plan.columns}
        known = {(head, found[0]) for head, some in asked.items() for found in some[:_MOST]}
        is_same = known == set(self.pickers) and self._is_of(shape)
        self._shape = shape
        if is_same:  # who chooses by keys stays where they are
            for head, some in asked.items():
                for word, _, code in some[:_MOST]:
                    _choose(self.pickers[head, word], code)
        else:
            self._fill(shape, asked)
        self.setVisible(bool(self.pickers))

    def _is_of(self, shape: Shape) -> bool:
        """Whether the columns that are shown still fill the same."""
        before = self._shape.plan.columns if self._shape else ()
        now = [(one.heading, one.target) for one in shape.plan.columns]
        return [(one.heading, one.target) for one in before] == now

    def _fill(self, shape: Shape, asked: Mapping[str, Sequence[Found]]) -> None:
        clear(self._grid)
        self.pickers = {}
        for column in shape.plan.columns:
            self._add_column(column, asked[column.heading])

    def _asked(self, column: Column, shape: Shape) -> list[Found]:
        """The words of a column that are asked for; what is open comes first."""
        own = self._own_words(column, shape)
        some = [
            found for found in shape.words.get(column.place, ())
            if found[2] is None or plain_word(found[0]) in own
        ]  # fmt: skip
        return sorted(some, key=lambda found: found[2] is not None)

    def _add_column(self, column: Column, asked: Sequence[Found]) -> None:
        if not asked:
            return
        line = self._grid.rowCount()
        self._grid.addWidget(heading(column.heading, 3), line, 0, 1, 3)
        for n, found in enumerate(asked[:_MOST], line + 1):
            self._add_word(n, column, found)
        if len(asked) > _MOST:
            more = self._words.text(
                "There are many more. Perhaps this column holds no choices: leave it out, or choose"
                " something else for it."
            )
            self._grid.addWidget(muted(more), self._grid.rowCount(), 0, 1, 3)

    @staticmethod
    def _own_words(column: Column, shape: Shape) -> set[str]:
        """Words that somebody matched: they stay, so that they can be matched otherwise."""
        found = shape.plan.mapping.column(column.target.id)
        known = set(column.target.codes_by_word())
        return {plain_word(word) for word in (found.codes if found else {})} - known

    def _add_word(self, line: int, column: Column, found: Found) -> None:
        word, times, code = found
        say, picker = self._words.text, Picker()
        picker.let_shrink(18)
        picker.setAccessibleName(
            say("What “{word}” in “{column}” means", word=_clipped(word), column=column.heading)
        )
        picker.addItem(say("Choose…"), _OPEN)
        picker.addItem(say("Says nothing"), _EMPTY)
        for choice in column.target.choices:
            picker.addItem(choice.label.said_in(self._words.language), choice.id)
        _choose(picker, code)
        picker.activated.connect(self._on_chosen)
        count = self._words.plural("{n} row", "{n} rows", times)
        self._grid.addWidget(words_label(_clipped(word)), line, 0)
        self._grid.addWidget(muted(count), line, 1)
        self._grid.addWidget(picker, line, 2)
        self.pickers[column.heading, word] = picker

    def _on_chosen(self) -> None:
        if self._shape is not None:
            self.changed.emit(self._mapping(self._shape))

    def _mapping(self, shape: Shape) -> ImportMapping:
        columns = list(shape.plan.mapping.columns)
        for column in shape.plan.columns:
            said = {
                word: LEAVE_EMPTY if picker.currentData() == _EMPTY else str(picker.currentData())
                for (name, word), picker in self.pickers.items()
                if name == column.heading and picker.currentData() != _OPEN
            }
            for n, one in enumerate(columns):
                if one.target == column.target.id and said:
                    columns[n] = replace(one, codes={**one.codes, **said})
        return replace(shape.plan.mapping, columns=tuple(columns))


def _choose(picker: Picker, code: str | None) -> None:
    wanted = _OPEN if code is None else _EMPTY if code == LEAVE_EMPTY else code
    picker.setCurrentIndex(max(0, picker.findData(wanted)))


def _clipped(word: str) -> str:
    return word if len(word) <= _LETTERS else f"{word[:_LETTERS]}…"

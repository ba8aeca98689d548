"""A grid that is keyed by keyboard alone, a line at a time, and saved in one go."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from intake_app.domain.ids import RecordId
from intake_app.ui.grids.tables import RowTable
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

HIDDEN: Final = "•••"

_NOWHERE = QModelIndex()
_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
Index = QModelIndex | QPersistentModelIndex


class KeyedModel(QAbstractTableModel):
    """Lines with what was keyed and is not saved yet.

    Attributes:
        lines: What waits to be keyed.
        keyed: What was keyed, by record; it stays until it is saved.
        refused: Why it was not saved, by record.
    """

    def __init__(self, words: Words, heads: Sequence[str]) -> None:
        super().__init__()
        self._words, self._heads = words, heads
        self._has_names = False
        self.lines: Sequence[Any] = ()
        self.keyed: dict[RecordId, Any] = {}
        self.refused: dict[RecordId, str] = {}

    # --- what each grid says itself -----------------------------------------------------------

    def record_of(self, row: int) -> RecordId:
        """The record that a line is keyed for."""
        raise NotImplementedError

    def cells(self, row: int) -> Sequence[str]:
        """The words of a line."""
        raise NotImplementedError

    # --- keying -------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def show_names(self, on: bool) -> None:
        """Show or hide names."""
        self._has_names = on
        self._say_again()

    def key(self, ident: RecordId, said: object) -> None:
        """Key what is said of a record; what was keyed before is replaced."""
        self.keyed[ident] = said
        self.refused.pop(ident, None)
        self._say_again()

    def clear(self, row: int) -> None:
        """Take back what was keyed for a line."""
        ident = self.record_of(row)
        self.keyed.pop(ident, None)
        self.refused.pop(ident, None)
        self._say_again()

    def _say_again(self) -> None:
        if self.lines:
            last = self.index(len(self.lines) - 1, len(self._heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # --- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The words of a cell."""
        if role not in (_DISPLAY, _TIP) or not index.isValid():
            return None
        return self.cells(index.row())[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """The head of a column."""
        is_head = orientation == Qt.Orientation.Horizontal and role == _DISPLAY
        return self._words.text(self._heads[section]) if is_head else None


class KeyedGrid(RowTable):
    """The grid. Arrow keys go from line to line, a letter keys one, Backspace takes it back.

    Signals:
        keyed: A line (row) was keyed as this (what the letter stands for).
        cleared: What was keyed for a line (row) is taken back.

    Args:
        name: Its accessible name.
        model: The lines.
        theme: Of the window.
        letters: The letter of each answer.
        widths: Of the columns; the last one takes what is left.
        empty: What it says where there are no lines.
    """

    keyed = Signal(int, object)
    cleared = Signal(int)

    def __init__(
        self, name: str, model: KeyedModel, theme: Theme, letters: Mapping[Any, str],
        widths: Sequence[int], empty: str,
    ) -> None:  # fmt: skip
        super().__init__(name, model, theme, empty)
        self.set_widths([theme.px(width) for width in widths], len(widths) - 1)
        self._answers = {letter: answer for answer, letter in letters.items()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter keys the marked line."""
        row = self.currentIndex().row()
        answer = self._answers.get(event.text().upper())
        if row >= 0 and answer is not None and not _has_command(event):
            self.keyed.emit(row, answer)
        elif row >= 0 and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.cleared.emit(row)
        else:
            super().keyPressEvent(event)


def _has_command(event: QKeyEvent) -> bool:
    """Whether it is a shortcut and no letter."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & held)

"""A table of told numbers: read by arrows, opened row by row."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from intake_app.services.measures.tabling import Line, Table
from intake_app.ui.grids.tables import RowTable
from intake_app.ui.parts.theme import BASE_PX, Theme
from intake_app.words import Words

_NOWHERE = QModelIndex()
MOST_ROWS: Final = 14
"""Rows shown without scrolling."""

_NUMBER: Final = 130
_LEAST: Final = 110
_MOST: Final = 330
"""Widths of columns, at 100 %."""

_LOOKED_AT: Final = 200

Index = QModelIndex | QPersistentModelIndex


class ToldModel(QAbstractTableModel):
    """The words of a table; what is not shown is paler, sums are bold."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme, self._hidden = theme, words.text("not shown")
        self._warning, self._is_words = "", False
        self.table = Table("", (), ())

    def show_table(self, table: Table, warning: str, *, is_words: bool) -> None:
        """Show another table; with a warning, each row is read out with it."""
        self.beginResetModel()
        self.table, self._warning, self._is_words = table, warning, is_words
        self.endResetModel()

    def line_at(self, index: Index) -> Line | None:
        """The row behind an index."""
        is_there = index.isValid() and index.row() < len(self.table.lines)
        return self.table.lines[index.row()] if is_there else None

    # --- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.table.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.table.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The words of a cell and how they look."""
        line = self.line_at(index)
        if line is None:
            return None
        text = (line.head, *line.cells)[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = (self._warning, line.head, self.table.heads[index.column()], text)
            return ", ".join(dict.fromkeys(part for part in told if part))
        return self._look(line, text, index.column(), role)

    def _look(self, line: Line, text: str, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and column and not self._is_words:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and text == self._hidden:
            return QColor(self._theme.tokens.mute)
        if role == Qt.ItemDataRole.FontRole and line.is_sum:
            font = QFont("Source Sans 3")
            font.setPixelSize(self._theme.px(BASE_PX))
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """The head of a column."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.table.heads):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.table.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section and not self._is_words:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class ToldTable(RowTable):
    """The table; it is as high as its rows, up to a page."""

    def __init__(self, theme: Theme, words: Words, most_rows: int = MOST_ROWS) -> None:
        self.told = ToldModel(theme, words)
        super().__init__(words.text("Table of these numbers"), self.told, theme, "")
        self._theme, self._most = theme, most_rows

    def show_table(
        self, table: Table, warning: str = "", widths: Sequence[int] = ()
    ) -> None:  # fmt: skip
        """Show another table.

        Args:
            table: What it says.
            warning: "Not for release", or empty.
            widths: Of columns of words, at 100 %; 0 takes what is left. Empty: of numbers, which
                stand at the right.
        """
        self.told.show_table(table, warning, is_words=bool(widths))
        self.setAccessibleName(". ".join(part for part in (warning, table.title) if part))
        rows = min(len(table.lines), self._most)
        head = self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height()  # where it is narrow, it takes a line
        self.setFixedHeight(head + rows * self._theme.px(40) + bar)
        if table.heads:
            wanted = [self._theme.px(one or _LEAST) for one in widths]
            numbers = [self._wide_enough(table, column) for column in range(len(table.heads))]
            self.set_widths(wanted or numbers, widths.index(0) if 0 in widths else 0)

    def _wide_enough(self, table: Table, column: int) -> int:
        """A column of numbers in which nothing has to be cut off, where the page is wide enough."""
        if not column:
            return self._theme.px(_NUMBER)
        cells = [line.cells[column - 1] for line in table.lines[:_LOOKED_AT]]
        metrics = self.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, (table.heads[column], *cells)), default=0)
        least, most = self._theme.px(_LEAST), self._theme.px(_MOST)
        return min(max(widest + self._theme.px(48), least), most)

"""A table whose rows are all here: heads, rows, and the words of a row's cells."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
RowT = TypeVar("RowT")

_NOWHERE = QModelIndex()
_SHOWN = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole))


class WordTable(QAbstractTableModel, Generic[RowT]):
    """Rows as words; a cell that is cut says all of its words under the mouse.

    Attributes:
        rows: What is shown.
    """

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self.rows: Sequence[RowT] = ()

    @abstractmethod
    def cells(self, row: RowT) -> Sequence[str]:
        """The words of a row, one for each head."""

    def show_rows(self, rows: Sequence[RowT]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _SHOWN[0]
    ) -> str | None:  # fmt: skip
        """Words of the header."""
        is_head = orientation is Qt.Orientation.Horizontal and role == _SHOWN[0]
        return self._heads[section] if is_head else None

    def data(self, index: Index, role: int = _SHOWN[0]) -> str | None:
        """Words of a cell."""
        if role not in _SHOWN or not index.isValid():
            return None
        return self.cells(self.rows[index.row()])[index.column()]

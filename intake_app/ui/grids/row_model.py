"""A table over a hundred thousand rows: an order of keys, and pages of rows read when seen."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from intake_app.domain.listing import Row
from intake_app.ui.parts.background import Background

PAGE = 200
"""Rows read at a time."""

KEPT_PAGES = 60
"""Pages held in memory; the oldest goes first."""

_NOWHERE = QModelIndex()
_WAITING = "…"
_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)

Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractTableModel):
    """Rows by position. A page that is not here yet shows "…" until the worker brings it.

    Signals:
        page_came: This page (number) is shown now.
    """

    page_came = Signal(int)

    def __init__(
        self,
        heads: Sequence[str],
        cells: Callable[[Row], Sequence[str]],
        read: Callable[[Sequence[int]], Sequence[Row]],
        background: Background,
    ) -> None:
        """Prepare an empty table.

        Args:
            heads: Words of the header.
            cells: The words of a row, one for each head.
            read: Reads rows by their keys; called on the worker.
            background: The door to it.
        """
        super().__init__()
        self._heads, self._cells, self._read, self._background = heads, cells, read, background
        self._keys: Sequence[int] = ()
        self._pages: dict[int, Sequence[Row]] = {}
        self._said: dict[int, Sequence[str]] = {}  # cells by place; only of rows that were seen
        self._asked: set[int] = set()
        self._order = 0

    def show_order(self, keys: Sequence[int], first: Sequence[Row] = ()) -> None:
        """Show these keys in this order; whatever was read before is forgotten.

        Args:
            keys: All positions.
            first: The first page, where it was read already.
        """
        whole = min(PAGE, len(keys))
        known = [row.n for row in first] == list(keys[:whole])
        self._show(keys, first if known else ())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows that are here already (what a search found, or the first page of a list)."""
        self._show([row.n for row in rows], rows)

    def _show(self, keys: Sequence[int], rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._order += 1
        self._keys = keys
        self._asked.clear()
        self._said.clear()
        self._pages = {
            start // PAGE: rows[start : start + PAGE] for start in range(0, len(rows), PAGE)
        }
        self.endResetModel()

    def say_again(self) -> None:
        """Make the words of all rows anew: names were shown or hidden."""
        self._said.clear()
        if self._keys:
            last = self.index(len(self._keys) - 1, len(self._heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row_at(self, index: Index) -> Row | None:
        """The row behind an index, if it is here."""
        page, offset = divmod(index.row(), PAGE)
        rows = self._pages.get(page)
        return rows[offset] if rows and offset < len(rows) else None

    # --- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows there are, read or not."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The words of a cell; asks for its page where it is not here."""
        if role not in (_DISPLAY, _TIP) or not index.isValid():
            return None
        said = self._said.get(index.row()) or self._say(index)
        if said:
            return said[index.column()]
        is_coming = index.row() // PAGE in self._asked
        return _WAITING if is_coming and role == _DISPLAY else None

    def _say(self, index: Index) -> Sequence[str]:
        """The cells of a row; none while its page is read, or where the row is gone since."""
        row = self.row_at(index)
        if row is not None:
            said = self._said[index.row()] = self._cells(row)
            return said
        if index.row() // PAGE not in self._pages:
            self._ask(index.row() // PAGE)
        return ()

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401
        """The head of a column."""
        is_head = orientation == Qt.Orientation.Horizontal
        if is_head and role == Qt.ItemDataRole.DisplayRole and section < len(self._heads):
            return self._heads[section]
        return None

    # --- pages --------------------------------------------------------------------------------

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        order, keys = self._order, self._keys[page * PAGE : (page + 1) * PAGE]
        self._background.run(
            lambda: self._read(keys), lambda rows: self._on_page(order, page, rows)
        )

    def _on_page(self, order: int, page: int, rows: Sequence[Row]) -> None:
        if order != self._order:
            return
        self._asked.discard(page)
        while len(self._pages) >= KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
            self._said.clear()
        self._pages[page] = rows
        first = page * PAGE
        last = min(first + PAGE, len(self._keys)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._heads) - 1))
        self.page_came.emit(page)

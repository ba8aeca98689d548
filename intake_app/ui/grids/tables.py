"""How a table looks and behaves everywhere: rows of one height, chosen whole, opened by Enter."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip

from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.labels import muted, tip_of
from intake_app.ui.parts.theme import Theme

_SHRUNK: Final = 0.6
"""How much of its width the column keeps that takes what is left."""


class RowTable(QTableView):
    """A table to read and open from; Tab leaves it.

    Signals:
        row_opened: Enter or a double click on a row.
        row_chosen: Another row is marked.

    Args:
        name: Its accessible name.
        model: Its rows.
        theme: Of the window.
        empty: What it says once it was read and holds nothing.

    Attributes:
        empty: The words that it says then.
    """

    row_opened = Signal(QModelIndex)
    row_chosen = Signal(QModelIndex)

    def __init__(self, name: str, model: QAbstractItemModel, theme: Theme, empty: str) -> None:
        super().__init__()
        self.empty = muted(empty)
        self.empty.setParent(self.viewport())
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()
        self._stretched, self._least = -1, 0
        self.setAccessibleName(name)
        self.setModel(model)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # ResizeToContents takes 29 s
        rows.setDefaultSectionSize(theme.px(40))
        rows.hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.doubleClicked.connect(self.row_opened)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._say_whether_empty)

    def say_empty(self, text: str) -> None:
        """Say something else where it holds nothing."""
        self.empty.setText(text)
        self._say_whether_empty()

    def _say_whether_empty(self) -> None:
        """An empty frame would leave open whether anything was read."""
        is_empty = self.model().rowCount() == 0
        is_new = is_empty and self.empty.isHidden()
        self.empty.setVisible(is_empty)
        self.setAccessibleDescription(self.empty.text() if is_empty else "")
        if is_new and self.isVisible():
            announce(self, self.empty.text())

    def _on_current(self, now: QModelIndex) -> None:
        self.row_chosen.emit(now)

    def set_widths(self, widths: Sequence[int], stretched: int) -> None:
        """Widths in pixels, wider where a heading needs it; one column takes what is left.

        Where little is left, that column keeps most of its width and the table scrolls sideways.
        """
        header = self.horizontalHeader()
        header.setMinimumSectionSize(min(widths))
        for column, width in enumerate(widths):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, self._wide(column, width))
        self._stretched = stretched
        self._least = self._wide(stretched, round(widths[stretched] * _SHRUNK))
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out again."""
        super().resizeEvent(event)
        self._share_room()
        self.empty.setGeometry(self.viewport().rect())

    def viewportEvent(self, event: QEvent) -> bool:
        """The pointer over words that are cut off shows them whole."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            said, needed = str(index.data() or ""), self.sizeHintForIndex(index).width()
            is_cut = index.isValid() and needed > self.visualRect(index).width()
            QToolTip.showText(event.globalPos(), tip_of(said) if is_cut else "", self)
            return True
        return super().viewportEvent(event)

    def _wide(self, column: int, width: int) -> int:
        """A width that holds the heading, too, unless that is very long."""
        return max(width, min(self.horizontalHeader().sectionSizeHint(column), width * 2))

    def _share_room(self) -> None:
        if self._stretched < 0:
            return
        header = self.horizontalHeader()
        others = (n for n in range(header.count()) if n != self._stretched)
        left = self.viewport().width() - sum(header.sectionSize(n) for n in others)
        modes = QHeaderView.ResizeMode
        wanted = modes.Stretch if left >= self._least else modes.Interactive
        if header.sectionResizeMode(self._stretched) != wanted:
            header.setSectionResizeMode(self._stretched, wanted)
        if wanted == modes.Interactive and header.sectionSize(self._stretched) != self._least:
            header.resizeSection(self._stretched, self._least)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the marked row."""
        is_enter = event.type() == QEvent.Type.KeyPress and event.key() in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter,
        )  # fmt: skip
        if is_enter and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

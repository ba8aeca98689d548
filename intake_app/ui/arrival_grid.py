"""The grid of expected arrivals: keyed by keyboard alone, a line at a time."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from intake_app.domain.ids import RecordId
from intake_app.services.arrivals import Arrival, Known, Tick
from intake_app.ui.tables import RowTable
from intake_app.ui.theme import Theme
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

HEADS: Final = (
    mark("Line"), mark("Report by"), mark("Number"), mark("Name"), mark("So far"), mark("Note"),
)  # fmt: skip
WIDTHS: Final = (60, 190, 180, 180, 220, 200)
_NOTE: Final = 5
_HIDDEN: Final = "•••"

KNOWN: Final[Mapping[Known, str]] = {
    Known.WAITED_FOR: mark("Expected"),
    Known.ARRIVED: mark("Arrived"),
    Known.NO_SHOW: mark("Did not come"),
    Known.RESCHEDULED: mark("New time"),
}
KEY_OF: Final[Mapping[Known, str]] = {
    Known.ARRIVED: "A", Known.NO_SHOW: "N", Known.RESCHEDULED: "R",
}  # fmt: skip

_NOWHERE = QModelIndex()
_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
Index = QModelIndex | QPersistentModelIndex
Ticks: TypeAlias = dict[RecordId, Tick]
Reasons: TypeAlias = dict[RecordId, str]


class ArrivalModel(QAbstractTableModel):
    """Lines with what was keyed and is not saved yet.

    Attributes:
        lines: What is expected.
        ticks: What was keyed, by case; it stays until it is saved.
        refused: Why a tick was not saved, by case.
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._has_names = False
        self.lines: Sequence[Arrival] = ()
        self.ticks: Ticks = {}
        self.refused: Reasons = {}

    def show_lines(self, lines: Sequence[Arrival]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def show_names(self, on: bool) -> None:
        """Show or hide names."""
        self._has_names = on
        self.say_again()

    def tick(self, row: int, what: Known, moment: str = "") -> None:
        """Key a line; what was keyed before is replaced."""
        case = self.lines[row].case
        self.ticks[case] = Tick(case, what, moment)
        self.refused.pop(case, None)
        self.say_again()

    def clear(self, row: int) -> None:
        """Take back what was keyed for a line."""
        case = self.lines[row].case
        self.ticks.pop(case, None)
        self.refused.pop(case, None)
        self.say_again()

    def say_again(self) -> None:
        """Make the words of all lines anew."""
        if self.lines:
            last = self.index(len(self.lines) - 1, len(HEADS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # --- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The words of a cell."""
        if role not in (_DISPLAY, _TIP) or not index.isValid():
            return None
        return self._cells(index.row())[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """The head of a column."""
        is_head = orientation == Qt.Orientation.Horizontal and role == _DISPLAY
        return self._words.text(HEADS[section]) if is_head else None

    def _cells(self, row: int) -> tuple[str, ...]:
        line, words = self.lines[row], self._words
        return (
            str(row + 1),
            moment_in_words(line.report_by, words.language),
            line.number,
            line.name if self._has_names else _HIDDEN,
            self._said(line),
            self.refused.get(line.case, ""),
        )

    def _said(self, line: Arrival) -> str:
        words, tick = self._words, self.ticks.get(line.case)
        what = tick.what if tick else line.known
        moment = tick.moment if tick else line.moved_to
        said = words.text(KNOWN[what])
        if moment:
            when = moment_in_words(moment, words.language)
            said = words.text("{what}: {when}", what=said, when=when)
        return words.text("{what} (not saved)", what=said) if tick else said


class ArrivalGrid(RowTable):
    """The grid. Arrow keys go from line to line, letters tick, Backspace takes back.

    Signals:
        ticked: A line (row) was keyed as this (`Known`).
        cleared: What was keyed for a line (row) is taken back.
    """

    ticked = Signal(int, object)
    cleared = Signal(int)

    def __init__(self, name: str, model: ArrivalModel, theme: Theme) -> None:
        super().__init__(name, model, theme)
        self.set_widths([theme.px(width) for width in WIDTHS], _NOTE)
        self._known = {key: known for known, key in KEY_OF.items()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter ticks the marked line."""
        row = self.currentIndex().row()
        known = self._known.get(event.text().upper())
        if row >= 0 and known is not None and not _has_command(event):
            self.ticked.emit(row, known)
        elif row >= 0 and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.cleared.emit(row)
        else:
            super().keyPressEvent(event)


def _has_command(event: QKeyEvent) -> bool:
    """Whether it is a shortcut and no letter."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & held)

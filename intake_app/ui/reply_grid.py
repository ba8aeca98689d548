"""The grid of reply slips: one line for each referral that waits for its provider's word."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from intake_app.domain.ids import RecordId
from intake_app.services.reply_slips import Answer, Slip, Waiting
from intake_app.ui.folder.referral_words import STATUS
from intake_app.ui.tables import RowTable
from intake_app.ui.theme import Theme
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words, short_day

HEADS: Final = (
    mark("Number"), mark("Provider"), mark("Name"), mark("Waiting since"), mark("So far"),
    mark("Note"),
)  # fmt: skip
WIDTHS: Final = (150, 230, 170, 130, 230, 160)
_NOTE: Final = 5
_HIDDEN: Final = "•••"

SAID: Final[Mapping[Answer, str]] = {
    Answer.ACCEPTED: mark("Accepted"),
    Answer.WAIT_LIST: mark("Wait list"),
    Answer.NOT_ACCEPTED: mark("Not accepted"),
    Answer.CAME: mark("Came"),
    Answer.DID_NOT_COME: mark("Did not come"),
    Answer.OTHER_SERVICE: mark("Needs another service"),
}
KEY_OF: Final[Mapping[Answer, str]] = {
    Answer.ACCEPTED: "A", Answer.WAIT_LIST: "W", Answer.NOT_ACCEPTED: "N", Answer.CAME: "C",
    Answer.DID_NOT_COME: "D", Answer.OTHER_SERVICE: "O",
}  # fmt: skip

_NOWHERE = QModelIndex()
_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
Index = QModelIndex | QPersistentModelIndex


class ReplyModel(QAbstractTableModel):
    """Lines with what was keyed and is not saved yet.

    Attributes:
        lines: What waits.
        slips: What was keyed, by referral; it stays until it is saved.
        refused: Why a slip was not saved, by referral.
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._has_names = False
        self.lines: Sequence[Waiting] = ()
        self.slips = dict[RecordId, Slip]()
        self.refused = dict[RecordId, str]()

    def show_lines(self, lines: Sequence[Waiting]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def show_names(self, on: bool) -> None:
        """Show or hide names."""
        self._has_names = on
        self._say_again()

    def key(self, slip: Slip) -> None:
        """Key a slip; what was keyed before is replaced."""
        self.slips[slip.referral] = slip
        self.refused.pop(slip.referral, None)
        self._say_again()

    def clear(self, row: int) -> None:
        """Take back what was keyed for a line."""
        ident = self.lines[row].referral.id
        self.slips.pop(ident, None)
        self.refused.pop(ident, None)
        self._say_again()

    def _say_again(self) -> None:
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
            line.number,
            line.referral.provider_name,
            line.name if self._has_names else _HIDDEN,
            short_day(line.since, words.language),
            self._said(line),
            self.refused.get(line.referral.id, ""),
        )

    def _said(self, line: Waiting) -> str:
        words, slip = self._words, self.slips.get(line.referral.id)
        if slip is None:
            return words.text(STATUS[line.referral.standing.status])
        said = words.text(SAID[slip.answer])
        if slip.when:
            say = moment_in_words if "T" in slip.when else short_day
            said = words.text("{what}: {when}", what=said, when=say(slip.when, words.language))
        return words.text("{what} (not saved)", what=said)


class ReplyGrid(RowTable):
    """The grid. Arrow keys go from line to line, letters key a slip, Backspace takes it back.

    Signals:
        keyed: A line (row) was answered with this (`Answer`).
        cleared: What was keyed for a line (row) is taken back.
    """

    keyed = Signal(int, object)
    cleared = Signal(int)

    def __init__(self, name: str, model: ReplyModel, theme: Theme) -> None:
        super().__init__(name, model, theme)
        self.set_widths([theme.px(width) for width in WIDTHS], _NOTE)
        self._answers = {key: answer for answer, key in KEY_OF.items()}

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

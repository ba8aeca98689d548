"""What was changed: who, when, before and after, and a button that takes it back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.ids import RecordId
from intake_app.services.decisions.history import undo
from intake_app.services.decisions.telling import Told, history_told
from intake_app.ui.parts.cards import (
    Card,
    Chip,
    ErrorBox,
    MessageBox,
    clear,
    named_button,
    on_press,
)
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.parts.lists import ruled
from intake_app.ui.settings.fields import SubjectTools
from intake_app.ui.settings.mistakes import told
from intake_app.words.dates import moment_in_words

_SHOWN = 60


class HistorySubject(QWidget):
    """The newest changes first.

    Signals:
        undone: Something was taken back; other subjects read again.

    Attributes:
        buttons: What takes a change back, by decision.
    """

    undone = Signal()

    def __init__(self, tools: SubjectTools) -> None:
        super().__init__()
        self._tools, words = tools, tools.words
        self.buttons: dict[RecordId, QPushButton] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addWidget(muted(words.text(
            "To take a change back is a change itself: it stands here too, and nothing is lost."
        )))  # fmt: skip
        self.why = QLineEdit()
        lines.addWidget(field_label(words.text("Why you take something back (may be empty)"),
                                    self.why))  # fmt: skip
        lines.addWidget(self.why)
        self.error, self.good = ErrorBox(tools.theme), MessageBox(tools.theme, "ok")
        for box in (self.error, self.good):
            lines.addWidget(box)
        self._card = Card()
        self._list = QVBoxLayout()
        self._card.box.addLayout(self._list)
        lines.addWidget(self._card)

    def refresh(self) -> None:
        """Read what was changed."""
        job = partial(history_told, self._tools.desk, self._tools.words, limit=_SHOWN)
        self._tools.background.run(job, self._show, self._fail)

    def _show(self, found: Sequence[Told]) -> None:
        clear(self._list)
        self.buttons = {}
        for one in found:
            row = ruled(self._row(one))
            self._list.addWidget(row)
            row.show()
        if not found:
            nothing = self._tools.words.text("Nothing was changed yet.")
            self._list.addWidget(muted(nothing))

    def _row(self, shown: Told) -> QHBoxLayout:
        words, line, one = self._tools.words, shown.line, shown.line.decision
        row = QHBoxLayout()
        column = QVBoxLayout()
        column.setSpacing(2)
        title = shown.title
        if one.undoes:
            title = words.text("Taken back: {what}", what=title)
        column.addWidget(words_label(title, "label"))
        at = moment_in_words(one.at, words.language)
        column.addWidget(muted(words.text("{who}, {day}", who=line.who, day=at)))
        for said in (*shown.parts, one.why):
            if said:
                column.addWidget(words_label(said))
        row.addLayout(column, 1)
        if line.undone_by:
            row.addWidget(Chip(words.text("Taken back"), "plain"), 0, Qt.AlignmentFlag.AlignTop)
        elif one.is_waiting:
            row.addWidget(Chip(words.text("Waits"), "soon"), 0, Qt.AlignmentFlag.AlignTop)
        if line.may_undo:
            button = self.buttons[one.id] = named_button(words.text("Take back"), "small")
            button.setAccessibleDescription(f"{title}, {at}")
            on_press(button, partial(self._on_undo, one.id))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _on_undo(self, ident: RecordId) -> None:
        def done(_nothing: object) -> None:
            self.error.say("")
            self.good.say(self._tools.words.text("Taken back."))
            self.why.clear()
            self.undone.emit()
            self.refresh()

        job = partial(undo, self._tools.desk, ident, self.why.text().strip())
        self._tools.background.run(job, done, self._fail)

    def _fail(self, error: BaseException) -> None:
        note(error)
        self.good.say("")
        self.error.say(told(error, self._tools.words))

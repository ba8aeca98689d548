"""The field "Find": searches as one types, and lists what was found below itself."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.listing import Row
from intake_app.domain.pathway import CARE_ROOM, Room
from intake_app.services.desk import Desk
from intake_app.services.intakes.people import find_people
from intake_app.ui.home.cards import RowsCard, today_line
from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.icons import icon_label
from intake_app.ui.parts.lists import Line
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark
from intake_app.words.dates import short_day

_NOBODY = mark("Nobody was found. Try fewer letters.")
_PAUSE_MS = 40
"""After the last key, so that fast typing asks once."""

SHOWN = 12
"""Lines below the field; the People page shows all."""


class FindField(QLineEdit):
    """The field with its sign.

    Signals:
        asked: Look for this text; "" when the field was emptied.
        entered: Return was pressed, by a person or by a scanner behind a number.
    """

    asked = Signal(str)
    entered = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(words.text("Find"))
        self.setPlaceholderText(words.text("Find by name, birth date or number"))
        self.setAccessibleDescription(self.placeholderText())
        self._sign = icon_label("search", theme.tokens.mute, theme.px(20), self)
        self.setTextMargins(theme.px(20) + 10, 0, 0, 0)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textChanged.connect(self._pause.start)
        self.returnPressed.connect(self._on_return)

    def _on_return(self) -> None:
        self._pause.stop()
        self.entered.emit(self.text().strip())

    def stop(self) -> None:
        """Ask no more for what was typed: nobody is there to look."""
        self._pause.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sign in the middle of the height."""
        self._sign.move(12, (self.height() - self._sign.height()) // 2)
        super().resizeEvent(event)


class FindBox(QWidget):
    """A list of what the field found, under the head of a page.

    Signals:
        opened: Open this intake (record id).
        missed: Enter was pressed, and nothing of this text was found.
    """

    opened = Signal(str)
    missed = Signal(str)

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, names: NameSwitch,
        room: Room = CARE_ROOM,
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._background, self._words, self._room = desk, background, words, room
        self._names, self._asked = names, ""
        self.field = FindField(words, theme)
        self.field.asked.connect(self._on_asked)
        self.field.entered.connect(self._on_entered)
        background.closing.connect(self.field.stop)
        self.card = RowsCard(
            words.text("Found"), words.text(_NOBODY), theme, words, self._line,
        )  # fmt: skip
        self.card.hide()
        self.card.opened.connect(self.opened)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.card)
        names.changed.connect(self.card.show_names)

    def _on_asked(self, text: str) -> None:
        self._asked = text
        if not text:
            self.card.hide()
            return
        self._background.run(
            lambda: find_people(self._desk, text, SHOWN, self._room),
            lambda rows: self._on_found(text, rows),
        )

    def _on_entered(self, text: str) -> None:
        """Open what was found, where it is one alone: a scanned number needs no more keys."""
        self._asked = text

        def found(rows: Sequence[Row]) -> None:
            self._on_found(text, rows)
            if text == self._asked and len(rows) == 1:
                self.opened.emit(rows[0].record)
            elif text == self._asked and not rows:
                self.missed.emit(text)

        if text:
            self._background.run(lambda: find_people(self._desk, text, SHOWN, self._room), found)

    def _on_found(self, text: str, rows: Sequence[Row]) -> None:
        if text != self._asked:  # an answer to letters that have changed since
            return
        words, count = self._words, len(rows)
        note = (
            words.plural("{n} intake", "{n} intakes", count)
            if self._room is CARE_ROOM
            else words.plural("{n} case", "{n} cases", count)
        )
        if rows and not self._names.is_on:
            note = self._words.text("{count}. Names are hidden.", count=note)
        self.card.show_rows(rows, note, names=self._names.is_on)
        self.card.show()
        announce(self.card, note if rows else words.text(_NOBODY))

    def _line(self, row: Row, names: bool) -> Line:
        line = today_line(row, self._words, names=names)
        day = short_day(row.opened, self._words.language)
        return Line(day, line.title, line.under, line.chip, line.chip_kind)

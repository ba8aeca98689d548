"""Windows that have run, and nobody has said whether there was a new arrest: what is to be done."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.roles import Compartment, May, may
from intake_app.services.desk import Desk
from intake_app.services.measures.rearrest import DueLook, rearrest_due
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, clear, make_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words
from intake_app.words.dates import short_date


class RearrestDueCard(Card):
    """The list; hidden where nothing is due, or for whose role does not include it.

    Args:
        desk: The signed-in person's desk.
        background: The door to the worker.
        words: Words.
        room: Of those who asked for help, or of held cases.
        most: How many lines are shown.

    Signals:
        record_asked: Open an intake (its id).
        refreshed: It shows what the files hold now.

    Attributes:
        open: Opens an intake, by its id.
    """

    record_asked = Signal(str)
    refreshed = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, room: Compartment, most: int = 20
    ) -> None:
        super().__init__(words.text("New arrest? Windows that have run"))
        self._desk, self._background, self._words = desk, background, words
        self._room, self._most = room, most
        self.open: dict[str, QPushButton] = {}
        self._told, self._lines = muted(""), QVBoxLayout()
        self._lines.setSpacing(4)
        self.box.addWidget(self._told)
        self.box.addLayout(self._lines)
        self.hide()

    def refresh(self) -> None:
        """Read anew what is due."""
        if may(self._desk.person.roles, May.NOTE_REARREST):
            self._background.run(
                partial(rearrest_due, self._desk, self._room), self._show, self._fail
            )

    def _show(self, due: tuple[DueLook, ...]) -> None:
        words = self._words
        clear(self._lines)
        self.open = {}
        self._told.setText(words.text("Note whether there was a new arrest: yes, no or not known."))
        for one in due[: self._most]:
            self._lines.addWidget(self._line(one))
        left = len(due) - self._most
        if left > 0:
            self._lines.addWidget(muted(words.plural("and {n} more", "and {n} more", left)))
        self.setVisible(bool(due))
        self.refreshed.emit()

    def _line(self, one: DueLook) -> QWidget:
        words, line, row = self._words, QWidget(), QHBoxLayout()
        line.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        since = words.text("due since {day}", day=short_date(one.ended_on, words.language))
        said = " · ".join((one.number, one.label.said_in(words.language), since))
        row.addWidget(words_label(said), 1)
        button = make_button(words.text("Open"), "small")
        button.setAccessibleName(words.text("Open: {what}", what=said))
        on_press(button, partial(self.record_asked.emit, str(one.record)))
        self.open[one.record] = button
        row.addWidget(button)
        return line

    def _fail(self, error: BaseException) -> None:
        note(error)
        self._told.setText(sentence_for(error, self._words))
        self.show()

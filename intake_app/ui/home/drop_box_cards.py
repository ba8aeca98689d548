"""The drop box on the home page: what waits for a holder of the key, and what one handed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.intakes.handed_in import HandedIn, handed_in
from intake_app.services.records.drop_box import Taken, Waiting, take_in, waiting
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import time_in_words

PAPERS, NOTE = "papers", "note"


@dataclass(frozen=True, slots=True)
class _Facts:
    waiting: Waiting
    mine: Sequence[HandedIn]


class DropBoxCards(QWidget):
    """Without a word of what was handed in; hidden where there is nothing to say.

    Signals:
        taken_in: Submissions became records.
        opened: Show what one handed in: record id, and "papers" or "note".

    Attributes:
        waits: What waits to be taken in.
        mine: What this person handed in.
    """

    taken_in = Signal()
    opened = Signal(str, str)

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self._desk, self._background = desk, background
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(18)
        self.waits, self.mine = _WaitingCard(words, theme), _MineCard(words)
        lines.addWidget(self.waits)
        lines.addWidget(self.mine)
        self.waits.asked.connect(self._on_take)
        self.mine.opened.connect(self.opened)
        self.hide()

    def refresh(self) -> None:
        """Read anew what waits."""
        self._background.run(self._read, self._on_read)

    def _read(self) -> _Facts:
        roles = self._desk.person.roles
        takes = may(roles, May.TAKE_WALK_IN) or may(roles, May.TAKE_CASE)
        return _Facts(waiting(self._desk), handed_in(self._desk) if takes else ())

    def _on_read(self, facts: _Facts) -> None:
        self.waits.show_waiting(facts.waiting)
        self.mine.show_lines(facts.mine)
        self.setVisible(not self.waits.isHidden() or not self.mine.isHidden())

    def _on_take(self) -> None:
        self.waits.button.setEnabled(False)
        self._background.run(lambda: take_in(self._desk), self._on_taken, self.waits.fail)

    def _on_taken(self, taken: Taken) -> None:
        self.waits.tell(taken)
        self.taken_in.emit()


class _WaitingCard(Card):
    """How many submissions wait, and since when.

    Signals:
        asked: Take them in.
    """

    asked = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Drop box"))
        self._words = words
        self.said = words_label("", "label")
        self.told = muted("")
        self.good, self.bad = MessageBox(theme, "ok"), FailureBox(theme, words, kind="warn")
        self.button = PrimaryButton(words.text("Take in"))
        self.button.setAccessibleName(words.text("Take in"))
        on_press(self.button, self.asked.emit)
        row, left = QHBoxLayout(), QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.said)
        left.addWidget(self.told)
        row.addLayout(left, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.box.addLayout(row)
        self.box.addWidget(self.good)
        self.box.addWidget(self.bad)
        self.hide()

    def show_waiting(self, waits: Waiting) -> None:
        """Show what waits; what was told of the last time stays until something waits anew."""
        words = self._words
        since = words.plural("{n} hour", "{n} hours", waits.hours)
        self.said.setText(words.plural(
            "{n} submission waits, oldest {since}", "{n} submissions wait, oldest {since}",
            waits.count, since=since,
        ))  # fmt: skip
        can = words.text("Colleagues handed them in. They wait for who holds the key.")
        told = words.text("You are told as the deputy. Ask who holds the key to take them in.")
        self.told.setText(can if waits.may_take else told)
        for part in (self.said, self.told):
            part.setVisible(waits.count > 0)
        self.button.setVisible(waits.count > 0 and waits.may_take)
        self.button.setEnabled(True)
        self.setVisible(waits.count > 0 or bool(self.good.text or self.bad.text))

    def tell(self, taken: Taken) -> None:
        """Say what came of taking in."""
        words = self._words
        done = words.plural("{n} submission is taken in.", "{n} submissions are taken in.",
                            taken.count)  # fmt: skip
        self.good.say(done if taken.count else "")
        aside = words.plural(
            "{n} submission was refused and set aside. Tell an administrator.",
            "{n} submissions were refused and set aside. Tell an administrator.", taken.set_aside,
        )  # fmt: skip
        self.bad.say(aside if taken.set_aside else "")

    def fail(self, error: BaseException) -> None:
        """Say why nothing was taken in; it waits."""
        self.button.setEnabled(True)
        self.bad.tell(error)


class _MineCard(Card):
    """What one handed in during this shift: receipt number and time.

    Signals:
        opened: Show it: record id, and "papers" or "note".
    """

    opened = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Handed in"))
        self._words = words
        told = words.text("Kept for this shift, or until it is taken in.")
        self.box.addWidget(muted(told))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.box.addLayout(self._lines)
        self.hide()

    def show_lines(self, mine: Sequence[HandedIn]) -> None:
        """List them; without any the card is not there."""
        clear(self._lines)
        self.setVisible(bool(mine))
        for one in mine:
            self._lines.addWidget(self._line(one))

    def _line(self, one: HandedIn) -> QWidget:
        words = self._words
        line, row = QWidget(), QHBoxLayout()
        line.setLayout(row)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addWidget(words_label(one.number, "label"))
        row.addWidget(muted(time_in_words(one.at, words.language)), 1)
        for name, where in ((words.text("Reprint"), PAPERS), (words.text("Add a note"), NOTE)):
            button = named_button(name, "small")
            button.setAccessibleDescription(one.number)
            on_press(button, lambda where=where: self.opened.emit(one.record, where))
            row.addWidget(button)
        return line

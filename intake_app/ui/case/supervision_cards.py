"""The cards of the supervision page: to confirm, the caseload, the override log, open conflicts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.case_act import CaseActKind
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.text import Text
from intake_app.services.case.labels import ACT
from intake_app.services.citing.overrides import OVERRIDE, Decision, Mode
from intake_app.services.week.supervision import Caseload, Conflict, Load
from intake_app.ui.parts.cards import Card, Chip, clear, make_button, on_press
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.parts.picker import Picker
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

MODES: Final[Mapping[Mode, str]] = {
    Mode.HERE: mark("by {name}, who was there"),
    Mode.PHONE: mark("by {name}, by phone"),
    Mode.PROSECUTOR: mark("by the prosecutor's office: {name}"),
}
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "": ("", ""),
    "open": (mark("Not confirmed yet"), "soon"),
    "confirmed": (mark("Confirmed"), "ok"),
    "refused": (mark("Does not hold"), "late"),
}
SINCE: Final = ((mark("Last 30 days"), 30), (mark("Last 90 days"), 90), (mark("All"), 0))
"""How far back the log goes, in days; 0: to its beginning."""

_HEADS: Final = (
    mark("Open cases"), mark("Overdue"), mark("Did not report"), mark("Clock stopped"),
    mark("Conflict"),
)  # fmt: skip
_LOGGED: Final = 50
"""Lines of the log that are shown."""

Names = Mapping[UserId, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that waits for this supervisor, with what the rules said."""

    decision: Decision
    rules: Sequence[Text]


class ConfirmCard(Card):
    """Words that this supervisor is said to have given.

    Signals:
        answered: A decision (id) holds or does not (bool), with a note.
        opened: Open this case (record id).

    Attributes:
        notes: What is said beside an answer, by decision.
        others: How many wait for other supervisors.
    """

    answered = Signal(str, bool, str)
    opened = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("To confirm"))
        self._words = words
        self.notes: dict[str, QLineEdit] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(14)
        self.box.addLayout(self._lines)
        self.others = muted("")
        self.box.addWidget(self.others)

    def show_waiting(self, waiting: Sequence[Waiting], names: Names, others: int) -> None:
        """List them; what was typed beside one that still waits stays."""
        typed = {ident: edit.text() for ident, edit in self.notes.items()}
        clear(self._lines)
        self.notes = {}
        if not waiting:
            self._lines.addWidget(muted(self._words.text("Nothing waits for you.")))
        for one in waiting:
            line = self._line(one, names)
            self.notes[one.decision.id].setText(typed.get(one.decision.id, ""))
            self._lines.addWidget(line)
            line.show()
        said = self._words.plural(
            "{n} more waits for another supervisor.", "{n} more wait for other supervisors.",
            others,
        )  # fmt: skip
        self.others.setText(said if others else "")
        self.others.setVisible(others > 0)

    def _line(self, one: Waiting, names: Names) -> QWidget:
        words, decision = self._words, one.decision
        line = QWidget()
        lines = QVBoxLayout(line)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(words_label(title_of(decision, words), "label"))
        lines.addWidget(muted(told_of(decision, names, words)))
        for rule in one.rules:
            lines.addWidget(words_label(rule.said_in(words.language)))
        if decision.reason:
            lines.addWidget(words_label(words.text("Reason: {reason}", reason=decision.reason)))
        edit = QLineEdit()
        label = words.text("Note")
        lines.addWidget(field_label(label, edit))
        edit.setAccessibleName(f"{label}: {decision.number}")
        self.notes[decision.id] = edit
        lines.addWidget(edit)
        lines.addLayout(self._buttons(decision, edit))
        return line

    def _buttons(self, decision: Decision, edit: QLineEdit) -> QHBoxLayout:
        words, row = self._words, QHBoxLayout()
        row.setSpacing(8)

        def answer(holds: bool) -> Callable[[], None]:
            return lambda: self.answered.emit(decision.id, holds, edit.text())

        for text, act in (
            (words.text("Confirm"), answer(True)),
            (words.text("Does not hold"), answer(False)),
            (words.text("Open the case"), lambda: self.opened.emit(decision.case)),
        ):
            row.addWidget(_small(text, decision.number, act))
        row.addStretch(1)
        return row


class CaseloadCard(Card):
    """Open cases by officer and by program, in numbers."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Caseload"))
        self._words = words
        self._lines = QVBoxLayout()
        self._lines.setSpacing(14)
        self.box.addLayout(self._lines)

    def show_load(self, load: Caseload, names: Names) -> None:
        """Two small tables."""
        words = self._words
        clear(self._lines)
        if not load.officers:
            self._lines.addWidget(muted(words.text("No case is open.")))
            return
        programs = {ident: name.said_in(words.language) for ident, name in load.names}
        nobody = words.text("Not on this list")
        officers = {one.id: names.get(UserId(one.id), nobody) for one in load.officers}
        for head, named, rows in (
            (words.text("Officer"), officers, load.officers),
            (words.text("Program"), programs, load.programs),
        ):
            table = self._table(head, named, rows)
            self._lines.addWidget(table)
            table.show()

    def _table(self, head: str, named: Mapping[str, str], rows: Sequence[Load]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(24)
        for column, title in enumerate((head, *map(self._words.text, _HEADS))):
            grid.addWidget(muted(title, wraps=False), 0, column, _side(column))
        for row, one in enumerate(rows, 1):
            cells = (one.open, one.overdue, one.no_show, one.tolled, one.conflict)
            for column, cell in enumerate((named[one.id], *map(str, cells))):
                kind = "" if column else "label"
                # a name takes its whole column, so that it wraps only where it must
                side = (_side(column),) if column else ()
                grid.addWidget(words_label(cell, kind), row, column, *side)
        return table


class LogCard(Card):
    """Overrides and approvals, with what became of them.

    Signals:
        opened: Open this case (record id).
        asked: Another span was chosen.

    Attributes:
        since: How far back.
    """

    opened = Signal(str)
    asked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Override log"))
        self._words = words
        self.since = Picker()
        self.since.setAccessibleName(words.text("How far back"))
        for said, days in SINCE:
            self.since.addItem(words.text(said), days)
        self.since.activated.connect(self._on_chosen)
        if self.head is not None:
            self.head.addWidget(self.since)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.box.addLayout(self._lines)

    @property
    def days(self) -> int:
        """How many days back; 0: all."""
        return int(self.since.currentData())

    def show_log(self, log: Sequence[Decision], names: Names) -> None:
        """List them, the newest first."""
        words = self._words
        clear(self._lines)
        self.note.setText(words.plural("{n} entry", "{n} entries", len(log)))
        if not log:
            self._lines.addWidget(muted(words.text("There is none.")))
        for decision in log[:_LOGGED]:
            line = self._line(decision, names)
            self._lines.addWidget(line)
            line.show()

    def _line(self, decision: Decision, names: Names) -> QWidget:
        words, line = self._words, QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(words_label(title_of(decision, words), "label"))
        told.addWidget(muted(told_of(decision, names, words)))
        for said, value in (
            (words.text("Reason: {reason}", reason=decision.reason), decision.reason),
            (words.text("Note: {note}", note=decision.note), decision.note),
        ):
            if value:
                told.addWidget(words_label(said))
        row.addLayout(told, 1)
        state, kind = STATES.get(decision.state, STATES[""])
        if state:
            row.addWidget(Chip(words.text(state), kind))
        row.addWidget(_small(words.text("Open the case"), decision.number,
                             lambda: self.opened.emit(decision.case)))  # fmt: skip
        return line

    def _on_chosen(self) -> None:
        self.asked.emit()


class ConflictsCard(Card):
    """Cases about which people noted different things.

    Signals:
        opened: Open this case (record id), where it is settled.
    """

    opened = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Open conflicts"))
        self._words = words
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.box.addLayout(self._lines)

    def show_conflicts(self, conflicts: Sequence[Conflict], names: Names) -> None:
        """List them."""
        clear(self._lines)
        if not conflicts:
            self._lines.addWidget(muted(self._words.text("Nobody disagrees.")))
        for one in conflicts:
            line = self._line(one, names)
            self._lines.addWidget(line)
            line.show()

    def _line(self, one: Conflict, names: Names) -> QWidget:
        words, line = self._words, QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(words_label(one.number, "label"))
        for kind, by in one.acts:
            said = words.text(ACT[CaseActKind(kind)])
            told.addWidget(muted(f"{said} ({names[by]})" if by in names else said))
        row.addLayout(told, 1)
        row.addWidget(_small(words.text("Open the case"), one.number,
                             lambda: self.opened.emit(RecordId(one.case))))  # fmt: skip
        return line


def title_of(decision: Decision, words: Words) -> str:
    """Say "PH-26-AC00001-K · Override"."""
    kind = words.text("Override") if decision.kind == OVERRIDE else words.text("Approval")
    return f"{decision.number} · {kind}"


def told_of(decision: Decision, names: Names, words: Words) -> str:
    """Say who decided, how, when, and who wrote it down."""
    by = names.get(UserId(decision.by), decision.by)
    how = words.text(MODES[decision.mode], name=by)
    when = moment_in_words(decision.at, words.language)
    noted = names.get(decision.noted_by, "")
    said = words.text("{how}, {when}. Noted by {name}.", how=how, when=when, name=noted)
    return said.replace("..", ".")  # after "2:14 p. m."


def _small(text: str, number: str, act: Callable[[], object]) -> QPushButton:
    made = make_button(text, "small")
    made.setAccessibleName(f"{text}: {number}")
    on_press(made, act)
    return made


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft

"""The plan of a case on one screen: each condition with how far it came, and "Record progress"."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from intake_app.domain.condition import Condition, Noted, Word
from intake_app.domain.entry import show_date
from intake_app.domain.roles import May
from intake_app.services.case.labels import WORD
from intake_app.services.citing.case_words import progress_in_words, state_in_words, with_amount
from intake_app.services.citing.cases import CaseView
from intake_app.ui.case.clock_words import day_in_words
from intake_app.ui.parts.cards import Card, Chip, drop, make_button, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words

_CHIPS = {Word.MET: "ok", Word.NOT_MET: "late", Word.WAIVED: "plain", Word.PENDING: "soon"}


class ConditionRow(QFrame):
    """One condition.

    Attributes:
        buttons: What can be done with it, by the words on it.
        noted: A line for each note of progress, with the note.
    """

    def __init__(self, condition: Condition, due: str, words: Words) -> None:
        super().__init__()
        self.setObjectName("row")
        self.condition, self._words = condition, words
        self.buttons: dict[str, QPushButton] = {}
        self.name = with_amount(condition, words)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 6, 0, 8)
        lines.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(words_label(self.name, "label"), 1)
        chip = Chip(words.text(WORD[condition.word]), _CHIPS[condition.word])
        head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        for said in self._notes(due):
            lines.addWidget(muted(said))
        self.noted = [self._noted_line(one) for one in condition.noted]
        for line, _ in self.noted:
            lines.addLayout(line)
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._line.addStretch(1)
        lines.addLayout(self._line)

    def _notes(self, due: str) -> list[str]:
        condition, words = self.condition, self._words
        found = [words.text("Due: {when}", when=due)] if due else []
        if condition.amount and condition.done:
            found.append(state_in_words(condition, words))
        if condition.waiver:
            why = condition.waiver.reason
            found.append(words.text("Waived. Reason: {reason}", reason=why))
        return found

    def _noted_line(self, noted: Noted) -> tuple[QHBoxLayout, Noted]:
        words, step = self._words, noted.progress
        said = progress_in_words(self.condition, step, words)
        day = show_date(step.day, words.language)
        line = QHBoxLayout()
        line.addWidget(muted(": ".join(one for one in (day, said, step.note) if one)), 1)
        return line, noted

    def offer_back(self, asked: SignalInstance) -> None:
        """A way to take back what was noted in error, beside each line."""
        for line, noted in self.noted:
            button = make_button(self._words.text("Take back"), "link")
            said = progress_in_words(self.condition, noted.progress, self._words)
            name = self._words.text("Take back: {what}", what=said or noted.progress.note)
            button.setAccessibleName(name)
            button.setAccessibleDescription(self.name)
            on_press(button, lambda noted=noted: asked.emit(noted))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def offer(self, text: str) -> QPushButton:
        """A button; its accessible name says of which condition."""
        button = make_button(text, "small")
        button.setAccessibleName(self._words.text("{act}: {section}", act=text, section=self.name))
        self._line.insertWidget(self._line.count() - 1, button)
        self.buttons[text] = button
        return button


class ConditionsCard(Card):
    """All conditions.

    Signals:
        progress_asked: Record progress of this `Condition`.
        treatment_asked: Note treatment of this one.
        notes_asked: Show what was noted about its treatment.
        back_asked: Take back this `Noted`.
        waive_asked: Waive it.
        change_asked: Change it.
        add_asked: Add one.

    Attributes:
        rows: One for each.
        add: Adds one.
    """

    progress_asked = Signal(object)
    treatment_asked = Signal(object)
    notes_asked = Signal(object)
    back_asked = Signal(object)
    waive_asked = Signal(object)
    change_asked = Signal(object)
    add_asked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("Conditions"))
        self._words = words
        self.rows: list[ConditionRow] = []
        self._none = muted(words.text("There are no conditions."))
        self.box.addWidget(self._none)
        self.add = named_button(words.text("Add a condition"), "link")
        on_press(self.add, self.add_asked.emit)
        if self.head is not None:
            self.head.addWidget(self.add)

    def show_case(self, case: CaseView) -> None:
        """Show the plan; buttons stand where the role includes it and the case is open."""
        for row in self.rows:
            self.box.removeWidget(row)
            drop(row)
        last = day_in_words(case.clock.complete_by, self._words)
        self.rows = [self._row(case, one, last) for one in case.conditions]
        self._none.setVisible(not self.rows)
        self.add.setVisible(May.EXTEND_CASE in case.roles and _is_open(case))

    def _row(self, case: CaseView, one: Condition, last: str) -> ConditionRow:
        say = self._words.text
        due = show_date(one.due, self._words.language) if one.due else last
        row = ConditionRow(one, due, self._words)
        if _is_open(case):
            self._offer(row, case)
        if one.is_treatment and May.RECORD_TREATMENT in case.roles:
            on_press(row.offer(say("Treatment notes")), lambda: self.notes_asked.emit(one))
        self.box.addWidget(row)
        return row

    def _offer(self, row: ConditionRow, case: CaseView) -> None:
        say, one = self._words.text, row.condition
        if one.is_treatment:
            if May.RECORD_TREATMENT in case.roles:
                pressed = self.treatment_asked
                on_press(row.offer(say("Record progress")), lambda: pressed.emit(one))
        elif May.RECORD_PROGRESS in case.roles:
            on_press(row.offer(say("Record progress")), lambda: self.progress_asked.emit(one))
            row.offer_back(self.back_asked)
        if May.EXTEND_CASE not in case.roles:
            return
        if one.is_waivable and one.waiver is None:
            on_press(row.offer(say("Waive")), lambda: self.waive_asked.emit(one))
        on_press(row.offer(say("Change")), lambda: self.change_asked.emit(one))


def _is_open(case: CaseView) -> bool:
    status = case.status
    is_hidden = case.intake.is_entered_in_error
    return status.is_open and not (status.has_conflict or status.is_sealed or is_hidden)

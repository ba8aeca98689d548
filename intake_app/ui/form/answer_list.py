"""What was answered, to be read: the questions of one section with their answers in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from intake_app.domain.form import Answers, Field, Section, Sensitivity
from intake_app.services.needs.everyday import Guide
from intake_app.ui.parts.cards import Card, make_button
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

HIDDEN = "•••••"
"""Stands for an answer that says who somebody is, until "Show names"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What answer lists are read with.

    Attributes:
        guide: The form and how its answers are said.
        answers: What was answered.
        words: Language of the window.
        theme: Look.
    """

    guide: Guide
    answers: Answers
    words: Words
    theme: Theme


class AnswerCard(Card):
    """One section: questions on the left, answers on the right, a button to change them.

    Signals:
        change_asked: Go and change this section (id).

    Attributes:
        change: The button.
    """

    change_asked = Signal(str)

    def __init__(self, section: Section, reading: Reading, change_words: str) -> None:
        title = section.title.said_in(reading.words.language)
        super().__init__(title)
        self._reading = reading
        self.change = make_button(change_words, "link")
        self.change.setAccessibleName(
            reading.words.text("{act}: {section}", act=change_words, section=title)
        )
        self.change.clicked.connect(lambda: self.change_asked.emit(section.id))
        if self.head is not None:
            self.head.addWidget(self.change)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(reading.theme.px(16))
        self._grid.setVerticalSpacing(reading.theme.px(5))
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.box.addLayout(self._grid)
        self._identity: dict[QLabel, str] = {}
        for line, field in enumerate(answered(section, reading.answers)):
            self._add(line, field)
        if self.is_empty:
            self.hide()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered here."""
        return self._grid.count() == 0

    def hide_names(self, are_hidden: bool) -> None:
        """Cover what says who somebody is, or show it."""
        for label, said in self._identity.items():
            label.setText(HIDDEN if are_hidden else said)

    def _add(self, line: int, field: Field) -> None:
        top = Qt.AlignmentFlag.AlignTop
        question = words_label(field.label.said_in(self._reading.words.language), "mute")
        said = words_label(answer_in_words(field, self._reading))
        said.setAccessibleDescription(question.text())
        said.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._grid.addWidget(question, line, 0, top)
        self._grid.addWidget(said, line, 1, top)
        if field.sensitivity is Sensitivity.IDENTITY:
            self._identity[said] = said.text()


def answered(section: Section, answers: Mapping[str, object]) -> list[Field]:
    """The questions of a section that have an answer."""
    return [field for field in section.fields if answers.get(field.id) is not None]


def answer_in_words(field: Field, reading: Reading) -> str:
    """An answer in words; of a table, a line for each row."""
    return reading.guide.shown(field.id, reading.answers.get(field.id), reading.words.language)

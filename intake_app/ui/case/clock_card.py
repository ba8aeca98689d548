"""The clock of a case: report-by and completion in large, and how they were counted."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.abeyance import Abeyance
from intake_app.services.case.labels import CHARGE
from intake_app.services.citing.cases import CaseView
from intake_app.ui.case.clock_words import (
    CAUTIONS,
    day_in_words,
    distance_in_words,
    due_in_words,
    report_by_in_words,
    steps_in_words,
)
from intake_app.ui.parts.cards import Card, Chip, MessageBox, clear, named_button, on_press
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_SOON = 3
"""Days before something is due when its distance is shown in another color."""


class ClockCard(Card):
    """The clock.

    Attributes:
        explain: Opens and closes the explanation.
        steps: The explanation: a line for each step.
    """

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(words.text("The clock"))
        self._theme, self._words = theme, words
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.px(18))
        self._facts.setColumnStretch(1, 1)
        self.box.addLayout(self._facts)
        self._due = QHBoxLayout()
        self.box.addLayout(self._due)
        self.warning = MessageBox(theme, "warn")
        self.box.addWidget(self.warning)
        self.explain = named_button(words.text("How is this counted?"), "link")
        self.box.addWidget(self.explain, 0, Qt.AlignmentFlag.AlignLeft)
        self.steps = QWidget()
        self._lines = QVBoxLayout(self.steps)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.steps.hide()
        self.box.addWidget(self.steps)
        on_press(self.explain, lambda: self.steps.setVisible(self.steps.isHidden()))

    def show_case(self, case: CaseView, now: datetime) -> None:
        """Show the clock of a case as it stands now."""
        clock, words = case.clock, self._words
        clear(self._facts)
        self._fact(0, words.text("Report by"), report_by_in_words(clock, words))
        self._fact(1, words.text("Complete by"), day_in_words(clock.complete_by, words))
        limitation = day_in_words(clock.limitation, words) or words.text("not named yet")
        self._fact(2, words.text("Limitation date"), limitation, "")
        self._fact(3, words.text("Extensions left"), str(clock.extensions_left), "")
        self._fact(4, words.text("Charge"), words.text(CHARGE[case.status.charge]), "")
        self._show_due(clock, now)
        cautions = [words.text(CAUTIONS[one]) for one in clock.warnings]
        self.warning.say("\n".join(cautions))
        self._explain(case)

    def _fact(self, line: int, name: str, said: str, kind: str = "big") -> None:
        top = Qt.AlignmentFlag.AlignTop
        label = words_label(said or self._words.text("not now"), kind if said else "mute")
        label.setAccessibleDescription(name)
        self._facts.addWidget(muted(name, wraps=False), line, 0, top)
        self._facts.addWidget(label, line, 1, top)

    def _show_due(self, clock: Abeyance, now: datetime) -> None:
        clear(self._due)
        self._due.addWidget(words_label(due_in_words(clock, self._words), "h3"), 1)
        said = distance_in_words(clock, now, self._words)
        if said and clock.next_due:
            days = (clock.next_due.when - now).days
            kind = "late" if clock.is_overdue else ("soon" if days < _SOON else "plain")
            self._due.addWidget(Chip(said, kind), 0, Qt.AlignmentFlag.AlignTop)

    def _explain(self, case: CaseView) -> None:
        clear(self._lines)
        clock, words, reasons = case.clock, self._words, _reasons(case, self._words)
        by = clock.report_by
        for title, steps in (
            (words.text("Report by"), by.steps if by else ()),
            (words.text("Complete by"), clock.steps),
        ):
            if steps:
                self._lines.addWidget(heading(title, 3))
            for said in steps_in_words(steps, reasons, words):
                self._lines.addWidget(words_label(said))
        self.explain.setVisible(bool(self._lines.count()))


def _reasons(case: CaseView, words: Words) -> Mapping[str, str]:
    return {
        one.id: one.label.said_in(words.language)
        for choices in case.reasons.values()
        for one in choices
    }

"""One step of a form on the screen: its questions, shown and hidden as answers change."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.domain.form import Field, Problem, Section
from intake_app.domain.text import Text
from intake_app.services.needs.everyday import Guide
from intake_app.ui.form.answer_sheet import AnswerSheet
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.growth import Growth, is_put_away, show_only
from intake_app.ui.form.links import ProblemSummary
from intake_app.ui.form.problem_words import with_question
from intake_app.ui.form.rows_field import RowsField
from intake_app.ui.form.setting import Setting
from intake_app.ui.form.step_list import later_words
from intake_app.ui.parts.cards import Card, make_button
from intake_app.ui.parts.icons import icon
from intake_app.ui.parts.layouts import PairLayout
from intake_app.ui.parts.scrolling import bring_into_view

PROGRAM = "S"
"""Who answers the questions that the program fills in itself; they are not on the screen."""


class FormView(QWidget):
    """The questions of one section. Answers go to the sheet at once, hidden ones stay in it.

    Signals:
        changed: An answer is another one now; the sheet has it already.

    Attributes:
        summary: The box on top that lists what is to be fixed.
    """

    changed = Signal()

    def __init__(
        self, section: Section, guide: Guide, sheet: AnswerSheet, setting: Setting
    ) -> None:
        super().__init__()
        self.section, self._guide, self._sheet, self._setting = section, guide, sheet, setting
        self._growth = Growth(self, self._make)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(setting.theme.px(14))
        self.summary = ProblemSummary(setting.theme)
        lines.addWidget(self.summary)
        asked = [f for f in section.fields if f.who != PROGRAM]
        later = [f for f in asked if f.is_later and not section.is_later]
        self._card = Card()
        lines.addWidget(self._card)
        self._plan(self._card, [f for f in asked if f not in later])
        self._growth.begin()
        self.later: QPushButton | None = None
        if later:
            self._add_later(later, lines)
        self._growth.grown.connect(self.refresh)
        self.refresh()

    @property
    def fields(self) -> dict[str, FieldWidget]:
        """The widgets by question id, in order; those that do not stand yet are made now."""
        return self._growth.fields

    def leave(self) -> None:
        """Another step comes: nothing is made here any more."""
        self._growth.end()

    # --- asking ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the questions that are asked now, and hide the others."""
        seen = self._guide.visible(self._sheet.answers)
        cards = [self._card] if self.later is None else [self._card, self._later_card]
        show_only(seen, self._growth.made, cards)
        _hide(self._card, not self._has_shown(self._card))
        if self.later is not None:
            _hide(self.later, not self._has_shown(self._later_card))

    def take_focus(self) -> None:
        """Put the cursor into the first question that can take it."""
        for widget in self._growth.made.values():
            if widget.isVisibleTo(self):
                widget.take_focus()
                return

    # --- checking -------------------------------------------------------------------------

    def check(self) -> bool:
        """Whether this step is in order; if not, say so at each question and go to the first."""
        problems = self.problems()
        self.show_problems(problems)
        if problems:
            self.go_to(problems[0])
        return not problems

    def problems(self) -> list[Problem]:
        """What is to be fixed here, in the order of the questions."""
        found = list(self._guide.problems(self._sheet.answers, self.section.id))
        unread = [
            Problem(ident, self._say(text), self.section.id)
            for ident, widget in self.fields.items()
            if not widget.isHidden() and (text := widget.complaint())
        ]
        unread_ids = {problem.field for problem in unread}
        order = list(self.fields)
        known = [p for p in found if p.field in self.fields and p.field not in unread_ids]
        return sorted([*unread, *known], key=lambda p: (order.index(p.field), p.row))

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Write each problem at its question and into the summary on top."""
        problems = list(problems)
        for widget in self.fields.values():
            self._clear(widget)
        for problem in problems:
            widget = self._at(problem)
            widget.problem(self._told(problem))
        words = self._setting.words.plural(
            "{n} thing to fix before you continue",
            "{n} things to fix before you continue", len(problems),
        )  # fmt: skip
        links = [(self._told_above(p), lambda p=p: self.go_to(p)) for p in problems]
        self.summary.say(words if problems else "", links)

    def go_to(self, problem: Problem) -> None:
        """Put the cursor into the question of a problem."""
        widget = self._at(problem)
        if self.later is not None and widget.field.is_later:
            self.later.setChecked(True)
        widget.take_focus()
        bring_into_view(widget)

    # --- making ---------------------------------------------------------------------------

    def _plan(self, card: Card, asked: list[Field], after: QWidget | None = None) -> None:
        theme = self._setting.theme
        card.box.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(20))
        questions = PairLayout(theme.px(18), theme.px(600))
        card.box.addLayout(questions)
        self._growth.plan(card, questions.hold, asked, after)

    def _make(self, field: Field) -> FieldWidget:
        widget = make_field(field, self._setting)
        widget.set_value(self._sheet.answers.get(field.id))
        if field.id in self._sheet.typed:
            widget.set_typed(self._sheet.typed[field.id])
        if field.id not in self._guide.visible(self._sheet.answers):
            widget.hide()
        widget.changed.connect(lambda: self._on_changed(widget))
        return widget

    def _add_later(self, later: list[Field], lines: QVBoxLayout) -> None:
        words = later_words(self._guide.form.pathway, self._setting.words)
        self.later = make_button(words)
        self.later.setCheckable(True)
        self.later.setAccessibleName(words)
        tokens = self._setting.theme.tokens
        self.later.setIcon(icon("chevron-down", tokens.ink, self._setting.theme.px(18)))
        self._later_card = Card()
        lines.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self._later_card)
        self._plan(self._later_card, later, self.later)
        self.later.toggled.connect(self._later_card.setVisible)
        start = self._guide.defaults()
        answers = self._sheet.answers
        is_begun = any(f.id in answers and answers[f.id] != start.get(f.id) for f in later)
        self.later.setChecked(is_begun)
        self._later_card.setVisible(is_begun)

    def _on_changed(self, widget: FieldWidget) -> None:
        self._sheet.put(widget.field.id, widget.value(), widget.typed())
        self.refresh()
        self.changed.emit()

    # --- small things ---------------------------------------------------------------------

    def _has_shown(self, card: Card) -> bool:
        made = self._growth.made.values()
        return any(not is_put_away(w) for w in made if card.isAncestorOf(w))

    def _at(self, problem: Problem) -> FieldWidget:
        widget = self.fields[problem.field]
        cell = widget.cell(problem.row, problem.column) if isinstance(widget, RowsField) else None
        return cell or widget

    def _clear(self, widget: FieldWidget) -> None:
        widget.problem("")
        if isinstance(widget, RowsField):
            for cell in (cell for card in widget.cards for cell in card.fields.values()):
                cell.problem("")

    def _told(self, problem: Problem) -> str:
        return problem.message.said_in(self._setting.words.language)

    def _told_above(self, problem: Problem) -> str:
        words = self._setting.words
        return with_question(self._at(problem).name, self._told(problem), words)

    def _say(self, text: str) -> Text:
        return Text({"en": text, self._setting.words.language: text})


def _hide(widget: QWidget, is_hidden: bool) -> None:
    """Only where it is another thing: what is told that it may be seen lays itself out at once."""
    if is_put_away(widget) != is_hidden:
        widget.setHidden(is_hidden)

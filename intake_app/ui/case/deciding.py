"""The cards of a case's review: what the rules say, and by when the person would have to report."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.abeyance import Abeyance
from intake_app.services.citing.eligibility import Check, Outcome, Verdict
from intake_app.services.citing.overrides import APPROVAL_RULE
from intake_app.ui.case.clock_words import day_in_words as last_day
from intake_app.ui.case.clock_words import steps_in_words
from intake_app.ui.parts.cards import Card, clear, named_button, on_press
from intake_app.ui.parts.icons import icon_label
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import day_in_words, time_in_words


class EligibilityCard(Card):
    """The verdict, and each rule that says something, with its authority."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(words.text("Eligibility"))
        self._theme, self._words = theme, words
        self._inside = QVBoxLayout()
        self._inside.setSpacing(theme.px(8))
        self.box.addLayout(self._inside)

    def show_check(self, check: Check, blocked: tuple[Outcome, ...], earlier: str = "") -> None:
        """Show what stands against issuing, what was set aside, advice, and what is missing.

        Args:
            check: How the rules came out.
            blocked: What stands against it still.
            earlier: A line about earlier cases here.
        """
        words = self._words
        clear(self._inside)
        self._inside.addWidget(words_label(check.said(words), "label"))
        standing = {outcome.rule for outcome in blocked}
        for outcome in blocked:
            self._add(_against(outcome, words), outcome, "against")
        for outcome in check.against:
            if outcome.rule not in standing:
                self._add(outcome.said(words), outcome, "aside")
        for outcome in check.outcomes:
            if outcome.holds and outcome not in check.against:
                self._add(outcome.said(words), outcome, "advice")
        if earlier:
            self._inside.addWidget(muted(earlier))
        if check.missing and check.verdict is not Verdict.CANNOT_TELL:
            labels = ", ".join(one.label.said_in(words.language) for one in check.missing)
            self._inside.addWidget(muted(words.text("Not answered yet: {what}", what=labels)))

    def _add(self, said: str, outcome: Outcome, kind: str) -> None:
        theme, words = self._theme, self._words
        self._inside.addWidget(_signed(said, kind, theme))
        said_by = outcome.authority.said_in(words.language)
        notes = [said_by] if said_by else []
        notes += [words.text("Set aside by a decision.")] if kind == "aside" else []
        if notes:
            note = muted(" · ".join(notes))
            note.setContentsMargins(theme.px(28), 0, 0, 0)
            self._inside.addWidget(note)


def _against(outcome: Outcome, words: Words) -> str:
    """A rule as a sentence; a missing approval is one already."""
    if outcome.rule == APPROVAL_RULE:
        return outcome.message.said_in(words.language)
    return outcome.said(words)


def _signed(said: str, kind: str, theme: Theme) -> QWidget:
    """A sentence with a sign before it."""
    tokens = theme.tokens
    sign, color = {
        "against": ("circle-alert", tokens.err),
        "aside": ("circle-check", tokens.ok),
        "advice": ("triangle-alert", tokens.warn),
    }[kind]
    holder = QWidget()
    line = QVBoxLayout(holder)
    line.setContentsMargins(theme.px(28), 0, 0, 0)
    line.addWidget(words_label(said))
    icon_label(sign, color, theme.px(18), holder).move(0, theme.px(3))
    return holder


class ReportByCard(Card):
    """Report-by, large, with its weekday; and how it is counted, when asked.

    Attributes:
        day: Weekday and date.
        explain: Shows the count.
        steps: The count, a line each.
    """

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self.box.addWidget(muted(words.text("Report by")))
        self.day, self.time = words_label("", "big"), words_label("", "h3")
        self.day.setAccessibleDescription(words.text("Report by"))
        self.complete = muted("")
        for label in (self.day, self.time, self.complete):
            self.box.addWidget(label)
        self.explain = named_button(words.text("How is this counted?"), "link")
        self.steps = QWidget()
        self._lines = QVBoxLayout(self.steps)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(2))
        self.box.addWidget(self.explain, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.steps)
        self.steps.hide()
        on_press(self.explain, lambda: self.steps.setVisible(self.steps.isHidden()))

    def show_clock(self, clock: Abeyance) -> None:
        """Show when the person would have to report, and complete."""
        words, language = self._words, self._words.language
        clear(self._lines)
        by = clock.report_by
        if by is not None:
            self.day.setText(day_in_words(by.moment.date(), language))
            until = time_in_words(by.moment, language)
            self.time.setText(words.text("until {time}", time=until))
        last = last_day(clock.complete_by, words)
        self.complete.setText(words.text("Complete by {day}", day=last))
        self.complete.setVisible(bool(last))
        for title, said in self._told(clock):
            self._lines.addWidget(heading(title, 3))
            for line in said:
                self._lines.addWidget(words_label(line))

    def _told(self, clock: Abeyance) -> Iterator[tuple[str, list[str]]]:
        words = self._words
        if clock.report_by:
            steps = steps_in_words(clock.report_by.steps, {}, words)
            yield words.text("Report by"), list(steps)
        if clock.steps:
            yield words.text("Complete by"), list(steps_in_words(clock.steps, {}, words))

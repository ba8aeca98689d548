"""Which days the numbers are of: usual periods to choose from, one earlier, one later, any days."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.measure_errors import BadPeriod
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import (
    Period,
    after,
    before,
    custom,
    last_full,
    last_full_quarter,
    months_back,
    period_in_words,
    running,
)
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import ErrorBox, named_button, on_press
from intake_app.ui.parts.errors import sentence_for
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.ui.parts.typed import as_typed, typed_day
from intake_app.words import Words, mark

_USUAL: Final[Sequence[tuple[str, Callable[[Desk], Period]]]] = (
    (mark("Last full quarter"), last_full_quarter),
    (mark("This quarter so far"), lambda desk: running(desk, "quarter")),
    (mark("Last full month"), lambda desk: last_full(desk, "month")),
    (mark("Last 12 months"), lambda desk: months_back(desk, 12)),
    (mark("This fiscal year so far"), lambda desk: running(desk, "fiscal_year")),
    (mark("Last fiscal year"), lambda desk: last_full(desk, "fiscal_year")),
    (mark("Last calendar year"), lambda desk: last_full(desk, "year")),
)  # fmt: skip
QUARTER: Final = 0
MONTH: Final = 2
"""With which of them a bar begins."""


class PeriodBar(QWidget):
    """The days that are asked for.

    Signals:
        chosen: Other days are asked for.

    Attributes:
        period: They.
        usual: The list of usual periods; the last line is for any days.
        earlier, later: One period before or after.
        first, last: Days as people type them, where any days are asked for.
        show_days: Takes the days that were typed.
    """

    chosen = Signal()

    def __init__(self, desk: Desk, words: Words, theme: Theme, usual: int = QUARTER) -> None:
        super().__init__()
        self._desk, self._words = desk, words
        self.period: Period = _USUAL[usual][1](desk)
        self.usual = Picker()
        self.usual.setAccessibleName(words.text("Period"))
        for said, make in _USUAL:
            self.usual.addItem(words.text(said), make)
        self.usual.addItem(words.text("Other days…"))
        self.usual.setCurrentIndex(usual)
        self.usual.activated.connect(self._on_usual)
        self.earlier = named_button(words.text("Earlier"), "small")
        self.later = named_button(words.text("Later"), "small")
        on_press(self.earlier, lambda: self._move(before))
        on_press(self.later, lambda: self._move(after))
        self.said = muted("", wraps=False)
        self.first, self.last = QLineEdit(), QLineEdit()
        self.first.setAccessibleName(words.text("First day (month/day/year)"))
        self.last.setAccessibleName(words.text("Last day (month/day/year)"))
        for edit in (self.first, self.last):
            edit.setPlaceholderText(words.text("month/day/year"))
            edit.setFixedWidth(theme.px(150))
            edit.returnPressed.connect(self._on_days)
        self.show_days = named_button(words.text("Show these days"), "small")
        on_press(self.show_days, self._on_days)
        self.error = ErrorBox(theme)
        gap = theme.px(8)
        parts = (self.usual, self.earlier, self.later, self.said)
        self._days = ButtonRow(gap, (self.first, muted(words.text("to"), wraps=False), self.last,
                                     self.show_days))  # fmt: skip
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        for part in (ButtonRow(gap, parts), self._days, self.error):
            lines.addWidget(part)
        self._days.hide()
        self._say()
        self.setFocusProxy(self.usual)

    def choose(self, period: Period) -> None:
        """Ask for these days."""
        self.period = period
        self._say()
        self.chosen.emit()

    def _on_usual(self, at: int) -> None:
        make: Callable[[Desk], Period] | None = self.usual.itemData(at)
        self._days.setVisible(make is None)
        self.error.say("")
        if make is None:
            self.first.setText(as_typed(self.period.since))
            self.last.setText(as_typed(self.period.until))
            self.first.setFocus()
            return
        self.choose(make(self._desk))

    def _on_days(self) -> None:
        first, last = typed_day(self.first.text()), typed_day(self.last.text())
        try:
            found = custom(str(first or ""), str(last or ""))
        except BadPeriod as error:
            self.error.say(sentence_for(error, self._words))
            self.first.setFocus()
            return
        self.error.say("")
        self.choose(found)

    def _move(self, move: Callable[[Desk, Period], Period]) -> None:
        """One period earlier or later: that is none of the usual ones any more."""
        self.usual.setCurrentIndex(self.usual.count() - 1)
        self._days.show()
        self.choose(move(self._desk, self.period))

    def _say(self) -> None:
        today = self._desk.clock.local().date().isoformat()
        self.said.setText(period_in_words(self.period, self._words))
        self.later.setEnabled(self.period.until < today)
        if self._days.isVisibleTo(self):
            self.first.setText(as_typed(self.period.since))
            self.last.setText(as_typed(self.period.until))

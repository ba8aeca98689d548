"""Who is expected at a program this week: one grid, keyed by keyboard and saved in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.domain.pathway import CASES_ROOM
from intake_app.domain.roles import Compartment
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import monday_of
from intake_app.services.intakes.people import show_names
from intake_app.services.week.arrivals import (
    TICKS,
    Arrival,
    Keyed,
    Known,
    Tick,
    expected_arrivals,
    expected_programs,
    key_ticks,
    print_arrivals,
)
from intake_app.ui.case.reminder_card import ReminderCard
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.grids.arrival_grid import KEY_OF, KNOWN, WIDTHS, ArrivalModel
from intake_app.ui.grids.keyed_grid import KeyedGrid
from intake_app.ui.measures.rearrest_due_card import RearrestDueCard
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import MessageBox, PrimaryButton, named_button, on_press
from intake_app.ui.parts.cursor import hand_cursor_to
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_day

_WEEK: Final = timedelta(days=7)
_LOWEST: Final = 260
"""Pixels of the grid (at 100 % text) that are always there."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    programs: Sequence[tuple[str, Text]]
    program: str
    lines: Sequence[Arrival]


class ArrivalsPage(QWidget):
    """The grid of a program and a week, and what is to be said to whom.

    Signals:
        record_asked: Open this case (record id).
        refreshed: It shows what the file holds now.
        saved: Ticks were keyed.

    Attributes:
        grid: The lines.
        model: What they hold.
        why: Why the tick of the marked line was not saved.
        ask: Asks for a new report-by.
        reminders: Reminders and checks that are due.
        arrests: Of whom nobody has said whether they were arrested again.
    """

    record_asked = Signal(str)
    refreshed = Signal()
    saved = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme,
        names: NameSwitch | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._names = names or self._own_names()
        self._monday = monday_of(desk.clock.local().date())
        self._programs: Sequence[tuple[str, Text]] = ()
        setting = Setting(words, theme, desk.clock)
        self.model = ArrivalModel(words)
        self.grid = KeyedGrid(
            words.text("Expected arrivals"), self.model, theme, KEY_OF, WIDTHS,
            words.text("Nobody is expected in this week."),
        )  # fmt: skip
        self.grid.setMinimumHeight(theme.px(_LOWEST))
        self.why = words_label("", "error")
        self.why.hide()
        self.ask = AskCard(setting)
        self.good, self.bad = MessageBox(theme, "ok"), FailureBox(theme, words, kind="warn")
        self.reminders = ReminderCard(desk, background, setting)
        self.arrests = RearrestDueCard(desk, background, setting.words, Compartment.CASES)
        self._lay_out()
        self._connect()
        hand_cursor_to(self, self.grid)

    def refresh(self) -> None:
        """Read the week anew; what was keyed and is not saved stays."""
        program, monday = str(self.program.currentData() or ""), self._monday
        self._background.run(lambda: self._read(program, monday), self._on_read)
        self.reminders.refresh()
        self.arrests.refresh()

    # --- making -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        words, inside = self._words, QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(heading(words.text("Arrivals")))
        lines.addWidget(self._head())
        told = words.text(
            "Arrow keys go from line to line. A: arrived. N: did not come. R: new time. "
            "Backspace takes it back. Ctrl+S saves."
        )
        lines.addWidget(muted(told))
        for part in (self.good, self.bad, self.grid, self.why, self.ask):
            lines.addWidget(part)
        lines.addWidget(self._foot())
        lines.addWidget(self.reminders)
        lines.addWidget(self.arrests)
        lines.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _head(self) -> ButtonRow:
        words = self._words
        self.program = Picker()
        self.program.setAccessibleName(words.text("Program"))
        self.program.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.before = named_button(words.text("Week before"), "small")
        self.after = named_button(words.text("Week after"), "small")
        self.week = words_label("", "label", wraps=False)
        parts = (self.program, self.before, self.week, self.after, self._names.button(words))
        return ButtonRow(self._theme.px(10), parts)

    def _foot(self) -> ButtonRow:
        words = self._words
        self.keys: dict[Known, QPushButton] = {}
        for known in TICKS:
            said, key = words.text(KNOWN[known]), KEY_OF[known]
            self.keys[known] = named_button(
                words.text("{result} ({key})", result=said, key=key), "small"
            )
        self.print = named_button(words.text("Print sheet"), "small")
        self.save = PrimaryButton(words.text("Save ticks"), self._theme)
        self.save.setAccessibleName(words.text("Save ticks"))
        self.save.setToolTip("Ctrl+S")
        return ButtonRow(self._theme.px(8), (*self.keys.values(), self.print, self.save))

    def _own_names(self) -> NameSwitch:
        """A switch of the page's own, where no workplace gave one; showing is logged first."""
        made = NameSwitch(self)

        def log() -> None:
            show_names(self._desk, CASES_ROOM)

        made.asked.connect(lambda: self._background.run(log, lambda _: made.turn(True)))
        return made

    def _connect(self) -> None:
        self.program.activated.connect(self._on_program)
        on_press(self.before, lambda: self._go(-1))
        on_press(self.after, lambda: self._go(1))
        on_press(self.save, self.save_ticks)
        on_press(self.print, self._on_print)
        for known, button in self.keys.items():
            on_press(button, lambda known=known: self._on_key(known))
        self.grid.keyed.connect(self._on_ticked)
        self.grid.cleared.connect(self._on_cleared)
        self.grid.row_opened.connect(self._on_opened)
        self.grid.row_chosen.connect(self._offer)
        self._names.changed.connect(self.model.show_names)
        self.model.show_names(self._names.is_on)
        self.reminders.record_asked.connect(self.record_asked)
        self.arrests.record_asked.connect(self.record_asked)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut
                  ).activated.connect(self.save_ticks)  # fmt: skip

    # --- reading ------------------------------------------------------------------------------

    def _read(self, program: str, monday: date) -> _Facts:
        programs = expected_programs(self._desk)
        known = [ident for ident, _ in programs]
        chosen = program if program in known else next(iter(known), "")
        lines = expected_arrivals(self._desk, chosen, monday) if chosen else []
        return _Facts(programs, chosen, lines)

    def _on_read(self, facts: _Facts) -> None:
        if facts.programs != self._programs:
            self._programs = facts.programs
            self.program.clear()
            for ident, name in facts.programs:
                self.program.addItem(name.said_in(self._words.language), ident)
        self.program.setCurrentIndex(self.program.findData(facts.program))
        language = self._words.language
        last = self._monday + _WEEK - timedelta(days=1)
        said = self._words.text(
            "{first} to {last}", first=short_day(self._monday, language),
            last=short_day(last, language),
        )  # fmt: skip
        self.week.setText(said)
        case = self._case()
        self.model.show_lines(facts.lines)
        cases = [line.case for line in facts.lines]
        row = cases.index(case) if case is not None and case in cases else 0
        if cases:
            self.grid.setCurrentIndex(self.model.index(row, 0))
        self._offer()
        self.refreshed.emit()

    def _case(self) -> RecordId | None:
        row = self.grid.currentIndex().row()
        return self.model.lines[row].case if 0 <= row < len(self.model.lines) else None

    def _offer(self) -> None:
        self.save.setEnabled(bool(self.model.keyed))
        self.print.setEnabled(bool(self._programs))
        for button in self.keys.values():
            button.setEnabled(bool(self.model.lines))
        case = self._case()
        why = self.model.refused.get(case, "") if case is not None else ""
        self.why.setText(why)
        self.why.setVisible(bool(why))

    # --- keying -------------------------------------------------------------------------------

    def save_ticks(self) -> None:
        """Save all that was keyed; what is refused stays, with the reason beside it."""
        ticks = list(self.model.keyed.values())
        if ticks:
            self.save.setEnabled(False)
            self._background.run(
                lambda: key_ticks(self._desk, ticks), self._on_saved, self._on_failed
            )

    def _on_saved(self, told: list[Keyed]) -> None:
        words, model = self._words, self.model
        for keyed in told:
            case = keyed.tick.case
            if keyed.refused is not None:
                note(keyed.refused)
                model.refused[case] = sentence_for(keyed.refused, words)
            elif model.keyed.get(case) == keyed.tick:
                del model.keyed[case]
        bad = sum(keyed.refused is not None for keyed in told)
        good = len(told) - bad
        done = words.plural("{n} tick is saved.", "{n} ticks are saved.", good)
        left = words.plural(
            "{n} tick could not be saved. The reason stands beside it.",
            "{n} ticks could not be saved. The reasons stand beside them.", bad,
        )  # fmt: skip
        self.good.say(done if good else "")
        self.bad.say(left if bad else "")
        self.saved.emit()
        self.refresh()

    def _on_key(self, known: Known) -> None:
        row = self.grid.currentIndex().row()
        if row >= 0:
            self._on_ticked(row, known)
            if known is not Known.RESCHEDULED:
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_ticked(self, row: int, known: Known) -> None:
        if known is not Known.RESCHEDULED:
            case = self.model.lines[row].case
            self.model.key(case, Tick(case, known))
            self._offer()
            return
        case, said = self.model.lines[row].case, self._words.text("New report-by")
        field = Questions(self._words).moment(said, is_required=True, name="moment")

        def then(answers: Answers) -> None:
            if any(line.case == case for line in self.model.lines):
                self.model.key(case, Tick(case, Known.RESCHEDULED, str(answers["moment"])))
            self._offer()
            self.ask.done()
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

        number = self.model.lines[row].number
        self.ask.ask(self._words.text("Tick the new time"), [field], then, number)

    def _on_cleared(self, row: int) -> None:
        self.model.clear(row)
        self._offer()

    def _on_opened(self, index: QModelIndex) -> None:
        self.record_asked.emit(self.model.lines[index.row()].case)

    def _on_program(self) -> None:
        self.refresh()

    def _go(self, weeks: int) -> None:
        self._monday += weeks * _WEEK
        self.refresh()

    # --- paper --------------------------------------------------------------------------------

    def _on_print(self) -> None:
        program, monday = str(self.program.currentData()), self._monday
        sheet = BlankSheet(self, self._words, self._desk.agency.printers, self._on_failed)
        year, week, _ = monday.isocalendar()
        self._background.run(
            lambda: print_arrivals(self._desk, program, monday),
            lambda data: sheet.give_out(data, f"week-{year}-{week:02}"), self._on_failed,
        )  # fmt: skip

    def _on_failed(self, error: BaseException) -> None:
        self._offer()
        self.bad.tell_in_view(error)

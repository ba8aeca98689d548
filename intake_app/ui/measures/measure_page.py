"""One measure: its figure, cut by what one chooses, how it is counted, and who stands behind it."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake_app.domain.measure import Cut
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import Period, period_in_words
from intake_app.services.measures.picturing import TIMES, chart_of
from intake_app.services.measures.tabling import table_of
from intake_app.services.measures.viewing import View, view
from intake_app.services.reports.measure_paper import print_measure
from intake_app.services.reports.table_file import copied_table
from intake_app.ui.form.page_frame import PageHead
from intake_app.ui.measures.bar_chart import BarChart
from intake_app.ui.measures.choosers import side_by_side
from intake_app.ui.measures.equity_card import EquityCard
from intake_app.ui.measures.figure_card import FigureCard
from intake_app.ui.measures.how_card import HowCard
from intake_app.ui.measures.line_chart import LineChart
from intake_app.ui.measures.records_card import RecordsCard
from intake_app.ui.measures.saving import TableSaver
from intake_app.ui.measures.told_table import ToldTable
from intake_app.ui.papers.giver import PaperGiver
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, Chip, MessageBox, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

if TYPE_CHECKING:
    from intake_app.ui.measures.chart_view import ChartView

_FIRST_CUT: Final = "month"
_MOST_BARS: Final = 24
"""More groups than these are read in the table."""


class MeasurePage(QWidget):
    """One measure of some days.

    Signals:
        closed: Back to the board.
        record_asked: Open this record (id).
        refreshed: It shows what was counted.

    Attributes:
        by, also_by: By what the table is cut.
        figure: The figure over everything.
        chart: The chart that is shown, or None.
        table: The table.
        equity: Rates of groups against one of them.
        records: The records behind a number.
        print, save, copy: Take it along.
    """

    closed = Signal()
    record_asked = Signal(str)
    refreshed = Signal()

    def __init__(
        self,
        desk: Desk,
        background: Background,
        words: Words,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._turn, self._ident, self._is_internal = 0, "", False
        self._period: Period | None = None
        self.shown: View | None = None
        self.chart: ChartView | None = None
        self.back = named_button(words.text("All numbers"), "small")
        on_press(self.back, self.closed.emit)
        self.good, self.inside = MessageBox(theme, "ok"), MessageBox(theme, "error")
        self.error = FailureBox(theme, words, self.good)
        self.figure, self.how = FigureCard(words), HowCard(words)
        self.by, self.also_by = Picker(), Picker()
        self.table = ToldTable(theme, words)
        self.equity = EquityCard(desk, background, words, theme)
        self.records = RecordsCard(desk, background, words, theme)
        self._saver = TableSaver(desk, background, words, self)
        self._build()
        for picker in (self.by, self.also_by):
            picker.activated.connect(self._on_cut)
        self.table.row_opened.connect(self._on_row)
        self.records.record_asked.connect(self.record_asked)
        self._papers = PaperGiver(background, words, self)
        for work in (self._saver, self._papers):
            work.done.connect(self._on_done)
            work.failed.connect(self.error.tell)
        self.setFocusProxy(self.back)

    def show_measure(self, ident: str, period: Period, *, is_internal: bool) -> None:
        """Show a measure of some days."""
        self._ident, self._period, self._is_internal = ident, period, is_internal
        words = self._words
        self._fill_cuts((), keep=False)
        self.inside.say(words.text("Not for release") if is_internal else "")
        self.good.say("")
        self.records.close_list()
        self._head.say("", period_in_words(period, words))
        self._read(with_first_cut=True)

    # --- parts ----------------------------------------------------------------------------

    def _build(self) -> None:
        """From the outside in: a part that is put into another is dressed anew, with all in it."""
        theme = self._theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        outer.addWidget(scrolled(inside))
        body = QVBoxLayout(inside)
        side = theme.px(34)
        body.setContentsMargins(side, theme.px(22), side, theme.px(20))
        body.setSpacing(theme.px(14))
        self._head, self._cut_card = PageHead(theme), Card()
        self._head.side.addWidget(self.back, 0, Qt.AlignmentFlag.AlignRight)
        for part in (self._head, self.inside, self.error, self.good, self.figure, self._cut_card,
                     self.records, self.equity, self.how):  # fmt: skip
            body.addWidget(part)
        body.addStretch(1)
        self._fill_card()

    def _fill_card(self) -> None:
        words, theme = self._words, self._theme
        asked = ((words.text("By"), self.by), (words.text("and by"), self.also_by))
        self._cut_card.box.addLayout(side_by_side(asked, theme))
        self.also_by.setAccessibleName(words.text("and also by"))
        self._chart_place = QVBoxLayout()
        self._cut_card.box.addLayout(self._chart_place)
        self._warned = Chip(words.text("Not for release"), "late")
        self._blank = MessageBox(theme, "warn")
        for part in (self._warned, self._blank):
            self._cut_card.box.addWidget(part)
        self._cut_card.box.addWidget(self.table)
        self._cut_card.box.addWidget(self._buttons())

    def _buttons(self) -> QWidget:
        words = self._words
        self.print = named_button(words.text("Print this…"), "small")
        self.save = named_button(words.text("Save this table…"), "small")
        self.copy = named_button(words.text("Copy this table"), "small")
        self.behind = named_button(words.text("Records behind all of it"), "small")
        on_press(self.print, self._on_print)
        on_press(self.save, self._on_save)
        on_press(self.copy, self._on_copy)
        on_press(self.behind, lambda: self._show_records(()))
        return ButtonRow(self._theme.px(9), (self.print, self.save, self.copy, self.behind))

    def _fill_cuts(self, cuts: tuple[Cut, ...], *, keep: bool) -> None:
        """What to cut by; what was chosen stays chosen."""
        words = self._words
        none_of = ((self.by, words.text("nothing")), (self.also_by, words.text("nothing else")))
        for picker, none in none_of:
            chosen = picker.currentData() if keep else ""
            picker.clear()
            picker.addItem(none, "")
            for cut in cuts:
                picker.addItem(cut.label.said_in(words.language), cut.id)
            picker.setCurrentIndex(max(picker.findData(chosen), 0))

    # --- reading --------------------------------------------------------------------------

    def _read(self, *, with_first_cut: bool = False) -> None:
        if self._period is None:
            return
        self._turn += 1
        desk, ident, period, inside = self._desk, self._ident, self._period, self._is_internal
        cuts = [_FIRST_CUT] if with_first_cut else self._chosen()
        self._background.run(
            lambda: view(desk, ident, period, cuts, is_internal=inside),
            partial(self._show, self._turn, tuple(cuts)), self.error.tell,
        )  # fmt: skip

    def _chosen(self) -> list[str]:
        found = [str(picker.currentData() or "") for picker in (self.by, self.also_by)]
        return [cut for cut in dict.fromkeys(found) if cut]

    def _show(self, turn: int, cuts: tuple[str, ...], found: View) -> None:
        if turn != self._turn or self._period is None:
            return  # something else was asked for since
        words = self._words
        self.shown = found
        self.error.say("")
        title = found.told.measure.title.said_in(words.language)
        self._head.say(title, period_in_words(self._period, words))
        self._fill_cuts(found.cuts, keep=True)
        for picker, cut in zip((self.by, self.also_by), (*cuts, "", ""), strict=False):
            picker.setCurrentIndex(max(picker.findData(cut), 0))
        self.figure.show_view(found)
        self.how.show_view(found)
        is_counted = not found.asked.missing
        self._cut_card.setVisible(is_counted)
        if is_counted:
            self._show_table(found)
        self.equity.show_measure(found, self._period, is_internal=self._is_internal)
        self.refreshed.emit()

    def _show_table(self, found: View) -> None:
        words = self._words
        warning = words.text("Not for release") if found.told.is_internal else ""
        self._warned.setVisible(bool(warning))
        self._blank.say(words.text(
            "Most of this is not shown, because the groups are small. Choose more days, or cut by "
            "something coarser."
        ) if found.told.is_mostly_hidden else "")  # fmt: skip
        self.table.show_table(table_of(found.told, found.asked, words), warning)
        self._show_chart(found, warning)

    def _show_chart(self, found: View, warning: str) -> None:
        if self.chart is not None:
            self._chart_place.removeWidget(self.chart)
            self.chart.hide()
            self.chart.deleteLater()
            self.chart = None
        drawn = chart_of(found.told, found.asked, self._words)
        if drawn is None or not 1 < len(drawn.bars) <= _MOST_BARS:
            return
        is_time = bool(found.told.cuts) and found.told.cuts[0] in TIMES
        kind = LineChart if is_time else BarChart
        self.chart = kind(self._theme, self._words)
        self.chart.show_chart(drawn, warning)
        self._chart_place.addWidget(self.chart)
        self.chart.show()

    def _on_cut(self) -> None:
        self.good.say("")
        self.records.close_list()
        self._read()

    # --- the table ------------------------------------------------------------------------

    def _on_row(self, index: object) -> None:
        line = self.table.told.line_at(index)  # pyright: ignore[reportArgumentType]
        if line is not None and line.place is not None:
            self._show_records(line.place)

    def _show_records(self, place: tuple[str, ...]) -> None:
        if self.shown is not None:
            self.records.show_behind(self.shown, place)

    def _on_save(self) -> None:
        if self.shown is not None:
            self._saver.save(self.shown)

    def _on_print(self) -> None:
        shown, period, desk = self.shown, self._period, self._desk
        if shown is None or period is None:
            return
        language = self._words.language
        warning = "not-for-release-" if shown.told.is_internal else ""
        name = f"{warning}{shown.told.measure.id}-{period.since}-{period.until}".replace("_", "-")
        self._papers.give(lambda: print_measure(desk, shown, period, language), name, "print")

    def _on_copy(self) -> None:
        shown, desk, words = self.shown, self._desk, self._words
        if shown is None:
            return

        def done(text: str) -> None:
            QApplication.clipboard().setText(text)
            self._on_done(words.text("The table is copied."))

        self._background.run(lambda: copied_table(desk, shown, words), done, self.error.tell)

    def _on_done(self, said: str) -> None:
        self.error.say("")  # of what was tried before
        self.good.say(said)

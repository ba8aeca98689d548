"""Numbers: what was offered to whom, and what came of it; a board, and each measure by itself."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from intake_app.services.desk import Desk
from intake_app.services.measures.viewing import Board, board
from intake_app.ui.form.page_frame import PageHead
from intake_app.ui.measures.card_grid import CardGrid
from intake_app.ui.measures.family_card import FUNNEL, FamilyCard
from intake_app.ui.measures.measure_page import MeasurePage
from intake_app.ui.measures.period_bar import PeriodBar
from intake_app.ui.measures.trend_card import TrendCard
from intake_app.ui.measures.ways import ways_of
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class NumbersPage(QWidget):
    """The board, and behind it one measure at a time.

    Signals:
        record_asked: Open this record (id).
        refreshed: The board shows what was counted.
        reports_asked, exports_asked, imports_asked, county_asked: Show these pages.

    Attributes:
        period: Which days.
        internal: Shows small numbers too, marked as not for release.
        why: Why some numbers are not shown, where some are not.
        cards: The groups that are shown, by id of their family.
        trend: How many came each month.
        measure: The page of one measure, once it was opened.
    """

    record_asked = Signal(str)
    refreshed = Signal()
    reports_asked = Signal()
    exports_asked = Signal()
    imports_asked = Signal()
    county_asked = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._turn = 0
        self.cards: dict[str, FamilyCard] = {}
        self.measure: MeasurePage | None = None
        self._opened = ""
        self.trend: TrendCard | None = None
        self.period = PeriodBar(desk, words, theme)
        self.internal = QCheckBox(words.text("Show small numbers too (not for release)"))
        self.internal.setAccessibleName(self.internal.text())
        self.warn, self.error = MessageBox(theme, "warn"), FailureBox(theme, words)
        self.inside, self.why = MessageBox(theme, "error"), muted("")
        self.why.hide()
        self._grid = CardGrid(theme)
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._board()
        self.period.chosen.connect(self._read)
        self.internal.toggled.connect(self._on_internal)
        self.setFocusProxy(self.period)

    def refresh(self) -> None:
        """Count anew; whoever comes back sees no small numbers until they ask for them."""
        self._show_board()
        if self.internal.isChecked():
            self.internal.setChecked(False)  # reads by itself
        else:
            self._read()

    # --- parts ----------------------------------------------------------------------------

    def _board(self) -> None:
        """From the outside in: a part that is put into another is dressed anew, with all in it."""
        words, theme = self._words, self._theme
        self._head = PageHead(theme)
        self._head.say(words.text("Numbers"), words.text("Counting…"))
        inside = QWidget()
        self._stack.addWidget(scrolled(inside))
        body = QVBoxLayout(inside)
        side = theme.px(34)
        body.setContentsMargins(side, theme.px(22), side, theme.px(20))
        body.setSpacing(theme.px(14))
        ways = ButtonRow(theme.px(9), ways_of(self, self._desk, words))
        for part in (self._head, ways, self.period, self.internal, self.inside, self.error,
                     self.warn, self.why, self._grid):  # fmt: skip
            body.addWidget(part)
        body.addStretch(1)

    # --- the board ------------------------------------------------------------------------

    def _read(self) -> None:
        self._turn += 1
        desk, period, is_internal = self._desk, self.period.period, self.internal.isChecked()
        self._head.note.setText(self._words.text("Counting…"))
        self._background.run(
            lambda: board(desk, period, is_internal=is_internal),
            partial(self._show, self._turn), self._on_failed,
        )  # fmt: skip

    def _show(self, turn: int, found: Board) -> None:
        if turn != self._turn:
            return  # other days were asked for since
        words = self._words
        self.error.say("")
        self._head.note.setText(words.text(
            "Of the files that you read. Choose a line to see more of it."
        ))  # fmt: skip
        self.warn.say(waiting_in_words(found.waiting, words))
        self.why.setText(found.why_not_shown(words))
        self.why.setVisible(bool(self.why.text()))
        self._grid.clear()
        self.cards = {}
        if found.is_empty:
            self._grid.say(words.text(
                "Nothing was counted in these days. Choose other days, or come back when the "
                "first intake is finished."
            ))  # fmt: skip
        self._add_next(turn, found, 0)

    def _add_next(self, turn: int, found: Board, at: int) -> None:
        """One card at a turn: keys are heard in between."""
        if turn != self._turn:
            return
        if found.is_empty or at == len(found.groups):
            self.refreshed.emit()
            QTimer.singleShot(0, self, self._page)
            return
        family, views = found.groups[at]
        card = FamilyCard(family, views, self._words, self._theme)
        card.measure_asked.connect(self.open_measure)
        self.cards[family.id] = card
        self._grid.add(card, is_wide=family.id == FUNNEL)
        if family.id == FUNNEL and found.trend is not None:
            self.trend = TrendCard(found.trend, self._words, self._theme)
            self._grid.add(self.trend, is_wide=True)
        QTimer.singleShot(0, self, lambda: self._add_next(turn, found, at + 1))

    def _on_internal(self, is_on: bool) -> None:
        words = self._words
        self.inside.say(words.text(
            "Not for release. Small numbers are shown too, and people can be found by them. Keep "
            "this on the screen, inside the department."
        ) if is_on else "")  # fmt: skip
        self._read()

    def _on_failed(self, error: BaseException) -> None:
        self._head.note.setText("")
        self.error.tell(error)

    # --- one measure ----------------------------------------------------------------------

    def open_measure(self, ident: str) -> None:
        """Show one measure of the same days."""
        page = self._page()
        self._opened = ident
        self._stack.setCurrentWidget(page)
        page.show_measure(ident, self.period.period, is_internal=self.internal.isChecked())
        page.setFocus()

    def _page(self) -> MeasurePage:
        """The page of one measure; built while the board is looked at."""
        if self.measure is None:
            self.measure = MeasurePage(
                self._desk, self._background, self._words, self._theme, self._stack
            )
            self.measure.record_asked.connect(self.record_asked)
            self.measure.closed.connect(self._on_measure_closed)
            self._stack.addWidget(self.measure)
        return self.measure

    def _on_measure_closed(self) -> None:
        self._show_board()
        for card in self.cards.values():
            if self._opened in card.lines:
                card.lines[self._opened].setFocus()
                return

    def _show_board(self) -> None:
        self._stack.setCurrentIndex(0)


def waiting_in_words(waiting: int, words: Words) -> str:
    """How many changes are not counted yet; empty where all are."""
    if not waiting:
        return ""
    return words.plural(
        "{number} change to a record still waits to be counted. These numbers are not whole yet; "
        "look again in a moment.",
        "{number} changes to records still wait to be counted. These numbers are not whole yet; "
        "look again in a moment.",
        waiting, number=f"{waiting:,}",
    )  # fmt: skip

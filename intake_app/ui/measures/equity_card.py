"""Is everybody treated alike: the rate of each group with its interval, against one that is chosen.

Groups stand in the order of the code table, in one color: nobody is ranked. What is not told in the
table is not told here either.
"""

from functools import partial

from PySide6.QtCore import Signal

from intake_app.domain.measure import Cut, Kind
from intake_app.domain.told import Told
from intake_app.services.desk import Desk
from intake_app.services.measures.fairness import against, fair_cuts
from intake_app.services.measures.periods import Period
from intake_app.services.measures.picturing import interval_chart
from intake_app.services.measures.saying import code_in_words, why_not_shown
from intake_app.services.measures.tabling import cut_label, label_of, rows_in_order
from intake_app.services.measures.viewing import View, view
from intake_app.ui.measures.choosers import side_by_side
from intake_app.ui.measures.interval_chart import IntervalChart
from intake_app.ui.measures.told_table import ToldTable
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, Chip
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class EquityCard(Card):
    """A rate by group, against a group that the user chooses.

    Signals:
        refreshed: It shows what was counted.

    Attributes:
        cut: By what people are grouped.
        reference: The group against which the others are seen.
        chart: Points with their intervals.
        table: The same in numbers.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Is everybody treated alike?"))
        self._desk, self._background, self._words = desk, background, words
        self._turn, self._is_internal = 0, False
        self._period: Period | None = None
        self._ident = ""
        self._view: View | None = None
        self.cut, self.reference = Picker(), Picker()
        self.chart, self.table = IntervalChart(theme, words), ToldTable(theme, words)
        self.error = FailureBox(theme, words)
        self._warned = Chip(words.text("Not for release"), "late")
        asked = ((words.text("Groups by"), self.cut), (words.text("Seen against"), self.reference))
        self.box.addLayout(side_by_side(asked, theme))
        self._told = muted("")
        for part in (self._warned, self.error, self.chart, self.table, self._told):
            self.box.addWidget(part)
        self.box.addWidget(muted(words.text(
            "A line shows where the true rate probably lies (95% Wilson interval). Where the line "
            "of a group reaches the dashed line, the difference may be chance. The ratio is a "
            "group's rate over that of the group it is seen against: 1.00 is the same."
        )))  # fmt: skip
        self.cut.activated.connect(self._on_cut)
        self.reference.activated.connect(self._on_reference)

    def show_measure(self, shown: View, period: Period, *, is_internal: bool) -> None:
        """Offer the groups of a measure; what is no rate has no such view."""
        self._turn += 1
        cuts = fair_cuts(shown.cuts)
        measure = shown.told.measure
        self.setVisible(measure.kind is Kind.RATE and bool(cuts))
        if self.isHidden():
            return
        is_other = measure.id != self._ident
        self._ident, self._period, self._is_internal = measure.id, period, is_internal
        if is_other or not self.cut.count():
            self._fill(cuts)
        self._read()

    def _fill(self, cuts: list[Cut]) -> None:
        self.cut.clear()
        for cut in cuts:
            self.cut.addItem(cut.label.said_in(self._words.language), cut.id)
        self.reference.clear()

    def _read(self) -> None:
        if self._period is None:
            return
        self._turn += 1
        desk, ident, period, inside = self._desk, self._ident, self._period, self._is_internal
        cut = str(self.cut.currentData())
        self._background.run(
            lambda: view(desk, ident, period, [cut], is_internal=inside),
            partial(self._show, self._turn), self.error.tell,
        )  # fmt: skip

    def _show(self, turn: int, found: View) -> None:
        if turn != self._turn:
            return
        self.error.say("")
        self._view = found
        chosen = self.reference.currentData()
        self.reference.clear()
        self.reference.addItem(self._words.text("Choose…"), None)  # no group is the usual one
        told = [one for one in self._groups(found) if one[2].percent is not None]
        for label, code, _ in told:
            self.reference.addItem(label, code)
        codes = [None, *(code for _, code, _ in told)]
        self.reference.setCurrentIndex(codes.index(chosen) if chosen in codes else 0)
        self._draw()
        self.refreshed.emit()

    def _groups(self, found: View) -> list[tuple[str, str, Told]]:
        label, words = label_of(found.asked, self._words), self._words
        cut = found.told.cuts[0] if found.told.cuts else ""
        return [
            (code_in_words(cut, place[0], label, words), place[0], told)
            for place, told in rows_in_order(found.told, found.asked)
        ]

    def _draw(self) -> None:
        found = self._view
        if found is None:
            return
        words, groups = self._words, self._groups(found)
        measure = found.told.measure
        warning = words.text("Not for release") if found.told.is_internal else ""
        self._warned.setVisible(bool(warning))
        title = measure.title.said_in(words.language)
        code: str | None = self.reference.currentData()
        reference = "" if code is None else self.reference.currentText()
        drawn = interval_chart(title, [(one[0], one[2]) for one in groups], measure, words)
        self.chart.setVisible(bool(drawn.bars))
        self.chart.show_chart(drawn, warning, reference)
        head = cut_label(found.asked, found.told.cuts[0], words) if found.told.cuts else ""
        table = against(title, head, groups, code, words)
        self.table.setVisible(bool(table.lines))
        self.table.show_table(table, warning)
        self._told.setText(why_not_shown(found.told, words))
        self._told.setVisible(bool(self._told.text()))

    def _on_cut(self) -> None:
        self.reference.clear()
        self._read()

    def _on_reference(self) -> None:
        self._draw()

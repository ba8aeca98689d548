"""What was released: a list, and each as it was, to be read, printed or saved without any key."""

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Signal

from intake_app.services.desk import Desk
from intake_app.services.measures.periods import period_in_words
from intake_app.services.measures.tabling import Line, Table
from intake_app.services.reports.quarterly import print_quarterly
from intake_app.services.reports.releasing import Release, read_release, released
from intake_app.services.reports.report import Report
from intake_app.ui.measures.report_card import language_picker
from intake_app.ui.measures.report_sheet import ReportSheet
from intake_app.ui.measures.told_table import ToldTable
from intake_app.ui.papers.giver import PaperGiver
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, heading, muted
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date

NAME: Final = "released-numbers"
"""Title of the print job, and begin of the file's name: it names nobody."""

_WIDTHS: Final = (0, 160, 170, 220)


class ReleasedCard(Card):
    """The list, newest first, and the release that was opened.

    Signals:
        refreshed: The list is there.
        opened: A release is shown.

    Attributes:
        table: The list; Enter opens one.
        sheet: The release that was opened.
        print, save: Give it out.
    """

    refreshed = Signal()
    opened = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Released numbers"))
        self._desk, self._background, self._words = desk, background, words
        self._list: tuple[Release, ...] = ()
        self._report: Report | None = None
        self.good = MessageBox(theme, "ok")
        self.bad = FailureBox(theme, words, self.good)
        self.table, self._none = ToldTable(theme, words), muted("")
        self._title, self.sheet = heading("", 2), ReportSheet(words, theme)
        self.language = language_picker(words)
        self.print = named_button(words.text("Print this release…"))
        self.save = named_button(words.text("Save this release as PDF…"))
        self._label = field_label(words.text("Language of the paper"), self.language)
        self._give = ButtonRow(theme.px(9), (self.language, self.print, self.save))
        for part in (self.bad, self.good, self._none, self.table, self._title, self._label,
                     self._give, self.sheet):  # fmt: skip
            self.box.addWidget(part)
        for part in (self._title, self._label, self._give, self.sheet):
            part.hide()
        self.table.row_opened.connect(self._on_row)
        on_press(self.print, partial(self._on_give, "print"))
        on_press(self.save, partial(self._on_give, "save"))
        self.sheet.shown.connect(self.opened)
        self._work = PaperGiver(background, words, self)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self.bad.tell)

    def refresh(self) -> None:
        """Read the list."""
        desk = self._desk
        self._background.run(lambda: released(desk), self._show, self.bad.tell)

    def _show(self, found: list[Release]) -> None:
        words, language = self._words, self._words.language
        self._list = tuple(found)
        heads = (words.text("Days"), words.text("Released on"), words.text("By"), "")
        lines = tuple(
            Line(period_in_words(one.period, words), (
                short_date(one.day, language), self._desk.name_of(one.by),
                words.text("newest of these days") if one.is_newest else words.text("corrected"),
            ))
            for one in found
        )  # fmt: skip
        self.table.show_table(Table(words.text("Released numbers"), heads, lines), widths=_WIDTHS)
        self.table.setVisible(bool(lines))
        self._none.setText(
            words.text("Choose one and press Enter to read it.") if lines else words.text(
                "Nothing was released yet. A coordinator or a supervisor releases numbers."
            )
        )  # fmt: skip
        self.refreshed.emit()

    def _on_row(self, index: QModelIndex) -> None:
        if not index.isValid() or index.row() >= len(self._list):
            return
        desk, one = self._desk, self._list[index.row()]
        self._background.run(
            lambda: read_release(desk, one.id), self._show_report, self.bad.tell
        )  # fmt: skip

    def _show_report(self, report: Report) -> None:
        self._report = report
        self.bad.say("")
        self._title.setText(period_in_words(report.period, self._words))
        for part in (self._title, self._label, self._give):
            part.show()
        self.sheet.show_report(report)
        bring_into_view(self._title)
        self.print.setFocus()

    def _on_give(self, how: str) -> None:
        desk, report, language = self._desk, self._report, str(self.language.currentData())
        if report is None:
            return
        period = report.period
        self._work.give(lambda: print_quarterly(desk, report, language),
                        f"{NAME}-{period.since}-{period.until}", how)  # fmt: skip

    def _on_done(self, said: str) -> None:
        self.bad.say("")  # of what was tried before
        self.good.say(said)

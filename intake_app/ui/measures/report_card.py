"""Reports of numbers as papers: days, language, a copy for the house; printed or saved."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from intake_app.services.desk import Desk
from intake_app.services.measures.periods import Period
from intake_app.services.reports.monthly import monthly_sheet, print_monthly
from intake_app.services.reports.quarterly import print_quarterly, quarterly_report
from intake_app.ui.measures.period_bar import MONTH, QUARTER, PeriodBar
from intake_app.ui.papers.giver import PaperGiver
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import labeled, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import LANGUAGES, Words, mark

Draw = Callable[[Desk, Period, bool, str], bytes]
"""Of whom, of which days, with small numbers or not, in which language."""


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One report.

    Attributes:
        name: Title of the print job, and begin of the file's name: it names nobody.
        title: Its words, marked for translation, and so on.
        told: What it is.
        print: Words of the button that prints it.
        save: Words of the button that saves it.
        usual: With which period it begins.
        draw: Makes it; on the worker.
    """

    name: str
    title: str
    told: str
    print: str
    save: str
    usual: int
    draw: Draw


def _quarterly(desk: Desk, period: Period, is_internal: bool, language: str) -> bytes:
    report = quarterly_report(desk, period, is_internal=is_internal)
    return print_quarterly(desk, report, language)


def _monthly(desk: Desk, period: Period, is_internal: bool, language: str) -> bytes:
    return print_monthly(desk, monthly_sheet(desk, period, is_internal=is_internal), language)


QUARTERLY: Final = ReportKind(
    "numbers", mark("Quarterly report"),
    mark("All numbers with charts, how each is counted, and how good the data are."),
    mark("Print the report…"), mark("Save the report as PDF…"), QUARTER, _quarterly,
)  # fmt: skip
MONTHLY: Final = ReportKind(
    "monthly-sheet", mark("Monthly sheet for the chief"),
    mark("One page: how many came, time saved, complaints."),
    mark("Print the sheet…"), mark("Save the sheet as PDF…"), MONTH, _monthly,
)  # fmt: skip


class ReportCard(Card):
    """A report of some days, as a paper.

    Signals:
        given: It was printed or saved.

    Attributes:
        period: Which days.
        language: Of the paper.
        internal: With all numbers, "not for release".
        print, save: What to do with it.
        good, bad: What came of it.
    """

    given = Signal()

    def __init__(
        self, kind: ReportKind, desk: Desk, background: Background, words: Words, theme: Theme
    ) -> None:
        super().__init__(words.text(kind.title))
        self._kind, self._desk, self._words = kind, desk, words
        self.box.addWidget(muted(words.text(kind.told)))
        self.period = PeriodBar(desk, words, theme, kind.usual)
        self.language = language_picker(words)
        self.internal = QCheckBox(words.text("A copy for the department, with small numbers"))
        self.internal.setAccessibleName(self.internal.text())
        self.good = MessageBox(theme, "ok")
        self.bad = FailureBox(theme, words, self.good)
        self.print = named_button(words.text(kind.print))
        self.save = named_button(words.text(kind.save))
        on_press(self.print, partial(self._give, "print"))
        on_press(self.save, partial(self._give, "save"))
        row = QHBoxLayout()
        row.addLayout(labeled(words.text("Language of the paper"), self.language))
        row.addStretch(1)
        self.box.addWidget(self.period)
        self.box.addLayout(row)
        self._told = muted("")
        for part in (self.internal, self._told, self.good, self.bad,
                     ButtonRow(theme.px(9), (self.print, self.save))):  # fmt: skip
            self.box.addWidget(part)
        self._told.hide()
        self.internal.toggled.connect(self._on_internal)
        self._work = PaperGiver(background, words, self)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self._on_failed)

    def _give(self, how: str) -> None:
        desk, period, is_internal = self._desk, self.period.period, self.internal.isChecked()
        language, draw = str(self.language.currentData()), self._kind.draw
        warning = "not-for-release-" if is_internal else ""
        self._wait(is_waiting=True)
        self._work.give(
            lambda: draw(desk, period, is_internal, language),
            f"{warning}{self._kind.name}-{period.since}-{period.until}", how,
        )  # fmt: skip

    def _on_internal(self, is_on: bool) -> None:
        self._told.setText(self._words.text(
            "Each page says “Not for release”. People can be found by its small numbers: keep it "
            "locked, and destroy it when it is used."
        ) if is_on else "")  # fmt: skip
        self._told.setVisible(is_on)

    def _on_done(self, said: str) -> None:
        self._wait(is_waiting=False)
        self.bad.say("")
        self.good.say(said)
        if said:
            self.given.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._wait(is_waiting=False)
        self.bad.tell(error)

    def _wait(self, *, is_waiting: bool) -> None:
        for button in (self.print, self.save):
            button.setEnabled(not is_waiting)


def language_picker(words: Words) -> Picker:
    """The languages of papers; that of the window is chosen."""
    made = Picker()
    names = {"en": words.text("English"), "es": words.text("Spanish")}
    for code in LANGUAGES:
        made.addItem(names.get(code, code), code)
    made.setCurrentIndex(max(made.findData(words.language), 0))
    return made

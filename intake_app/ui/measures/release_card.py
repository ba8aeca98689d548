"""Releasing a report: looked over on the screen as it would be read, then released."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from intake_app.services.desk import Desk
from intake_app.services.measures.periods import period_in_words
from intake_app.services.reports.quarterly import quarterly_report
from intake_app.services.reports.releasing import release
from intake_app.services.reports.report import Report
from intake_app.ui.measures.period_bar import PeriodBar
from intake_app.ui.measures.report_sheet import ReportSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class ReleaseCard(Card):
    """Look over, then release; what was not looked over cannot be released.

    Signals:
        released: A report was released.
        looked: The report is shown.

    Attributes:
        period: Which days.
        look: Makes the report.
        release: Releases what is shown.
        sheet: The report as it would be read.
        good, bad: What came of it.
    """

    released = Signal()
    looked = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Release numbers"))
        self._desk, self._background, self._words = desk, background, words
        self._report: Report | None = None
        self.box.addWidget(muted(words.text(
            "What is released can be seen by administrators and given to the chief, the council "
            "and the public. It stays as it is; a correction is a new release."
        )))  # fmt: skip
        self.period = PeriodBar(desk, words, theme)
        self.look = named_button(words.text("Look over these numbers"))
        self.release = PrimaryButton(words.text("Release these numbers"))
        self.release.setAccessibleName(self.release.text())
        self.good, self.bad = MessageBox(theme, "ok"), FailureBox(theme, words)
        self._told, self.sheet = muted(""), ReportSheet(words, theme)
        for part in (self.period, ButtonRow(theme.px(9), (self.look, self.release)), self.good,
                     self.bad, self._told, self.sheet):  # fmt: skip
            self.box.addWidget(part)
        self._forget()
        self.period.chosen.connect(self._forget)
        on_press(self.look, self._on_look)
        on_press(self.release, self._on_release)
        self.sheet.shown.connect(self.looked)

    def _forget(self) -> None:
        """Other days: what was looked over is not what would be released."""
        self._report = None
        self.sheet.empty()
        for part in (self.sheet, self._told, self.release):
            part.hide()

    def _on_look(self) -> None:
        desk, period = self._desk, self.period.period
        self._run(lambda: quarterly_report(desk, period), self._show)

    def _show(self, report: Report) -> None:
        words = self._words
        self.look.setEnabled(True)
        if report.period != self.period.period:
            return  # other days were chosen since
        self._report = report
        hidden = sum(one.told.hidden for one in report.views)
        said = [period_in_words(report.period, words) + "."]
        said.append(words.plural(
            "{n} place is not shown.", "{n} places are not shown.", hidden
        ) if hidden else words.text("Nothing had to be left out."))  # fmt: skip
        self._told.setText(" ".join(said))
        self.sheet.show_report(report)
        for part in (self._told, self.release):
            part.show()

    def _on_release(self) -> None:
        desk, report = self._desk, self._report
        if report is not None:
            self.release.setEnabled(False)
            self._run(lambda: release(desk, report), self._on_released)

    def _on_released(self, _ident: object) -> None:
        self.look.setEnabled(True)
        self.release.setEnabled(True)
        self._forget()
        self.good.say(self._words.text("Released. Administrators can see it now."))
        self.look.setFocus()
        self.released.emit()

    def _run(self, job: Callable[[], object], done: Callable[..., object]) -> None:
        self.good.say("")
        self.bad.say("")
        self.look.setEnabled(False)
        self._background.run(job, done, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        self.look.setEnabled(True)
        self.release.setEnabled(True)
        self.bad.tell_in_view(error)

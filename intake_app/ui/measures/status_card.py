"""The status list for the prosecutor: looked over here, then given, and noted for each case."""

from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from intake_app.services.desk import Desk
from intake_app.services.measures.tabling import Line, Table
from intake_app.services.reports.status_list import (
    StatusList,
    give_status_list,
    left_out,
    look_over_status_list,
    status_in_words,
)
from intake_app.ui.measures.told_table import ToldTable
from intake_app.ui.papers.giver import PaperGiver
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words, short_date

NAME = "status-list"
"""Title of the print job and name of the file: it names nobody."""

_WIDTHS: Final = (170, 0, 170, 200, 130)


class StatusCard(Card):
    """Held cases: number, offense, status, dates. Names stand on the paper alone.

    Signals:
        looked: The list is shown.
        given: It was printed or saved, and noted.

    Attributes:
        to: The office that receives it.
        closed: Also cases that were closed in the last 90 days.
        look: Makes the list.
        table: What would be given, without names.
        print, save: Give it.
    """

    looked = Signal()
    given = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Status list for the prosecutor"))
        self._desk, self._background, self._words = desk, background, words
        self.box.addWidget(muted(words.text(
            "Held cases with number, name, offense, status, and the days to report by and to "
            "complete by. Nothing of treatment. Each case that is on it is noted as a disclosure."
        )))  # fmt: skip
        self.to = QLineEdit()
        self.box.addWidget(field_label(words.text("Who receives it"), self.to))
        self.box.addWidget(self.to)
        self.closed = QCheckBox(words.text("Also cases that were closed in the last 90 days"))
        self.closed.setAccessibleName(self.closed.text())
        self.look = named_button(words.text("Look over the list"))
        self.print = named_button(words.text("Print the list…"))
        self.save = named_button(words.text("Save the list as PDF…"))
        self.good = MessageBox(theme, "ok")
        self.bad = FailureBox(theme, words, self.good)
        self.table, self._told = ToldTable(theme, words), muted("")
        buttons = ButtonRow(theme.px(9), (self.look, self.print, self.save))
        for part in (self.closed, self.table, self._told, self.good, self.bad, buttons):
            self.box.addWidget(part)
        for part in (self.table, self._told, self.print, self.save):
            part.hide()
        on_press(self.look, self._on_look)
        on_press(self.print, partial(self._give, "print"))
        on_press(self.save, partial(self._give, "save"))
        self.closed.toggled.connect(self._on_closed)
        self._found: StatusList | None = None
        self._work = PaperGiver(background, words, self)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self.bad.tell)

    @property
    def since(self) -> str:
        """From which day on closed cases are on it; empty: none."""
        return days_before(self._desk, 90) if self.closed.isChecked() else ""

    def _on_look(self) -> None:
        desk, since = self._desk, self.since
        self._background.run(
            lambda: look_over_status_list(desk, since), self._show, self.bad.tell
        )  # fmt: skip

    def _show(self, found: StatusList) -> None:
        self._found = found
        words, language = self._words, self._words.language
        lines = tuple(
            Line(one.number, (
                ", ".join(one.offenses), status_in_words(one.status, words),
                moment_in_words(one.report_by, language) if one.report_by else "",
                short_date(one.complete_by, language) if one.complete_by else "",
            ))
            for one in found.lines
        )  # fmt: skip
        heads = (words.text("Number"), words.text("Offense"), words.text("Status"),
                 words.text("Report by"), words.text("Complete by"))  # fmt: skip
        self.table.show_table(Table(words.text("Cases on the list"), heads, lines), widths=_WIDTHS)
        said = words.plural(
            "{n} case is on the list. Its name stands on the paper alone.",
            "{n} cases are on the list. Their names stand on the paper alone.", len(lines),
        )  # fmt: skip
        if not lines:
            said = words.text("No case is on the list.")
        self._told.setText(" ".join(filter(None, (said, left_out(found, words)))))
        self._told.show()
        for part in (self.table, self.print, self.save):
            part.setVisible(bool(lines))
        self.bad.say("")
        self.looked.emit()

    def _give(self, how: str) -> None:
        desk, to, since = self._desk, self.to.text(), self.since
        kept = {"print": "printed", "save": "saved"}[how]
        shown = self._found
        self._work.give(lambda: give_status_list(desk, to, since, kept, shown), NAME, how)

    def _on_closed(self) -> None:
        """What was looked over is not what would be given now."""
        for part in (self.table, self._told, self.print, self.save):
            part.hide()

    def _on_done(self, said: str) -> None:
        self.bad.say("")
        self.good.say(said)
        if said:
            self.given.emit()


def days_before(desk: Desk, days: int) -> str:
    """The day so many days ago (YYYY-MM-DD)."""
    return (desk.clock.local().date() - timedelta(days=days)).isoformat()

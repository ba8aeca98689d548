"""The timeline of a folder: what happened, the latest first, and the same on paper."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from intake_app.services.follow_up.timeline import Entry, print_timeline, timeline_of
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, clear, make_button, on_press
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.lists import end_rows, ruled
from intake_app.words.dates import day_in_words, time_in_words

_JOB: Final = "timeline"
"""Title of the print job: it names nobody."""

_SHOWN: Final = 200
"""Lines on the screen; all of them are on the paper."""


class TimelineTab(FolderTab):
    """The tab.

    Attributes:
        print: Prints it.
        with_names: Whether the paper has names.
        lines: What is shown, the latest first.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        words = self.words
        self.lines: Sequence[Entry] = ()
        self.card = Card(words.text("What happened"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.print = make_button(words.text("Print the timeline"), "small")
        self.print.setAccessibleName(self.print.text())
        self.with_names = QCheckBox(words.text("With names"))
        self.with_names.setAccessibleName(self.with_names.text())
        self.card.box.addWidget(ButtonRow(self.theme.px(10), (self.print, self.with_names)))
        self.card.box.addLayout(self._lines)
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        on_press(self.print, self._on_print)

    def refresh(self) -> None:
        """Read it anew."""
        desk, record, language = self.parts.desk, self.parts.record, self.words.language
        self.read(lambda: timeline_of(desk, record, language), self._show)

    def _show(self, found: Sequence[Entry]) -> None:
        self.lines = list(reversed(found))
        clear(self._lines)
        day = ""
        for entry in self.lines[:_SHOWN]:
            if (said := day_in_words(entry.at.date(), self.words.language)) != day:
                day = said
                self._lines.addWidget(heading(day, 3))
            self._lines.addWidget(ruled(self._line(entry)))
        end_rows(self._lines)
        if len(self.lines) > _SHOWN:
            told = self.words.text("Older entries stand on the printed timeline.")
            self._lines.addWidget(muted(told))

    def _line(self, entry: Entry) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        when = muted(time_in_words(entry.at, self.words.language), wraps=False)
        when.setMinimumWidth(self.theme.px(80))
        row.addWidget(when)
        what = entry.what
        if entry.is_taken_back:
            what = self.words.text("{what} (taken back)", what=what)
        row.addWidget(words_label(what), 1)
        row.addWidget(muted(entry.who, wraps=False))
        return row

    def _on_print(self) -> None:
        desk, record, names = self.parts.desk, self.parts.record, self.with_names.isChecked()
        sheet = BlankSheet(self, self.words, self.parts.printers, self.fail)
        self.parts.background.run(
            lambda: print_timeline(desk, record, names=names),
            lambda data: sheet.give_out(data, _JOB), self.fail,
        )  # fmt: skip

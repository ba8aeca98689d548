"""Sticks: the button that begins, and the log of who carried which, from where to where."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from intake_app.domain.ids import StationId
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carrying import (
    WAYS,
    CarryLine,
    carrier_log,
    print_carrier_log,
    said_of,
    stick_name,
)
from intake_app.services.exchanging.stations import station_names
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, clear, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words

JOB_NAME: Final = "carrier-log"
"""Title of the print job."""

SHOWN: Final = 10
"""Lines on the page; the printed log has more."""

_Found = tuple[Sequence[CarryLine], Mapping[StationId, str]]


class CarrierLogCard(Card):
    """For who carries sticks.

    Signals:
        stick_asked: Carry on a stick.
        refreshed: It shows the log as it is now.

    Attributes:
        begin: Begins.
        print_log: Prints the log.
    """

    stick_asked = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Sticks"))
        self._desk, self._background, self._words = desk, background, words
        say = words.text
        self.begin = named_button(say("Carry on a stick…"))
        self.print_log = named_button(say("Print the carrier log"))
        self.error = FailureBox(theme, words)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(8))
        self._sheet = BlankSheet(self, words, desk.agency.printers, self.error.tell)
        self.box.addWidget(ButtonRow(theme.px(9), (self.begin, self.print_log)))
        self.box.addWidget(self.error)
        self.box.addLayout(self._lines)
        on_press(self.begin, self.stick_asked.emit)
        on_press(self.print_log, self._on_print)

    def refresh(self) -> None:
        """Read the log anew."""
        desk = self._desk
        self._background.run(
            lambda: (carrier_log(desk)[:SHOWN], station_names(desk)), self._show, self.error.tell
        )

    def _show(self, found: _Found) -> None:
        log, names = found
        clear(self._lines)
        for line in log:
            when, how = self._said(line, names)
            self._lines.addWidget(words_label(how))
            self._lines.addWidget(muted(when))
        if not log:
            self._lines.addWidget(muted(self._words.text("No stick has been carried yet.")))
        self.print_log.setEnabled(bool(log))
        self.refreshed.emit()

    def _said(self, line: CarryLine, names: Mapping[StationId, str]) -> tuple[str, str]:
        say, carried = self._words.text, line.carried
        source, target = said_of(line, names, self._words)
        bundles = self._words.plural("{n} bundle", "{n} bundles", carried.bundles)
        receipts = self._words.plural("{n} receipt", "{n} receipts", carried.receipts)
        how = say(
            "{stick} {way}: {bundles}, {receipts}. From {source} to {target}.",
            stick=stick_name(carried.hub, self._words), way=say(WAYS[carried.way]),
            bundles=bundles, receipts=receipts, source=source, target=target,
        )  # fmt: skip
        when = moment_in_words(line.at, self._words.language)
        return f"{when} · {self._desk.name_of(line.by)}", how

    def _on_print(self) -> None:
        desk = self._desk

        def out(data: bytes) -> None:
            self._sheet.give_out(data, JOB_NAME)

        self._background.run(lambda: print_carrier_log(desk), out, self.error.tell)

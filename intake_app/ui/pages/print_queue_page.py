"""Papers that wait for a printer: one line for each intake, printed in one go, each as its own job.

A set leaves the list when the printer took it. When one fails, it and those after it stay.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import RecordId
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import IssuedPaper, note_printed, paper_bytes
from intake_app.services.papers.print_queue import (
    NOT_COVERED,
    SheetSet,
    set_aside,
    sheet_sets,
    title_of,
)
from intake_app.ui.form.ask_reason import ReasonBox
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.papers.printing import print_sets
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, make_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

SHOWN: Final = 50
"""Sets on the page at once; the rest come when these are printed."""

STOPPED: Final[Mapping[str, str]] = {
    "deceased": mark("The person has died. Nothing is printed for them."),
    "do_not_contact": mark("The person asked not to be contacted. Nothing is printed for them."),
    NOT_COVERED: mark("A consent under these papers does not stand. They are not printed."),
}


@dataclass(frozen=True, slots=True)
class _Found:
    """What waits, and what its papers are called in the window's language, by record."""

    sets: Sequence[SheetSet]
    titles: Mapping[RecordId, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A set that a printer took."""

    papers: Sequence[IssuedPaper]
    printer: str


class PrintQueuePage(QWidget):
    """The list, and one button that prints what is ticked.

    Signals:
        record_asked: Open this intake or case (record id).
        refreshed: It shows what waits now.

    Attributes:
        ticks: A box for each set, by record.
        print_all: Prints what is ticked.
        off: Takes what is ticked off the list.
    """

    record_asked = Signal(str)
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._sets: Sequence[SheetSet] = ()
        self.ticks: dict[str, QCheckBox] = {}
        self._build()

    def refresh(self) -> None:
        """Read anew what waits."""
        self._background.run(self._read, self._show, self.error.tell_in_view)

    def _read(self) -> _Found:
        desk, language = self._desk, self._words.language
        sets = sheet_sets(desk)
        titles = {one.record: [title_of(desk, paper, language) for paper in one.papers]
                  for one in sets[:SHOWN]}  # fmt: skip
        return _Found(sets, titles)

    def _build(self) -> None:
        say = self._words.text
        self.frame = PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        self.frame.head.say(
            say("To print"), say("Each line is one person's papers. They are printed together.")
        )
        self.good = MessageBox(self._theme, "ok")
        self.error = FailureBox(self._theme, self._words)
        self.reason = ReasonBox(self._theme, self._words)
        self._rows = Card()
        for part in (self.error, self.good, self.reason, self._rows):
            self.frame.body.addWidget(part)
        self.frame.body.addStretch(1)
        self.off = self.frame.button(say("Do not print…"))
        self.print_all: PrimaryButton = self.frame.primary(say("Print all that is ticked"))
        self.frame.foot.addWidget(self.off)
        self.frame.foot.addStretch(1)
        self.frame.foot.addWidget(self.print_all)
        on_press(self.off, self._on_off)
        on_press(self.print_all, self._on_print)

    def _show(self, found: _Found) -> None:
        sets = found.sets
        self._sets = sets[:SHOWN]
        self.ticks = {}
        clear(self._rows.box)
        for one in self._sets:
            self._rows.box.addWidget(self._row(one, ", ".join(found.titles[one.record])))
        say = self._words.text
        if not sets:
            self._rows.box.addWidget(muted(say("All papers are printed.")))
        elif more := len(sets) - len(self._sets):
            told = self._words.plural("{n} more waits.", "{n} more wait.", more)
            self._rows.box.addWidget(muted(told))
        self._offer()
        self.refreshed.emit()

    def _row(self, one: SheetSet, titles: str) -> QWidget:
        tick = QCheckBox(one.number)
        tick.setAccessibleName(f"{one.number}: {titles}")
        tick.setChecked(not one.stop)
        tick.toggled.connect(self._offer)
        self.ticks[one.record] = tick
        when = moment_in_words(one.papers[0].at, self._words.language)
        told = self._words.text(STOPPED[one.stop]) if one.stop else ""
        opened = make_button(self._words.text("Open"), "link")
        opened.setAccessibleName(self._words.text("Open {number}", number=one.number))
        on_press(opened, lambda: self.record_asked.emit(one.record))
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 4, 0, 4)
        lines.setSpacing(0)
        lines.addWidget(ButtonRow(self._theme.px(10), (tick, opened)))
        lines.addWidget(words_label(titles))
        lines.addWidget(muted(f"{when}. {told}" if told else when))
        return box

    def _ticked(self) -> list[SheetSet]:
        return [one for one in self._sets if self.ticks[one.record].isChecked()]

    def _offer(self) -> None:
        ticked = self._ticked()
        self.print_all.setEnabled(bool(ticked) and not any(one.stop for one in ticked))
        self.off.setEnabled(bool(ticked))

    # --- printing -----------------------------------------------------------------------------

    def _on_print(self) -> None:
        sets = self._ticked()
        self._background.run(
            lambda: [[paper_bytes(self._desk, p) for p in one.papers] for one in sets],
            lambda found: self._print(sets, found),
            self.error.tell_in_view,
        )

    def _print(self, sets: Sequence[SheetSet], found: Sequence[Sequence[bytes]]) -> None:
        jobs = [(one.number, datas) for one, datas in zip(sets, found, strict=True)]
        done: list[_Printed] = []

        def taken(place: int, printer: str) -> None:
            done.append(_Printed(sets[place].papers, printer))

        try:
            print_sets(self, jobs, self._words, self._desk.agency.printers, taken)
            self.error.say("")
        except IntakeError as error:
            self.error.tell_in_view(error)
        if done:
            self._note(done)

    def _note(self, done: Sequence[_Printed]) -> None:
        said = self._words.plural(
            "{n} set sent to the printer.", "{n} sets sent to the printer.", len(done)
        )

        def note_each() -> None:
            for one in done:
                for paper in one.papers:
                    note_printed(self._desk, paper, one.printer)

        self._do(note_each, said)

    def _on_off(self) -> None:
        papers = [paper for one in self._ticked() for paper in one.papers]

        def off(reason: str) -> None:
            def job() -> None:
                for paper in papers:
                    set_aside(self._desk, paper, reason)

            self._do(job, self._words.text("Taken off the list. The papers stay in their folder."))

        self.reason.ask(
            self._words.text("Take the ticked papers off this list without printing?"),
            self._words.text("Do not print"), off,
        )  # fmt: skip

    def _do(self, job: Callable[[], object], said: str) -> None:
        def then(_: object) -> None:
            self.good.say(said)
            self.print_all.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refresh()

        self._background.run(job, then, self.error.tell_in_view)

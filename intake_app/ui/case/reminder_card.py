"""Reminders and checks that are due: letters in one go, calls noted with what came of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.errors import IntakeError
from intake_app.domain.form import Answers, Choice
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May, may
from intake_app.services.case.calendar_file import (
    CalendarFile,
    appointment_file,
    note_calendar_saved,
)
from intake_app.services.desk import Desk
from intake_app.services.records.choices import choices_of
from intake_app.services.week.desk_sheet import print_desk_sheet
from intake_app.services.week.reminders import (
    LOOKED,
    OUTCOMES,
    Letters,
    Reminder,
    note_reminded,
    print_reminders,
    reminders_due,
    reminders_of,
)
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.papers.desk_work import DeskWork
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.papers.printing import save_calendar
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, clear, make_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words.dates import moment_in_words, short_day

WAYS: Final = "contact_methods"
"""Code table of the ways in which people may be reached."""

_SHOWN: Final = 30
"""Lines that stand on the card; the rest stands on the desk sheet."""

_JOB: Final = "letters"
"""Title of a print job of several letters: it names nobody."""


@dataclass(frozen=True, slots=True)
class _Facts:
    due: Sequence[Reminder]
    ways: Mapping[str, Choice]
    outcomes: Sequence[Choice]


class ReminderCard(Card):
    """What is due: of all cases, or of one.

    Signals:
        record_asked: Open this case (record id).
        changed: Something was noted or issued.
        refreshed: It shows what the file holds now.

    Attributes:
        letters: Prints the letters that may go.
        sheet: Prints the desk sheet (of all cases).
        calendar: Saves the appointment as a file (of one case).
        ask: Asks how somebody was reached, and what came of it.
        good, bad: What came of a press.
    """

    record_asked = Signal(str)
    changed = Signal()
    refreshed = Signal()

    def __init__(
        self, desk: Desk, background: Background, setting: Setting,
        case: RecordId = RecordId(""),
    ) -> None:  # fmt: skip
        super().__init__(setting.words.text("Reminders and checks"))
        self._desk, self._background, self._words = desk, background, setting.words
        self._case, self._questions = case, Questions(setting.words)
        self._facts = _Facts((), {}, ())
        self.good, self.bad = MessageBox(setting.theme, "ok"), MessageBox(setting.theme, "warn")
        self.ask = AskCard(setting)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._papers = PaperDesk(
            DeskWork(desk), background, setting.words, desk.agency.printers, self
        )
        self._lay_out()
        self._papers.told.connect(self.good.say)
        self._papers.failed.connect(self._on_failed)
        on_press(self.letters, self._on_letters)
        on_press(self.sheet, self._on_sheet)
        on_press(self.calendar, self._on_calendar)
        if not may(desk.person.roles, May.RECORD_PROGRESS):
            self.hide()

    def refresh(self) -> None:
        """Read anew what is due."""
        self._background.run(self._read, self._on_read, self._on_failed)

    def _lay_out(self) -> None:
        words = self._words
        self.letters = make_button(words.text("Print reminder letters"), "small")
        self.sheet = make_button(words.text("Print desk sheet"), "small")
        self.calendar = make_button(words.text("Save calendar file"), "small")
        buttons = (self.letters, self.sheet, self.calendar)
        for button in buttons:
            button.setAccessibleName(button.text())
        (self.sheet if self._case else self.calendar).hide()
        for part in (self.good, self.bad):
            self.box.addWidget(part)
        self.box.addLayout(self._lines)
        self.box.addWidget(self.ask)
        self.box.addWidget(ButtonRow(8, buttons))

    # --- reading ------------------------------------------------------------------------------

    def _read(self) -> _Facts:
        desk, case = self._desk, self._case
        due = reminders_of(desk, case) if case else reminders_due(desk)
        ways = {choice.id: choice for choice in desk.library.codes(WAYS)}
        outcomes = choices_of(desk, OUTCOMES)
        return _Facts(due, ways, outcomes)

    def _on_read(self, facts: _Facts) -> None:
        self._facts = facts
        clear(self._lines)
        if not facts.due:
            self._lines.addWidget(muted(self._words.text("Nothing is due.")))
        for one in facts.due[:_SHOWN]:
            line = self._line(one)
            self._lines.addWidget(line)
            line.show()
        left = len(facts.due) - _SHOWN
        if left > 0:
            more = self._words.plural(
                "and {n} more, on the desk sheet", "and {n} more, on the desk sheet", left
            )
            self._lines.addWidget(muted(more))
        self.letters.setEnabled(any(one.is_letter for one in facts.due))
        self.ask.forget_way_back()
        self.refreshed.emit()

    def _line(self, one: Reminder) -> QWidget:
        words, line, row = self._words, QWidget(), QHBoxLayout()
        line.setLayout(row)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(0)
        label = one.label.said_in(words.language)
        title = label if self._case else f"{one.number} · {label}"
        told.addWidget(words_label(title, "label"))
        told.addWidget(muted(self._under(one)))
        row.addLayout(told, 1)
        if not self._case:
            row.addWidget(self._button(words.text("Open the case"), title, lambda: self._open(one)))
        if one.is_for_person and self._spoken(one):
            row.addWidget(self._button(words.text("Note…"), title, lambda: self._on_note(one)))
        elif not one.is_for_person:
            said = words.text("Done")
            row.addWidget(self._button(said, title, lambda: self._note(one, LOOKED, LOOKED)))
        return line

    def _button(self, text: str, title: str, act: Callable[[], object]) -> QWidget:
        made = make_button(text, "small")
        made.setAccessibleName(f"{text.removesuffix('…')}: {title}")
        on_press(made, act)
        return made

    def _under(self, one: Reminder) -> str:
        """When, and which ways are safe."""
        words, about = self._words, one.about
        when = moment_in_words(about, words.language) if "T" in about else (
            short_day(about, words.language)
        )  # fmt: skip
        parts = [when]
        if one.is_for_person:
            ways = ", ".join(self._way(way) for way in one.ways)
            nothing = words.text("No safe way was given. Say nothing.")
            parts.append(words.text("Safe: {ways}", ways=ways) if ways else nothing)
        if one.tries:
            parts.append(words.plural("{n} try", "{n} tries", one.tries))
        return " · ".join(parts)

    def _way(self, code: str) -> str:
        choice = self._facts.ways.get(code)
        return choice.label.said_in(self._words.language) if choice else code

    def _spoken(self, one: Reminder) -> list[Choice]:
        return [self._facts.ways[way] for way in one.ways if way in self._facts.ways]

    def _open(self, one: Reminder) -> None:
        self.record_asked.emit(one.case)

    # --- noting -------------------------------------------------------------------------------

    def _on_note(self, one: Reminder) -> None:
        words, ask = self._words, self._questions
        fields = [
            ask.choice("how", words.text("How"), self._spoken(one)),
            ask.choice("outcome", words.text("What came of it"), self._facts.outcomes),
        ]

        def then(said: Answers) -> None:
            self._note(one, str(said["how"]), str(said["outcome"]))

        self.ask.ask(words.text("Note the reminder"), fields, then, one.number)

    def _note(self, one: Reminder, how: str, outcome: str) -> None:
        def done(_: object) -> None:
            self.ask.done()
            self._tell(self._words.text("Saved."))

        self._background.run(
            lambda: note_reminded(self._desk, one.case, one.id, how, outcome),
            done, self._on_failed,
        )  # fmt: skip

    def _tell(self, said: str) -> None:
        self.bad.say("")
        self.good.say(said)
        self.changed.emit()
        self.refresh()

    # --- papers and files -----------------------------------------------------------------------

    def _on_letters(self) -> None:
        cases = [one.case for one in self._facts.due if one.is_letter]
        wanted = list(dict.fromkeys(cases))
        self._background.run(
            lambda: print_reminders(self._desk, wanted), self._on_issued, self._on_failed
        )

    def _on_issued(self, made: Letters) -> None:
        words = self._words
        for _, error in made.refused:
            note(error)
        self._tell(words.plural("{n} letter is issued.", "{n} letters are issued.",
                                len(made.issued)))  # fmt: skip
        if made.refused:
            first = sentence_for(made.refused[0][1], words)
            count = words.plural(
                "{n} letter was not issued.", "{n} letters were not issued.", len(made.refused)
            )
            self.bad.say(f"{count} {first}")
        if made.issued:
            self._papers.print_set(_JOB, lambda: [(paper, 1) for paper in made.issued])

    def _on_sheet(self) -> None:
        desk = self._desk
        sheet = BlankSheet(self, self._words, desk.agency.printers, self._on_failed)
        name = f"day-{desk.clock.local():%Y-%m-%d}"
        self._background.run(
            lambda: print_desk_sheet(desk), lambda data: sheet.give_out(data, name),
            self._on_failed,
        )  # fmt: skip

    def _on_calendar(self) -> None:
        self._background.run(
            lambda: appointment_file(self._desk, self._case), self._save_calendar, self._on_failed
        )

    def _save_calendar(self, file: CalendarFile) -> None:
        try:
            is_saved = save_calendar(self, file.data, file.name, self._words)
        except IntakeError as error:
            self._on_failed(error)
            return
        if is_saved:
            said = self._words.text("The calendar file is saved.")
            self._background.run(
                lambda: note_calendar_saved(self._desk, self._case),
                lambda _: self._tell(said), self._on_failed,
            )  # fmt: skip

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        said = sentence_for(error, self._words)
        if self.ask.isVisible():
            self.ask.fail(said)
            return
        self.good.say("")
        self.bad.say(said)

"""Records requests, complaints and breaches: what is owed an answer, and what was answered."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.entry import show_date
from intake_app.domain.form import Answers, Choice, Field
from intake_app.domain.ids import RecordId
from intake_app.domain.log_entry import LogEntry, LogKind, StepKind
from intake_app.services.desk import Desk
from intake_app.services.requests.log import (
    NewEntry,
    answer_entry,
    extend_entry,
    log_entries,
    note_entry,
    outcomes,
    receive,
)
from intake_app.services.requests.replies import print_reply
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, named_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark, own_name
from intake_app.words.dates import moment_in_words

KINDS: Final[Mapping[LogKind, str]] = {
    LogKind.RECORDS_REQUEST: mark("Records request"),
    LogKind.COMPLAINT: mark("Complaint"),
    LogKind.BREACH: mark("Breach"),
}
STEPS: Final[Mapping[StepKind, str]] = {
    StepKind.EXTENDED: mark("More time until {day}"),
    StepKind.NOTE: mark("Note"),
    StepKind.NOTIFIED: mark("The people concerned were told"),
    StepKind.ANSWERED: mark("Answered"),
}
_ENTRY: Final = Qt.ItemDataRole.UserRole


class LogsPage(QWidget):
    """The three logs as one list, what is owed first; below it the entry that is chosen.

    Signals:
        refreshed: It shows what the file holds now.

    Attributes:
        new: Buttons that enter something, by kind.
        rows: The list.
        ask: Asks what is entered.
        doing: Buttons for the chosen entry, by name.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._questions = Questions(words)
        self._entries: dict[RecordId, LogEntry] = {}
        self._codes: Mapping[LogKind, Sequence[Choice]] = {}
        self._chosen = RecordId("")
        self.doing: dict[str, QPushButton] = {}
        self._build()

    def refresh(self) -> None:
        """Read the logs anew."""

        def read() -> tuple[list[LogEntry], Mapping[LogKind, Sequence[Choice]]]:
            return log_entries(self._desk), {k: outcomes(self._desk, k) for k in LogKind}

        self._background.run(read, lambda found: self._show(*found), self._on_failed)

    # --- making -------------------------------------------------------------------------------

    def _build(self) -> None:
        say = self._words.text
        self.frame = PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        told = say("Each is answered by its day. A reply names classes of records, never content.")
        self.frame.head.say(say("Requests, complaints and breaches"), told)
        self.new = {kind: named_button(say(label)) for kind, label in KINDS.items()}
        for kind, button in self.new.items():
            on_press(button, partial(self._ask_new, kind))
        self.error, self.good = MessageBox(self._theme, "error"), MessageBox(self._theme, "ok")
        self.ask = AskCard(Setting(self._words, self._theme, self._desk.clock))
        self.rows = QListWidget()
        self.rows.setAccessibleName(say("Requests, complaints and breaches"))
        self.rows.currentItemChanged.connect(self._on_row)
        self.none = muted(say("Nothing came in yet."))
        self.pane = Card()
        enter = ButtonRow(self._theme.px(8), (muted(say("Enter a new:"), wraps=False),
                                              *self.new.values()))  # fmt: skip
        for part in (self.error, self.good, enter, self.ask, self.none, self.rows, self.pane):
            self.frame.body.addWidget(part)
        self.rows.setMinimumHeight(self._theme.px(170))
        self.frame.body.addStretch(1)
        for name, label, act in (
            ("answer", say("Answer…"), self._ask_answer), ("extend", say("More time…"),
            self._ask_extend), ("note", say("Note…"), self._ask_note),
            ("notified", say("People were told…"), partial(self._ask_note, is_notified=True)),
        ):  # fmt: skip
            self.doing[name] = named_button(label)
            on_press(self.doing[name], act)
        for code in self._desk.agency.languages:
            name = own_name(code)
            made = named_button(say("Print reply ({language})", language=name))
            on_press(made, partial(self._print, code))
            self.doing[f"print_{code}"] = made
        row = ButtonRow(self.frame.foot.spacing(), tuple(self.doing.values()))
        self.frame.foot.addWidget(row, 1)

    # --- showing ------------------------------------------------------------------------------

    def _show(self, entries: Sequence[LogEntry], codes: Mapping[LogKind, Sequence[Choice]]) -> None:
        chosen, self._codes = self._chosen, codes
        self._entries = {entry.id: entry for entry in entries}
        self.rows.clear()
        for entry in entries:
            item = QListWidgetItem(self._line(entry))
            item.setData(_ENTRY, entry.id)
            self.rows.addItem(item)
        self.none.setVisible(not entries)
        self.rows.setVisible(bool(entries))
        self.pane.setVisible(bool(entries))
        places = list(self._entries)
        self.rows.setCurrentRow(places.index(chosen) if chosen in self._entries else 0)
        if not entries:
            self._show_entry(None)
        self.refreshed.emit()

    def _today(self) -> date:
        return self._desk.clock.local().date()

    def _line(self, entry: LogEntry) -> str:
        say, language = self._words.text, self._words.language
        kind = say(KINDS[entry.kind])
        if entry.answer is not None:
            return say("{number}  {kind}: answered", number=entry.number, kind=kind)
        day = show_date(entry.due, language)
        if entry.is_overdue(self._today()):
            return say("{number}  {kind}: overdue since {day}", number=entry.number, kind=kind,
                       day=day)  # fmt: skip
        return say("{number}  {kind}: answer by {day}", number=entry.number, kind=kind, day=day)

    def _on_row(self, item: QListWidgetItem | None, _before: QListWidgetItem | None = None) -> None:
        if item is not None:
            self._chosen = RecordId(str(item.data(_ENTRY)))
            self._show_entry(self._entries.get(self._chosen))

    def _show_entry(self, entry: LogEntry | None) -> None:
        is_open = entry is not None and entry.answer is None
        is_breach = entry is not None and entry.kind is LogKind.BREACH
        for name, button in self.doing.items():
            button.setEnabled(entry is not None)
            button.setVisible(name != "notified" or is_breach)
        self.doing["extend"].setEnabled(is_open)
        self._clear_pane()
        if entry is None:
            return
        say, language = self._words.text, self._words.language
        box = self.pane.box
        box.addWidget(heading(f"{entry.number}: {say(KINDS[entry.kind])}", 2))
        for label, text in (
            (say("Received"), show_date(entry.received, language)),
            (say("From"), entry.sender), (say("Reach them"), entry.reach),
            (say("About"), entry.about),
            (say("People concerned"), str(entry.affected or "")),
            (say("Due because of"), entry.authority.said_in(language)),
        ):  # fmt: skip
            if text:
                box.addWidget(words_label(label, "label"))
                box.addWidget(words_label(text))
        if entry.is_public:
            box.addWidget(words_label(say("{n} people or more: HHS and the media are told at once.",
                                          n=entry.public_from), "error"))  # fmt: skip
        names = {person.id: person.shown_name for person in self._desk.colleagues}
        for step in entry.steps:
            what = say(STEPS[step.what], day=show_date(step.due, language) if step.due else "")
            when = moment_in_words(step.at, language)
            box.addWidget(words_label(what, "label"))
            code = self._outcome(entry.kind, step.outcome)
            box.addWidget(words_label("\n".join(filter(None, (code, step.words)))))
            told = say("{who}, {when}", who=names.get(step.by, "?"), when=when)
            box.addWidget(muted(told))

    def _clear_pane(self) -> None:
        while (item := self.pane.box.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _outcome(self, kind: LogKind, code: str) -> str:
        choices = {one.id: one.label for one in self._codes.get(kind, ())}
        return choices[code].said_in(self._words.language) if code in choices else ""

    # --- entering -----------------------------------------------------------------------------

    def _ask_new(self, kind: LogKind) -> None:
        say, ask = self._words.text, self._questions
        is_breach = kind is LogKind.BREACH
        day = say("Found on") if is_breach else say("Received on")
        fields = [
            ask.day(day, is_required=True, name="received"),
            ask.note(say("What happened") if is_breach else say("What it is about"),
                     is_required=True, name="about"),
        ]  # fmt: skip
        if is_breach:
            fields.append(ask.number("affected", say("How many people are concerned, if known")))
        else:
            fields.append(ask.note(say("From (they need not give a name)"), name="sender"))
            fields.append(ask.note(say("How to answer them"), name="reach"))

        def then(said: Answers) -> None:
            new = NewEntry(
                kind, str(said["received"]), str(said["about"]), str(said.get("sender") or ""),
                str(said.get("reach") or ""), _whole(said.get("affected")),
            )  # fmt: skip
            self._do(lambda: self._enter(new), say("It is entered."))

        self.ask.ask(say(KINDS[kind]), fields, then)
        self.ask.fill({"received": self._today().isoformat()})

    def _enter(self, new: NewEntry) -> None:
        self._chosen = receive(self._desk, new).id

    def _ask_answer(self) -> None:
        entry = self._entries[self._chosen]
        say, ask = self._words.text, self._questions
        fields: list[Field] = [
            ask.choice("outcome", say("Answer"), self._codes[entry.kind]),
            ask.note(say("What the reply says"), is_required=True),
        ]

        def then(said: Answers) -> None:
            outcome, words = str(said["outcome"]), str(said["note"])
            self._do(
                lambda: answer_entry(self._desk, entry.id, outcome, words),
                say("It is answered. Print the reply now."),
            )

        self.ask.ask(say("Answer no. {number}", number=entry.number), fields, then)

    def _ask_extend(self) -> None:
        entry = self._entries[self._chosen]
        say, ask = self._words.text, self._questions
        fields = [ask.day(say("Answer by"), is_required=True),
                  ask.note(say("Reason"), is_required=True)]  # fmt: skip

        def then(said: Answers) -> None:
            due, reason = str(said["day"]), str(said["note"])
            self._do(lambda: extend_entry(self._desk, entry.id, due, reason),
                     say("There is more time. Tell the sender."))  # fmt: skip

        self.ask.ask(say("More time for no. {number}", number=entry.number), fields, then)

    def _ask_note(self, *, is_notified: bool = False) -> None:
        entry = self._entries[self._chosen]
        say = self._words.text
        what = say("Who was told, and how") if is_notified else say("Note")
        fields = [self._questions.note(what, is_required=True)]

        def then(said: Answers) -> None:
            words = str(said["note"])
            self._do(
                lambda: note_entry(self._desk, entry.id, words, is_notified=is_notified),
                say("It is noted."),
            )

        self.ask.ask(say("Note to no. {number}", number=entry.number), fields, then)

    def _print(self, language: str) -> None:
        entry = self._entries[self._chosen]
        sheet = BlankSheet(self, self._words, self._desk.agency.printers, self._on_failed)
        self._background.run(
            lambda: print_reply(self._desk, entry.id, language),
            lambda data: sheet.give_out(data, entry.number), self._on_failed,
        )  # fmt: skip

    def _do(self, job: Callable[[], object], said: str) -> None:
        def done(_: object) -> None:
            self.error.say("")
            self.good.say(said)
            self.ask.done()
            self.refresh()

        self._background.run(job, done, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        text = sentence_for(error, self._words)
        if self.ask.isVisible():
            self.ask.fail(text)
            return
        self.good.say("")
        self.error.say(text)
        bring_into_view(self.error)


def _whole(number: object) -> int:
    """A number as the field gives it ({"amount": 12.0, "unit": ""}), as people."""
    return int(number["amount"]) if isinstance(number, dict) else 0  # pyright: ignore[reportUnknownArgumentType]

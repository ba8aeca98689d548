"""Follow-ups in a folder: what is to be done, by whom, what was tried, and a call on one screen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.draft import Draft
from intake_app.domain.errors import IntakeError
from intake_app.domain.follow_up import TaskState
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, UserId
from intake_app.services.follow_up.attempts import (
    SNAPSHOT,
    CallSheet,
    NewAttempt,
    call_sheet,
    log_attempt,
    take_back_attempt,
)
from intake_app.services.follow_up.calendar import (
    CalendarFile,
    follow_up_file,
    note_follow_up_file_saved,
)
from intake_app.services.follow_up.call_notes import begin_call, forget_call, keep_call
from intake_app.services.follow_up.follow_ups import (
    FollowUp,
    drop,
    extra,
    finish,
    hand_over,
    note_unable,
    put_off,
    stop,
)
from intake_app.services.follow_up.overview import Overview, follow_up_overview
from intake_app.ui.folder.call_card import CallCard
from intake_app.ui.folder.follow_up_words import FollowUpWords
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.draft_saver import DraftSaver
from intake_app.ui.form.questions import Questions
from intake_app.ui.papers.printing import save_calendar
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import (
    Card,
    Chip,
    MessageBox,
    PrimaryButton,
    clear,
    make_button,
    on_press,
)
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted, words_label


class FollowUpTab(FolderTab):
    """The tab.

    Attributes:
        stop: Why nobody may contact the person.
        kept: A call that was interrupted waits.
        call: The screen of a call.
        ask: What is asked before something is noted.
        new, other, halt: Add a task; note a try without one; they asked to stop.
        rows: One line for each task: its buttons by what they do.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        words, agency = self.words, parts.desk.agency
        self._found: Overview | None = None
        self._ask = Questions(words)
        self.rows: dict[RecordId, QPushButton] = {}
        self.menus: dict[RecordId, QMenu] = {}
        self.stop, self.kept = MessageBox(self.theme, "warn"), MessageBox(self.theme, "warn")
        self.ask = AskCard(parts.setting)
        self.call = CallCard(parts.setting, agency.neutral_name or agency.name)
        self.tasks, self._tasks = self._card(words.text("Follow-ups"))
        self.tries, self._tries = self._card(words.text("All tries"))
        self.new = PrimaryButton(words.text("Add a follow-up…"), self.theme)
        self.other = make_button(words.text("Record another call or visit"))
        self.halt = make_button(words.text("They asked us to stop…"))
        buttons = (self.new, self.other, self.halt)
        for button in buttons:
            button.setAccessibleName(button.text())
        self._buttons = ButtonRow(self.theme.px(8), buttons)
        self.tasks.box.addWidget(self._buttons)
        for part in (self.stop, self.kept, self.call, self.ask, self.tasks, self.tries):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.saver = DraftSaver(self._typed, self._keep, parts.background, self)
        self._connect()

    def _card(self, title: str) -> tuple[Card, QVBoxLayout]:
        card, lines = Card(title), QVBoxLayout()
        lines.setSpacing(0)
        card.box.addLayout(lines)
        return card, lines

    def _connect(self) -> None:
        on_press(self.new, self._on_new)
        on_press(self.other, lambda: self.begin(""))
        on_press(self.halt, self._on_halt)
        self.call.typed.connect(self.saver.touch)
        self.call.saved.connect(self._on_save_call)
        self.call.left.connect(self._on_leave_call)

    def refresh(self) -> None:
        """Read the tasks and tries anew; a call that is under way stays as it is."""
        desk, record = self.parts.desk, self.parts.record
        self.read(lambda: follow_up_overview(desk, record), self._show)

    # --- showing ------------------------------------------------------------------------------

    def _show(self, found: Overview) -> None:
        self._found = found
        words, said = self.words, FollowUpWords(self.words, found, self.parts.setting.today)
        self.stop.say(said.stop(found.stop))
        self._buttons.setEnabled(not found.stop)
        is_calling = self.call.isVisible()
        self._offer_kept(None if is_calling else found.kept)
        self.ask.forget_way_back()
        clear(self._tasks)
        clear(self._tries)
        self.rows, self.menus = {}, {}
        for one in found.tasks:
            self._tasks.addWidget(self._task(one, said))
        if not found.tasks:
            self._tasks.addWidget(muted(words.text("Nothing is to be followed up.")))
        for attempt in reversed(found.tries):
            self._tries.addWidget(self._try(attempt.record, said.try_title(attempt), attempt.note))
        self.tries.setVisible(bool(found.tries) and not is_calling)

    def _offer_kept(self, kept: Draft | None) -> None:
        words = self.words
        if kept is None:
            self.kept.say("")
            return
        go_on = (words.text("Go on with it"), lambda: self._show_call(kept))
        leave = (words.text("Throw it away"), self._on_leave_call)
        self.kept.say(words.text("A call was interrupted. What you typed is kept."), [go_on, leave])

    def _task(self, one: FollowUp, said: FollowUpWords) -> QWidget:
        line, row, told = QWidget(), QHBoxLayout(), QVBoxLayout()
        line.setLayout(row)
        row.setContentsMargins(0, self.theme.px(6), 0, self.theme.px(6))
        told.setSpacing(0)
        title = one.label.said_in(self.words.language)
        told.addWidget(words_label(title, "label"))
        told.addWidget(muted(said.under(one)))
        if missing := said.missing(one):
            told.addWidget(muted(missing))
        row.addLayout(told, 1)
        row.addWidget(Chip(*said.chip(one)))
        is_open = one.state is TaskState.OPEN and self._found is not None
        if is_open and self._found and not self._found.stop:
            tried = make_button(self.words.text("Record a try"), "small")
            tried.setAccessibleName(f"{tried.text()}: {title}")
            on_press(tried, partial(self.begin, one.record))
            self.rows[one.record] = tried
            row.addWidget(tried)
        if is_open:
            row.addWidget(self._more(one, title))
        return line

    def _more(self, one: FollowUp, title: str) -> QPushButton:
        words, made = self.words, make_button(self.words.text("More…"), "small")
        made.setAccessibleName(f"{made.text()}: {title}")
        menu = QMenu(made)
        menu.addAction(words.text("Done…"), partial(self._on_done, one))
        menu.addAction(words.text("Put off…"), partial(self._on_put_off, one))
        unable = menu.addAction(words.text("Unable to contact"), partial(self._on_unable, one))
        unable.setEnabled(not one.missing)
        others = menu.addMenu(words.text("Hand over"))
        for person in self._found.people if self._found else ():
            if person.id != one.by:
                mine = person.id == self.parts.desk.person.id
                shown = words.text("To me") if mine else person.shown_name
                others.addAction(shown, partial(self._on_hand_over, one, person.id))
        if one.by:
            others.addAction(
                words.text("To nobody yet"), partial(self._on_hand_over, one, UserId(""))
            )
        menu.addAction(words.text("Save calendar file"), partial(self._on_calendar, one))
        menu.addAction(words.text("Drop…"), partial(self._on_drop, one))
        made.setMenu(menu)
        self.menus[one.record] = menu
        return made

    def _try(self, ident: RecordId, title: str, text: str) -> QWidget:
        line, row, told = QWidget(), QHBoxLayout(), QVBoxLayout()
        line.setLayout(row)
        row.setContentsMargins(0, self.theme.px(6), 0, self.theme.px(6))
        told.setSpacing(0)
        told.addWidget(words_label(title))
        if text:
            told.addWidget(muted(text))
        row.addLayout(told, 1)
        back = make_button(self.words.text("Take back…"), "link")
        back.setAccessibleName(f"{self.words.text('Take back')}: {title}")
        on_press(back, partial(self._on_take_back, ident))
        row.addWidget(back)
        return line

    # --- a call -------------------------------------------------------------------------------

    def begin(self, task: str) -> None:
        """Show the screen of a call; for a task, or for none ("")."""
        desk, record = self.parts.desk, self.parts.record
        self.parts.background.run(
            lambda: begin_call(desk, record, task), self._show_call, self.fail
        )

    def _show_call(self, notes: Draft) -> None:
        desk, record, language = self.parts.desk, self.parts.record, self.words.language

        def show(sheet: CallSheet) -> None:
            if self._found is not None:
                self.kept.say("")
                self.good.say("")
                self._show_lists(on=False)
                self.call.begin(notes, sheet, self._found)
                self.saver.go_on()
                self.refreshed.emit()

        self.parts.background.run(
            lambda: call_sheet(desk, record, notes.step, language), show, self.fail
        )

    def _end_call(self) -> None:
        self._show_lists(on=True)
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the cursor goes
        self.call.hide()

    def _show_lists(self, *, on: bool) -> None:
        """During a call, nothing else is on the screen."""
        self.tasks.setVisible(on)
        self.tries.setVisible(on)

    def save_at_once(self) -> BaseException | None:
        """Keep what is typed before the screen goes; why that was not possible, or None."""
        return self.saver.save_and_wait() if self.call.isVisible() else None

    def _typed(self) -> Draft:
        notes = self.call.notes
        if notes is None:
            raise IntakeError
        notes.answers = self.call.said()
        return notes

    def _keep(self, notes: Draft) -> str:
        return keep_call(self.parts.desk, notes)

    def _on_save_call(self) -> None:
        desk, record, notes, said = (
            self.parts.desk,
            self.parts.record,
            self.call.notes,
            self.call.said(),
        )
        if notes is None:
            return
        self.saver.stop()
        new = _attempt(record, notes.step, said)

        def save() -> None:
            log_attempt(desk, new)
            forget_call(desk, record)

        def done(_nothing: object) -> None:
            self._end_call()
            self.good.say(self.words.text("The try is saved."))
            self.error.say("")
            self.changed.emit()
            self.refresh()

        def failed(error: BaseException) -> None:
            note(error)
            self.saver.go_on()
            self.call.fail(sentence_for(error, self.words))

        self.parts.background.run(save, done, failed)

    def _on_leave_call(self) -> None:
        self.saver.stop()
        self._end_call()
        self.kept.say("")
        desk, record = self.parts.desk, self.parts.record
        self.parts.background.run(
            lambda: forget_call(desk, record), lambda _: self.refresh(), self.fail
        )

    # --- the other acts -----------------------------------------------------------------------

    def _asked(
        self, what: str, fields: list[Any], act: Callable[[Answers], object], done: str
    ) -> None:
        """Ask, do it on the worker, and tell."""

        def then(said: Answers) -> None:
            self.do(lambda: act(said), done, ask=self.ask)

        self.ask.ask(what, fields, then)

    def _on_new(self) -> None:
        words, ask, desk = self.words, self._ask, self.parts.desk
        fields = [
            ask.note(words.text("What is to be done"), is_required=True, name="label"),
            ask.day(words.text("On which day"), is_required=True),
        ]
        self._asked(
            words.text("Add a follow-up"), fields,
            lambda said: extra(
                desk, self.parts.record, str(said["label"]), str(said["day"]), desk.person.id
            ),
            words.text("The follow-up is added."),
        )  # fmt: skip

    def _on_halt(self) -> None:
        words, desk = self.words, self.parts.desk
        self._asked(
            words.text("End all follow-ups"), [], lambda _: stop(desk, self.parts.record),
            words.text("All follow-ups have ended."),
        )  # fmt: skip

    def _on_done(self, one: FollowUp) -> None:
        words, desk = self.words, self.parts.desk
        self._asked(
            words.text("Mark as done"), [self._ask.note()],
            lambda said: finish(desk, one.record, str(said.get("note") or "")),
            words.text("The follow-up is done."),
        )  # fmt: skip

    def _on_put_off(self, one: FollowUp) -> None:
        words, desk = self.words, self.parts.desk
        self._asked(
            words.text("Put off"), [self._ask.day(words.text("Until which day"), is_required=True)],
            lambda said: put_off(desk, one.record, str(said["day"])), words.text("Saved."),
        )  # fmt: skip

    def _on_drop(self, one: FollowUp) -> None:
        words, desk = self.words, self.parts.desk
        reasons = self._found.tables.reasons if self._found else ()
        self._asked(
            words.text("Drop this follow-up"), [self._ask.reason(reasons)],
            lambda said: drop(desk, one.record, str(said["reason"])),
            words.text("The follow-up is dropped."),
        )  # fmt: skip

    def _on_unable(self, one: FollowUp) -> None:
        desk = self.parts.desk
        said = self.words.text(
            "Noted: unable to contact. Where nobody looks for them any more, say so under Progress."
        )
        self.do(lambda: note_unable(desk, one.record), said)

    def _on_hand_over(self, one: FollowUp, to: UserId) -> None:
        desk = self.parts.desk
        self.do(lambda: hand_over(desk, one.record, to), self.words.text("It is handed over."))

    def _on_take_back(self, attempt: RecordId) -> None:
        words, desk = self.words, self.parts.desk
        self._asked(
            words.text("Take back this try"), [self._ask.note(is_required=True)],
            lambda said: take_back_attempt(desk, attempt, str(said["note"])), words.text("Saved."),
        )  # fmt: skip

    def _on_calendar(self, one: FollowUp) -> None:
        desk, language = self.parts.desk, self.words.language
        self.parts.background.run(
            lambda: follow_up_file(desk, one.record, language),
            partial(self._save_calendar, one.record), self.fail,
        )  # fmt: skip

    def _save_calendar(self, task: RecordId, file: CalendarFile) -> None:
        try:
            is_saved = save_calendar(self, file.data, file.name, self.words)
        except IntakeError as error:
            self.fail(error)
            return
        if is_saved:
            desk, said = self.parts.desk, self.words.text("The calendar file is saved.")
            self.do(lambda: note_follow_up_file_saved(desk, task), said)


def _attempt(intake: RecordId, task: str, said: Answers) -> NewAttempt:
    """What was typed, as a try."""
    texts = {name: str(said.get(name) or "") for name in ("means", "result", "note", "next_on")}
    snapshot = {name: str(said[name]) for name in SNAPSHOT if said.get(name)}
    return NewAttempt(
        intake, follow_up=task, at=str(said.get("at") or ""), snapshot=snapshot, **texts
    )

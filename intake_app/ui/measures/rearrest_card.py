"""New arrests of one person: yes, no or not known, and the day; a card of cases and folders."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.errors import IntakeError
from intake_app.domain.form import Answers, Choice, Field
from intake_app.domain.ids import RecordId
from intake_app.domain.rearrest import NO, UNKNOWN, YES, Look
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.measures.rearrest import (
    NewLook,
    RearrestView,
    Window,
    note_rearrest,
    rearrest_of,
    take_back_rearrest,
)
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, clear, make_button, named_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import mark
from intake_app.words.dates import short_date

_SAID = {
    YES: mark("Arrested again"), NO: mark("Not arrested again"), UNKNOWN: mark("Not known"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RearrestParts:
    """What the card is built with.

    Attributes:
        desk: The signed-in person's desk.
        background: The door to the worker.
        setting: Words and look.
    """

    desk: Desk
    background: Background
    setting: Setting


class RearrestCard(Card):
    """What is known, what is due, and how it is noted.

    Signals:
        changed: Something was noted or taken back.
        refreshed: It shows what the file holds now.

    Attributes:
        add: Asks whether the person was arrested again.
        ask: The questions.
        back: Takes a note back, by its record.
        good, bad: What came of a press.
    """

    changed = Signal()
    refreshed = Signal()

    def __init__(self, parts: RearrestParts, intake: RecordId) -> None:
        words = parts.setting.words
        super().__init__(words.text("New arrest?"))
        self._parts, self._words, self._intake = parts, words, intake
        self._questions = Questions(words)
        self.good = MessageBox(parts.setting.theme, "ok")
        self.bad = FailureBox(parts.setting.theme, words, self.good, kind="warn")
        self.ask = AskCard(parts.setting)
        self.add = named_button(words.text("Note what is known…"))
        self.back: dict[RecordId, QPushButton] = {}
        self._told, self._lines = muted(""), QVBoxLayout()
        self._lines.setSpacing(parts.setting.theme.px(6))
        for part in (self.good, self.bad, self._told):
            self.box.addWidget(part)
        self.box.addLayout(self._lines)
        self.box.addWidget(self.ask)
        self.box.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        on_press(self.add, self._on_add)
        if not self.is_for_reader:  # shown without a parent it would be a window of its own
            self.hide()

    @property
    def is_for_reader(self) -> bool:
        """Whether the reader's role includes it."""
        return may(self._parts.desk.person.roles, May.NOTE_REARREST)

    def refresh(self) -> None:
        """Read it anew; for whose role does not include it, nothing happens."""
        if self.is_for_reader:
            job = partial(rearrest_of, self._parts.desk, self._intake)
            self._parts.background.run(job, self._show, self.bad.tell)

    def _show(self, view: RearrestView) -> None:
        words = self._words
        clear(self._lines)
        self.back = {}
        self.ask.forget_way_back()
        only = words.text("Only yes or no and the day are kept, never what for.")
        theirs = words.text(
            "Note what the person or a provider told you. Nobody looks in a police system for"
            " somebody who asked for help."
        )
        self._told.setText(f"{only} {theirs}" if view.is_care else only)
        for window in view.windows:
            self._lines.addWidget(muted(self._window_in_words(window)))
        for look in view.looks:
            self._lines.addWidget(self._line(look))
        self.add.setEnabled(not view.is_closed_book)
        self.refreshed.emit()

    def _window_in_words(self, window: Window) -> str:
        words = self._words
        label = window.label.said_in(words.language)
        day = short_date(window.ends_on, words.language)
        if window.is_asked:
            return words.text("{window} ({day}): answered", window=label, day=day)
        if window.is_due:
            return words.text("{window}: due since {day}", window=label, day=day)
        return words.text("{window}: ends on {day}", window=label, day=day)

    def _line(self, look: Look) -> QWidget:
        words, line, row = self._words, QWidget(), QHBoxLayout()
        line.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        said = self._look_in_words(look)
        row.addWidget(words_label(said), 1)
        button = make_button(words.text("Take back…"), "small")
        button.setAccessibleName(words.text("Take back: {what}", what=said))
        on_press(button, partial(self._on_back, look))
        self.back[look.record] = button
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _look_in_words(self, look: Look) -> str:
        words = self._words
        parts = [words.text(_SAID[look.answer])]
        if look.on:
            parts.append(words.text("on {day}", day=short_date(look.on, words.language)))
        if look.looked_on:
            until = short_date(look.looked_on, words.language)
            parts.append(words.text("known until {day}", day=until))
        if look.before is not None:
            parts.append(
                words.plural("{n} arrest in the year before", "{n} arrests in the year before",
                             look.before)
            )  # fmt: skip
        parts.append(self._parts.desk.name_of(look.by))
        return " · ".join(filter(None, parts))

    # --- noting -------------------------------------------------------------------------------

    def _on_add(self) -> None:
        ask, say = self._questions, self._words.text
        answers = [Choice(code, ask.text(say(_SAID[code]))) for code in (NO, YES, UNKNOWN)]
        fields: list[Field] = [
            ask.choice("answer", say("Was the person arrested again?"), answers),
            ask.day(say("Day of the first new arrest, if yes"), name="on"),
            ask.day(say("Until which day this is known; empty: today"), name="looked_on"),
            ask.number("before", say("Arrests in the 12 months before, if known")),
        ]
        self.ask.ask(say("Note what is known"), fields, self._note)

    def _note(self, said: Answers) -> None:
        before = said.get("before")
        amount = (
            cast("dict[str, float]", before).get("amount") if isinstance(before, dict) else None
        )
        new = NewLook(
            str(said.get("answer") or ""), str(said.get("on") or ""),
            str(said.get("looked_on") or ""), round(amount) if amount is not None else None,
        )  # fmt: skip
        desk = self._parts.desk
        self._do(lambda: note_rearrest(desk, self._intake, new), self._words.text("Saved."))

    def _on_back(self, look: Look) -> None:
        desk = self._parts.desk

        def then(said: Answers) -> None:
            why = str(said.get("note") or "")
            done = self._words.text("Taken back. It stays in the file and counts no more.")
            self._do(lambda: take_back_rearrest(desk, look.record, why), done)

        reason = self._questions.note(is_required=True)
        self.ask.ask(self._words.text("Take back"), [reason], then, self._look_in_words(look))

    def _do(self, job: Callable[[], object], said: str) -> None:
        def done(_: object) -> None:
            self.bad.say("")
            self.good.say(said)
            self.ask.done()
            self.changed.emit()
            self.refresh()

        def failed(error: BaseException) -> None:
            if isinstance(error, IntakeError):
                note(error)
                self.ask.fail(sentence_for(error, self._words))
            else:
                self.bad.tell(error)

        self._parts.background.run(job, done, failed)

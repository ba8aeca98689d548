"""A quiet strip in the form: somebody who may be the same person is here already. Nothing pops up.

It looks only after a pause in typing, on the worker, and only where the person at the desk may list
the people of that file; elsewhere there is no strip at all. Names are hidden until they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from shiboken6 import isValid

from intake_app.domain.form import Answers, Form
from intake_app.domain.ids import RecordId
from intake_app.domain.likeness import Identity, identity_in
from intake_app.services.desk import Desk
from intake_app.services.people.likeness_score import Sign
from intake_app.services.people.persons import DECEASED, DO_NOT_CONTACT
from intake_app.services.people.same_person import (
    NOBODY,
    Suggestion,
    Suggestions,
    identity_of_person,
    may_suggest,
    suggestions,
)
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, clear, make_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.pathway_words import pathway_name
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark
from intake_app.words.dates import short_date

PAUSE_MS: Final = 350
"""After the last key."""

_LARGE: Final = 1.4
"""Text size from which one person at a time is suggested: the form keeps its room."""

SIGNS: Final[Mapping[Sign, str]] = {
    Sign.SAME_NAME: mark("same name"),
    Sign.ALIKE: mark("name alike"),
    Sign.NICKNAME: mark("short form of the name"),
    Sign.OTHER_NAME: mark("by another name"),
    Sign.ONE_NAME: mark("one name the same"),
    Sign.SAME_BIRTH: mark("same birth date"),
    Sign.SWAPPED_BIRTH: mark("day and month swapped"),
    Sign.CLOSE_BIRTH: mark("birth date off by one digit"),
    Sign.PHONE: mark("same phone"),
}


STOP: Final = {
    DECEASED: mark("This person has died. Do not call, write, or visit."),
    DO_NOT_CONTACT: mark("Do not contact this person. They asked us to stop."),
}
"""Strong words, by flag."""


def signs_in_words(signs: tuple[Sign, ...], words: Words) -> str:
    """What speaks for one person: "same name, day and month swapped"."""
    return ", ".join(words.text(SIGNS[sign]) for sign in signs)


def who_in_words(found: Suggestion, words: Words, *, names: bool) -> str:
    """Somebody who is here: "Whitfield, Jordan, born 4/5/1990, intake PH-26-… of Tue, Nov 3"."""
    row, language = found.intake, words.language
    said = words.text(
        "intake {number} of {day} ({way})", number=row.number, day=short_date(row.opened, language),
        way=pathway_name(row.pathway, words),
    )  # fmt: skip
    if not names:
        return said[:1].upper() + said[1:]
    name = row.name or words.text("No name given")
    if not row.born:
        return f"{name}, {said}"
    return words.text(
        "{name}, born {day}, {intake}", name=name, day=short_date(row.born, language), intake=said
    )


@dataclass(frozen=True, slots=True)
class Look:
    """What the strip is built with.

    Attributes:
        desk: Whose.
        background: The door to the worker.
        words: Language of the window.
        theme: Look.
        names: Whether names are shown.
    """

    desk: Desk
    background: Background
    words: Words
    theme: Theme
    names: NameSwitch


class SamePersonStrip(Card):
    """Hidden until somebody is found, and once a person has decided.

    Signals:
        chosen: It is the same person: an earlier intake (id), and who they are as answers.
        decided: It is somebody else.
        looked: A look is over, whatever it found.

    Attributes:
        is_decided: A person said who it is; nothing more is asked.
    """

    chosen = Signal(str, object)
    decided = Signal()
    looked = Signal()

    def __init__(self, look: Look, form: Form, *, is_decided: bool = False) -> None:
        super().__init__()
        self._look, self._form, self.is_decided = look, form, is_decided
        self._asked = Identity()
        self._answers: Answers = {}
        self._found = NOBODY
        self.words = words_label(look.words.text("Maybe the same person"), "label")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.theme.px(6))
        self.more, self.failed = muted(""), muted("")
        self.switch = look.names.button(look.words)
        self.other = make_button(look.words.text("Someone else"), "small")
        self.other.setAccessibleName(look.words.text("Someone else"))
        side = look.theme.px(34)
        self.box.setContentsMargins(side, look.theme.px(8), side, look.theme.px(8))
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.switch)
        head.addWidget(self.other)
        for part in (head, self._lines):
            self.box.addLayout(part)
        self.box.addWidget(self.more)
        self.box.addWidget(self.failed)
        on_press(self.other, self._on_other)
        look.names.changed.connect(self._show)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        look.background.closing.connect(self._pause.stop)
        self._may = may_suggest(look.desk, form.pathway)
        self.hide()

    def typed(self, answers: Answers) -> None:
        """Something was typed; look again after a pause, if it says who somebody is."""
        if not self._may or self.is_decided:
            return
        self._answers = dict(answers)
        who = identity_in(self._answers, self._form.facts)
        if who != self._asked:
            self._asked = who
            self._pause.start(PAUSE_MS)

    def stop(self) -> None:
        """Look no more: the page goes."""
        self._pause.stop()

    def _ask(self) -> None:
        desk, form, answers, who = self._look.desk, self._form, self._answers, self._asked
        self._look.background.run(
            lambda: suggestions(desk, form, answers), partial(self._on_found, who), note
        )

    def _on_found(self, who: Identity, found: Suggestions) -> None:
        if not isValid(self):  # the page was left before the answer came
            return
        if who == self._asked and not self.is_decided:  # else: letters have changed since
            self._found = found
            self._show()
        self.looked.emit()

    def _show(self, *_: object) -> None:
        words, names = self._look.words, self._look.names.is_on
        clear(self._lines)
        shown = self._found.first[:1] if self._look.theme.scale >= _LARGE else self._found.first
        for found in shown:
            self._lines.addLayout(self._line(found, names=names))
        more = self._found.more + len(self._found.first) - len(shown)
        said = words.plural(
            "{n} more is possible. The birth date tells them apart.",
            "{n} more are possible. The birth date tells them apart.", more,
        )  # fmt: skip
        self.more.setText(said)
        self.more.setVisible(more > 0)
        self.failed.setVisible(bool(self.failed.text()))
        if not self.is_decided:
            self.setVisible(bool(self._found.first))

    def tell_filled(self) -> None:
        """Say that the form was filled in; the next step hides it."""
        clear(self._lines)
        for part in (self.more, self.failed, self.other, self.switch):
            part.hide()
        self.words.setText(self._look.words.text(
            "Filled in from the earlier intake. Look at each answer with the person. "
            "What you had typed stays."
        ))  # fmt: skip
        self.show()

    def _line(self, found: Suggestion, *, names: bool) -> QHBoxLayout:
        words = self._look.words
        who = who_in_words(found, words, names=names)
        line, said = QHBoxLayout(), QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(words_label(who))
        said.addWidget(muted(signs_in_words(found.signs, words)))
        if found.stop:
            said.addWidget(words_label(words.text(STOP[found.stop]), "error"))
        same = make_button(words.text("Same person"), "small")
        same.setAccessibleName(words.text("Same person: {who}", who=who))
        on_press(same, lambda: self._on_same(found))
        line.addLayout(said, 1)
        line.addWidget(same)
        return line

    def _on_same(self, found: Suggestion) -> None:
        desk, form, intake = self._look.desk, self._form, found.intake.record

        def copied(known: Answers) -> None:
            if isValid(self):
                self._decide()
                self.chosen.emit(str(intake), known)

        self._look.background.run(
            lambda: identity_of_person(desk, RecordId(intake), form), copied, self._on_failed
        )

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        if not isValid(self):
            return
        self.failed.setText(sentence_for(error, self._look.words))
        self.failed.show()

    def _on_other(self) -> None:
        self._decide()
        self.decided.emit()

    def _decide(self) -> None:
        self.is_decided = True
        self._pause.stop()
        self.hide()

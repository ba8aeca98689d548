"""How far somebody's way in has come: where it stands, what may be next, and how it came here."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.episode import Episode, Step
from intake_app.domain.form import Answers, Field
from intake_app.domain.ids import UserId
from intake_app.domain.roles import May, may
from intake_app.services.follow_up.episodes import (
    IN_ERROR,
    Ask,
    asks_of,
    episode_of,
    move_episode,
    said_of,
)
from intake_app.services.people.persons import DECEASED
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.measures.rearrest_card import RearrestCard, RearrestParts
from intake_app.ui.parts.cards import Card, Chip, MessageBox, clear, make_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.lists import end_rows
from intake_app.words.dates import moment_in_words

_COLUMNS: Final = 3
_LARGE: Final = 1.4
"""Text size from which the buttons stand on top of each other."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the tab shows; read in one job.

    Attributes:
        episode: Where it stands.
        asks: What may be next.
        said: Words of each step, by its id: the status, and the reason.
        names: Who works here.
    """

    episode: Episode
    asks: tuple[Ask, ...]
    said: dict[str, tuple[str, str]]
    names: dict[UserId, str]


class ProgressTab(FolderTab):
    """Where it stands, what may be next, and all that was.

    Attributes:
        chip: Where it stands.
        buttons: What may be next, by the id of the status.
        ask: What is asked before a step is taken.
        rows: The steps, the newest first.
        arrests: Whether there was a new arrest.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        words = self.words
        self.ask = AskCard(parts.setting)
        self.chip = Chip("")
        self.conflict = MessageBox(self.theme, "warn")
        self.now = Card(words.text("Where it stands"))
        self.since = muted("")
        for widget in (self.chip, self.since, self.conflict):
            self.now.box.addWidget(widget)
        self.next = Card(words.text("What comes next"))
        self._grid = QGridLayout()
        self._grid.setSpacing(self.theme.px(8))
        self.next.box.addLayout(self._grid)
        self.buttons: dict[str, QPushButton] = {}
        self.history = Card(words.text("How it came here"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.history.box.addLayout(self._lines)
        self.rows: list[QFrame] = []
        desk, background, setting = parts.desk, parts.background, parts.setting
        self.arrests = RearrestCard(RearrestParts(desk, background, setting), parts.record)
        self.arrests.changed.connect(self.changed)
        for card in (self.now, self.next, self.ask, self.history, self.arrests):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read the steps anew."""
        self.read(self._read, self._show)
        self.arrests.refresh()

    def _read(self) -> _Found:
        desk, record = self.parts.desk, self.parts.record
        episode = episode_of(desk, record)
        asks = asks_of(desk, record) if may(desk.person.roles, May.AMEND_INTAKE) else ()
        names = {one.id: one.shown_name for one in desk.colleagues}
        return _Found(episode, asks, said_of(desk, record, self.words.language), names)

    def _show(self, found: _Found) -> None:
        words, episode = self.words, found.episode
        closed = episode.is_closed
        self.chip.setText(episode.label.said_in(words.language) or words.text("Finished"))
        self.chip.setProperty("chip", "plain" if closed else "ok")
        self.since.setText(self._said_by(episode.steps[-1], found) if episode.steps else "")
        told = words.text(
            "Two people worked apart and noted different things. Look at both below, and choose "
            "what holds."
        )
        if not may(self.parts.desk.person.roles, May.SETTLE_NAMES):
            told = words.text(
                "Two people worked apart and noted different things. A coordinator says which one "
                "holds. Until then there are no papers, and nothing leaves."
            )
        self.conflict.say(told if episode.is_conflict else "")
        self._offer(found)
        clear(self._lines)
        self.rows = [self._row(step, found) for step in reversed(episode.steps)]
        for row in self.rows:
            self._lines.addWidget(row)
        end_rows(self._lines)
        self.history.setVisible(bool(self.rows))

    def _offer(self, found: _Found) -> None:
        clear(self._grid)
        self.buttons = {}
        columns = _COLUMNS if self.theme.scale < _LARGE else 1
        for n, ask in enumerate(found.asks):
            button = make_button(self._label(ask))
            button.setAccessibleName(button.text())
            on_press(button, partial(self._on_asked, ask))
            self._grid.addWidget(button, n // columns, n % columns)
            self.buttons[ask.status.id] = button
        self.next.setVisible(bool(self.buttons))
        self.ask.forget_way_back()

    def _label(self, ask: Ask) -> str:
        said = ask.status.label.said_in(self.words.language)
        return self.words.text("Open again: {status}", status=said) if ask.is_back else said

    def _on_asked(self, ask: Ask) -> None:
        q = Questions(self.words)
        fields: list[Field] = []
        if ask.is_back:
            fields.append(q.note(is_required=True, name="reason"))
        elif ask.reasons:
            fields.append(q.reason(ask.reasons))
        fields += [q.moment(), q.note(is_required=ask.status.id == IN_ERROR)]
        self.ask.ask(self._label(ask), fields, partial(self._move, ask), self._told(ask))

    def _told(self, ask: Ask) -> str:
        """What else happens with a step."""
        if ask.status.id == DECEASED:
            return self.words.text(
                "Nobody calls, writes, or visits any more. What is still to be done is dropped."
            )
        if ask.status.id == IN_ERROR:
            return self.words.text("It is taken out of all lists and counts, and stays readable.")
        return self.words.text("What is still to be done is dropped.") if ask.status.closes else ""

    def _move(self, ask: Ask, said: Answers) -> None:
        reason, words, at = (str(said.get(name) or "") for name in ("reason", "note", "at"))
        desk, record = self.parts.desk, self.parts.record
        self.do(
            lambda: move_episode(desk, record, ask.status.id, reason, note=words, at=at),
            self.words.text("Saved."), ask=self.ask,
        )  # fmt: skip

    def _row(self, step: Step, found: _Found) -> QFrame:
        words = self.words
        row = QFrame()
        row.setObjectName("row")
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 6, 0, 8)
        lines.setSpacing(2)
        status, reason = found.said.get(step.id, (step.status, ""))
        told: list[QWidget] = [words_label(status, "label"), muted(self._said_by(step, found))]
        if reason:
            told.append(words_label(words.text("Reason: {reason}", reason=reason)))
        if step.note:
            told.append(words_label(step.note))
        if found.episode.is_conflict and step.id in found.episode.newest:
            told.append(Chip(words.text("Contradicts another entry"), "late"))
        for widget in told:
            lines.addWidget(widget)
        return row

    def _said_by(self, step: Step, found: _Found) -> str:
        words = self.words
        when = moment_in_words(step.at, words.language)
        return words.text("{who}, {when}", who=found.names.get(step.by, "?"), when=when)

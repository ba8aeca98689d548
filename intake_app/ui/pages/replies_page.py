"""Reply slips that came back from providers: keyed in one grid, saved in one go."""

from collections.abc import Sequence
from functools import partial
from typing import Final, cast

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.domain.form import Answers, Choice, Field
from intake_app.services.desk import Desk
from intake_app.services.referrals.reply_slips import (
    Answer,
    Keyed,
    Slip,
    Waiting,
    key_replies,
    refusal_reasons,
    waiting_for_word,
)
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.grids.keyed_grid import KeyedGrid
from intake_app.ui.grids.reply_grid import KEY_OF, SAID, WIDTHS, ReplyModel
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import MessageBox, PrimaryButton, named_button, on_press
from intake_app.ui.parts.cursor import hand_cursor_to
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_LOWEST: Final = 300
"""Pixels of the grid (at 100 % text) that are always there."""

_AT_ONCE: Final = frozenset({Answer.DID_NOT_COME, Answer.OTHER_SERVICE})
"""Answers that need no more than the letter."""


class RepliesPage(QWidget):
    """The grid of referrals that wait for their provider's word.

    Signals:
        record_asked: Open this intake (record id).
        closed: Back to where one came from.
        refreshed: It shows what the file holds now.

    Attributes:
        grid: The lines.
        model: What they hold.
        ask: Asks for the details of a slip.
    """

    record_asked = Signal(str)
    closed = Signal()
    refreshed = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, names: NameSwitch
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._names = names
        self._reasons: Sequence[Choice] = ()
        self.model = ReplyModel(words)
        self.grid = KeyedGrid(
            words.text("Reply slips"), self.model, theme, KEY_OF, WIDTHS,
            words.text("No provider owes a word."),
        )  # fmt: skip
        self.grid.setMinimumHeight(theme.px(_LOWEST))
        self.why = words_label("", "error")
        self.why.hide()
        self.ask = AskCard(Setting(words, theme, desk.clock))
        self.good, self.bad = MessageBox(theme, "ok"), FailureBox(theme, words, kind="warn")
        self._lay_out()
        self._connect()
        hand_cursor_to(self, self.grid)
        self.refresh()

    def refresh(self) -> None:
        """Read anew what waits; what was keyed and is not saved stays."""
        self._background.run(
            lambda: (waiting_for_word(self._desk), refusal_reasons(self._desk)), self._on_read
        )

    # --- making -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        words, inside = self._words, QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(heading(words.text("Reply slips")))
        self.back = named_button(words.text("Back"), "small")
        lines.addWidget(ButtonRow(self._theme.px(10), (self.back, self._names.button(words))))
        lines.addWidget(muted(words.text(
            "Referrals that wait for a provider's word. Arrow keys go from line to line, a letter "
            "keys what the slip says, Backspace takes it back. Ctrl+S saves."
        )))  # fmt: skip
        for part in (self.good, self.bad, self.grid, self.why, self.ask):
            lines.addWidget(part)
        self.keys: dict[Answer, QPushButton] = {}
        for answer, key in KEY_OF.items():
            said = words.text(SAID[answer])
            self.keys[answer] = named_button(
                words.text("{result} ({key})", result=said, key=key), "small"
            )
        self.save = PrimaryButton(words.text("Save slips"), self._theme)
        self.save.setAccessibleName(words.text("Save slips"))
        lines.addWidget(ButtonRow(self._theme.px(8), (*self.keys.values(), self.save)))
        lines.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _connect(self) -> None:
        on_press(self.back, self.closed.emit)
        on_press(self.save, self.save_slips)
        for answer, button in self.keys.items():
            on_press(button, partial(self._on_button, answer))
        self.grid.keyed.connect(self._on_keyed)
        self.grid.cleared.connect(self._on_cleared)
        self.grid.row_opened.connect(self._on_opened)
        self.grid.row_chosen.connect(self._offer)
        self._names.changed.connect(self.model.show_names)
        self.model.show_names(self._names.is_on)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut
                  ).activated.connect(self.save_slips)  # fmt: skip

    # --- reading ------------------------------------------------------------------------------

    def _on_read(self, found: tuple[list[Waiting], tuple[Choice, ...]]) -> None:
        lines, self._reasons = found
        row = max(0, self.grid.currentIndex().row())
        self.model.show_lines(lines)
        if lines:
            self.grid.setCurrentIndex(self.model.index(min(row, len(lines) - 1), 0))
        self._offer()
        self.refreshed.emit()

    def _offer(self) -> None:
        self.save.setEnabled(bool(self.model.keyed))
        for button in self.keys.values():
            button.setEnabled(bool(self.model.lines))
        row = self.grid.currentIndex().row()
        lines = self.model.lines
        is_line = 0 <= row < len(lines)
        why = self.model.refused.get(lines[row].referral.id, "") if is_line else ""
        self.why.setText(why)
        self.why.setVisible(bool(why))

    # --- keying -------------------------------------------------------------------------------

    def save_slips(self) -> None:
        """Save all that was keyed; what is refused stays, with the reason beside it."""
        slips = list(self.model.keyed.values())
        if slips:
            self.save.setEnabled(False)
            self._background.run(
                lambda: key_replies(self._desk, slips), partial(self._on_saved, slips),
                self._on_failed,
            )  # fmt: skip

    def _on_saved(self, slips: Sequence[Slip], told: Keyed) -> None:
        words, model = self._words, self.model
        for slip in slips:
            error = told.refused.get(slip.referral)
            if error is not None:
                note(error)
                model.refused[slip.referral] = sentence_for(error, words)
            elif model.keyed.get(slip.referral) == slip:
                del model.keyed[slip.referral]
        bad = len(told.refused)
        done = words.plural("{n} slip is saved.", "{n} slips are saved.", told.saved)
        left = words.plural(
            "{n} slip could not be saved. The reason stands beside it.",
            "{n} slips could not be saved. The reasons stand beside them.", bad,
        )  # fmt: skip
        self.good.say(done if told.saved else "")
        self.bad.say(left if bad else "")
        self.refresh()

    def _on_button(self, answer: Answer) -> None:
        row = self.grid.currentIndex().row()
        if row >= 0:
            self._on_keyed(row, answer)

    def _on_keyed(self, row: int, answer: Answer) -> None:
        referral = self.model.lines[row].referral
        if answer in _AT_ONCE:
            self._key(Slip(referral.id, answer))
            return

        def then(said: Answers) -> None:
            days = cast("dict[str, float]", said.get("wait_days") or {})
            self.ask.done()
            self._key(Slip(
                referral.id, answer,
                when=str(said.get("when") or ""),
                wait_days=int(days["amount"]) if days else None,
                reason=str(said.get("reason") or ""),
                note=str(said.get("note") or ""),
            ))  # fmt: skip

        said = self._words.text(SAID[answer])
        self.ask.ask(said, self._questions(answer), then, self.model.lines[row].number)

    def _questions(self, answer: Answer) -> list[Field]:
        q, text = Questions(self._words), self._words.text
        first: dict[Answer, Field] = {
            Answer.ACCEPTED: q.moment(text("First visit"), name="when"),
            Answer.WAIT_LIST: q.number("wait_days", text("Days to wait, as they said")),
            Answer.NOT_ACCEPTED: q.reason(self._reasons),
            Answer.CAME: q.day(text("On which day, if not today"), name="when"),
        }
        return [first[answer], q.note()]

    def _key(self, slip: Slip) -> None:
        self.model.key(slip.referral, slip)
        self._offer()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_cleared(self, row: int) -> None:
        self.model.clear(row)
        self._offer()

    def _on_opened(self, index: QModelIndex) -> None:
        self.record_asked.emit(self.model.lines[index.row()].referral.intake)

    def _on_failed(self, error: BaseException) -> None:
        self._offer()
        self.bad.tell_in_view(error)

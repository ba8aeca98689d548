"""People outside to whom something may be sealed: entered, taken back, and what came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from intake_app.disk.bounded import read_bounded
from intake_app.domain.disclosure import Recipient
from intake_app.domain.disclosure_errors import BadCard
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.sharing.recipients import (
    CardShown,
    add_recipient,
    providers_for,
    read_card,
    recipients,
    take_back_recipient,
    words_of_station,
)
from intake_app.ui.form.page_frame import PageHead
from intake_app.ui.outside.counts_card import CountsCard
from intake_app.ui.outside.enter_card import EnterCard
from intake_app.ui.outside.list_card import RecipientList
from intake_app.ui.outside.sure_card import SureCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_MOST = 8 * 1024
"""Bytes; a card has half of one."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows."""

    found: Sequence[Recipient]
    words: Sequence[str]


class RecipientsPage(QWidget):
    """The page.

    Signals:
        refreshed: It shows what is known now.

    Attributes:
        list: Who is entered; for who keeps the list.
        enter: Confirms a new one.
        sure: Asks before one is taken back.
        counts: Counts for an evaluator; for who may disclose.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words = desk, background, words
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.list, self.enter = RecipientList(words, theme), EnterCard(words, theme)
        self.sure = SureCard(words, theme)
        self.counts = CountsCard(desk, background, words, theme)
        self._keeps = may(desk.person.roles, May.KEEP_RECIPIENTS)
        self._discloses = may(desk.person.roles, May.DISCLOSE)
        head = PageHead(theme)
        head.say(words.text("Recipients"), words.text(
            "Prosecutors, county programs, providers and evaluators to whom files can be sealed. "
            "Each is entered once, after a call."
        ))  # fmt: skip
        inside = QWidget()
        body = QVBoxLayout(inside)
        side = theme.px(34)
        body.setContentsMargins(side, theme.px(22), side, theme.px(20))
        body.setSpacing(theme.px(14))
        for part in (
            head, self.error, self.good, self.list, self.sure, self.enter, self.counts,
        ):  # fmt: skip
            body.addWidget(part)
        self.list.setVisible(self._keeps)
        body.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(scrolled(inside))
        self.list.card_asked.connect(self._on_card)
        self.list.back_asked.connect(self.sure.ask)
        self.sure.sure.connect(self._on_back)
        self.enter.enter_asked.connect(self._on_enter)
        for signal in (self.enter.closed, self.sure.left):
            signal.connect(self.list.new.setFocus)
        self.setFocusProxy(self.list.new if self._keeps else self.counts.to)

    def refresh(self) -> None:
        """Read the list anew; a card that is being confirmed stays."""
        if self._keeps:
            self._background.run(self._read, self._show, self.error.tell_in_view)
        if self._discloses:
            self.counts.refresh()

    def _read(self) -> _Read:
        return _Read(recipients(self._desk), words_of_station(self._desk))

    def _show(self, read: _Read) -> None:
        self.list.show_all(read.found, read.words)
        self.refreshed.emit()

    # --- entering -----------------------------------------------------------------------------

    def _on_card(self) -> None:
        title = self._words.text("Choose the recipient's card")
        chosen, _ = QFileDialog.getOpenFileName(self, title)
        if not chosen:
            return
        desk, path = self._desk, Path(chosen)

        def job() -> tuple[CardShown, Sequence[tuple[str, str]]]:
            shown = read_card(desk, _bounded(path))
            return shown, providers_for(desk, shown.card.kind)

        self._background.run(
            job, lambda found: self.enter.show_card(*found), self.error.tell_in_view
        )

    def _on_enter(self, shown: CardShown, said: Mapping[int, str], party: str) -> None:
        desk = self._desk
        self._background.run(
            lambda: add_recipient(desk, shown, said, party), self._on_entered, self._not_entered
        )

    def _on_entered(self, _ident: str) -> None:
        self.enter.close_card()
        self._done(self._words.text("The recipient is entered. Files can be sealed to them."))

    def _not_entered(self, error: BaseException) -> None:
        note(error)
        self.enter.fail(sentence_for(error, self._words))

    # --- taking back --------------------------------------------------------------------------

    def _on_back(self, one: Recipient) -> None:
        desk = self._desk
        said = self._words.text("Taken back. Nothing is sealed to them any more.")
        self._background.run(
            lambda: take_back_recipient(desk, one.id),
            lambda _: self._done(said),
            self.error.tell_in_view,
        )

    def _done(self, said: str) -> None:
        self.error.say("")
        self.good.say(said)
        self.list.new.setFocus()
        self.refresh()


def _bounded(path: Path) -> bytes:
    """The bytes of a card.

    Raises:
        BadCard: It is none.
    """
    try:
        data = read_bounded(path, _MOST)
    except OSError as error:
        raise BadCard("file") from error
    if data is None:
        raise BadCard("size")
    return data

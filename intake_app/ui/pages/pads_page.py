"""Citation pads: make and print, key in what was handed out, void what was lost, the ledger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.draft import Draft
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.text import Text
from intake_app.services.case.programs import case_programs
from intake_app.services.citing.keying_in import key_in
from intake_app.services.citing.pads import (
    Pad,
    hand_over_pad,
    make_pad,
    note_pad_copied,
    pad_bytes,
    pad_of,
    pad_officers,
    pad_programs,
    pads,
    return_pad,
    void_number,
)
from intake_app.services.citing.pocket_card import print_pocket_card
from intake_app.services.desk import Desk, Person
from intake_app.services.records.ledger import Entry, ledger
from intake_app.ui.form.review_base import LANGUAGES
from intake_app.ui.pads.asking import (
    KeyInCard,
    MakePadCard,
    PadOrder,
    PocketCardCard,
    VoidCard,
)
from intake_app.ui.pads.ledger_card import LedgerCard
from intake_app.ui.pads.pads_card import PadsCard
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.asking_card import AskingCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import heading
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_STACKED_BELOW = 900
"""Width (at 100 % text) below which cards stand on top of each other."""

CARD_JOB: Final = "pocket-card"
"""Title of the print job of a card: it is about nobody."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    programs: Sequence[tuple[str, Text]]
    citing: Sequence[tuple[str, Text]]
    officers: Sequence[Person]
    pads: Sequence[Pad]
    entries: Sequence[Entry]


class PadsPage(QWidget):
    """All about pads of blank citations.

    Signals:
        draft_ready: A citation is being keyed in; carries the `Draft`.
        record_asked: Open this case (record id).
        refreshed: It shows what the file holds now.
        printed: Something went to a printer or into a file.
    """

    draft_ready = Signal(object)
    record_asked = Signal(str)
    refreshed = Signal()
    printed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self.setObjectName("page")
        today = desk.clock.local().date()
        known = [code for code in desk.agency.languages if code in LANGUAGES]
        languages = [(code, words.text(LANGUAGES[code])) for code in known]
        self.error = FailureBox(theme, words)
        self.key_in = KeyInCard(words, theme)
        self.make = MakePadCard(languages, words, theme)
        self.void, self.pocket = VoidCard(words, theme), PocketCardCard(words, theme)
        self.pads, self.ledger = PadsCard(words, theme), LedgerCard(today.year, words, theme)
        self._pairs = [self._pair(self.key_in, self.void), self._pair(self.make, self.pocket)]
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read pads and ledger anew."""
        year = self.ledger.chosen
        self._background.run(lambda: self._read(year), self._on_read, self.error.tell)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The window gives the page the cursor; a scanner can be used at once."""
        super().focusInEvent(event)
        self.key_in.number.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards side by side, or on top of each other where there is no room."""
        super().resizeEvent(event)
        ways, is_narrow = QBoxLayout.Direction, self.width() < self._theme.px(_STACKED_BELOW)
        for pair in self._pairs:
            pair.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    # --- laying out ---------------------------------------------------------------------------

    def _pair(self, left: AskingCard, right: AskingCard) -> QBoxLayout:
        pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(14)
        pair.addWidget(left, 1)
        pair.addWidget(right, 1)
        return pair

    def _lay_out(self) -> None:
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(heading(self._words.text("Citation pads")))
        lines.addWidget(self.error)
        lines.addLayout(self._pairs[0])
        lines.addLayout(self._pairs[1])
        lines.addWidget(self.pads)
        lines.addWidget(self.ledger)
        lines.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _connect(self) -> None:
        self.key_in.asked.connect(self._on_key_in)
        self.make.asked.connect(self._on_make)
        self.void.asked.connect(self._on_void)
        self.pocket.asked.connect(self._on_pocket)
        self.pads.print_asked.connect(self._on_print)
        self.pads.given.connect(self._on_given)
        self.pads.returned.connect(self._on_returned)
        self.ledger.year_chosen.connect(lambda _=0: self.refresh())
        self.ledger.record_asked.connect(self.record_asked)

    # --- showing ------------------------------------------------------------------------------

    def _read(self, year: int) -> _Facts:
        desk = self._desk
        return _Facts(
            case_programs(desk), pad_programs(desk), pad_officers(desk), pads(desk),
            ledger(desk, year),
        )  # fmt: skip

    def _on_read(self, facts: _Facts) -> None:
        names = self._names()
        self.make.offer(facts.citing, facts.officers)
        self.pocket.offer(facts.programs, self._desk.clock.local().date())
        self.pads.show_pads(facts.pads, facts.officers, names)
        self.ledger.show_entries(facts.entries, names)
        self.refreshed.emit()

    def _names(self) -> Mapping[UserId, str]:
        people = (*self._desk.colleagues, self._desk.person)
        return {person.id: person.shown_name for person in people}

    # --- doing --------------------------------------------------------------------------------

    def _on_key_in(self, number: str) -> None:
        self._background.run(
            lambda: key_in(self._desk, number), self._on_keyed, self._refused(self.key_in)
        )

    def _on_keyed(self, draft: Draft) -> None:
        self.key_in.number.clear()
        self.draft_ready.emit(draft)

    def _on_make(self, order: PadOrder) -> None:
        def made() -> Pad:
            officer = UserId(order.officer)
            return make_pad(self._desk, order.program, officer, order.count, order.language)

        self._background.run(made, self._on_made, self._refused(self.make))

    def _on_made(self, pad: Pad) -> None:
        told = self._words.text(
            "The numbers are reserved: {first} to {last}", first=pad.numbers[0],
            last=pad.numbers[-1],
        )  # fmt: skip
        self.make.say(good=told)
        self._print(pad.id)

    def _on_void(self, number: str, reason: str) -> None:
        self._background.run(
            lambda: void_number(self._desk, number, reason), self._on_voided,
            self._refused(self.void),
        )  # fmt: skip

    def _on_voided(self, _nothing: object) -> None:
        self.void.empty()
        self.void.say(good=self._words.text("The number is void."))
        self.refresh()

    def _on_given(self, pad: str, officer: str) -> None:
        self._move(lambda: hand_over_pad(self._desk, RecordId(pad), UserId(officer)))

    def _on_returned(self, pad: str) -> None:
        self._move(lambda: return_pad(self._desk, RecordId(pad)))

    def _move(self, act: Callable[[], Pad]) -> None:
        self._background.run(act, lambda _pad: self.refresh(), self.error.tell)

    def _on_pocket(self, program: str, month: str) -> None:
        language = self._words.language
        self._background.run(
            lambda: print_pocket_card(self._desk, program, month, language), self._on_card,
            self._refused(self.pocket),
        )  # fmt: skip

    # --- printing -----------------------------------------------------------------------------

    def _on_card(self, data: bytes) -> None:
        if self._sheet().give_out(data, CARD_JOB) is not None:
            self.printed.emit()

    def _on_print(self, pad: str) -> None:
        self._print(RecordId(pad))

    def _print(self, ident: RecordId) -> None:
        def drawn() -> tuple[Pad, bytes]:
            return pad_of(self._desk, ident), pad_bytes(self._desk, ident)

        self._background.run(drawn, lambda found: self._give_out(*found), self.error.tell)
        self.refresh()

    def _give_out(self, pad: Pad, data: bytes) -> None:
        printer = self._sheet().give_out(data, pad.numbers[0])
        if printer is None:
            return
        self._background.run(
            lambda: note_pad_copied(self._desk, pad.id, printer), self._on_copied, self.error.tell
        )

    def _on_copied(self, _nothing: object) -> None:
        self.printed.emit()
        self.refresh()

    def _sheet(self) -> BlankSheet:
        return BlankSheet(self, self._words, self._desk.agency.printers, self.error.tell)

    # --- errors -------------------------------------------------------------------------------

    def _refused(self, card: AskingCard) -> Callable[[BaseException], None]:
        def tell(error: BaseException) -> None:
            note(error)
            card.say(sentence_for(error, self._words))

        return tell

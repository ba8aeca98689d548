"""Recovery cards: who keeps them, the check of one card every quarter, and new ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.errors import IntakeError
from intake_app.domain.recovery_card import CardHolder, KeptCard, check_due, next_to_check
from intake_app.domain.roles import May, may
from intake_app.services.cards.keeping import (
    department_words,
    drill_card,
    kept_cards,
    name_holder,
    report_lost,
)
from intake_app.services.cards.renewing import (
    NewCard,
    begin_new_cards,
    finish_new_cards,
    give_up_new_cards,
)
from intake_app.services.desk import Desk
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.papers.printing import print_pdf, save_pdf
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox, on_press
from intake_app.ui.parts.cursor import hand_cursor_to, tab_before
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.ui.recovery.card_errors import say_card_error
from intake_app.ui.recovery.drill_card import DrillCard
from intake_app.ui.recovery.list_card import ListCard
from intake_app.ui.recovery.new_cards import NewCardsCard
from intake_app.ui.recovery.one_card import OneCard
from intake_app.words import Words
from intake_app.words.dates import short_date

JOB_NAME = "recovery-card"
"""Title of the print job: it says nothing of the department."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    cards: Sequence[KeptCard]
    department: Sequence[str]


class CardsPage(QWidget):
    """Whoever may check cards sees them; an administrator names holders and makes new ones.

    Signals:
        closed: Back to where one came from.
        refreshed: It shows what is known now.

    Attributes:
        list: The cards that stand.
        one: Asks about one card.
        drill: Checks one card.
        renew: Makes new ones; hidden from others than administrators.
    """

    closed = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words = desk, background, words
        self._holders: Mapping[int, CardHolder] = {}
        self._has_begun = False
        may_keep = may(desk.person.roles, May.KEEP_CARDS)
        self.error, self.good = MessageBox(theme, "error"), MessageBox(theme, "ok")
        self.list, self.one = ListCard(words, theme, may_keep=may_keep), OneCard(words, theme)
        self.drill, self.renew = DrillCard(words, theme), NewCardsCard(words, theme)
        self._frame = PageFrame(theme)
        self._lay_out()
        self.renew.setVisible(may_keep)
        hand_cursor_to(self, self.drill.words_typed)
        self.list.holder_asked.connect(self.one.ask_holder)
        self.list.lost_asked.connect(self.one.ask_lost)
        self.one.named.connect(self._on_named)
        self.one.lost.connect(self._on_lost)
        self.drill.asked.connect(self._on_drill)
        self.renew.begun.connect(self._on_begun)
        self.renew.print_asked.connect(self._on_print)
        self.renew.save_asked.connect(self._on_save)
        self.renew.finished.connect(self._on_finished)
        self.renew.given_up.connect(self._on_given_up)

    def refresh(self) -> None:
        """Read the cards anew."""
        desk = self._desk
        self._background.run(
            lambda: _Facts(kept_cards(desk), department_words(desk)), self._show,
            self._failed(self.error.say),
        )  # fmt: skip

    def stop_work(self) -> None:
        """The page goes: nothing of any card stays, nor of new ones that do not count yet."""
        self.drill.forget()
        self.renew.forget()
        if self._has_begun:
            self._has_begun = False
            desk = self._desk
            self._background.run(lambda: give_up_new_cards(desk), _nothing, note)

    def _lay_out(self) -> None:
        say = self._words.text
        self._frame.head.say(say("Recovery cards"), say(
            "The way back in when passphrases, computers or people are gone. On paper only."
        ))  # fmt: skip
        parts = (self.error, self.good, self.one, self.list, self.drill, self.renew)
        for part in parts:
            self._frame.body.addWidget(part)
        self._frame.body.addStretch(1)
        back = self._frame.button(say("Back"))
        on_press(back, self.closed.emit)
        self._frame.foot.addWidget(back)
        self._frame.foot.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._frame)

    def _show(self, facts: _Facts) -> None:
        self.list.show_cards(facts.cards, facts.department)
        tab_before(self.drill.words_typed, self.list.buttons.values())
        due = check_due(facts.cards, self._desk.agency.drill_days)
        today = self._desk.clock.local().date()
        day = short_date(due or date.min, self._words.language)
        turn = next_to_check(facts.cards)
        self.drill.show_turn(turn, day, is_due=due is not None and due <= today)
        self.refreshed.emit()

    def _on_named(self, card: KeptCard, holder: CardHolder) -> None:
        told = self._words.text("It is written down who keeps card {n}.", n=card.number)
        self._do_one(lambda: name_holder(self._desk, card.id, holder), told)

    def _on_lost(self, card: KeptCard) -> None:
        told = self._words.text("Card {n} is reported lost. Make new cards now.", n=card.number)
        self._do_one(lambda: report_lost(self._desk, card.id), told)

    def _do_one(self, job: Callable[[], object], told: str) -> None:
        def done(_result: object) -> None:
            self.one.done()
            self.good.say(told)
            self.refresh()

        self._background.run(job, done, self._failed(lambda text: self.one.say(error=text)))

    def _on_drill(self, typed: str) -> None:
        def done(card: KeptCard) -> None:
            self.drill.done(card)
            self.refresh()

        self._background.run(
            lambda: drill_card(self._desk, typed), done,
            self._failed(lambda text: self.drill.say(error=text)),
        )  # fmt: skip

    def _on_begun(self, typed: str, plan: str, holders: Mapping[int, CardHolder]) -> None:
        def made(cards: Sequence[NewCard]) -> None:
            self._has_begun, self._holders = True, holders
            self.renew.show_made(cards)

        self._background.run(
            lambda: begin_new_cards(self._desk, typed, plan, holders), made, self._failed_renewing()
        )

    def _on_print(self, card: NewCard) -> None:
        self._bring_out(lambda: print_pdf(self, card.pdf, _job(card), self._words))

    def _on_save(self, card: NewCard) -> None:
        self._bring_out(lambda: save_pdf(self, card.pdf, _job(card), self._words))

    def _bring_out(self, how: Callable[[], object]) -> None:
        try:
            how()
        except IntakeError as error:
            self._failed_renewing()(error)

    def _on_finished(self, rows: Mapping[int, str]) -> None:
        def done(_nothing_more: object) -> None:
            self._has_begun = False
            self.renew.done(self._words.text(
                "The new cards count. Destroy the old ones, and bring the new ones to their places."
            ))  # fmt: skip
            bring_into_view(self.renew.good)
            self.refresh()

        self._background.run(
            lambda: finish_new_cards(self._desk, rows, self._holders), done, self._failed_renewing()
        )

    def _on_given_up(self) -> None:
        def done(_nothing_more: object) -> None:
            self._has_begun = False
            self.renew.done(self._words.text(
                "Nothing has changed. Destroy what was printed: those cards open nothing."
            ))  # fmt: skip

        self._background.run(
            lambda: give_up_new_cards(self._desk), done, self._failed_renewing()
        )  # fmt: skip

    def _failed_renewing(self) -> Callable[[BaseException], object]:
        def say(text: str) -> None:
            self.renew.say(error=text)
            bring_into_view(self.renew.error)

        return self._failed(say)

    def _failed(self, say: Callable[[str], object]) -> Callable[[BaseException], object]:
        def failed(error: BaseException) -> None:
            note(error)
            self.good.say("")
            say(say_card_error(error, self._words))

        return failed


def _job(card: NewCard) -> str:
    return f"{JOB_NAME}-{card.number}"


def _nothing(_result: object) -> None:
    """There is nobody to tell."""

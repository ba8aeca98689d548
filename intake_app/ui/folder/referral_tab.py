"""Referrals of an intake: made, followed until the provider confirms, with calls and letters."""

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.domain.form import Answers, Field
from intake_app.domain.referral import Referral, Status
from intake_app.services.drawing.leaving import Leaving
from intake_app.services.papers.papers import IssuedPaper, issue_papers
from intake_app.services.referrals.bed_calls import log_bed_call
from intake_app.services.referrals.letters import Letters, letters_leaving, write_letters
from intake_app.services.referrals.overview import BRIDGE_CARD, Overview, referral_overview
from intake_app.services.referrals.referrals import make_referral, note_step
from intake_app.ui.folder import referral_asks as asks
from intake_app.ui.folder.bed_log_card import BedLogCard, BridgeCard
from intake_app.ui.folder.referral_card import ReferralCard
from intake_app.ui.folder.referral_words import ReferralWords
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard, Then
from intake_app.ui.form.questions import Questions
from intake_app.ui.papers.desk_work import DeskWork
from intake_app.ui.papers.leaving_panel import LeavingPanel
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, make_button, on_press
from intake_app.ui.parts.labels import muted, words_label

Found = TypeVar("Found")


class ReferralTab(FolderTab):
    """The tab.

    Attributes:
        ask: What is asked before something is noted.
        cards: One for each referral, the newest first.
        new: Begins a referral.
        call: Notes a call to find a bed.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        words = self.words
        self._found: Overview | None = None
        self.cards: list[ReferralCard] = []
        self.ask = AskCard(parts.setting)
        self.stop, self.offer = MessageBox(self.theme, "warn"), words_label("", "label")
        head = Card(words.text("Referrals"))
        self.counts = muted("")
        self.new = PrimaryButton(words.text("New referral…"), self.theme)
        self.call = make_button(words.text("Note a call for a bed…"))
        self.first = make_button(words.text("Make this referral…"))
        buttons: tuple[QPushButton, ...] = (self.first, self.new, self.call)
        for button in buttons:
            button.setAccessibleName(button.text())
        head.box.addWidget(self.counts)
        head.box.addWidget(self.offer)
        head.box.addWidget(ButtonRow(self.theme.px(8), buttons))
        holder = QWidget()
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(self.theme.px(14))
        self.leaving = LeavingPanel(self.theme, words, parts.names)
        self.leaving.changed.connect(self.ask.act.setEnabled)
        self.ask.closed.connect(lambda: self.leaving.show_leaving(None))
        for widget in (self.stop, head, self.ask, self.leaving, holder):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._papers = PaperDesk(
            DeskWork(parts.desk), parts.background, words, parts.printers, self
        )
        self._papers.told.connect(self.good.say)
        self._papers.counted.connect(self._on_counted)
        self._papers.failed.connect(self.fail)
        on_press(self.first, partial(self._on_new, is_first=True))
        on_press(self.new, partial(self._on_new, is_first=False))
        on_press(self.call, self._on_call)

    def refresh(self) -> None:
        """Read the referrals anew."""
        desk, record, language = self.parts.desk, self.parts.record, self.words.language
        self.read(lambda: referral_overview(desk, record, language), self._show)

    # --- showing ------------------------------------------------------------------------------

    def _show(self, found: Overview) -> None:
        self._found = found
        words, said = self.words, ReferralWords(self.words, found)
        told = words.text("This person has died or asked not to be contacted. Call nobody, and "
                          "send nothing. What a provider tells us can be noted.")  # fmt: skip
        self.stop.say(told if found.stop else "")
        self._offer_first(found)
        self.counts.setText(self._counted(found))
        for button in (self.new, self.call):
            button.setEnabled(not found.stop and not found.is_readonly)
        self.ask.forget_way_back()
        clear(self._lines)
        self.cards = [self._card(one, said) for one in reversed(found.referrals)]
        for card in self.cards:
            self._lines.addWidget(card)
        if found.bridge is not None:
            bridge = BridgeCard(found.bridge, words)
            bridge.card_asked.connect(self._on_bridge_card)
            self._lines.addWidget(bridge)
        self._lines.addWidget(BedLogCard(said))

    def _offer_first(self, found: Overview) -> None:
        is_offered = found.offer is not None and not found.stop and not found.is_readonly
        place = found.offer.provider["name"] if found.offer is not None else ""
        self.offer.setText(
            self.words.text("The intake names {place}. No referral is made yet.", place=place)
        )
        self.offer.setVisible(is_offered)
        self.first.setVisible(is_offered)

    def _counted(self, found: Overview) -> str:
        words, counts = self.words, found.counts
        said = [
            words.plural("{n} referral", "{n} referrals", counts.referrals),
            words.plural("{n} closed loop", "{n} closed loops", counts.closed),
        ]
        real = [one.standing.status for one in found.referrals if not one.is_card]
        drafts = real.count(Status.DRAFT)
        if drafts:
            said.append(words.plural("{n} not asked yet", "{n} not asked yet", drafts))
        if counts.cards:
            said.append(words.plural("{n} card, not counted as a referral",
                                     "{n} cards, not counted as referrals",
                                     counts.cards))  # fmt: skip
        return " · ".join(said)

    def _card(self, one: Referral, said: ReferralWords) -> ReferralCard:
        card = ReferralCard(one, said, self.theme)
        card.act_asked.connect(partial(self._on_act, one))
        card.letters_asked.connect(partial(self._on_letters, one))
        card.print_asked.connect(self._on_print)
        card.save_asked.connect(self._on_save)
        return card

    # --- asking -------------------------------------------------------------------------------

    def _on_new(self, *, is_first: bool) -> None:
        if self._found is None:
            return
        desk, record, words = self.parts.desk, self.parts.record, self.words

        def make(said: Answers) -> None:
            new = asks.referral_said(said, is_first=is_first)
            self.do(lambda: make_referral(desk, record, new), words.text("Saved."), ask=self.ask)

        fields = asks.ask_referral(self._found, Questions(words))
        told = words.text("A card alone is no referral, and is counted apart.")
        self._ask(words.text("Make the referral"), fields, make, told)
        if is_first and self._found.offer is not None:
            self.ask.fill(asks.filled(self._found.offer))

    def _on_call(self) -> None:
        if self._found is None:
            return
        desk, record, words = self.parts.desk, self.parts.record, self.words

        def log(said: Answers) -> None:
            call = asks.call_said(said)
            self.do(
                lambda: log_bed_call(desk, record, call),
                words.text("The call is noted."),
                ask=self.ask,
            )

        fields = asks.ask_call(self._found, Questions(words))
        told = words.text("Say no name before a consent is signed.")
        self._ask(words.text("Note the call"), fields, log, told)

    def _on_act(self, one: Referral, act: asks.Act) -> None:
        if self._found is None:
            return
        desk, words = self.parts.desk, self.words

        def keep(said: Answers) -> None:
            step = asks.step_said(act, said)
            self.do(lambda: note_step(desk, one.id, step), words.text("Saved."), ask=self.ask)

        fields = asks.ask_step(act, self._found, Questions(words))
        self._ask(words.text(act.label), fields, keep, self._hint(one, act))

    def _ask(self, what: str, fields: Sequence[Field], then: Then, note: str) -> None:
        self.leaving.show_leaving(None)
        self.ask.ask(what, fields, then, note)

    def _hint(self, one: Referral, act: asks.Act) -> str:
        if act.is_missed:
            return self.words.text("Without a new time, the referral ends here.")
        if act.status in {Status.IN_PROGRESS, Status.COMPLETED}:
            return self.words.text("Only the provider's own word closes the loop.")
        return one.provider_name

    def _on_letters(self, one: Referral) -> None:
        letters: Letters | None = self._found.letters.get(one.id) if self._found else None
        if letters is None:
            return
        desk, words = self.parts.desk, self.words

        def write(said: Answers) -> None:
            chosen = [str(ident) for ident in said.get("papers") or ()]
            way = str(said.get("way") or "")
            told = words.text("The papers are made. Print them now.")
            self.do(lambda: write_letters(desk, one.id, chosen, way), told, ask=self.ask)

        told = words.text("With what goes to a provider goes a copy of the consent.")
        fields = asks.ask_letters(letters, Questions(words))
        self._ask(words.text("Make these papers"), fields, write, told)
        self.ask.fields["papers"].changed.connect(partial(self._look_what_leaves, one))

    def _look_what_leaves(self, one: Referral) -> None:
        """Show what the chosen papers would disclose; what no consent covers stops them."""
        papers = self.ask.fields.get("papers")
        chosen = [str(ident) for ident in (papers.value() if papers else None) or ()]
        desk = self.parts.desk
        self.parts.background.run(
            lambda: letters_leaving(desk, one.id, chosen), self._on_leaving, self.fail
        )

    def _on_leaving(self, found: Leaving) -> None:
        if self.ask.isVisible() and "papers" in self.ask.fields:
            self.leaving.show_leaving(found)

    def _on_bridge_card(self) -> None:
        desk, record = self.parts.desk, self.parts.record

        def made(papers: list[IssuedPaper]) -> None:
            self._papers.print(papers)

        self.parts.background.run(
            lambda: issue_papers(desk, record, [BRIDGE_CARD]), made, self.fail
        )

    def _on_print(self, paper: IssuedPaper) -> None:
        self._papers.print([paper])

    def _on_save(self, paper: IssuedPaper) -> None:
        self._papers.save([paper])

    def _on_counted(self, _paper: IssuedPaper) -> None:
        self.refresh()

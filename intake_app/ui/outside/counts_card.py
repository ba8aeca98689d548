"""Counts for an evaluator: for which months, what leaves, and where it is written."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit

from intake_app.domain.disclosure import Recipient
from intake_app.services.desk import Desk
from intake_app.services.sharing.evaluation import Counts, count_for, evaluators, make_evaluation
from intake_app.services.sharing.sealed_bundles import save_disclosure
from intake_app.ui.outside.receipt_button import ReceiptButton
from intake_app.ui.outside.sealing_card import SealingCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import named_button, on_press
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class CountsCard(SealingCard):
    """The card; hidden while no evaluator is entered.

    Attributes:
        to: For whom.
        first: First month.
        last: Last month.
        count: Shows what would leave.
        receipt: Brings in a receipt.
    """

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        say = words.text
        super().__init__(
            say("Counts for an evaluator"),
            lambda made, folder: save_disclosure(desk, made, folder), background, words, theme,
        )  # fmt: skip
        self._desk = desk
        self.to, self.first, self.last = Picker(), QLineEdit(), QLineEdit()
        self.count = named_button(say("Show what would leave"))
        self.box.addWidget(muted(say(
            "Only counts of answers that can be chosen. Small counts are not told."
        )))  # fmt: skip
        asked = (
            (say("For whom?"), self.to),
            (say("First month, like 2026-01"), self.first),
            (say("Last month, like 2026-12"), self.last),
        )
        for label, field in asked:
            self.box.addWidget(field_label(label, field))
            self.box.addWidget(field)
        self.receipt = ReceiptButton(desk, background, words)
        self.receipt.noted.connect(self._on_receipt)
        self.receipt.failed.connect(self.fail)
        self.box.addWidget(ButtonRow(theme.px(8), (self.count, self.receipt)))
        for part in (self.found, self.error, self.good):
            self.box.addWidget(part)
        for edit in (self.first, self.last):
            edit.returnPressed.connect(self._on_count)
            edit.textEdited.connect(self.forget)
        self.to.activated.connect(self.forget)
        on_press(self.count, self._on_count)
        self.hide()

    def refresh(self) -> None:
        """Read who could receive counts."""
        self._background.run(lambda: evaluators(self._desk), self._offer, self.fail)

    def _offer(self, found: Sequence[Recipient]) -> None:
        known = [self.to.itemData(n) for n in range(self.to.count())]
        if known != [one.id for one in found]:
            self.to.clear()
            for one in found:
                self.to.addItem(one.name, one.id)
        self.setVisible(bool(found))

    def _on_count(self) -> None:
        desk, to = self._desk, str(self.to.currentData())
        first, last = self.first.text().strip(), self.last.text().strip()
        self.ask(lambda: count_for(desk, to, first, last), self._show)

    def _show(self, counts: Counts) -> None:
        desk = self._desk
        asked = dict.fromkeys(question for question, _, _ in counts.rows)
        told = {
            question: ", ".join(f"{a}: {n}" for q, a, n in counts.rows if q == question)
            for question in asked
        }
        self.show_leaving(
            (f"{question} {said}" for question, said in told.items()),
            lambda: make_evaluation(desk, counts),
        )

    def _on_receipt(self, said: str) -> None:
        self.error.say("")
        self.good.say(said)

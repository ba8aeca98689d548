"""The log of calls to find a bed, and the plan for tonight where there was none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from intake_app.services.referrals.bed_calls import ANSWERS, BedCall
from intake_app.services.referrals.overview import Bridge
from intake_app.services.referrals.referrals import REFUSALS
from intake_app.ui.folder.referral_words import ReferralWords
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, Chip, named_button, on_press
from intake_app.ui.parts.labels import fact_label, muted, words_label
from intake_app.words import Words
from intake_app.words.dates import moment_in_words


class BedLogCard(Card):
    """Who was called when, who said what; the newest first."""

    def __init__(self, said: ReferralWords) -> None:
        super().__init__(said.words.text("Calls to find a bed"))
        for call in reversed(said.found.calls):
            self.box.addWidget(_row(call, said))
        if not said.found.calls:
            self.box.addWidget(muted(said.words.text("Nobody was called yet.")))


def _row(call: BedCall, said: ReferralWords) -> QFrame:
    words = said.words
    row = QFrame()
    row.setObjectName("row")
    lines = QVBoxLayout(row)
    lines.setContentsMargins(0, 6, 0, 8)
    lines.setSpacing(2)
    lines.addWidget(words_label(call.name, "label"))
    answer = [said.code(ANSWERS, call.answer)] if call.answer else []
    bed = {"yes": words.text("A bed"), "no": words.text("No bed")}.get(call.bed)
    reason = [said.code(REFUSALS, call.reason)] if call.reason else []
    told = " · ".join([*answer, *([bed] if bed else []), *reason])
    lines.addWidget(words_label(told))
    when = [moment_in_words(call.at, words.language)] if call.at else []
    spoke = [words.text("spoke with {name}", name=call.spoke_to)] if call.spoke_to else []
    who = said.found.names.get(call.by, "")
    by = words.text("noted by {who}", who=who) if who else words.text("noted at the desk")
    lines.addWidget(muted(" · ".join([*when, *spoke, by])))
    if call.note:
        lines.addWidget(words_label(call.note))
    return row


class BridgeCard(Card):
    """The plan for tonight.

    Signals:
        card_asked: Issue the card for tonight.
    """

    card_asked = Signal()

    def __init__(self, bridge: Bridge, words: Words) -> None:
        super().__init__(words.text("Plan without a bed"))
        if bridge.is_over:
            self.box.addWidget(Chip(words.text("A provider has said yes since"), "ok"))
        for label, answer in bridge.lines:
            self.box.addWidget(fact_label(label.said_in(words.language)))
            self.box.addWidget(words_label(answer))
        if bridge.has_card and not bridge.is_over:
            self.card = named_button(words.text("Print the card for tonight"), "small")
            on_press(self.card, self.card_asked.emit)
            self.box.addWidget(ButtonRow(0, (self.card,)))

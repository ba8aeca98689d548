"""An extract for whoever merges departments: what leaves is shown, then sealed, then written."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake_app.domain.disclosure import Recipient
from intake_app.domain.form import Choice
from intake_app.domain.roles import Compartment
from intake_app.services.county.extracting import (
    CountyAsk,
    CountyShown,
    county_recipients,
    county_would_leave,
    make_county_extract,
    save_county_extract,
)
from intake_app.services.county.words import county_leaving
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import Agreement, agreements
from intake_app.services.exports.reasons import all_reasons
from intake_app.ui.measures.period_bar import PeriodBar
from intake_app.ui.outside.sealing_card import SealingCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import named_button, on_press
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class _Read:
    """What can be chosen."""

    recipients: Sequence[Recipient]
    agreements: Sequence[Agreement]
    reasons: Sequence[Choice]


class ExtractCard(SealingCard):
    """The card.

    Attributes:
        to, agreement, reason: To whom, under which agreement, why it may leave.
        period: Which days.
        show_it: Shows what would leave.
        said: What would leave, line by line.
    """

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        say = words.text
        super().__init__(
            say("Extract for a county"),
            lambda made, folder: save_county_extract(desk, made, folder), background, words, theme,
        )  # fmt: skip
        self._desk = desk
        self.said: list[str] = []
        self.to, self.agreement, self.reason = Picker(), Picker(), Picker()
        self.period = PeriodBar(desk, words, theme)
        self.show_it = named_button(say("Show what would leave"))
        self._hint = muted(say(
            "Nobody who merges departments is entered, or no agreement is. An administrator enters "
            "who merges under Recipients; agreements are entered under Numbers, Files for others."
        ))  # fmt: skip
        self._hint.hide()
        self.box.addWidget(self._hint)
        for text, field in (
            (say("Who merges?"), self.to),
            (say("Under which agreement?"), self.agreement),
            (say("Why may it leave?"), self.reason),
        ):
            self.box.addWidget(field_label(text, field))
            self.box.addWidget(field)
        self.box.addWidget(self.period)
        self.box.addWidget(ButtonRow(theme.px(8), (self.show_it,)))
        for part in (self.found, self.error, self.good):
            self.box.addWidget(part)
        on_press(self.show_it, self._on_show)
        self.period.chosen.connect(self.forget)
        for picker in (self.to, self.agreement, self.reason):
            picker.activated.connect(self.forget)
        self.setFocusProxy(self.to)

    def refresh(self) -> None:
        """Read what can be chosen."""
        desk = self._desk

        def job() -> _Read:
            wanted = {str(Compartment.CARE), str(Compartment.CASES)}
            reasons = [
                one for one in all_reasons(desk) if wanted & set(one.more["exports"].split())
            ]
            return _Read(county_recipients(desk), agreements(desk), reasons)

        self._background.run(job, self._offer, self.fail)

    def _offer(self, read: _Read) -> None:
        language = self._words.language
        _fill(self.to, [(one.name, one.id) for one in read.recipients])
        _fill(self.agreement, [(f"{one.to}: {one.paper}", str(one.id)) for one in read.agreements])
        _fill(self.reason, [(one.label.said_in(language), one.id) for one in read.reasons])
        audit = self.reason.findData("audit")
        if audit >= 0 and not self.is_shown:
            self.reason.setCurrentIndex(audit)
        is_ready = bool(read.recipients and read.agreements)
        self._hint.setVisible(not is_ready)
        self.show_it.setEnabled(is_ready)

    def _on_show(self) -> None:
        desk, days = self._desk, self.period.period
        ask = CountyAsk(
            str(self.to.currentData()), days.since, days.until,
            str(self.agreement.currentData()), str(self.reason.currentData()),
        )  # fmt: skip
        self.ask(lambda: county_would_leave(desk, ask), self._show)

    def _show(self, shown: CountyShown) -> None:
        desk = self._desk
        self.said = list(county_leaving(desk, shown, self._words))
        self.show_leaving(self.said, lambda: make_county_extract(desk, shown))


def _fill(picker: Picker, lines: Sequence[tuple[str, str]]) -> None:
    """Offer these, and keep what was chosen where it is still there."""
    chosen = picker.currentData()
    picker.clear()
    for text, ident in lines:
        picker.addItem(text, ident)
    picker.setCurrentIndex(max(picker.findData(chosen), 0 if lines else -1))

"""Settings of this window, and what the department decided (to read; changing comes later)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.settings.look import Look
from intake_app.ui.cards import Card, scrolled
from intake_app.ui.labels import fact_label, heading, muted, words_label
from intake_app.ui.look_bar import LookBar
from intake_app.ui.theme import Theme
from intake_app.words import Words, mark
from intake_app.words.dates import day_in_words

WARRANT_POLICIES = {
    "never": mark("Never: nobody is checked for warrants"),
    "asked": mark("Only when the person says yes, after being told what may follow"),
    "told": mark("Always, and the person is told before anything is asked"),
}


class SettingsPage(QWidget):
    """How the window looks, and for administrators the department's own facts.

    Signals:
        look_chosen: A `Look`; the window is to be built anew with it.
    """

    look_chosen = Signal(object)

    def __init__(self, desk: Desk, words: Words, theme: Theme, look: Look) -> None:
        super().__init__()
        self._desk, self._words = desk, words
        self.setObjectName("page")
        inside = QWidget()
        inside.setMaximumWidth(theme.px(1100))
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(18)
        lines.addWidget(heading(words.text("Settings")))
        window = Card(words.text("This window"))
        self.look = LookBar(look, words)
        self.look.chosen.connect(self.look_chosen)
        window.box.addWidget(self.look)
        window.box.addWidget(muted(words.text("The choice is kept on this computer.")))
        lines.addWidget(window)
        if may(desk.person.roles, May.CHANGE_SETTINGS):
            lines.addWidget(self._department())
        lines.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self.setFocusProxy(self.look.language)

    def _department(self) -> Card:
        words = self._words
        card = Card(words.text("The department"))
        card.box.addWidget(
            muted(words.text("Decided at set-up. Changing it here comes with a later version."))
        )
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, value in self._facts():
            form.addRow(fact_label(name), words_label(value or words.text("Not given")))
        card.box.addLayout(form)
        return card

    def _facts(self) -> Sequence[tuple[str, str]]:
        words, agency = self._words, self._desk.agency
        signed = words.text("Not signed yet")
        if agency.no_arrest_signed:
            day = day_in_words(agency.no_arrest_signed, words.language)
            signed = words.text("Signed on {day}", day=day)
        policy = WARRANT_POLICIES.get(agency.warrant_policy, agency.warrant_policy)
        return (
            (words.text("Name"), agency.name),
            (words.text("Address"), "\n".join(agency.address)),
            (words.text("Phone"), agency.phone),
            (words.text("ORI"), agency.ori),
            (words.text("Letters of receipt numbers"), agency.prefix),
            (words.text("Name on letters that say nothing of police"), agency.neutral_name),
            (words.text("Warrant checks"), words.text(policy)),
            (words.text("“No arrest” statement"), signed),
        )

"""One referral: to whom, where it stands, what can be noted, its letters, and all its steps."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from intake_app.domain.referral import Referral
from intake_app.services.referrals.letters import Letters
from intake_app.ui.folder.referral_asks import ACTS
from intake_app.ui.folder.referral_words import ReferralWords
from intake_app.ui.form.paper_card import IssuedRow
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, Chip, named_button, on_press
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.theme import Theme


class ReferralCard(Card):
    """One referral.

    Signals:
        act_asked: Note this `Act`.
        letters_asked: Choose letters.
        print_asked: Print this `IssuedPaper`.
        save_asked: Save this one as a file.

    Attributes:
        referral: It.
        buttons: What can be done, by the key of the act; "letters" for the letters.
    """

    act_asked = Signal(object)
    letters_asked = Signal()
    print_asked = Signal(object)
    save_asked = Signal(object)

    def __init__(self, referral: Referral, said: ReferralWords, theme: Theme) -> None:
        super().__init__()
        self.referral, self._said, self._theme = referral, said, theme
        self.buttons = dict[str, QPushButton]()
        name = heading(referral.provider_name, 2)
        name.setWordWrap(True)
        self.box.addWidget(name)
        self.box.addWidget(muted(said.head(referral)))
        chips = [Chip(text, tint) for text, tint in said.chips(referral)]
        self.box.addWidget(ButtonRow(theme.px(8), chips))
        for line in said.facts(referral):
            self.box.addWidget(words_label(line))
        letters = said.found.letters.get(referral.id)
        if letters is not None:
            self._add_letters(letters)
        if not said.found.is_readonly:
            self._add_acts(letters)
        self._add_steps()

    def _add_letters(self, letters: Letters) -> None:
        text = self._said.words.text
        self.box.addWidget(muted(
            text("A signed consent names this provider.") if letters.has_consent else
            text("No signed consent names this provider: the person carries the letter.")
        ))  # fmt: skip
        if not letters.is_mail_safe:
            self.box.addWidget(muted(text("Mail to the person is not safe: hand letters over.")))
        for paper in letters.issued:
            row = IssuedRow(paper, self._said.words)
            if not paper.replaced_by:
                on_press(row.offer(text("Print")), lambda one=paper: self.print_asked.emit(one))
                on_press(row.offer(text("Save PDF")), lambda one=paper: self.save_asked.emit(one))
            self.box.addWidget(row)

    def _add_acts(self, letters: Letters | None) -> None:
        text = self._said.words.text
        for act in ACTS:
            if act.is_offered(self.referral):
                self._add_button(act.key, text(act.label), partial(self.act_asked.emit, act))
        if letters is not None and letters.offered and not self._said.found.stop:
            self._add_button("letters", text("Letters and fax…"), self.letters_asked.emit)
        self.box.addWidget(ButtonRow(self._theme.px(8), tuple(self.buttons.values())))

    def _add_button(self, key: str, words: str, act: Callable[[], object]) -> None:
        button = named_button(words, "small")
        button.setAccessibleDescription(self.referral.provider_name)
        on_press(button, act)
        self.buttons[key] = button

    def _add_steps(self) -> None:
        for step in reversed(self.referral.steps):
            line = muted(self._said.step(step))
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.box.addWidget(line)

"""Asks what shall be done about one person; says what it means before it is done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QVBoxLayout

from intake_app.services.users.listing import User
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.cursor import tab_before
from intake_app.ui.parts.labels import field_label, heading, muted, words_label
from intake_app.ui.parts.returning_card import ReturningCard
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.ui.users.deeds import LABELS, TOLD, Decided, Deed, deeds_for
from intake_app.ui.users.role_ticks import RoleTicks
from intake_app.words import Words


class ChangeCard(ReturningCard):
    """Hidden until it asks.

    Signals:
        decided: What (a `Decided`).

    Attributes:
        choices: By deed.
        ticks: The roles.
        card: Words of a recovery card; only for one's own roles.
        act: Does it.
        leave: Leaves it.
    """

    decided = Signal(object)

    def __init__(self, words: Words, theme: Theme, kind: str) -> None:
        super().__init__(theme)
        self._words, self._theme = words, theme
        self._one: User | None = None
        self.choices: dict[Deed, QRadioButton] = {}
        self._title, self._told = heading("", 2), words_label("")
        self._group = QButtonGroup(self)
        self._radios = QVBoxLayout()
        self.ticks = RoleTicks(words, theme, kind)
        self.card = QPlainTextEdit()
        self.card.setMaximumHeight(theme.px(90))
        self.card.setTabChangesFocus(True)
        self._card_told = muted(words.text(
            "Nobody gives themselves a role. Ask another administrator. Where you are the only "
            "one, put a recovery card on the table and type its words here; this is logged."
        ))  # fmt: skip
        self._card_label = field_label(words.text("Words of a recovery card"), self.card)
        self.act, self.leave = PrimaryButton(""), named_button(words.text("Cancel"))
        self.box.insertWidget(0, self._title)
        self.box.addLayout(self._radios)
        for part in (self._told, self.ticks, self._card_told, self._card_label, self.card):
            self.box.addWidget(part)
        self.box.addWidget(ButtonRow(theme.px(8), (self.act, self.leave)))
        self._group.idToggled.connect(self._on_chosen)
        on_press(self.act, self._on_act)
        on_press(self.leave, self.done)
        self.hide()

    @property
    def user(self) -> User | None:
        """About whom it asks."""
        return self._one

    def ask(self, one: User) -> None:
        """Ask about somebody."""
        if self._one is None:
            self.note_cursor()
        self._one = one
        self.say()
        self.card.clear()
        self._title.setText(self._words.text("Change {name}", name=one.shown_name))
        clear(self._radios)
        self.choices = {}
        for place, deed in enumerate(deeds_for(one)):
            told = self._words.text(LABELS[deed])
            radio = self.choices[deed] = QRadioButton(told)
            radio.setAccessibleName(told)
            self._group.addButton(radio, place)
            self._radios.addWidget(radio)
        tab_before(next(iter(self.ticks.boxes.values())), self.choices.values())
        self.ticks.tick(one.roles)
        first = next(iter(self.choices.values()))
        self.show()
        first.setChecked(True)
        self._on_chosen()
        bring_into_view(self)
        first.show()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop what was asked about, and what was typed."""
        self._one = None
        self.card.clear()

    def _deed(self) -> Deed | None:
        return next((deed for deed, radio in self.choices.items() if radio.isChecked()), None)

    def _on_chosen(self) -> None:
        deed = self._deed()
        if deed is None or self._one is None:
            return
        self._told.setText(self._words.text(TOLD[deed]))
        is_own = deed is Deed.ROLES and self._one.is_self
        self.ticks.setVisible(deed is Deed.ROLES)
        for part in (self._card_told, self._card_label, self.card):
            part.setVisible(is_own)
        does = self._words.text("Save roles") if deed is Deed.ROLES else (
            self._words.text("Do it: {what}", what=self._words.text(LABELS[deed]))
        )  # fmt: skip
        self.act.setText(does)
        self.act.setAccessibleName(does)

    def _on_act(self) -> None:
        deed = self._deed()
        if deed is not None and self._one is not None:
            self.say()
            typed = self.card.toPlainText() if self._one.is_self else ""
            self.decided.emit(Decided(self._one, deed, self.ticks.roles, typed))

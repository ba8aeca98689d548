"""What a person can begin from home: large buttons, a few small ones, and a key for each."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.pathway import CARE_ROOM, Pathway
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import (
    BigButton,
    MessageBox,
    big_button,
    make_button,
    named_button,
    on_press,
)
from intake_app.ui.parts.icons import icon
from intake_app.ui.parts.pathway_words import PATHWAYS, pathway_name
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark

_STACKED_BELOW = 800
"""Width (at 100 % text) below which the buttons stand on top of each other."""

_LARGE = (Pathway.SELF_REFERRAL, Pathway.OFFICER_INTERVENTION)

_OFFICERS_TAKE = mark("Officers and supervisors take these. Change users to start one.")


class HomeActions(QWidget):
    """The buttons that this person's role includes.

    Signals:
        walk_in_asked: Begin a walk-in self-referral.
        case_asked: Begin an officer intervention.
        eligibility_asked: Check eligibility, without a record.
        not_offered_asked: Note that diversion was not offered.
        declined_asked: Note that somebody declined.
        way_asked: Begin an intake of another pathway of care (its code).
        sheet_asked: Print the sheet to point at and tick.
        paper_forms_asked: Print blank forms, or key in one that was filled in.

    Attributes:
        ways: The buttons of the other ways into care.
        said: Says why something cannot be begun here.
    """

    walk_in_asked = Signal()
    way_asked = Signal(str)
    case_asked = Signal()
    eligibility_asked = Signal()
    not_offered_asked = Signal()
    declined_asked = Signal()
    sheet_asked = Signal()
    paper_forms_asked = Signal()

    def __init__(self, desk: Desk, words: Words, theme: Theme) -> None:
        super().__init__()
        self._roles, self._words, self._theme = desk.person.roles, words, theme
        self._agency, self._on = desk.agency, desk.pathways
        self.said = MessageBox(theme, "warn")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(14)
        self._large = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._large.setSpacing(18)
        for button in self._large_buttons():
            self._large.addWidget(button, 1)
        lines.addLayout(self._large)
        self.ways = self._other_ways()
        if self.ways:
            lines.addWidget(ButtonRow(theme.px(10), self.ways))
        if small := self._small_buttons():
            lines.addWidget(ButtonRow(theme.px(10), small))
        lines.addWidget(self.said)

    @property
    def is_empty(self) -> bool:
        """Whether this role begins nothing."""
        return self._large.count() == 0 and not self.ways

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or on top of each other where there is no room."""
        ways = QBoxLayout.Direction
        is_narrow = self.width() < self._theme.px(_STACKED_BELOW)
        self._large.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        super().resizeEvent(event)

    def _large_buttons(self) -> list[QPushButton]:
        takes_cases = may(self._roles, May.TAKE_CASE)
        if not may(self._roles, May.TAKE_WALK_IN) and not takes_cases:
            return []
        made: list[QPushButton] = []
        if Pathway.SELF_REFERRAL in self._on:
            made.append(self._large_button("teal", Pathway.SELF_REFERRAL, self.walk_in_asked.emit))
        if Pathway.OFFICER_INTERVENTION in self._on:
            made.insert(0 if takes_cases else 1, self._case(takes_cases))
        return made

    def _large_button(self, color: str, way: Pathway, act: Callable[[], object]) -> BigButton:
        said, words = PATHWAYS[way], self._words
        has_cases = Pathway.OFFICER_INTERVENTION in self._on
        plain = "" if has_cases else said.plain_told
        told = (words.text(said.name), words.text(plain or said.told))
        made = big_button(self._theme, color, said.icon, told, said.key)
        on_press(made, act)
        self._key(said.key, act)
        return made

    def _case(self, takes_cases: bool) -> QPushButton:
        if takes_cases:
            return self._large_button("navy", Pathway.OFFICER_INTERVENTION, self.case_asked.emit)
        said, why = PATHWAYS[Pathway.OFFICER_INTERVENTION], self._words.text(_OFFICERS_TAKE)
        told = (self._words.text(said.name), why)
        made = big_button(self._theme, "navy", said.icon, told, said.key)
        made.switch_off()
        self._key(said.key, lambda: self.said.say(why))
        return made

    def _other_ways(self) -> list[QPushButton]:
        """The other ways into care, smaller: an icon, a name and a key each."""
        if not may(self._roles, CARE_ROOM.take):
            return []
        return [self._way(way) for way in self._on if way in PATHWAYS and way not in _LARGE]

    def _way(self, way: Pathway) -> QPushButton:
        said, words, theme = PATHWAYS[way], self._words, self._theme
        name = pathway_name(way, words, self._agency.kind)
        made = self._small_button(name, said.key, partial(self.way_asked.emit, way.value))
        made.setText(f"  {made.text()}")  # some room after the icon
        made.setIcon(icon(said.icon, theme.tokens.teal_ink, theme.px(18)))
        made.setIconSize(QSize(theme.px(18), theme.px(18)))
        made.setToolTip(words.text(said.told))
        made.setAccessibleDescription(words.text(said.told))
        return made

    def _small_buttons(self) -> list[QPushButton]:
        say, made = self._words.text, list[QPushButton]()
        has_cases = Pathway.OFFICER_INTERVENTION in self._on
        if has_cases and may(self._roles, May.CHECK_ELIGIBILITY):
            made.append(
                self._small_button(say("Check eligibility"), "F4", self.eligibility_asked.emit)
            )
        if has_cases and may(self._roles, May.NOTE_OFFER):
            made.append(self._small_button(say("Not offered"), "F6", self.not_offered_asked.emit))
            made.append(self._small_button(say("Declined"), "F7", self.declined_asked.emit))
        if may(self._roles, May.TAKE_WALK_IN):
            made.append(self._link(say("Forms on paper"), self.paper_forms_asked.emit))
        if Pathway.SELF_REFERRAL in self._on and may(self._roles, May.TAKE_WALK_IN):
            made.append(self._link(say("Print point-and-tick sheet"), self.sheet_asked.emit))
        return made

    def _link(self, text: str, act: Callable[[], object]) -> QPushButton:
        made = named_button(text, "link")
        on_press(made, act)
        return made

    def _small_button(self, title: str, key: str, act: Callable[[], object]) -> QPushButton:
        made = make_button(f"{title}  {key}")
        made.setAccessibleName(title)
        on_press(made, act)
        self._key(key, act)
        return made

    def _key(self, key: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WindowShortcut
                  ).activated.connect(act)  # fmt: skip

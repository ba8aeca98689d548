"""The home page: what a person can begin, and what waits for them; different for each role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.listing import Row
from intake_app.domain.roles import May, Role, may
from intake_app.services.desk import Desk
from intake_app.services.drafts import Unfinished, hand_over_draft, unfinished
from intake_app.services.people import due, today
from intake_app.ui.background import Background
from intake_app.ui.cards import Card, MessageBox, big_button, make_button, on_press, scrolled
from intake_app.ui.find_box import FindBox
from intake_app.ui.home_cards import DraftsCard, RowsCard, due_line, today_line
from intake_app.ui.labels import heading, muted, words_label
from intake_app.ui.names import NameSwitch
from intake_app.ui.theme import Theme
from intake_app.words import Words, mark
from intake_app.words.dates import day_in_words

_STACKED_BELOW = 800
"""Page width (at 100 % text) below which the two columns stand on top of each other."""

_OFFICER_WAITS = mark("This comes with the next version.")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    drafts: Sequence[Unfinished]
    today: Sequence[Row]
    due: Sequence[Row]


class HomePage(QWidget):
    """Begin, go on, find.

    Signals:
        walk_in_asked: Begin a walk-in self-referral.
        sheet_asked: Print the sheet to point at and tick.
        draft_asked: Go on with this draft (record id).
        record_asked: Open this intake (record id).
        place_asked: Go to this place of the rail.
        refreshed: The lists show what the files hold now.
    """

    walk_in_asked = Signal()
    sheet_asked = Signal()
    draft_asked = Signal(str)
    record_asked = Signal(str)
    place_asked = Signal(str)
    refreshed = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, names: NameSwitch
    ) -> None:
        super().__init__()
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._names = names
        self.setObjectName("page")
        self._columns: list[QBoxLayout] = []
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(32, 24, 32, 24)
        self._lines.setSpacing(18)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self._reads_care = desk.care is not None and may(desk.person.roles, May.FIND_PEOPLE)
        self.said = MessageBox(theme, "warn")
        if self._reads_care:
            self._fill_for_care()
        else:
            self._fill_without_care()

    def refresh(self) -> None:
        """Read the lists anew."""
        if self._reads_care:
            self._background.run(self._read, self._on_read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns side by side, or on top of each other where there is no room."""
        is_narrow = self.width() < self._theme.px(_STACKED_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else (
            QBoxLayout.Direction.LeftToRight
        )  # fmt: skip
        for columns in self._columns:
            columns.setDirection(direction)
        super().resizeEvent(event)

    # --- what stands on the page --------------------------------------------------------------

    def _fill_for_care(self) -> None:
        words = self._words
        self.finder = FindBox(self._desk, self._background, words, self._theme, self._names)
        self.finder.opened.connect(self.record_asked)
        self.setFocusProxy(self.finder.field)
        self._lines.addLayout(self._head(self.finder.field))
        self._lines.addWidget(self.finder)
        self._lines.addLayout(self._pair(self._walk_in_button(), self._officer_button()))
        self.sheet = make_button(words.text("Print point-and-tick sheet"), "link")
        self.sheet.setAccessibleName(words.text("Print point-and-tick sheet"))
        on_press(self.sheet, self.sheet_asked.emit)
        self._lines.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.addWidget(self.said)
        self.drafts = DraftsCard(self._desk, words)
        self.drafts.continued.connect(self.draft_asked)
        self.drafts.handed_over.connect(self._on_handed_over)
        self._lines.addWidget(self.drafts)
        self.today = RowsCard(
            words.text("Today"), words.text("Nobody has come in yet today."),
            self._theme, words,
            lambda row, names: today_line(row, words, names=names),
        )  # fmt: skip
        if self.today.head:
            self.today.head.addWidget(self._names.button(words))
        self.due = RowsCard(
            words.text("Follow-ups due"), words.text("Nothing is due."),
            self._theme, words,
            lambda row, names: due_line(row, words, self._now().date(), names=names),
        )  # fmt: skip
        for card in (self.today, self.due):
            card.opened.connect(self.record_asked)
            self._names.changed.connect(card.show_names)
        self._lines.addLayout(self._pair(self.today, self.due), 1)

    def _fill_without_care(self) -> None:
        self._lines.addLayout(self._head())
        roles = self._desk.person.roles
        if roles & {Role.OFFICER, Role.SUPERVISOR}:
            self._lines.addWidget(self._officer_button())
            self._lines.addWidget(self.said)
        cards: list[QWidget] = []
        words = self._words
        if may(roles, May.SEE_PROVIDERS):
            told = words.text("Who helps with what, when they are open and how to reach them.")
            cards.append(self._place_card("providers", words.text("Providers"), told))
            told = words.text("Who is on call now: guides, coordinator, interpreters, rides.")
            cards.append(self._place_card("roster", words.text("Roster"), told))
        if may(roles, May.CHANGE_SETTINGS):
            told = words.text("The department, its policies, and how this window looks.")
            cards.append(self._place_card("settings", words.text("Settings"), told))
        for first, second in zip(cards[::2], [*cards[1::2], QWidget()], strict=False):
            self._lines.addLayout(self._pair(first, second))
        told = words.text("Walk-ins are kept under keys that this role does not hold.")
        self._lines.addWidget(muted(told))
        self._lines.addStretch(1)

    def _head(self, right: QWidget | None = None) -> QBoxLayout:
        words, person = self._words, self._desk.person
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(heading(self._greeting(person.shown_name)))
        told.addWidget(muted(day_in_words(self._now().date(), words.language)))
        row.addLayout(told, 3)
        if right is not None:
            row.addWidget(right, 2, Qt.AlignmentFlag.AlignVCenter)
        self._columns.append(row)
        return row

    def _greeting(self, name: str) -> str:
        hour = self._now().hour
        if hour < 12:
            return self._words.text("Good morning, {name}", name=name)
        if hour < 18:
            return self._words.text("Good afternoon, {name}", name=name)
        return self._words.text("Good evening, {name}", name=name)

    def _pair(self, first: QWidget, second: QWidget) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(18)
        row.addWidget(first, 1)
        row.addWidget(second, 1)
        self._columns.append(row)
        return row

    def _walk_in_button(self) -> QPushButton:
        words = self._words
        self.walk_in = big_button(
            self._theme, "teal", "door-open",
            (words.text("Walk-in self-referral"),
             words.text("Someone came in and asked for help. No charge, no citation.")), "F2",
        )  # fmt: skip
        self.walk_in.clicked.connect(self.walk_in_asked)
        self._key("F2", self.walk_in_asked.emit)
        return self.walk_in

    def _officer_button(self) -> QPushButton:
        words = self._words
        self.officer = big_button(
            self._theme, "navy", "shield",
            (words.text("Officer intervention"), words.text(_OFFICER_WAITS)), "F3",
        )  # fmt: skip
        self.officer.switch_off()
        self._key("F3", lambda: self.said.say(words.text(
            "Officer intervention is not in this version. It comes with the next one."
        )))  # fmt: skip
        return self.officer

    def _key(self, key: str, act: object) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(act)

    def _place_card(self, place: str, title: str, told: str) -> Card:
        card = Card(title)
        card.box.addWidget(words_label(told))
        go = make_button(self._words.text("Open {place}", place=title))
        go.clicked.connect(lambda: self.place_asked.emit(place))
        row = QHBoxLayout()
        row.addWidget(go)
        row.addStretch()
        card.box.addLayout(row)
        return card

    # --- what it shows ------------------------------------------------------------------------

    def _now(self) -> datetime:
        return self._desk.clock.local()

    def _read(self) -> _Facts:
        return _Facts(unfinished(self._desk), today(self._desk), due(self._desk))

    def _on_read(self, facts: _Facts) -> None:
        words, names = self._words, self._names.is_on
        self.drafts.show_drafts(facts.drafts)
        came = words.plural("{n} intake", "{n} intakes", len(facts.today))
        self.today.show_rows(facts.today, came, names=names)
        self.due.show_rows(facts.due, words.text("{n} open", n=len(facts.due)), names=names)
        self.refreshed.emit()

    def _on_handed_over(self, ident: str, to: str) -> None:
        self._background.run(
            lambda: hand_over_draft(self._desk, RecordId(ident), UserId(to)),
            lambda _: self.refresh(),
        )

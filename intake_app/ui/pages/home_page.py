"""The home page: what a person can begin, and what waits for them; different for each role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.errors import NumberNotOnPad
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.listing import Row
from intake_app.domain.numbering import is_number
from intake_app.domain.pathway import CARE_ROOM, CASES_ROOM, Room
from intake_app.domain.roles import KEYS, Compartment, May, may
from intake_app.services.citing.keying_in import key_in
from intake_app.services.desk import Desk
from intake_app.services.intakes.people import due, find_people, today
from intake_app.services.records.drafts import Unfinished, hand_over_draft, unfinished
from intake_app.ui.home.actions import HomeActions
from intake_app.ui.home.audit_card import AuditCard
from intake_app.ui.home.cards import DraftsCard, RowsCard, due_line, today_line
from intake_app.ui.home.differences_card import DifferencesCard
from intake_app.ui.home.drop_box_cards import DropBoxCards
from intake_app.ui.home.find_box import FindBox
from intake_app.ui.home.overrides_card import OverridesCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, make_button
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.recovery.due_card import CardDueCard
from intake_app.ui.trust.home_line import TrustLine
from intake_app.ui.users.keys_card import KeysCard
from intake_app.ui.users.lockouts_card import LockoutsCard
from intake_app.words import Words
from intake_app.words.dates import day_in_words

_STACKED_BELOW = 800
"""Page width (at 100 % text) below which the two columns stand on top of each other."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    drafts: Sequence[Unfinished]
    today: Sequence[Row]
    due: Sequence[Row]
    cases: Sequence[Row] = ()


def _sees_cases_beside(desk: Desk, room: Room | None) -> bool:
    """Whether held cases that are due stand in a list of their own beside those of care."""
    is_other = room is CARE_ROOM and desk.cases is not None
    return is_other and desk.works_with_cases and may(desk.person.roles, CASES_ROOM.find)


def room_at_home(desk: Desk) -> Room | None:
    """The one room whose lists stand on a person's home page: never two in one list."""
    for room in (CASES_ROOM, CARE_ROOM) if desk.works_with_cases else (CARE_ROOM,):
        takes = may(desk.person.roles, room.take) and may(desk.person.roles, room.find)
        if takes and desk.open_file(room.compartment) is not None:
            return room
    return None


class HomePage(QWidget):
    """Begin, go on, find.

    Signals:
        draft_asked: Go on with this draft (record id).
        record_asked: Open this intake (record id).
        handed_in_asked: Show what one handed in (record id, "papers" or "note").
        place_asked: Go to this place of the rail.
        cards_asked: Show the recovery cards.
        keying_asked: A citation of a pad was scanned; carries the `Draft`.
        refreshed: The lists show what the files hold now.

    Attributes:
        begin: What can be begun here; it has signals of its own.
    """

    draft_asked = Signal(str)
    record_asked = Signal(str)
    handed_in_asked = Signal(str, str)
    place_asked = Signal(str)
    keying_asked = Signal(object)
    cards_asked = Signal()
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
        self._room = room_at_home(desk)
        self.begin = HomeActions(desk, words, theme)
        self.drafts = DraftsCard(self._desk, words)
        self.drafts.continued.connect(self.draft_asked)
        self.drafts.handed_over.connect(self._on_handed_over)
        self.drop = DropBoxCards(desk, background, words, theme)
        self.drop.opened.connect(self.handed_in_asked)
        self.drop.taken_in.connect(self.refresh)
        self.overrides = OverridesCard(desk, background, words, theme)
        self.overrides.open_asked.connect(lambda: self.place_asked.emit("supervision"))
        self.audit = AuditCard(desk, background, words, theme)
        self.audit.open_asked.connect(lambda: self.place_asked.emit("audit"))
        self.differences = DifferencesCard(desk, background, words, theme)
        self.differences.open_asked.connect(lambda: self.place_asked.emit("differences"))
        self.trust = TrustLine(desk, background, words, theme)
        self.trust.open_asked.connect(lambda: self.place_asked.emit("trust"))
        self.card_due = CardDueCard(desk, background, words, theme)
        self.card_due.open_asked.connect(self.cards_asked)
        self.keys = KeysCard(desk, background, words, theme)
        self.lockouts = LockoutsCard(desk, background, words, theme)
        if self._room is not None:
            self._fill_with_lists(self._room)
        else:
            self._fill_without_lists()

    def refresh(self) -> None:
        """Read the lists anew."""
        if self._room is not None:
            self._background.run(self._read, self._on_read)
        elif not self.begin.is_empty:
            self._background.run(lambda: unfinished(self._desk), self._on_drafts)
        self.drop.refresh()
        self.overrides.refresh()
        self.differences.refresh()
        self.audit.refresh()
        self.card_due.refresh()
        self.keys.refresh()
        self.lockouts.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns side by side, or on top of each other where there is no room."""
        is_narrow = self.width() < self._theme.px(_STACKED_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else (
            QBoxLayout.Direction.LeftToRight
        )  # fmt: skip
        for columns in self._columns:
            columns.setDirection(direction)
        super().resizeEvent(event)

    def _on_missed(self, text: str) -> None:
        """What no case has may be the number of a pad: it is keyed in."""
        self._background.run(
            lambda: key_in(self._desk, text), self.keying_asked.emit, self._on_no_pad
        )

    def _on_missed_in_care(self, text: str) -> None:
        """What no intake has may be the number of a case, scanned; nothing else is looked for."""

        def found(rows: Sequence[Row]) -> None:
            if len(rows) == 1:
                self.record_asked.emit(rows[0].record)

        if is_number(text.partition("/")[0]):
            desk = self._desk
            self._background.run(lambda: find_people(desk, text, 2, CASES_ROOM), found)

    def _on_no_pad(self, error: BaseException) -> None:
        note(error)
        is_unknown = isinstance(error, NumberNotOnPad)  # the list says that nobody was found
        self.begin.said.say("" if is_unknown else sentence_for(error, self._words))

    # --- what stands on the page --------------------------------------------------------------

    def _fill_with_lists(self, room: Room) -> None:
        words, is_care = self._words, room is CARE_ROOM
        self.finder = FindBox(self._desk, self._background, words, self._theme, self._names, room)
        self.finder.opened.connect(self.record_asked)
        if may(self._desk.person.roles, May.KEEP_PADS):
            self.finder.missed.connect(self._on_missed)
        elif _sees_cases_beside(self._desk, room):
            self.finder.missed.connect(self._on_missed_in_care)
        self.setFocusProxy(self.finder.field)
        self._lines.addLayout(self._head(self.finder.field))
        self._lines.addWidget(self.finder)
        self._lines.addWidget(self.trust)
        self._lines.addWidget(self.begin)
        self._add_of_colleagues()
        self._lines.addWidget(self.audit)
        self._lines.addWidget(self.differences)
        self._lines.addWidget(self.overrides)
        self._lines.addWidget(self.drop)
        self._lines.addWidget(self.drafts)
        nobody = words.text("Nobody has come in yet today.")
        self.today = RowsCard(
            words.text("Today"), nobody if is_care else words.text("No case has begun today."),
            self._theme, words,
            lambda row, names: today_line(row, words, names=names),
        )  # fmt: skip
        if self.today.head:
            self.today.head.addWidget(self._names.button(words))
        self.due = RowsCard(
            words.text("Follow-ups due") if is_care else words.text("Due and overdue"),
            words.text("Nothing is due."),
            self._theme, words,
            lambda row, names: due_line(row, words, self._now().date(), names=names),
        )  # fmt: skip
        self.cases = RowsCard(
            words.text("Cases due and overdue"), "", self._theme, words,
            lambda row, names: due_line(row, words, self._now().date(), names=names),
        )  # fmt: skip
        self.cases.hide()
        self._lines.addWidget(self.cases)
        for card in (self.today, self.due, self.cases):
            card.opened.connect(self.record_asked)
            self._names.changed.connect(card.show_names)
        self._lines.addLayout(self._pair(self.today, self.due), 1)

    def _fill_without_lists(self) -> None:
        self._lines.addLayout(self._head())
        self._lines.addWidget(self.trust)
        roles = self._desk.person.roles
        if not self.begin.is_empty:
            self._lines.addWidget(self.begin)
            self._lines.addWidget(self.drafts)
        self._add_of_colleagues()
        self._lines.addWidget(self.audit)
        self._lines.addWidget(self.differences)
        self._lines.addWidget(self.overrides)
        self._lines.addWidget(self.drop)
        cards: list[QWidget] = []
        words = self._words
        if may(roles, May.SEE_PROVIDERS):
            told = words.text("Who helps with what, when they are open and how to reach them.")
            cards.append(self._place_card("providers", words.text("Providers"), told))
            told = words.text("Who is on call now: guides, coordinator, interpreters, rides.")
            cards.append(self._place_card("roster", words.text("Roster"), told))
        has_sealed = self._desk.works_with_cases and self._desk.sealed is not None
        if has_sealed and may(roles, May.READ_SEALED):
            told = words.text("Completed cases that were sealed. Each opening is logged.")
            cards.append(self._place_card("sealed", words.text("Sealed cases"), told))
        if may(roles, May.SEE_TRUST):
            told = words.text("How safe the records are: backups, keys, checks, and what to do.")
            cards.append(self._place_card("trust", words.text("Trust"), told))
        if may(roles, May.CHANGE_SETTINGS):
            told = words.text("The department, its policies, and how this window looks.")
            cards.append(self._place_card("settings", words.text("Settings"), told))
        for first, second in zip(cards[::2], [*cards[1::2], QWidget()], strict=False):
            self._lines.addLayout(self._pair(first, second))
        if self._desk.open_file(Compartment.CARE) is None:
            self._lines.addWidget(muted(self._why_no_walk_ins()))
        self._lines.addStretch(1)

    def _why_no_walk_ins(self) -> str:
        """The role does not hold the key; or it does, and the key is still to be given."""
        words, desk = self._words, self._desk
        if not any(Compartment.CARE in KEYS[role] for role in desk.person.roles):
            return words.text("Walk-ins are kept under keys that this role does not hold.")
        holders = [one.shown_name for one in desk.colleagues
                   if any(Compartment.CARE in KEYS[role] for role in one.roles)]  # fmt: skip
        names = ", ".join(sorted({*holders} - {desk.person.shown_name}))
        if not names:
            return words.text("You wait for the keys to walk-ins. Only a recovery card gives them.")
        return words.text(
            "You wait for the keys to walk-ins. One of these people is asked: {names}.", names=names
        )

    def _add_of_colleagues(self) -> None:
        """What colleagues wait for: keys of records, to be let in again; a card to be checked."""
        self._lines.addWidget(self.keys)
        self._lines.addWidget(self.card_due)
        self._lines.addWidget(self.lockouts)

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

    def _place_card(self, place: str, title: str, told: str) -> Card:
        card = Card(title)
        card.box.addWidget(words_label(told))
        go = make_button(self._words.text("Open {place}", place=title))
        go.clicked.connect(lambda: self.place_asked.emit(place))
        row = QHBoxLayout()
        row.addWidget(go)
        row.addStretch()
        card.box.addLayout(row)
        card.box.addStretch(1)  # beside a card of more lines
        return card

    # --- what it shows ------------------------------------------------------------------------

    def _now(self) -> datetime:
        return self._desk.clock.local()

    def _read(self) -> _Facts:
        desk, room = self._desk, self._room or CARE_ROOM
        beside = _sees_cases_beside(desk, room)
        cases = due(desk, room=CASES_ROOM) if beside else ()
        return _Facts(unfinished(desk), today(desk, room), due(desk, room=room), cases)

    def _on_drafts(self, drafts: Sequence[Unfinished]) -> None:
        self.drafts.show_drafts(drafts)
        self.refreshed.emit()

    def _on_read(self, facts: _Facts) -> None:
        words, names = self._words, self._names.is_on
        self.drafts.show_drafts(facts.drafts)
        came = words.plural("{n} intake", "{n} intakes", len(facts.today))
        if self._room is CASES_ROOM:
            came = words.plural("{n} case", "{n} cases", len(facts.today))
        self.today.show_rows(facts.today, came, names=names)
        self.due.show_rows(facts.due, words.text("{n} open", n=len(facts.due)), names=names)
        self.cases.show_rows(facts.cases, words.text("{n} open", n=len(facts.cases)), names=names)
        self.cases.setVisible(bool(facts.cases))
        self.refreshed.emit()

    def _on_handed_over(self, ident: str, to: str) -> None:
        self._background.run(
            lambda: hand_over_draft(self._desk, RecordId(ident), UserId(to)),
            lambda _: self.refresh(),
        )

"""The cards of the home page: what is unfinished, who came today, what is owed."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.listing import Row
from intake_app.domain.pathway import CASES_ROOM, Pathway, room_of
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import Unfinished, who_can_go_on
from intake_app.ui.parts.cards import Card, clear, make_button, on_press
from intake_app.ui.parts.codes import short_pathway_name, state_name
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.lists import Line, end_rows, line_button, ruled
from intake_app.ui.parts.pathway_words import pathway_name
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words, short_day, time_in_words

FIRST_LINES = 6
"""Lines of a long list that are shown before somebody asks for all."""


class DraftsCard(Card):
    """Intakes that were begun, without a word of who they are about.

    Signals:
        continued: Go on with this draft (record id).
        handed_over: Give this draft to this colleague (record id, user id).
    """

    continued = Signal(str)
    handed_over = Signal(str, str)

    def __init__(self, desk: Desk, words: Words) -> None:
        super().__init__(words.text("Not finished"))
        self._desk, self._words = desk, words
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.box.addLayout(self._lines)
        self.hide()

    def show_drafts(self, drafts: Sequence[Unfinished]) -> None:
        """List them; without any the card is not there."""
        clear(self._lines)
        self.setVisible(bool(drafts))
        for draft in drafts:
            self._lines.addWidget(self._line(draft))

    def _said(self, draft: Unfinished) -> str:
        words = self._words
        if draft.pathway == Pathway.SELF_REFERRAL:
            return words.text("A walk-in by {name} is unfinished", name=draft.by)
        if room_of(draft.pathway) is CASES_ROOM:
            return words.text("An officer intervention by {name} is unfinished", name=draft.by)
        way = pathway_name(draft.pathway, words, self._desk.agency.kind)
        return words.text("{pathway} by {name} is unfinished", pathway=way, name=draft.by)

    def _line(self, draft: Unfinished) -> QWidget:
        words = self._words
        line, row = QWidget(), QHBoxLayout()
        line.setLayout(row)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        said = self._said(draft)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(words_label(said, "label"))
        began = moment_in_words(draft.started, words.language)
        told.addWidget(muted(words.text("Begun {when}", when=began)))
        row.addLayout(told, 1)
        if draft.is_mine and (menu := self._colleagues(draft)):
            row.addWidget(menu)
        go_on = make_button(words.text("Continue"), "primary")
        go_on.setAccessibleDescription(said)
        go_on.setEnabled(draft.may_take)
        if not draft.may_take:
            go_on.setToolTip(words.text("It belongs to a colleague, who can hand it over."))
        go_on.clicked.connect(lambda: self.continued.emit(draft.id))
        row.addWidget(go_on)
        return line

    def _colleagues(self, draft: Unfinished) -> QPushButton | None:
        others = who_can_go_on(self._desk, draft.pathway)
        if not others:
            return None
        button = make_button(self._words.text("Hand over to…"))
        menu = QMenu(button)
        for person in others:
            action = menu.addAction(person.shown_name)
            action.triggered.connect(
                lambda _=False, who=person.id: self.handed_over.emit(draft.id, who)
            )
        button.setMenu(menu)
        return button


class RowsCard(Card):
    """A short list of intakes: receipt numbers and times, names only where asked for.

    A long list shows its first lines; a button shows the rest, and the page scrolls.

    Signals:
        opened: Open this intake (record id).

    Attributes:
        more: Shows all lines.
    """

    opened = Signal(str)

    def __init__(
        self, title: str, empty: str, theme: Theme, words: Words,
        as_line: Callable[[Row, bool], Line],
    ) -> None:  # fmt: skip
        super().__init__(title)
        self._theme, self._words, self._empty, self._as_line = theme, words, empty, as_line
        self._title = title
        self._rows: Sequence[Row] = ()
        self._shows_all = self._has_names = False
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.box.addLayout(self._lines)
        self.more = make_button("", "link")
        self.more.hide()
        on_press(self.more, self._on_more)
        self.box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addStretch()
        self.say: QLabel = self.note

    def show_rows(self, rows: Sequence[Row], note: str, *, names: bool) -> None:
        """List them."""
        self._rows = rows
        self.say.setText(note)
        self.show_names(names)

    def show_names(self, names: bool) -> None:
        """The same list with or without names."""
        self._has_names = names
        clear(self._lines)
        if not self._rows:
            self._lines.addWidget(muted(self._empty))
        shown = self._rows if self._shows_all else self._rows[:FIRST_LINES]
        for row in shown:
            button = line_button(
                self._theme, self._as_line(row, names), lambda ident=row.record: self._open(ident)
            )
            self._lines.addWidget(ruled(button))
        end_rows(self._lines)
        left = len(self._rows) - len(shown)
        said = self._words.plural("and {n} more: show all", "and {n} more: show all", left)
        self.more.setText(said)
        self.more.setAccessibleName(f"{self._title}: {said}")
        self.more.setVisible(left > 0)

    def _on_more(self) -> None:
        self._shows_all = True
        self.show_names(self._has_names)
        next_one = self._lines.itemAt(FIRST_LINES)
        widget = next_one.widget() if next_one else None
        button = widget.findChild(QPushButton) if widget else None
        if button is not None:  # the button that was pressed is gone; its place is the next line
            button.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(button)  # Qt scrolls away when a button that has the cursor hides

    def _open(self, ident: str) -> None:
        self.opened.emit(ident)


def today_line(row: Row, words: Words, *, names: bool) -> Line:
    """One line of today: time, number, state and pathway."""
    time = time_in_words(row.opened, words.language)
    kind = "officer" if room_of(row.pathway) is CASES_ROOM else "walk_in"
    state = state_name(row, words)
    chip = short_pathway_name(row.pathway, words)
    if not names:
        return Line(time, row.number, state, chip, kind)
    return Line(time, shown_name(row, words), f"{row.number} · {state}", chip, kind)


def due_line(row: Row, words: Words, today: date, *, names: bool) -> Line:
    """What is owed, and a chip that says how soon."""
    due = date.fromisoformat(row.due[:10])
    days = (due - today).days
    said, kind = how_soon(days, words)
    when = words.text("Follow-up due {day}", day=short_day(due, words.language))
    if room_of(row.pathway) is CASES_ROOM:
        when = f"{state_name(row, words)} · {short_day(due, words.language)}"
    title = shown_name(row, words) if names else row.number
    under = f"{row.number} · {when}" if names else when
    return Line("", title, under, said, kind)


def how_soon(days: int, words: Words) -> tuple[str, str]:
    """Words and tint for a due date so many days from today; negative is late."""
    if days < 0:
        return words.plural("{n} day late", "{n} days late", -days), "late"
    if days == 0:
        return words.text("Today"), "soon"
    if days == 1:
        return words.text("Tomorrow"), "plain"
    return words.plural("In {n} day", "In {n} days", days), "plain"


def shown_name(row: Row, words: Words) -> str:
    """A name, or what stands for somebody who gave none."""
    return row.name or words.text("No name given")

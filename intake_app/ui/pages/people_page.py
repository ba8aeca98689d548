"""All records of one room: a long list with a search field above it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.listing import Row
from intake_app.domain.pathway import CARE_ROOM, Room, room_of
from intake_app.services.desk import Desk
from intake_app.services.intakes.people import find_people, people_order, people_rows
from intake_app.ui.grids.row_model import PAGE, RowModel
from intake_app.ui.grids.tables import RowTable
from intake_app.ui.home.cards import shown_name
from intake_app.ui.home.find_box import FindField
from intake_app.ui.parts.announce import tell
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.codes import short_pathway_name, state_name
from intake_app.ui.parts.labels import heading, muted
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.pathway_words import pathway_name
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words, short_date, short_day

_FOUND_AT_MOST = 200
_HIDDEN = "•••"
_HEADS = (
    mark("Number"), mark("Name"), mark("Born"), mark("Opened"), mark("Way in"), mark("State"),
    mark("Next due"),
)  # fmt: skip
_WIDTHS = (165, 170, 105, 185, 105, 185, 120)
_CASE_WIDTHS = (170, 180, 110, 190, 0, 210, 120)
_NAME, _WAY_IN = 1, 4


class PeoplePage(QWidget):
    """The list.

    Signals:
        record_asked: Open this intake (record id).
        listed: The list stands (how many).
    """

    record_asked = Signal(str)
    listed = Signal(int)

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, names: NameSwitch,
        room: Room = CARE_ROOM,
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._background, self._words, self._names = desk, background, words, names
        self._room, self._is_care = room, room is CARE_ROOM
        self._title = words.text("People") if self._is_care else words.text("Cases")
        self._asked = ""
        self._first: Sequence[Row] = ()
        self.setObjectName("page")
        self.field = FindField(words, theme)
        self.field.asked.connect(self._on_asked)
        self.order = Picker()
        self.order.setAccessibleName(words.text("Order"))
        self.order.addItem(words.text("Newest first"), "opened")
        self.order.addItem(words.text("By name"), "name")
        self.order.activated.connect(self._on_order_chosen)
        self.order.let_shrink(10)
        self.way = self._ways()
        self.way.activated.connect(self._on_order_chosen)
        self.model = RowModel(
            [words.text(head) for head in _HEADS], self._cells,
            lambda keys: people_rows(self._desk, keys, room), background,
        )  # fmt: skip
        self.table = RowTable(self._title, self.model, theme, "")
        widths = _WIDTHS if self._is_care else _CASE_WIDTHS
        self.table.set_widths([theme.px(width) for width in widths], _NAME)
        self.table.setColumnHidden(_WAY_IN, not self._is_care)  # all cases came in one way
        self.table.row_opened.connect(self._on_opened)
        self.count = muted("")
        self._lay_out()
        names.changed.connect(self.model.say_again)
        self.setFocusProxy(self.field)

    def refresh(self) -> None:
        """Read the order of the list anew."""
        text = self.field.text().strip()
        if text:
            self._on_asked(text)
            return
        self._background.run(partial(self._read_first, *self._asked_for), self._on_first)

    @property
    def _asked_for(self) -> tuple[str, str]:
        """The order, and the pathway or ""."""
        return str(self.order.currentData()), str(self.way.currentData())

    def _read_first(self, by: str, way: str) -> list[Row]:
        """The first page: it stands long before the whole of a long list is known."""
        order = people_order(self._desk, by, PAGE, self._room, way)
        return people_rows(self._desk, order, self._room)

    def _ways(self) -> Picker:
        """The ways in that are on; where there is only one, there is nothing to choose."""
        desk, words, picker = self._desk, self._words, Picker()
        ways = [way for way in desk.pathways if room_of(way) is self._room]
        picker.setAccessibleName(words.text("Way in"))
        picker.let_shrink(10)
        picker.addItem(words.text("All ways in"), "")
        for way in ways:
            picker.addItem(pathway_name(way, words, desk.agency.kind), way.value)
        if len(ways) < 2:  # shown without a parent it would be a window of its own
            picker.hide()
        return picker

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(heading(self._title))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.field, 1)
        row.addWidget(self.way)
        row.addWidget(self.order)
        row.addWidget(self._names.button(self._words))
        lines.addLayout(row)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.count)

    def _opened(self, row: Row) -> str:
        """Of another year the year is said: lists of old cases are imported."""
        year, language = self._desk.clock.local().year, self._words.language
        if row.opened[:4] == str(year):
            return moment_in_words(row.opened, language)
        return short_date(row.opened, language)

    def _cells(self, row: Row) -> Sequence[str]:
        words, is_open = self._words, self._names.is_on
        return (
            row.number,
            shown_name(row, words) if is_open else _HIDDEN,
            (row.born if is_open else _HIDDEN) if row.born else "",
            self._opened(row),
            short_pathway_name(row.pathway, words),
            state_name(row, words),
            short_day(row.due, words.language) if row.due else "",
        )

    def _on_order_chosen(self) -> None:
        self.refresh()

    def _on_first(self, rows: Sequence[Row]) -> None:
        self._first = rows
        self.model.show_rows(rows)
        by, way = self._asked_for
        self._background.run(
            lambda: people_order(self._desk, by, room=self._room, pathway=way), self._on_order
        )

    def _on_order(self, keys: Sequence[int]) -> None:
        self.model.show_order(keys, self._first)
        self._say_count(len(keys))

    def _on_asked(self, text: str) -> None:
        self._asked = text
        if not text:
            self.refresh()
            return
        self._background.run(
            lambda: find_people(self._desk, text, _FOUND_AT_MOST, self._room),
            lambda rows: self._on_found(text, rows),
        )

    def _on_found(self, text: str, rows: Sequence[Row]) -> None:
        if text == self._asked:
            way = self._asked_for[1]
            found = [row for row in rows if way in {"", row.pathway}]
            self.model.show_rows(found)
            self._say_count(len(found))

    def _why_empty(self) -> str:
        words = self._words
        if self._asked:
            return words.text(
                "Nobody was found. Try a part of the name, the birth date or the number."
            )
        if self._asked_for[1]:
            return words.text("Nobody came in this way yet.")
        return words.text("No intake is here yet.") if self._is_care else words.text(
            "No case is here yet."
        )  # fmt: skip

    def _say_count(self, n: int) -> None:
        self.table.say_empty(self._why_empty())
        said = self._words.plural("{n} intake", "{n} intakes", n)
        if not self._is_care:
            said = self._words.plural("{n} case", "{n} cases", n)
        if n and not self._names.is_on:
            hidden = self._words.text("Names are hidden until you press “Show names”.")
            said = f"{said}. {hidden}"
        tell(self.count, said)
        self.listed.emit(n)

    def _on_opened(self, index: QModelIndex) -> None:
        if row := self.model.row_at(index):
            self.record_asked.emit(row.record)

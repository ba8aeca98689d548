"""Lines of the audit trail: those of one exception, of one person, or all of a week."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget

from intake_app.domain.audit_trail import TrailLine
from intake_app.domain.ids import StationId, UserId
from intake_app.domain.notable import Seen
from intake_app.services.audit.review import lines_of_week
from intake_app.services.audit.sayings import say_line
from intake_app.services.desk import Desk
from intake_app.services.exchanging.stations import station_names
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, named_button, on_press
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

MOST = 2_000
"""Lines in the list; an export holds all."""


class LinesCard(Card):
    """Shows who did what and when, and never what stands in a record.

    Signals:
        failed: It could not be read (the error).
        refreshed: It shows what was asked.

    Attributes:
        who: Of whom; everybody at first.
        every: Shows all lines of the week.
        rows: The lines.
        told: How many there are.
    """

    failed = Signal(object)
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        say = words.text
        super().__init__(say("Lines"))
        self._desk, self._background, self._words = desk, background, words
        self._week: date | None = None
        self._names: dict[UserId, str] = {}
        self.who = Picker()
        self.who.setAccessibleName(say("Whose lines"))
        self.every = named_button(say("Show lines"))
        self.rows = QListWidget()
        self.rows.setAccessibleName(say("Lines"))
        self.rows.setMinimumHeight(theme.px(220))
        self.told = muted(say("Choose what stands out above, or whose lines to show."))
        label = field_label(say("Whose lines"), self.who)
        self.box.addWidget(ButtonRow(theme.px(8), (label, self.who, self.every)))
        self.box.addWidget(self.told)
        self.box.addWidget(self.rows)
        self.rows.hide()
        on_press(self.every, lambda: self._read(None))

    def show_week(self, week: date, names: dict[UserId, str]) -> None:
        """Begin with another week: nothing is shown until it is asked for."""
        self._week, self._names = week, names
        chosen = self.who.currentData()
        self.who.clear()
        self.who.addItem(self._words.text("Everybody"), None)
        for ident, name in sorted(names.items(), key=lambda pair: pair[1]):
            self.who.addItem(name, ident)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))
        self.rows.clear()
        self.rows.hide()
        self.told.setText(self._words.text("Choose what stands out above, or whose lines to show."))

    def show_seen(self, seen: Seen) -> None:
        """The lines of one exception."""
        self._read(seen)

    def _read(self, seen: Seen | None) -> None:
        if self._week is None:
            return
        week, desk = self._week, self._desk
        chosen = self.who.currentData()
        user = UserId(str(chosen)) if chosen and seen is None else None
        keys = seen.keys if seen else frozenset[str]()

        def read() -> tuple[list[TrailLine], dict[StationId, str]]:
            return lines_of_week(desk, week, user, keys), station_names(desk)

        self._background.run(read, lambda found: self._show(*found), self.failed.emit)

    def _show(self, lines: Sequence[TrailLine], stations: dict[StationId, str]) -> None:
        several = stations if len(stations) > 1 else dict[StationId, str]()
        shown = lines[-MOST:]
        self.rows.clear()
        self.rows.addItems([say_line(x, self._names, several, self._words) for x in shown])
        self.rows.setVisible(bool(shown))
        told = self._words.plural("{n} line.", "{n} lines.", len(lines))
        if len(shown) < len(lines):
            told += " " + self._words.text("The newest {n} are shown; export all.", n=len(shown))
        self.told.setText(told)
        self.refreshed.emit()

"""Today: whom somebody is to reach, overdue first; names only where somebody asks for them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from intake_app.domain.ids import UserId
from intake_app.domain.listing import NOBODY
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk, Person
from intake_app.services.follow_up.due_list import (
    EVERYBODY,
    LONGEST,
    DueList,
    DueTask,
    Letters,
    due_tasks,
    print_due_tasks,
    write_letters,
)
from intake_app.services.follow_up.follow_ups import hand_over, who_follows_up
from intake_app.ui.grids.tables import RowTable
from intake_app.ui.home.cards import how_soon
from intake_app.ui.measures.rearrest_due_card import RearrestDueCard
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.papers.desk_work import DeskWork
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.announce import tell
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import MessageBox, PrimaryButton, make_button, on_press
from intake_app.ui.parts.codes import short_pathway_name
from intake_app.ui.parts.cursor import hand_cursor_to
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import heading, muted
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark
from intake_app.words.dates import short_day

TAB: Final = "follow_up"
"""The tab of the folder that a line opens."""

_HEADS: Final = (
    mark("Due"), mark("Number"), mark("Name"), mark("What"), mark("Tries"), mark("Who does it"),
    mark("Way in"),
)  # fmt: skip
_WIDTHS: Final = (200, 150, 140, 240, 78, 120, 118)
_WHAT: Final = 3
_LOWEST: Final = 220
"""Height of the table at 100 %, at least: in large text the page scrolls."""

_HIDDEN: Final = "••••••"
_WEEK: Final = 7
_PROGRESS: Final = "progress"
"""The tab of a folder where new arrests are noted."""

_JOB: Final = "letters"
"""Title of a print job of several letters: it names nobody."""

_NOWHERE: Final = QModelIndex()
_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
Index = QModelIndex | QPersistentModelIndex


class DueModel(QAbstractTableModel):
    """The lines in words.

    Attributes:
        lines: What is shown.
    """

    def __init__(self, desk: Desk, words: Words) -> None:
        super().__init__()
        self._desk, self._words, self._has_names = desk, words, False
        self.lines: Sequence[DueTask] = ()

    def show_lines(self, lines: Sequence[DueTask], *, names: bool) -> None:
        """Show other lines, or the same with or without names."""
        self.beginResetModel()
        self.lines, self._has_names = lines, names
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The words of a cell."""
        if role not in (_DISPLAY, _TIP) or not index.isValid():
            return None
        return self._cells(self.lines[index.row()])[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """The head of a column."""
        is_head = orientation == Qt.Orientation.Horizontal and role == _DISPLAY
        return self._words.text(_HEADS[section]) if is_head else None

    def _cells(self, line: DueTask) -> tuple[str, ...]:
        words, day = self._words, date.fromisoformat(line.due)
        soon, _ = how_soon((day - self._desk.clock.local().date()).days, words)
        name = line.name or words.text("No name given")
        return (
            f"{short_day(day, words.language)} · {soon}",
            line.number,
            name if self._has_names else _HIDDEN,
            line.label.said_in(words.language),
            str(line.tries or ""),
            self._desk.name_of(line.by) or words.text("Nobody yet"),
            short_pathway_name(line.pathway, words),
        )


class TodayPage(QWidget):
    """The list of the day.

    Signals:
        folder_asked: Open this intake at a tab (record id, tab id).
        refreshed: It shows what the file holds now.

    Attributes:
        whose, until: Whose list, and up to when.
        table: The lines.
        count: How many there are, and how many are late.
        open, take, give: Open the marked line; make it one's own; give it to a colleague.
        print, letters: The list on paper; letters to those who may be mailed.
        good, bad: What came of a press.
    """

    folder_asked = Signal(str, str)
    refreshed = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme,
        names: NameSwitch | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._names = names or NameSwitch(self)
        self._found = DueList(())
        self.model = DueModel(desk, words)
        self.table = RowTable(words.text("Follow-ups that are due"), self.model, theme, "")
        self.table.set_widths([theme.px(width) for width in _WIDTHS], _WHAT)
        self.good = MessageBox(theme, "ok")
        self.bad = FailureBox(theme, words, self.good, kind="warn")
        self.count = muted("")
        self._papers = PaperDesk(DeskWork(desk), background, words, desk.agency.printers, self)
        self._lay_out()
        self._connect()
        hand_cursor_to(self, self.table)

    def refresh(self) -> None:
        """Read the list anew."""
        whose, until = UserId(str(self.whose.currentData() or "")), self._until()
        self._background.run(
            lambda: due_tasks(self._desk, whose, until), self._on_read, self.bad.tell
        )
        self.arrests.refresh()

    # --- making -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        words, px = self._words, self._theme.px
        self.whose, self.until = Picker(), Picker()
        self._fill_pickers()
        self.open = PrimaryButton(words.text("Open"), self._theme)
        self.take = make_button(words.text("I do it"))
        self.give = make_button(words.text("Hand over to…"))
        self.print, self.letters = (
            make_button(words.text("Print the list")), make_button(words.text("Write letters"))
        )  # fmt: skip
        for button in (self.open, self.take, self.give, self.print, self.letters):
            button.setAccessibleName(button.text())
        self._fill_colleagues()
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(heading(words.text("Today")))
        names = self._names.button(words)
        lines.addWidget(ButtonRow(px(10), (self.whose, self.until, names)))
        for box in (self.good, self.bad):
            lines.addWidget(box)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.count)
        buttons = (self.open, self.take, self.give, self.print, self.letters)
        lines.addWidget(ButtonRow(px(8), buttons))
        self.arrests = RearrestDueCard(self._desk, self._background, words, Compartment.CARE, 3)
        self.arrests.record_asked.connect(self._to_progress)
        lines.addWidget(self.arrests)
        self.table.setMinimumHeight(px(_LOWEST))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _to_progress(self, intake: str) -> None:
        self.folder_asked.emit(intake, _PROGRESS)

    def _fill_pickers(self) -> None:
        words, me = self._words, self._desk.person.id
        self.whose.addItem(words.text("My follow-ups"), me)
        self.whose.addItem(words.text("Nobody's yet"), NOBODY)
        self.whose.addItem(words.text("Everybody's"), EVERYBODY)
        for person in self._colleagues():
            self.whose.addItem(person.shown_name, person.id)
        self.until.addItem(words.text("Up to today"), 0)
        self.until.addItem(words.text("The next 7 days"), _WEEK)
        self.whose.setAccessibleName(words.text("Whose follow-ups"))
        self.until.setAccessibleName(words.text("Up to when"))
        for picker in (self.whose, self.until):
            picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def _fill_colleagues(self) -> None:
        menu = QMenu(self.give)
        for person in self._colleagues():
            action = menu.addAction(person.shown_name)
            action.triggered.connect(lambda _=False, to=person.id: self._hand_over(to))
        self.give.setMenu(menu)

    def _colleagues(self) -> list[Person]:
        me = self._desk.person.id
        return [one for one in who_follows_up(self._desk) if one.id != me]

    def _connect(self) -> None:
        for picker in (self.whose, self.until):
            picker.activated.connect(self._on_picked)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.row_chosen.connect(self._say_marked)
        self._names.changed.connect(self._on_names)
        self._papers.told.connect(self.good.say)
        self._papers.failed.connect(self.bad.tell)
        on_press(self.open, self._on_open)
        on_press(self.take, lambda: self._hand_over(self._desk.person.id))
        on_press(self.print, self._on_print)
        on_press(self.letters, self._on_letters)

    # --- showing ------------------------------------------------------------------------------

    def _until(self) -> str:
        ahead = timedelta(days=int(self.until.currentData() or 0))
        return (self._desk.clock.local().date() + ahead).isoformat()

    def _on_read(self, found: DueList) -> None:
        kept = self._marked()
        self._found = found
        self.table.say_empty(self._why_empty())
        self._show_lines(kept=kept)
        words, n = self._words, len(found.lines)
        said = words.plural("{n} follow-up", "{n} follow-ups", n)
        if found.has_more:
            said = words.text("The {n} oldest are shown. Begin with these.", n=LONGEST)
        late = words.plural("{n} is late", "{n} are late", found.overdue)
        tell(self.count, f"{said} · {late}" if found.overdue else said)
        self.refreshed.emit()

    def _why_empty(self) -> str:
        """Nothing to do is good news: say so, and where more may be."""
        words = self._words
        if self.whose.currentData() == EVERYBODY:
            return (
                words.text("Nothing is due in the next 7 days.") if self.until.currentData()
                else words.text("Nothing is due today.")
            )  # fmt: skip
        if self.until.currentData():
            return words.text(
                "Nothing is due here in the next 7 days. “Everybody's” shows what colleagues do."
            )
        return words.text(
            "Nothing is due here today. “Everybody's” shows what colleagues do, "
            "“The next 7 days” what comes."
        )

    def _on_picked(self, _place: int) -> None:
        self.refresh()

    def _on_row_opened(self, _row: QModelIndex) -> None:
        self._on_open()

    def _on_names(self, _on: bool) -> None:
        self._show_lines(kept=self._marked())

    def _show_lines(self, kept: DueTask | None) -> None:
        """Show what was found; the line that was marked is marked again, or the first one."""
        self.model.show_lines(self._found.lines, names=self._names.is_on)
        places = [line.record for line in self._found.lines]
        if places:
            self.table.selectRow(places.index(kept.record) if kept and kept.record in places else 0)
        self._say_marked()

    def _marked(self) -> DueTask | None:
        row = self.table.currentIndex().row()
        return self._found.lines[row] if 0 <= row < len(self._found.lines) else None

    def _say_marked(self, _row: QModelIndex = _NOWHERE) -> None:
        marked = self._marked()
        self.open.setEnabled(marked is not None)
        self.give.setEnabled(marked is not None and bool(self._colleagues()))
        self.take.setEnabled(marked is not None and marked.by != self._desk.person.id)
        self.print.setEnabled(bool(self._found.lines))
        self.letters.setEnabled(any(line.may_mail for line in self._found.lines))

    # --- acts ---------------------------------------------------------------------------------

    def _on_open(self) -> None:
        marked = self._marked()
        if marked is not None:
            self.folder_asked.emit(marked.intake, TAB)

    def _hand_over(self, to: UserId) -> None:
        marked = self._marked()
        if marked is None:
            return
        desk, words = self._desk, self._words
        mine = to == desk.person.id
        said = (
            words.text("It is yours now.") if mine
            else words.text("{name} does it now.", name=desk.name_of(to))
        )  # fmt: skip
        self._background.run(
            lambda: hand_over(desk, marked.record, to), lambda _: self._tell(said), self.bad.tell
        )

    def _tell(self, said: str) -> None:
        self.bad.say("")
        self.good.say(said)
        self.refresh()

    def _on_print(self) -> None:
        desk, whose = self._desk, UserId(str(self.whose.currentData() or ""))
        names = self._names.is_on
        sheet = BlankSheet(self, self._words, desk.agency.printers, self.bad.tell)
        job = f"day-{desk.clock.local():%Y-%m-%d}"
        self._background.run(
            lambda: print_due_tasks(desk, whose, names=names),
            lambda data: sheet.give_out(data, job), self.bad.tell,
        )  # fmt: skip

    def _on_letters(self) -> None:
        tasks = [line.record for line in self._found.lines if line.may_mail]
        self._background.run(
            lambda: write_letters(self._desk, tasks), self._on_written, self.bad.tell
        )

    def _on_written(self, made: Letters) -> None:
        words = self._words
        for _, error in made.refused:
            note(error)
        self._tell(words.plural("{n} letter is issued.", "{n} letters are issued.",
                                len(made.issued)))  # fmt: skip
        if made.refused:
            count = words.plural(
                "{n} letter was not issued.", "{n} letters were not issued.", len(made.refused)
            )
            self.bad.say(f"{count} {sentence_for(made.refused[0][1], words)}")
        if made.issued:
            self._papers.print_set(_JOB, lambda: [(paper, 1) for paper in made.issued])

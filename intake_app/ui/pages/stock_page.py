"""The shelf: what is left of each lot, what arrives and goes, and what was given in each month."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.domain.entry import show_money
from intake_app.domain.form import Answers, Choice, Field
from intake_app.services.aid.aid import aid_waits, count_shelf
from intake_app.services.aid.stock import (
    DISCARDS,
    LEFT_WITH,
    ItemStock,
    MonthCost,
    NewLot,
    discard,
    give_without_name,
    month_costs,
    move,
    receive,
    stock,
)
from intake_app.services.aid.stock_sheet import print_stock_sheet
from intake_app.services.desk import Desk
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.grids.stock_table import StockModel, StockRow
from intake_app.ui.grids.tables import RowTable
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, clear, make_button, on_press
from intake_app.ui.parts.cursor import hand_cursor_to
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import month_in_words

JOB_NAME = "shelf"
"""Title of the print job."""

_COUNT = "count"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    stock: Sequence[ItemStock]
    costs: Sequence[MonthCost]
    codes: Mapping[str, Sequence[Choice]]
    is_waiting: bool
    """Something given is not taken off yet: there is less than it says."""


class StockPage(QWidget):
    """The table, what can be done with the marked line, and costs by month.

    Signals:
        refreshed: It shows what the file holds now.

    Attributes:
        model: The lines.
        table: The table.
        ask: The questions of an act.
        acts: The buttons, by name of the act.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._questions = Questions(words)
        self._stock: Sequence[ItemStock] = ()
        self._codes: Mapping[str, Sequence[Choice]] = {}
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.warning, self.not_final = MessageBox(theme, "warn"), MessageBox(theme, "warn")
        self.model = StockModel(words)
        self.table = RowTable(
            words.text("What is on the shelf"), self.model, theme,
            words.text("The shelf is empty. “Something arrived…” puts the first line here."),
        )  # fmt: skip
        self.table.set_widths([theme.px(w) for w in (200, 150, 140, 70, 240)], 4)
        self.table.setMinimumHeight(theme.px(300))
        self.ask = AskCard(Setting(words, theme, desk.clock))
        self.acts: dict[str, QPushButton] = {}
        self._costs = QVBoxLayout()
        self._sheet = BlankSheet(self, words, desk.agency.printers, self._fail)
        self._lay_out()
        hand_cursor_to(self, self.table)

    def refresh(self) -> None:
        """Read the shelf anew."""
        self._background.run(self._read, self._show, self._fail)

    # --- making -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        words, inside = self._words, QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(heading(words.text("Stock")))
        told = words.text("Mark a line, then say what happened to it. No names belong here.")
        lines.addWidget(muted(told))
        for box in (self.good, self.warning, self.not_final, self.error):
            lines.addWidget(box)
        for part in (self._buttons(), self.table, self.ask):
            lines.addWidget(part)
        costs = Card(words.text("Given, by month"))
        holder = QWidget()
        holder.setLayout(self._costs)
        self._costs.setContentsMargins(0, 0, 0, 0)
        costs.box.addWidget(holder)
        lines.addWidget(costs)
        lines.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _buttons(self) -> ButtonRow:
        say = self._words.text
        acts: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("receive", say("Something arrived…"), self._on_receive),
            ("count", say("Counted…"), self._on_count),
            ("give", say("Given without a name…"), self._on_give),
            ("discard", say("Discarded…"), self._on_discard),
            ("move", say("Moved…"), self._on_move),
            ("sheet", say("Print count sheet"), self._on_sheet),
        )
        for name, label, act in acts:
            button = self.acts[name] = make_button(label)
            button.setAccessibleName(label)
            on_press(button, act)
        return ButtonRow(self._theme.px(10), list(self.acts.values()))

    # --- showing ----------------------------------------------------------------------------

    def _read(self) -> _Facts:
        desk = self._desk
        codes = {table: desk.library.codes(table) for table in (DISCARDS, LEFT_WITH)}
        return _Facts(stock(desk), month_costs(desk), codes, aid_waits(desk))

    def _show(self, found: _Facts) -> None:
        self._stock, self._codes, costs = found.stock, found.codes, found.costs
        self.not_final.say(self._words.text(
            "Some of what was given is not taken off here yet, so there may be less than it says. "
            "The program goes on with it when nobody works. Look again before you order."
        ) if found.is_waiting else "")  # fmt: skip
        marked = self.table.currentIndex().row()
        self.model.show_stock(self._stock, self._desk.clock.local().date())
        self.table.selectRow(min(max(marked, 0), len(self.model.rows) - 1))
        clear(self._costs)
        for text in self._cost_lines(costs):
            self._costs.addWidget(text)
        self.refreshed.emit()

    def _cost_lines(self, costs: Sequence[MonthCost]) -> list[QWidget]:
        words = self._words
        if not costs:
            return [muted(words.text("Nothing was given yet."))]
        lines: list[QWidget] = []
        for month in dict.fromkeys(one.month for one in costs):
            mine = [one for one in costs if one.month == month]
            known = [one.cost for one in mine if one.cost]
            total = show_money(sum(known)) if known else words.text("cost not noted")
            title = words.text(
                "{month}: {total}", month=month_in_words(f"{month}-01", words.language), total=total
            )
            lines.append(words_label(title, "label"))
            lines += [muted(self._cost_line(one)) for one in mine]
        return lines

    def _cost_line(self, one: MonthCost) -> str:
        name = one.item.label.said_in(self._words.language)
        cost = show_money(one.cost) if one.cost else self._words.text("cost not noted")
        return f"{name}: {one.count} · {cost}"

    # --- acts -------------------------------------------------------------------------------

    def _on_receive(self) -> None:
        say = self._words.text
        items = [one.item for one in self._stock]
        language = self._words.language
        choices = [Choice(i.id, self._questions.text(i.label.said_in(language))) for i in items]
        fields = [
            self._questions.choice("item", say("What arrived"), choices),
            self._number(say("How many")),
            self._questions.note(say("Lot number on the box"), name="lot"),
            self._questions.day(say("Expires"), name="expires"),
            self._questions.money("cost", say("Cost of one")),
        ]
        self._ask(say("Something arrived"), fields, self._receive)
        if row := self._marked():
            self.ask.fill({"item": row.item.id})

    def _receive(self, said: Answers) -> None:
        new = NewLot(
            str(said["item"]), _count(said), str(said.get("lot") or ""),
            str(said.get("expires") or ""), int(said.get("cost") or 0),
        )  # fmt: skip
        self._do(lambda: receive(self._desk, new), self._words.text("It is on the shelf."))

    def _on_count(self) -> None:
        if row := self._marked():
            say = self._words.text
            fields = [self._number(say("How many lie there"))]
            self._ask(self._about(say("Counted"), row), fields, lambda said: self._count(row, said))

    def _count(self, row: StockRow, said: Answers) -> None:
        def told(difference: int) -> None:
            right = self._words.text("The books were right.")
            wrong = self._words.text("The books were off by {n}. They are right now.", n=difference)
            self.good.say(wrong if difference else right)

        job = lambda: count_shelf(self._desk, row.item.id, row.lot.lot, _count(said))  # noqa: E731
        self._do(job, "", told)

    def _on_give(self) -> None:
        if row := self._marked():
            say = self._words.text
            fields = [self._number(say("How many")), self._code("to", say("To whom"), LEFT_WITH)]
            self._ask(
                self._about(say("Given without a name"), row), fields,
                lambda said: self._give(row, said),
            )  # fmt: skip
            self.ask.fill({_COUNT: {"amount": 1, "unit": ""}})

    def _give(self, row: StockRow, said: Answers) -> None:
        def told(left: int) -> None:
            short = self._words.text(
                "The books now say {left} of this lot. Count the shelf.", left=left
            )
            self.warning.say(short if left < 0 else "")

        to, key = str(said["to"]), (row.item.id, row.lot.lot)
        self._do(
            lambda: give_without_name(self._desk, *key, _count(said), to),
            self._words.text("Noted."), told,
        )  # fmt: skip

    def _on_discard(self) -> None:
        if row := self._marked():
            say = self._words.text
            fields = [self._number(say("How many")), self._code("why", say("Reason"), DISCARDS)]
            self._ask(
                self._about(say("Discarded"), row), fields, lambda said: self._discard(row, said)
            )

    def _discard(self, row: StockRow, said: Answers) -> None:
        why, key = str(said["why"]), (row.item.id, row.lot.lot)
        self._do(
            lambda: discard(self._desk, *key, _count(said), why), self._words.text("Noted.")
        )  # fmt: skip

    def _on_move(self) -> None:
        if row := self._marked():
            say = self._words.text
            place = self._questions.note(
                say("Where to: a car, another station"), is_required=True, name="place"
            )
            fields = [self._number(say("How many")), place]
            self._ask(self._about(say("Moved"), row), fields, lambda said: self._move(row, said))

    def _move(self, row: StockRow, said: Answers) -> None:
        place, key = str(said["place"]), (row.item.id, row.lot.lot)
        self._do(
            lambda: move(self._desk, *key, _count(said), place), self._words.text("Noted.")
        )  # fmt: skip

    def _on_sheet(self) -> None:
        def print_it(data: bytes) -> None:
            self._sheet.give_out(data, JOB_NAME)

        self._background.run(lambda: print_stock_sheet(self._desk), print_it, self._fail)

    # --- inside -----------------------------------------------------------------------------

    def _marked(self) -> StockRow | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _about(self, act: str, row: StockRow) -> str:
        name = row.item.label.said_in(self._words.language)
        lot = f" · {row.lot.lot}" if row.lot.lot else ""
        return f"{act}: {name}{lot}"

    def _number(self, label: str) -> Field:
        return self._questions.number(_COUNT, label, is_required=True)

    def _code(self, name: str, label: str, table: str) -> Field:
        return self._questions.choice(name, label, self._codes[table])

    def _ask(self, what: str, fields: Sequence[Field], then: Callable[[Answers], object]) -> None:
        for box in (self.good, self.error, self.warning):
            box.say("")
        self.ask.ask(what, fields, then)

    def _do(
        self, job: Callable[[], object], said: str, told: Callable[[int], object] | None = None
    ) -> None:
        def done(found: object) -> None:
            self.ask.done()
            self.error.say("")
            self.good.say(said)
            if told is not None and isinstance(found, int):
                told(found)
            self.refresh()

        self._background.run(job, done, self._fail)

    def _fail(self, error: BaseException) -> None:
        if self.ask.isVisible():
            note(error)
            self.ask.fail(sentence_for(error, self._words))
            return
        self.error.tell_in_view(error)


def _count(said: Answers) -> int:
    number = said.get(_COUNT) or {}
    return int(number.get("amount", 0))

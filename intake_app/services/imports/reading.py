"""Reads the rows of a planned file: cells become answers, days and codes, or faults with a place.

Nothing is guessed and nothing is bent: a row with a fault is left out as a whole, and named.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.clock import zone_of
from intake_app.domain.entry import Unreadable, read_money, read_number, read_phone
from intake_app.domain.form import FieldType
from intake_app.domain.import_mapping import LEAVE_EMPTY, plain_word
from intake_app.domain.import_row import Fault, PastRow, RowFault
from intake_app.domain.import_table import MOST_LETTERS, Cell, SourceRow, is_blank
from intake_app.domain.import_target import Past, Target, TargetKind, step_of
from intake_app.domain.text import NOTHING, Text
from intake_app.domain.typed_day import NotADay, moment_of
from intake_app.domain.whole_name import name_parts
from intake_app.services.desk import Desk
from intake_app.services.imports.plan import Column, Plan, said, words_in

NOON: Final = time(12)
"""Of a day without a time: no other zone makes another day of it."""

_DAMAGED: Final = re.compile("[\ud800-\udfff\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]")
_ERRORS: Final = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
})  # fmt: skip
_NUMBER_LETTERS: Final = 40


class Wrong(Exception):
    """A cell says nothing that can be used.

    Attributes:
        why: A message of the catalog.
        told: Words of the form instead.
    """

    def __init__(self, why: str, told: Text = NOTHING) -> None:
        super().__init__(why)
        self.why, self.told = why, told


@dataclass(slots=True)
class _Cells:
    """What the cells of one row say, by target; and what is wrong with them."""

    row: SourceRow
    said: dict[str, Value] = field(default_factory=dict[str, Value])
    faults: list[RowFault] = field(default_factory=list[RowFault])

    def blame(self, heading: str, why: str, told: Text = NOTHING) -> None:
        self.faults.append(RowFault(self.row.number, heading, why, told))

    def text(self, target: str) -> str:
        return str(self.said.get(target) or "")

    def day(self, target: str) -> date | None:
        found = self.said.get(target)
        return found if isinstance(found, date) else None

    def moment(self, target: str) -> datetime | None:
        found = self.said.get(target)
        return found if isinstance(found, datetime) else None


class RowReader:
    """Reads rows, one after the other.

    Args:
        desk: Whose.
        plan: How the file is read.
    """

    def __init__(self, desk: Desk, plan: Plan) -> None:
        self._plan, self._form = plan, plan.guide.form
        self._zone: tzinfo = zone_of(desk.clock)
        self._today = desk.clock.local().date()
        self._types = {one.id: one.type for one in self._form.fields()}
        self._asked: dict[str, frozenset[str]] = {}
        self._seen: set[str] = set()

    def read(self, row: SourceRow) -> PastRow | tuple[RowFault, ...]:
        """What a row says, or all that is wrong with it."""
        cells = _Cells(row)
        digest = _digest(row)
        if digest in self._seen:
            return (RowFault(row.number, "", Fault.TWICE),)
        self._fill(cells)
        self._part_name(cells)
        self._check_days(cells)
        if cells.faults:
            return tuple(cells.faults)
        past = self._past(cells, digest)
        for problem in self._plan.guide.problems(dict(past.answers)):
            if problem.field in past.answers:  # what is missing is not known; what is wrong is told
                cells.blame(self._heading(problem.field), "", problem.message)
        if cells.faults:
            return tuple(cells.faults)
        self._seen.add(digest)
        return past

    # --- cells -------------------------------------------------------------------------------

    def _fill(self, cells: _Cells) -> None:
        plan = self._plan
        for ident, code in plan.constants.items():
            cells.said[ident] = self._constant(plan.targets.by_id[ident], code)
        for column in plan.columns:
            try:
                value = self._value(cells.row.cell(column.place), column)
            except Wrong as wrong:
                cells.blame(column.heading, wrong.why, wrong.told)
            except NotADay as wrong:
                cells.blame(column.heading, wrong.why)
            except Unreadable as wrong:
                cells.blame(column.heading, "", wrong.told)
            else:
                if value not in (None, "", []):
                    cells.said[column.target.id] = value
        self._imply(cells)

    def _part_name(self, cells: _Cells) -> None:
        """A name in one cell fills both questions; columns of their own go before."""
        whole = cells.text(Past.NAME)
        needed = {one.id for one in self._plan.targets.all if one.is_needed}
        last, first = (self._form.facts.get(name, "") for name in ("last_name", "first_name"))
        if self._plan.column(Past.NAME) is None or (last in cells.said and first in cells.said):
            return
        if not whole:
            if last in needed and last not in cells.said:
                cells.blame(self._heading(Past.NAME), Fault.NEEDED)
            return
        parts = name_parts(whole)
        if parts is None:
            cells.blame(self._heading(Past.NAME), Fault.WHOLE_NAME)
            return
        for question, part in zip((last, first), parts, strict=True):
            cells.said.setdefault(question, part)

    def _value(self, cell: Cell, column: Column) -> Value:
        if not is_blank(cell):
            _refuse_damaged(cell)
            return _READERS[column.target.kind](self, cell, column)
        if column.target.is_needed:
            raise Wrong(Fault.NEEDED)
        return None

    def _imply(self, cells: _Cells) -> None:
        """What the statuses of a row say besides, where the row does not say it itself."""
        passed = {cells.text(Past.OUTCOME)} | {step_of(ident) for ident in cells.said}
        for one in self._plan.mapping.implied:
            if passed & set(one.statuses):
                for ident, code in one.said.items():
                    target = self._plan.targets.by_id.get(ident)
                    if target is not None:
                        cells.said.setdefault(ident, self._constant(target, code))

    @staticmethod
    def _constant(target: Target, code: str) -> Value:
        return [code] if target.kind is TargetKind.CODES else code

    def as_text(self, cell: Cell, column: Column) -> Value:
        """A cell as text."""
        text = said(cell)
        if len(text) > MOST_LETTERS:
            raise Wrong(Fault.TOO_LONG)
        if column.target.id in {Past.OLD_NUMBER, Past.SAME_PERSON} and len(text) > _NUMBER_LETTERS:
            raise Wrong(Fault.TOO_LONG)
        if self._types.get(column.target.id) is FieldType.TEXT:
            return " ".join(text.split())
        return text

    def as_code(self, cell: Cell, column: Column) -> Value:
        """A cell as the code that its word means."""
        code = column.codes.get(plain_word(said(cell)))
        if code is None:
            raise Wrong(Fault.UNKNOWN_WORD)
        return code

    def as_codes(self, cell: Cell, column: Column) -> Value:
        """A cell as the codes that its words mean."""
        codes = [column.codes.get(plain_word(word)) for word in words_in(cell, column)]
        if None in codes:
            raise Wrong(Fault.UNKNOWN_WORD)
        return list(dict.fromkeys(code for code in codes if code != LEAVE_EMPTY))

    def as_day(self, cell: Cell, column: Column) -> Value:
        """A cell as a day."""
        found = moment_of(cell, self._plan.rule)[0]
        # a question keeps a day as text; the steps of the past compare days
        return found if column.target.is_step else found.isoformat()

    def as_moment(self, cell: Cell, column: Column) -> Value:
        """A cell as a moment; noon where it says no time."""
        day, at = moment_of(cell, self._plan.rule)
        moment = datetime.combine(day, at or NOON, self._zone)
        return moment if column.target.is_step else moment.isoformat(timespec="seconds")

    def as_number(self, cell: Cell, column: Column) -> Value:
        """A cell as a number with its unit."""
        return read_number(said(cell), column.target.units, column.target.unit_words)

    def as_money(self, cell: Cell, column: Column) -> Value:
        """A cell as cents."""
        return read_money(f"{cell:.2f}" if isinstance(cell, float) else said(cell))

    def as_phone(self, cell: Cell, column: Column) -> Value:
        """A cell as a telephone number."""
        return read_phone(said(cell))

    # --- days --------------------------------------------------------------------------------

    def _check_days(self, cells: _Cells) -> None:
        """Nothing is to come, and nothing before the first contact."""
        opened = cells.said.get(Past.OPENED)
        if not isinstance(opened, datetime):
            return
        if opened.date() > self._today:
            cells.blame(self._heading(Past.OPENED), Fault.IN_FUTURE)
        for ident, value in cells.said.items():
            if ident == Past.OPENED or isinstance(value, datetime) or not isinstance(value, date):
                continue
            if value > self._today:
                cells.blame(self._heading(ident), Fault.IN_FUTURE)
            elif value < opened.date():
                cells.blame(self._heading(ident), Fault.BEFORE_CONTACT)
        born = self._form.facts.get("born", "")
        if cells.text(born) > opened.date().isoformat():
            cells.blame(self._heading(born), Fault.BORN_LATER)

    def _heading(self, target: str) -> str:
        column = self._plan.column(target)
        return column.heading if column else ""

    # --- the whole row -----------------------------------------------------------------------

    def _past(self, cells: _Cells, digest: str) -> PastRow:
        answers = {k: v for k, v in cells.said.items() if not k.startswith("~")}
        asked = self._asked_of(answers)
        unasked = tuple(name for name in answers if name not in asked)
        days = {
            step_of(ident): value
            for target in self._plan.targets.all
            if (ident := target.id).startswith((Past.STEP, Past.ACT))
            and (value := cells.day(ident)) is not None
        }
        return PastRow(
            cells.row.number, digest, cells.said[Past.OPENED], answers, days,
            cells.text(Past.OUTCOME), cells.text(Past.REASON), cells.day(Past.CLOSED),
            cells.text(Past.CHARGE), cells.day(Past.REACHED), cells.day(Past.ENGAGED),
            cells.moment(Past.REPORT_BY), cells.text(Past.OLD_NUMBER), cells.text(Past.SAME_PERSON),
            cells.text(Past.OFFENSE), unasked,
        )  # fmt: skip

    def _asked_of(self, answers: dict[str, Value]) -> frozenset[str]:
        """What the form asks with these answers; asked once for rows that only differ in words."""
        key = self._key_of(answers)
        if key not in self._asked:
            self._asked[key] = self._plan.guide.visible(answers)
        return self._asked[key]

    def _key_of(self, answers: dict[str, Value]) -> str:
        """What decides which questions are asked: choices and numbers; of words, that there are.

        Of the birth date it is the age.
        """
        parts = [(name, self._deciding(name, answers[name])) for name in sorted(answers)]
        return json.dumps(parts, sort_keys=True, default=str)

    def _deciding(self, name: str, value: Value) -> object:
        kind = self._types.get(name)
        if kind in {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PHONE}:
            return bool(value)
        if kind is FieldType.DATE and name == self._form.facts.get("born"):
            is_ahead = str(value)[5:] > f"{self._today:%m-%d}"
            return self._today.year - int(str(value)[:4]) - is_ahead
        return value


def _refuse_damaged(cell: Cell) -> None:
    if not isinstance(cell, str):
        return
    if cell.strip() in _ERRORS:
        raise Wrong(Fault.SHEET_ERROR)
    if _DAMAGED.search(cell):
        raise Wrong(Fault.DAMAGED)


def _digest(row: SourceRow) -> str:
    """Of the cells as a person reads them; empty ones at the end do not count."""
    cells = [said(cell) for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return hashlib.sha256(json.dumps(cells).encode(errors="surrogatepass")).hexdigest()[:32]


_Read = Callable[[RowReader, Cell, Column], Value]

_READERS: Final[dict[TargetKind, _Read]] = {
    TargetKind.TEXT: RowReader.as_text,
    TargetKind.CODE: RowReader.as_code,
    TargetKind.CODES: RowReader.as_codes,
    TargetKind.DAY: RowReader.as_day,
    TargetKind.MOMENT: RowReader.as_moment,
    TargetKind.NUMBER: RowReader.as_number,
    TargetKind.MONEY: RowReader.as_money,
    TargetKind.PHONE: RowReader.as_phone,
}

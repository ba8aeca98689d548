"""How one file will be read: which column fills what, and what its words and days mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from intake_app.domain.import_errors import MappingMissing, TableEmpty
from intake_app.domain.import_mapping import LEAVE_EMPTY, ColumnMap, ImportMapping, plain_word
from intake_app.domain.import_table import (
    Cell,
    SourceRow,
    SourceSheet,
    TableFile,
    head_place,
    headings,
    is_blank,
)
from intake_app.domain.import_target import Past, Target, TargetKind, Targets
from intake_app.domain.typed_day import Century, DayOrder, DayRule, has_short_year, orders_of
from intake_app.services.desk import Desk
from intake_app.services.imports.targets import targets_of
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.imports import ImportParts
from intake_app.services.records.form_versions import keep_form

MOST_WORDS: Final = 400
"""Different words of one column that are offered for matching; more are no codes."""

_DAYS: Final = frozenset({TargetKind.DAY, TargetKind.MOMENT})
_BETWEEN: Final = (";", ",", "/", "|", "\n", "&", "+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that fills something.

    Attributes:
        place: From 0.
        heading: As it stands in the file.
        target: What it fills.
        codes: Codes by plain words.
    """

    place: int
    heading: str
    target: Target
    codes: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is read.

    Attributes:
        file: The file.
        sheet: The sheet of it.
        guide: The form that rows become intakes of.
        targets: What there is to fill.
        columns: Those that fill something.
        constants: What holds of every row, by target.
        rule: How days are read.
        mapping: What was asked for.
        is_order_open: Nothing in the file tells month and day apart, and nobody has said it.
    """

    file: TableFile
    sheet: SourceSheet
    guide: Guide
    targets: Targets
    columns: tuple[Column, ...]
    constants: Mapping[str, str]
    rule: DayRule
    mapping: ImportMapping
    is_order_open: bool = False

    @property
    def head(self) -> int:
        """Where the headings stand."""
        return head_place(self.sheet.rows)

    @property
    def headings(self) -> tuple[str, ...]:
        """Of all columns."""
        return headings(self.sheet.rows[self.head])

    @property
    def rows(self) -> tuple[SourceRow, ...]:
        """Those below the headings."""
        return self.sheet.rows[self.head + 1 :]

    def column(self, target: str) -> Column | None:
        """The column that fills a target."""
        return next((one for one in self.columns if one.target.id == target), None)

    def missing(self) -> tuple[Target, ...]:
        """What is needed and filled by nothing."""
        filled = {one.target.id for one in self.columns} | self.constants.keys()
        if Past.NAME in filled:
            filled.add(self.guide.form.facts["last_name"])
        return tuple(one for one in self.targets.all if one.is_needed and one.id not in filled)

    def has_short_years(self) -> bool:
        """Whether some day of the file has a year of two digits."""
        return has_short_year(self._days())

    def _days(self) -> Iterable[Cell]:
        places = [one.place for one in self.columns if one.target.kind in _DAYS]
        return (row.cell(place) for row in self.rows for place in places)

    def words_of(self, column: Column) -> tuple[tuple[str, int, str | None], ...]:
        """The words of a coded column, how often each stands there, and its code.

        None: it has none yet; `LEAVE_EMPTY`: it counts as empty. The most frequent come first.
        """
        counts: dict[str, int] = {}
        for row in self.rows:
            for word in words_in(row.cell(column.place), column):
                counts[word] = counts.get(word, 0) + 1
        found = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS]
        return tuple((word, n, column.codes.get(plain_word(word))) for word, n in found)


def words_in(cell: Cell, column: Column) -> list[str]:
    """The words of a cell: one, or several where the question takes several."""
    text = said(cell)
    if column.target.kind is not TargetKind.CODES or plain_word(text) in column.codes:
        return [text] if text else []
    for mark in _BETWEEN:
        text = text.replace(mark, ";")
    return [part.strip() for part in text.split(";") if part.strip()]


def said(cell: Cell) -> str:
    """A cell as a person reads it: a number without ".0", a day without its midnight."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def imports_of(desk: Desk) -> ImportParts:
    """What imports need.

    Raises:
        MappingMissing: It is not on this desk.
    """
    if desk.imports is None:
        raise MappingMissing("imports")
    return desk.imports


def planned(desk: Desk, file: TableFile, mapping: ImportMapping) -> Plan:
    """How a file is read by a mapping; headings that it does not name fill nothing.

    The form's version is kept, so that what comes in can always be read.

    Raises:
        FormMissing: There is no such form.
        TableEmpty: There is no such sheet, or nothing in it.
    """
    guide = desk.library.guide(mapping.form)
    keep_form(desk, guide)
    sheet = _sheet(file, mapping.sheet)
    targets = targets_of(desk, guide)
    names = headings(sheet.rows[head_place(sheet.rows)])
    columns = tuple(_columns(names, targets, mapping.columns))
    order, is_open = _order(sheet, columns, mapping)
    today = desk.clock.local().date()
    rule = DayRule(today, order, Century(mapping.century), sheet.counts_from_1904)
    constants = {k: v for k, v in mapping.constants.items() if k in targets.by_id}
    return Plan(
        file, sheet, guide, targets, columns, constants, rule, mapping, is_order_open=is_open
    )


def base_mapping(desk: Desk, form_id: str) -> ImportMapping:
    """What ships for a form, or for the pathway below it: headings that are usual, constants."""
    pathway = desk.library.guide(form_id).form.pathway
    known = imports_of(desk).mappings.shipped()
    for wanted in (form_id, pathway):
        for one in known:
            if one.form == wanted:
                return replace(one, form=form_id)
    return ImportMapping(form_id)


def suggested(desk: Desk, file: TableFile, form_id: str, sheet: str = "") -> ImportMapping:
    """A mapping for a file, by its headings: those that are usual, and the questions' own words.

    Raises:
        FormMissing: There is no such form.
        TableEmpty: There is no such sheet, or nothing in it.
    """
    base = base_mapping(desk, form_id)
    targets = targets_of(desk, desk.library.guide(form_id))
    found = _sheet(file, sheet)
    taken: set[str] = set()
    columns: list[ColumnMap] = []
    for heading in headings(found.rows[head_place(found.rows)]):
        one = _guess(plain_word(heading), base.columns, targets)
        if one is not None and one.target not in taken:
            taken.add(one.target)
            columns.append(replace(one, names=(heading,)))
    return replace(base, columns=tuple(columns), sheet=found.name, id="own", version="1")


def _guess(word: str, usual: Sequence[ColumnMap], targets: Targets) -> ColumnMap | None:
    for one in usual:
        if one.target in targets.by_id and word in {plain_word(name) for name in one.names}:
            return one
    for target in targets.all:
        if word in {plain_word(text) for text in (target.id, *target.label.by_language.values())}:
            known = next((one for one in usual if one.target == target.id), None)
            return known or ColumnMap(target.id, (word,))
    return None


def _columns(
    names: Sequence[str], targets: Targets, wanted: Iterable[ColumnMap]
) -> Iterable[Column]:
    plain = [plain_word(name) for name in names]
    taken: set[int] = set()
    for one in wanted:
        target = targets.by_id.get(one.target)
        places = (plain.index(word) for name in one.names if (word := plain_word(name)) in plain)
        place = next((n for n in places if n not in taken), None)
        if target is None or place is None:
            continue
        taken.add(place)
        known = {LEAVE_EMPTY, *(choice.id for choice in target.choices)}
        good = {plain_word(word): code for word, code in one.codes.items() if code in known}
        codes = {**target.codes_by_word(), **good} if target.is_coded else {}
        yield Column(place, names[place], target, codes)


def _sheet(file: TableFile, name: str) -> SourceSheet:
    wanted = [one for one in file.sheets if one.name == name] if name else []
    shown = [one for one in file.sheets if not one.is_hidden and len(one.rows) > 1]
    found = (*wanted, *shown) if not name or not wanted else tuple(wanted)
    sheet = next(iter(found), None)
    if sheet is None or len(sheet.rows) < 2:
        raise TableEmpty
    return sheet


def _order(
    sheet: SourceSheet, columns: Iterable[Column], mapping: ImportMapping
) -> tuple[DayOrder, bool]:
    """How days are meant, and whether only a person can say it."""
    if mapping.order:
        return DayOrder(mapping.order), False
    places = [one.place for one in columns if one.target.kind in _DAYS]
    below = sheet.rows[head_place(sheet.rows) + 1 :]
    cells = [c for row in below for p in places if not is_blank(c := row.cell(p))]
    fitting = orders_of(cells)
    if len(fitting) == 1:
        return next(iter(fitting)), False
    return DayOrder.MDY, len(fitting) == 2 and has_numbers(cells)


def has_numbers(cells: Iterable[Cell]) -> bool:
    """Whether some day is written in numbers whose order matters."""
    return any(
        isinstance(cell, str) and any(mark in cell.strip()[:3] for mark in "/.-") for cell in cells
    )

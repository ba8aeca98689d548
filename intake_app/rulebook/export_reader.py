"""Reads `resources/exports/*.toml`: what an export's lines and columns are, with file and line.

How near an export comes to a person is worked out from its columns; a file cannot say it is less.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.export import (
    AGENCY_PARTS,
    CLOSED,
    EACH,
    ID_OF,
    OFFENSE_PARTS,
    PERIOD_PARTS,
    TELLS,
    Export,
    ExportColumn,
    ExportFigure,
    From,
    Reach,
    Rows,
    Several,
)
from intake_app.domain.export_cell import is_spelling, reach_of_day, reach_of_question
from intake_app.domain.form import Field, FieldType
from intake_app.domain.journey import CODES, COLUMNS, DAYS, MOMENTS
from intake_app.domain.measure import Cut
from intake_app.domain.roles import Compartment
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.form_reader import IS_ID
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.toml_source import TomlSource

EXPORTS: Final = "exports"
"""The folder of mappings."""

MOST_COLUMNS: Final = 400

_SOURCES: Final = tuple(one for one in From if one is not From.MEASURE)
_FILES: Final = ("care", "cases")
_SHAPES: Final = ("csv", "redcap", "long", "wide")
_SEPARATORS: Final = {"comma": ",", "semicolon": ";", "tab": "\t"}
_REDCAP_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,99}").fullmatch
_REDCAP_CODE: Final = re.compile(r"[A-Za-z0-9_.\-]{1,60}").fullmatch
_HEADING: Final = re.compile(r"[^\x00-\x1f]{1,120}").fullmatch
_DATES: Final = frozenset({FieldType.DATE, FieldType.DATE_TIME})
_OF_EVENTS: Final = frozenset({From.ID, From.ANSWER, From.AGENCY, From.PERIOD, From.CONSTANT})
_NO_CELL: Final = frozenset({FieldType.ROWS, FieldType.SIGNATURE, FieldType.STATEMENT})


@dataclass(frozen=True, slots=True)
class Known:
    """What mappings may name.

    Attributes:
        questions: The questions of all forms, by id; several where forms ask differently.
        facts: For each name under [facts] the questions that it stands for.
        cuts: What numbers may be cut by; None: nobody has said.
        measures: Ids of measures; None: the same.
        tables: The codes of each code table.
    """

    questions: Mapping[str, Sequence[Field]] = field(default_factory=dict[str, Sequence[Field]])
    facts: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])
    cuts: Mapping[str, Cut] | None = None
    measures: Collection[str] | None = None
    tables: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])


def read_export(source: TomlSource, known: Known, mistakes: list[Mistake]) -> Export:
    """Read a mapping; what is wrong is added to `mistakes`."""
    top = EntryNode.top(source, mistakes)
    head = top.table("export", is_needed=True)
    rows = _rows(head)
    is_figures = rows == (Rows.FIGURES,)
    shape = head.one_of("shape", _SHAPES, "long" if is_figures else "csv")
    if is_figures != (shape in {"long", "wide"}):
        head.wrong('figures have the shape "long" or "wide", all else "csv" or "redcap"', "shape")
    reading = _Columns(known, rows)
    columns = tuple(reading.column(node) for node in top.tables("columns"))
    figures = tuple(_figure(node, known, is_wide=shape == "wide") for node in top.tables("figures"))
    ident = head.text("id", is_needed=True)
    if ident and (not IS_ID(ident) or source.name != f"{EXPORTS}/{ident}.toml"):
        head.wrong(f'the file of "{ident}" must be called {EXPORTS}/{ident}.toml', "id")
    read = Export(
        id=ident, version=head.text("version", is_needed=True),
        title=head.words("title", is_needed=True), about=head.words("about"),
        authority=head.words_or_text("authority"), rows=rows, files=_files(head),
        date=head.one_of("date", (*DAYS, *MOMENTS), "opened_on"), only=_only(head, known.cuts),
        columns=columns, figures=figures, is_wide=shape == "wide",
        each=head.one_of("each", EACH[1:], "quarter") if head.has("each") else "",
        hidden=head.text("hidden"), has_mark=head.flag("bom", default=shape != "redcap"),
        separator=_SEPARATORS[head.one_of("separator", tuple(_SEPARATORS), "comma")],
        is_redcap=shape == "redcap",
    )  # fmt: skip
    _check_whole(read, (top, head), known)
    head.finish()
    top.finish()
    return read


def _rows(head: EntryNode) -> tuple[Rows, ...]:
    given = head.value("rows")
    names = (given,) if isinstance(given, str) else head.texts("rows")
    good = tuple(Rows(one) for one in names if one in tuple(Rows))
    if len(good) < len(names):
        head.wrong(f'"rows" must be of: {", ".join(Rows)}', "rows")
    alone = {Rows.FIGURES, Rows.EVENTS} & set(good)
    if alone and len(good) > 1:
        head.wrong("figures and events stand in a file of their own", "rows")
    return good or (Rows.INTAKES,)


def _files(head: EntryNode) -> tuple[Compartment, ...]:
    names = head.texts("files") or _FILES
    if wrong := [one for one in names if one not in _FILES]:
        head.wrong(f'"{wrong[0]}" is no file of people: care, cases', "files")
    return tuple(Compartment(one) for one in names if one in _FILES)


def _only(head: EntryNode, cuts: Mapping[str, Cut] | None) -> dict[str, tuple[str, ...]]:
    node = head.table("only")
    found: dict[str, tuple[str, ...]] = {}
    for name in node.data:
        found[name] = node.texts(name)
        is_trait = name in _traits(cuts)
        if (name not in CODES and not is_trait) or name in CLOSED:
            node.wrong(f'"{name}" is no column or trait with codes', name)
    return found


def _figure(node: EntryNode, known: Known, *, is_wide: bool) -> ExportFigure:
    by, tell = node.texts("by"), node.texts("tell") or ("number",)
    read = ExportFigure(
        name=node.text("name", is_needed=True), measure=node.text("measure", is_needed=True),
        means=node.words("means"), by=by, tell=tell,
        code=node.text("code"), parts=node.text("parts"),
    )  # fmt: skip
    if known.measures is not None and read.measure not in known.measures:
        _ = node.one_of("measure", tuple(sorted(known.measures)))  # it names the nearest one
    for name in by if known.cuts is not None else ():
        if name not in (known.cuts or ()):
            node.wrong(f'there is no cut "{name}"', "by")
    if len(by) > 2 or len(set(by)) < len(by) or (is_wide and len(by) > 1):
        node.wrong('a figure is cut by up to two cuts, in the shape "wide" by one', "by")
    if bool(read.code) != (is_wide and bool(by)):
        node.wrong(
            '"by" and "code" stand together in the shape "wide", and "code" only there', "by"
        )
    if wrong := [one for one in tell if one not in TELLS]:
        node.wrong(f'"{wrong[0]}" is not told of a figure: {", ".join(TELLS)}', "tell")
    if not is_wide and node.has("tell"):
        node.wrong('"tell" is for the shape "wide"; "long" tells all', "tell")
    node.finish()
    return read


def _check_whole(read: Export, nodes: tuple[EntryNode, EntryNode], known: Known) -> None:
    top, head = nodes
    names = read.headings
    if read.is_figures:
        if read.columns or not read.figures:
            top.wrong("an export of figures has [[figures]] and no [[columns]]", "columns")
        names = tuple(one.name for one in read.figures) if read.is_wide else ()
    elif read.figures or not read.columns:
        top.wrong("an export of lines has [[columns]] and no [[figures]]", "figures")
    if twice := [name for name in names if names.count(name) > 1]:
        top.wrong(f'two columns are called "{twice[0]}"', "columns")
    if len(names) > MOST_COLUMNS:
        top.wrong(f"there are more than {MOST_COLUMNS} columns", "columns")
    if read.each and not read.is_wide:
        head.wrong('"each" is for figures of the shape "wide"', "each")
    if read.is_redcap:
        _check_redcap(read, top, known)


def _check_redcap(read: Export, top: EntryNode, known: Known) -> None:
    first = read.columns[0] if read.columns else None
    if first is None or first.source is not From.ID:
        top.wrong('REDCap wants the record\'s id first: id = "record"', "columns", 0)
    for n, one in enumerate(read.columns):
        if not _REDCAP_NAME(one.name) or "__" in one.name or one.name.endswith("_"):
            top.wrong(f'"{one.name}" is no name for REDCap: small letters, digits, single _',
                      "columns", n, "name")  # fmt: skip
        for code in (*one.codes.values(), *([one.others] if one.others else ())):
            if not _REDCAP_CODE(code):
                top.wrong(f'"{code}" is no code for REDCap', "columns", n, "codes")
        is_many = known.cuts is not None and one.source is From.TRAIT and known.cuts[one.of].several
        if is_many and one.several is Several.JOIN:
            top.wrong('REDCap holds one code in a field: several = "boxes" or "one"', "columns", n)
    if read.separator != ",":
        top.wrong("REDCap takes commas only", "export", "separator")


def _traits(cuts: Mapping[str, Cut] | None) -> tuple[str, ...]:
    """The cuts that are traits of a person, or made of one."""
    return tuple(name for name, cut in (cuts or {}).items() if cut.fields or cut.of)


class _Columns:
    """Reads [[columns]] against what mappings may name."""

    def __init__(self, known: Known, rows: tuple[Rows, ...]) -> None:
        self._known, self._rows = known, rows

    def column(self, node: EntryNode) -> ExportColumn:
        name = node.text("name", is_needed=True)
        if name and not _HEADING(name):
            node.wrong("a heading is one line of up to 120 letters", "name")
        source, of = self._source(node)
        day = self._day(node, source, of)
        several = Several(node.one_of("several", tuple(Several), "join"))
        read = ExportColumn(
            name=name, source=source, of=of, means=node.words("means"), day=day,
            codes=self._codes(node), others=node.text("others") if node.has("others") else None,
            empty=node.text("empty"), several=several, two_or_more=node.text("two_or_more"),
            joiner=node.text("joiner") or ";", table=self._table(node, source, of),
            is_words=node.flag("words"), is_required=node.flag("required"),
            reach=self._reach(source, of, day),
        )  # fmt: skip
        self._check(node, read)
        node.finish()
        return read

    def _source(self, node: EntryNode) -> tuple[From, str]:
        said = [one for one in _SOURCES if node.has(one)]
        if Rows.EVENTS in self._rows and not {*said} <= _OF_EVENTS:
            node.wrong(f"an event has only: {', '.join(sorted(_OF_EVENTS))}", said[0])
        if len(said) != 1:
            node.wrong(f"say where it comes from, by one of: {', '.join(_SOURCES)}")
            return From.CONSTANT, ""
        source, allowed = said[0], self._allowed(said[0])
        if source is From.CONSTANT:
            return source, node.text(source)
        if allowed is None:
            return source, node.text(source, is_needed=True)
        return source, node.one_of(source, allowed)

    def _allowed(self, source: From) -> tuple[str, ...] | None:
        known = self._known
        return {
            From.ID: ID_OF,
            From.COLUMN: tuple(one for one in COLUMNS if one not in CLOSED),
            From.OFFENSE: OFFENSE_PARTS,
            From.AGENCY: AGENCY_PARTS,
            From.PERIOD: PERIOD_PARTS,
            From.ANSWER: tuple(known.questions) or None,
            From.FACT: tuple(known.facts) or None,
            From.TRAIT: None if known.cuts is None else _traits(known.cuts),
        }.get(source)

    def _day(self, node: EntryNode, source: From, of: str) -> str:
        is_day = source is From.PERIOD or (source is From.COLUMN and of in (*DAYS, *MOMENTS))
        is_day = is_day or any(one.type in _DATES for one in self._asked(source, of))
        day = node.text("date")
        if day and not is_day:
            node.wrong("only a day can be written as a date", "date")
            return ""
        if day and not is_spelling(day):
            node.wrong('write the date like "YYYY-MM-DD" or "MM/DD/YYYY", or "YYYY" alone', "date")
            return "YYYY"
        is_moment = of in MOMENTS or any(
            one.type is FieldType.DATE_TIME for one in self._asked(source, of)
        )
        usual = "YYYY-MM-DD hh:mm" if is_moment else "YYYY-MM-DD"
        return day or (usual if is_day else "")

    def _asked(self, source: From, of: str) -> list[Field]:
        names = [of] if source is From.ANSWER else []
        if source is From.FACT:
            names = list(self._known.facts.get(of, ()))
        return [one for name in names for one in self._known.questions.get(name, ())]

    def _reach(self, source: From, of: str, day: str) -> Reach:
        if source in {From.CONSTANT, From.AGENCY, From.PERIOD}:
            return Reach.NOBODY
        if source in {From.ANSWER, From.FACT}:
            asked = self._asked(source, of)
            return max((reach_of_question(one, day) for one in asked), default=Reach.NAMED)
        return reach_of_day(day) if day else Reach.CODED

    def _codes(self, node: EntryNode) -> dict[str, str]:
        table = node.table("codes")
        return {name: table.text(name) for name in table.data}

    def _table(self, node: EntryNode, source: From, of: str) -> str:
        given = node.text("table")
        if given:
            return given
        if source is From.TRAIT and self._known.cuts is not None:
            cut = self._known.cuts.get(of)
            return cut.codes[0] if cut is not None and cut.codes else ""
        return next((one.codes for one in self._asked(source, of) if one.codes), "")

    def _check(self, node: EntryNode, read: ExportColumn) -> None:
        asked = self._asked(read.source, read.of)
        if any(one.is_apart for one in asked):
            node.wrong(f'"{read.of}" is kept apart from the person, and goes nowhere', read.source)
        if asked and all(one.type in _NO_CELL for one in asked):
            node.wrong(f'"{read.of}" does not fit into a cell', read.source)
        if read.several is Several.BOXES and not read.codes:
            node.wrong("boxes need [columns.codes]: one column for each of their codes", "several")
        if (read.several is Several.ONE) != bool(read.two_or_more):
            node.wrong('several = "one" goes with two_or_more = "their code"', "several")
        if read.is_words and (read.codes or read.day):
            node.wrong("a column writes words, codes or days", "words")
        self._check_codes(node, read)

    def _tables_of(self, read: ExportColumn) -> set[str]:
        cut = (self._known.cuts or {}).get(read.of) if read.source is From.TRAIT else None
        names = (*(cut.codes if cut is not None else ()), read.table)
        return {code for name in names for code in self._known.tables.get(name, ())}

    def _check_codes(self, node: EntryNode, read: ExportColumn) -> None:
        known = self._tables_of(read)
        own = {c.id for one in self._asked(read.source, read.of) for c in one.choices}
        ours = {*known, *own}
        if not ours:
            return
        ours |= {"yes", "no", "unknown", "declined"}
        for code in read.codes:
            if code not in ours:
                node.table("codes").wrong(f'"{code}" is no code of "{read.table or read.of}"', code)

"""Reads measures, cuts and families: `resources/measures/*.toml`, and a department's own over them.

A condition is a list of tables, all of which hold: `of = [{ column = "outcome", in = ["completed"]
}]`; or a list of such lists, any of which does. A file whose name begins with `agency_` is read
last, and what it says goes before what stands in the others under the same id.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import PurePosixPath
from typing import Final, TypeVar

from intake_app.domain.journey import CODES, COLUMNS, DAYS, MOMENTS, NUMBERS, Subject
from intake_app.domain.measure import Cut, Exclusion, Family, Kind, Measure, Unit
from intake_app.domain.measure_period import GRAINS
from intake_app.domain.roles import Compartment, Role
from intake_app.rulebook.clause_reader import Conditions
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.form_reader import IS_ID, IS_TABLE
from intake_app.rulebook.mistake import Mistake, Mistaken
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_source import TomlSource
from intake_app.settings.agency import Agency

MEASURES: Final = "measures"
"""The folder of measures."""

OWN: Final = "agency_"
"""How the name of a department's own file begins."""

_FILES: Final = (str(Compartment.CARE), str(Compartment.CASES))
_SAID_IN: Final = ("days", "business days", "minutes", "hours", "cents", "kits", "percent")
_NUMBERS: Final = tuple(one.name for one in fields(Agency) if one.type in ("int", int))
_SUMMED: Final = (Kind.SUM, Kind.SPREAD, Kind.RATIO)
_MOST_RUNS: Final = 3660

_One = TypeVar("_One", Measure, Cut, Family)


@dataclass(frozen=True, slots=True)
class Numbers:
    """All that the files say of numbers.

    Attributes:
        families: In the order of the page.
        measures: By family and in the order of the files.
        cuts: What tables may be cut by.
    """

    families: tuple[Family, ...] = ()
    measures: tuple[Measure, ...] = ()
    cuts: tuple[Cut, ...] = ()


@dataclass(slots=True)
class _Found:
    """What was read so far, with the place of each."""

    mistakes: list[Mistake]
    families: dict[str, tuple[Family, EntryNode]] = field(
        default_factory=dict[str, tuple[Family, EntryNode]]
    )
    measures: dict[str, tuple[Measure, EntryNode]] = field(
        default_factory=dict[str, tuple[Measure, EntryNode]]
    )
    cuts: dict[str, tuple[Cut, EntryNode]] = field(default_factory=dict[str, tuple[Cut, EntryNode]])

    def put(self, into: dict[str, tuple[_One, EntryNode]], one: _One, node: EntryNode) -> None:
        """Keep one; a department's own goes before, any other second one is a mistake."""
        if one.id in into and not _is_own(node.source.name):
            node.wrong(f'"{one.id}" stands in {into[one.id][1].source.name} already', "id")
        elif one.id:
            into[one.id] = (one, node)


def read_numbers(
    shelf: Shelf, mistakes: list[Mistake], has_table: Callable[[str], bool] | None = None
) -> Numbers:
    """Read all files; what is wrong is added to `mistakes`, and left out.

    Args:
        shelf: Where they lie.
        mistakes: What is wrong.
        has_table: Whether there is a code table of a name; without it nobody looks.
    """
    sources = [one for name in _in_order(shelf) if (one := _source(shelf, name, mistakes))]
    found, tops = _Found(mistakes), [(EntryNode.top(one, mistakes), one) for one in sources]
    for top, _ in tops:
        _read_each(found, found.families, top.tables("families"), _family)
        _read_each(found, found.cuts, top.tables("cuts"), _cut)
    traits = frozenset(cut.id for cut, _ in found.cuts.values() if _is_trait(cut))
    for top, _ in tops:
        reader = _MeasureReader(Conditions(traits))
        _read_each(found, found.measures, top.tables("measures"), reader.measure)
        top.finish()
    _check_together(found)
    if has_table is not None:
        _check_tables(found, has_table)
    return Numbers(
        tuple(one for one, _ in found.families.values()),
        tuple(one for one, _ in found.measures.values()),
        tuple(one for one, _ in found.cuts.values()),
    )


def _is_own(name: str) -> bool:
    return PurePosixPath(name).name.startswith(OWN)


def _in_order(shelf: Shelf) -> Iterable[str]:
    return sorted(shelf.names(MEASURES), key=lambda name: (_is_own(name), name))


def _source(shelf: Shelf, name: str, mistakes: list[Mistake]) -> TomlSource | None:
    try:
        return TomlSource(name, shelf.text(name) or "")
    except Mistaken as error:
        mistakes += error.mistakes
        return None


def _read_each(
    found: _Found,
    into: dict[str, tuple[_One, EntryNode]],
    nodes: Iterable[EntryNode],
    read: Callable[[EntryNode], _One],
) -> None:
    """Read tables of one kind; one with a mistake is left out, the others stay."""
    for node in nodes:
        before = len(found.mistakes)
        one = read(node)
        node.finish()
        if not any(not mistake.is_doubt for mistake in found.mistakes[before:]):
            found.put(into, one, node)


def _is_trait(cut: Cut) -> bool:
    return not (cut.column or cut.grain or cut.of)


def _ident(node: EntryNode) -> str:
    ident = node.text("id", is_needed=True)
    if ident and not IS_ID(ident):
        node.wrong(f'"{ident}" is no id: small letters, digits and _ only', "id")
    return ident


def _tables(node: EntryNode) -> tuple[str, ...]:
    names = node.texts("codes")
    for n, name in enumerate(names):
        if not IS_TABLE(name):
            node.wrong(f'"{name}" is no name of a code table', "codes", n)
    return names


def _all_of(node: EntryNode, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    named = node.texts(key)
    for n, name in enumerate(named):
        if name not in allowed:
            known = ", ".join(allowed) if len(allowed) <= _FEW else "see docs/measures.md"
            node.wrong(f'"{key}" cannot be "{name}"; known: {known}', key, n)
    return named


_FEW: Final = 20


def _family(node: EntryNode) -> Family:
    label = node.words("label", is_needed=True)
    tables = tuple(_tables_by(node))
    return Family(_ident(node), label, node.texts("shows"), tables, node.texts("sheet"))


def _tables_by(node: EntryNode) -> Iterator[tuple[str, str]]:
    """Tables of the report, each written as "measure by cut"."""
    for n, said in enumerate(node.texts("tables")):
        measure, by, cut = said.partition(" by ")
        if by:
            yield measure.strip(), cut.strip()
        else:
            node.wrong(f'"{said}" must be written as "measure by cut"', "tables", n)


def _cut(node: EntryNode) -> Cut:
    bridge = node.table("bridge")
    cut = Cut(
        id=_ident(node),
        label=node.words("label", is_needed=True),
        column=node.text("column"),
        grain=node.one_of("grain", GRAINS) if node.has("grain") else "",
        codes=_tables(node),
        fields=node.texts("fields"),
        of=node.text("of"),
        bridge={code: bridge.text(code) for code in bridge.data},
        wins=node.texts("wins"),
        none_as=node.text("none_as"),
        several_as=node.text("several_as"),
        several=node.flag("several"),
        order=node.texts("order"),
        within=_all_of(node, "within", tuple(Role)),
        asks=node.flag("asks"),
    )
    made_of = [one for one in (cut.column, cut.grain, cut.of, cut.fields) if one]
    if len(made_of) != 1:
        node.wrong('a cut has exactly one of "column", "grain", "of" and "fields"')
    if cut.column and cut.column not in CODES:
        node.wrong(f'there is no column of codes "{cut.column}"', "column")
    if cut.of and not (cut.bridge and cut.none_as and cut.several_as):
        node.wrong('a cut "of" another needs [cuts.bridge], "none_as" and "several_as"', "of")
    return cut


@dataclass(frozen=True, slots=True)
class _MeasureReader:
    """Reads measures whose conditions may be about some traits."""

    conditions: Conditions

    def measure(self, node: EntryNode) -> Measure:
        """Read one."""
        files = _all_of(node, "files", _FILES) or _FILES
        measure = Measure(
            id=_ident(node),
            family=node.text("family", is_needed=True),
            kind=Kind(node.one_of("kind", tuple(Kind))),
            title=node.words("title", is_needed=True),
            how=node.words("how", is_needed=True),
            source=node.words_or_text("source", is_needed=True),
            version=node.text("version", is_needed=True),
            subjects=_all_of(node, "subjects", tuple(Subject)) or (str(Subject.INTAKE),),
            files=tuple(Compartment(one) for one in files if one in _FILES),
            date=node.one_of("date", DAYS, default="opened_on"),
            runs=node.count("runs", most=_MOST_RUNS),
            of=self.conditions.read(node, "of"),
            where=self.conditions.read(node, "where"),
            unit=Unit(node.one_of("unit", tuple(Unit), default=Unit.RECORD)),
            column=_column(node, "column", COLUMNS),
            since=_column(node, "since", DAYS),
            over=_column(node, "over", NUMBERS),
            codes=_tables(node),
            times=_all_of(node, "times", _NUMBERS),
            less=_column(node, "less", NUMBERS),
            said_in=node.one_of("said_in", _SAID_IN) if node.has("said_in") else "",
            exclusions=tuple(self._exclusion(one) for one in node.tables("exclusions")),
            assumes=node.words("assumes"),
            better=node.one_of("better", ("more", "less")) if node.has("better") else "",
        )
        _check_kind(measure, node)
        return measure

    def _exclusion(self, node: EntryNode) -> Exclusion:
        where = self.conditions.read(node, "where")
        if not where:
            node.wrong('an exclusion needs "where"')
        found = Exclusion(_ident(node), node.words("label", is_needed=True), where)
        node.finish()
        return found


def _column(node: EntryNode, key: str, allowed: tuple[str, ...]) -> str:
    return node.one_of(key, allowed) if node.has(key) else ""


def _check_kind(measure: Measure, node: EntryNode) -> None:
    """What belongs together: a rate has a numerator, parts have a column of codes."""
    kind = measure.kind
    for is_wrong, reason in (
        (kind is Kind.RATE and not measure.where, 'a rate needs "where": its numerator'),
        (kind is not Kind.RATE and measure.where, 'only a rate has "where"; use "of"'),
        (kind is Kind.PARTS and measure.column not in CODES, 'parts need a "column" of codes'),
        (kind is Kind.SPREAD and not _is_spread(measure),
         'a spread needs a "column" of numbers, or one of days and "since"'),
        (kind is Kind.SUM and measure.column and measure.column not in NUMBERS,
         'the "column" of a sum must hold numbers'),
        (kind is Kind.SUM and not (measure.column or measure.times),
         'a sum needs a "column", or "times"; to count, use kind = "count"'),
        (kind is Kind.RATIO and not (measure.column in NUMBERS and measure.over),
         'a ratio needs a "column" and "over", both numbers'),
        (kind is not Kind.SUM and (measure.times or measure.less),
         'only a sum has "times" and "less"'),
        (measure.unit is Unit.PERSON and kind in (*_SUMMED, Kind.PARTS),
         'only counts and rates count a person once'),
    ):  # fmt: skip
        if is_wrong:
            node.wrong(reason)


def _is_spread(measure: Measure) -> bool:
    if measure.since:
        return measure.column in (*DAYS, *MOMENTS)
    return measure.column in NUMBERS


def _check_tables(found: _Found, has_table: Callable[[str], bool]) -> None:
    """A missing table leaves codes without words: that can be lived with, so it is a doubt."""
    for one, node in (*found.measures.values(), *found.cuts.values()):
        for n, name in enumerate(one.codes):
            if not has_table(name):
                said = f'there is no code table "{name}" (resources/codes/{name}.csv)'
                node.wrong(said, "codes", n, is_doubt=isinstance(one, Cut) and one.asks)


def _check_together(found: _Found) -> None:
    """What one table names in another."""
    for measure, node in list(found.measures.values()):
        if measure.family not in found.families:
            # it can be counted all the same: the file of families may be the broken one
            node.wrong(f'there is no family "{measure.family}"', "family")
    _check_families(found)
    for cut, node in list(found.cuts.values()):
        if cut.of and (cut.of not in found.cuts or not _is_trait(found.cuts[cut.of][0])):
            node.wrong(f'there is no cut "{cut.of}" of answers', "of")
            del found.cuts[cut.id]


def _check_families(found: _Found) -> None:
    for family, node in found.families.values():
        for key, idents in (("shows", family.shows), ("sheet", family.sheet)):
            for n, ident in enumerate(idents):
                if ident not in found.measures:
                    node.wrong(f'there is no measure "{ident}"', key, n)
        for n, (ident, cut) in enumerate(family.tables):
            if ident not in found.measures or cut not in found.cuts:
                node.wrong(f'there is no table "{ident} by {cut}"', "tables", n)

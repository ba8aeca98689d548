"""Reads mappings of imports: how the columns of a table become answers and steps."""

from pathlib import Path
from typing import Final

from intake_app.domain.import_errors import MappingUnreadable
from intake_app.domain.import_mapping import ColumnMap, Implied, ImportMapping
from intake_app.domain.typed_day import Century, DayOrder
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.form_reader import IS_ID
from intake_app.rulebook.mistake import Mistake, Mistaken
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_source import MAX_SIZE, TomlSource
from intake_app.rulebook.value_kind import is_table

IMPORTS: Final = "imports"
"""The folder of these files."""

_MOST: Final = 500
"""Columns of one mapping."""


class ImportMappings:
    """All mappings of a shelf; see `services.needs.imports.Mappings`."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def shipped(self) -> tuple[ImportMapping, ...]:
        """Those without a mistake, by name of their file."""
        found: list[ImportMapping] = []
        for name in self._shelf.names(IMPORTS):
            mistakes: list[Mistake] = []
            try:
                one = read_mapping(TomlSource(name, self._shelf.text(name) or ""), mistakes)
            except Mistaken:
                continue
            if not mistakes:
                found.append(one)
        return tuple(found)

    @staticmethod
    def read(path: Path) -> ImportMapping:
        """One that somebody saved, wherever it lies.

        Raises:
            MappingUnreadable: It has a mistake; the detail names line and reason.
        """
        mistakes: list[Mistake] = []
        try:
            with path.open("rb") as stream:
                text = stream.read(4 * MAX_SIZE).decode("utf-8-sig").replace("\r\n", "\n")
            read = read_mapping(TomlSource(path.name, text), mistakes)
        except UnicodeDecodeError:
            raise MappingUnreadable("UTF-8") from None
        except OSError as error:
            raise MappingUnreadable from error
        except Mistaken as error:
            raise MappingUnreadable(str(min(error.mistakes))) from error
        if mistakes:
            raise MappingUnreadable(str(min(mistakes)))
        return read


def read_mapping(source: TomlSource, mistakes: list[Mistake]) -> ImportMapping:
    """Read a file; what is wrong is added to `mistakes`."""
    top = EntryNode.top(source, mistakes)
    head = top.table("import", is_needed=True)
    ident = head.text("id", is_needed=True)
    if ident and not IS_ID(ident):
        head.wrong(f'"{ident}" is no id: small letters, digits and _ only', "id")
    columns = [_column(node) for node in top.tables("columns")[:_MOST]]
    twice = {c.target for n, c in enumerate(columns) if c.target in {d.target for d in columns[:n]}}
    for target in sorted(twice):
        top.wrong(f'two columns fill "{target}"', "columns")
    mapping = ImportMapping(
        form=head.text("form", is_needed=True),
        columns=tuple(columns),
        constants=_pairs(top, "constants"),
        implied=tuple(_implied(node) for node in top.tables("implied")),
        order=head.one_of("order", tuple(DayOrder)) if head.has("order") else "",
        century=Century(head.one_of("short_years", tuple(Century), default=str(Century.REFUSE))),
        sheet=head.text("sheet"),
        id=ident,
        title=head.words("title", is_needed=True),
        version=head.text("version", is_needed=True),
    )
    head.finish()
    top.finish()
    return mapping


def _column(node: EntryNode) -> ColumnMap:
    target, names = node.text("target", is_needed=True), node.texts("names")
    if not names:
        node.wrong('"names" is missing: by which headings the column is known')
    column = ColumnMap(target, names, _pairs(node, "codes"))
    node.finish()
    return column


def _implied(node: EntryNode) -> Implied:
    statuses, said = node.texts("statuses"), _pairs(node, "said")
    if not statuses or not said:
        node.wrong('"statuses" and "said" must both be there')
    node.finish()
    return Implied(statuses, said)


def _pairs(node: EntryNode, key: str) -> dict[str, str]:
    value = node.value(key)
    if value is None:
        return {}
    if not is_table(value):
        node.wrong(f'"{key}" must be a table of words: {{ "Yes" = "yes" }}', key)
        return {}
    good: dict[str, str] = {}
    for name, said in value.items():
        if isinstance(said, str):
            good[name] = said.strip()
        else:
            node.wrong(f'"{name}" in "{key}" must be a text in quotes', key, name)
    return good

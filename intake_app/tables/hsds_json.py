"""HSDS 3 JSON as tables: nested ("compiled") organizations, services, or one list per table.

Nothing is judged here but the shape; a row's place is its JSON path, so that a person finds it.
"""

import json
from typing import Any, Final

from intake_app.domain.change import Value
from intake_app.domain.errors import BadImport
from intake_app.domain.provider import stable_id
from intake_app.domain.provider_file import Reason
from intake_app.tables.csv_file import decode
from intake_app.tables.hsds_names import CHILDREN, SINGLE, SMALL, TABLES, TEXTS
from intake_app.tables.rows import BadNumber, Findings, Row, Tables, as_list, as_object

_DEEPEST: Final = 12
_DIGITS: Final = 30


def parse_json(raw: bytes) -> Value:
    """The value of a JSON file; numbers that JSON should not hold become `BadNumber`.

    Raises:
        BadImport: It is not JSON; the detail is the line.
    """
    try:
        return json.loads(
            decode(raw),
            parse_constant=lambda _: BadNumber(),
            parse_int=_integer,
            parse_float=_float,
        )
    except json.JSONDecodeError as error:
        raise BadImport(f"line {error.lineno}") from error
    except RecursionError as error:
        raise BadImport from error


def _integer(digits: str) -> Value:
    return int(digits) if len(digits) <= _DIGITS else BadNumber()


def _float(digits: str) -> Value:
    return float(digits) if len(digits) <= _DIGITS else BadNumber()


class HsdsJson:
    """Takes a JSON value apart into tables.

    Attributes:
        tables: What was found.
        is_whole: Whether the file lists organizations with all their services.
    """

    def __init__(self, findings: Findings) -> None:
        self.tables: Tables = {}
        self.is_whole = False
        self._findings = findings

    def read(self, value: Value) -> None:
        """Take the whole file in.

        Raises:
            BadImport: It holds nothing that could be a list of providers.
        """
        rows, entry = as_list(value), as_object(value)
        if entry is not None:
            self._read_object(entry)
        elif rows is not None:
            self._read_list("$", rows)
        else:
            raise BadImport("$")

    def _read_object(self, value: dict[str, Any]) -> None:
        lists = {name: rows for name in value if (rows := as_list(value[name])) is not None}
        known = [name for name in lists if name in TABLES]
        if "contents" in lists:  # a page of an HSDS API
            self._read_list("$.contents", lists["contents"])
        elif {"id", "name"} & value.keys() or as_object(value.get("service")) is not None:
            self._read_list("$", [value])
        elif known:
            for name in known:
                self._many(TABLES[name], f"$.{name}", lists[name], {}, 0)
            self.is_whole = {"organization", "service"} <= self.tables.keys()
        else:
            raise BadImport("$")

    def _read_list(self, where: str, rows: list[Any]) -> None:
        table = _table_of(rows)
        self.is_whole = table == "organization"
        self._many(table, where, rows, {}, 0)
        for name in SMALL:  # nested HSDS leaves out what is empty
            self.tables.setdefault(name, [])
        for row in self.tables.get("service", []):
            for column in TEXTS:
                row.cells.setdefault(column, None)

    def _many(
        self, table: str, where: str, rows: list[Any], parent: dict[str, str], depth: int
    ) -> None:
        self.tables.setdefault(table, [])
        for n, row in enumerate(rows):
            self._one(table, f"{where}[{n}]", row, parent, depth)

    def _one(self, table: str, where: str, value: Value, parent: dict[str, str], depth: int) -> str:
        """Take in one entry and all that hangs on it; its id."""
        entry = as_object(value)
        if entry is None or depth > _DEEPEST:
            self._findings.skip(where, Reason.NOT_A_ROW)
            return ""
        inner = {*CHILDREN.get(table, ()), *SINGLE.get(table, ())}
        row = Row(where, {n: v for n, v in entry.items() if n not in inner})
        for key, ident in parent.items():
            row.cells.setdefault(key, ident)
        for name in SINGLE.get(table, ()):
            if entry.get(name) is not None:
                held = self._one(name, f"{where}.{name}", entry[name], {}, depth + 1)
                row.cells.setdefault(f"{name}_id", held)
        ident = identify(table, row)
        self.tables.setdefault(table, []).append(row)
        self._children(table, where, entry, {f"{table}_id": ident}, depth)
        return ident

    def _children(
        self, table: str, where: str, entry: dict[str, Any], parent: dict[str, str], depth: int
    ) -> None:
        for name in CHILDREN.get(table, ()):
            inside = as_list(entry.get(name))
            place = f"{where}.{name}"
            if inside is not None:
                self._many(TABLES[name], place, inside, parent, depth + 1)
            elif name == "local" and name in entry:
                self._one("local", place, entry[name], parent, depth + 1)
            elif entry.get(name) is not None:
                self._findings.leave_out(place, Reason.NOT_A_LIST)


def _table_of(rows: list[Any]) -> str:
    entries = (entry for row in rows if (entry := as_object(row)))
    first = next(entries, dict[str, Any]())
    if "location" in first or "service" in first:
        return "service_at_location"
    is_service = {"organization", "organization_id", "service_at_locations"} & first.keys()
    return "service" if is_service else "organization"


def identify(table: str, row: Row) -> str:
    """The id of a row; where the file gives none, one is made from its name, the same each time.

    Args:
        table: Which table.
        row: The row; its cell "id" is filled in.
    """
    ident = _plain(row.cells.get("id"))
    if not ident:
        row.has_made_id = True
        parts = [_plain(row.cells.get(name)) for name in _NAMED_BY]
        ident = stable_id(table, *parts) if any(parts) else ""
    row.cells["id"] = ident
    return ident


_NAMED_BY: Final = (
    "organization_id", "service_id", "location_id", "name", "latitude", "longitude",
)  # fmt: skip


def _plain(value: Value) -> str:
    is_plain = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return str(value).strip() if is_plain else ""

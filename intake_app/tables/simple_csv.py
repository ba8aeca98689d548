"""A plain spreadsheet of providers: one row a service, the column names of the sample file.

Each row is spread over the tables of HSDS, so that everything is read and judged in one place. A
column that the sheet does not have says nothing and changes nothing.
"""

import re
from collections.abc import Sequence
from typing import Final

from intake_app.domain.provider import LOCAL, stable_id
from intake_app.tables.hsds_json import identify
from intake_app.tables.rows import Findings, Row, Tables
from intake_app.tables.schedule_rule import DAYS

NEEDED: Final = {"organization", "service"}
"""Columns that make a file a sheet of this kind."""

_SERVICE: Final = {
    "service": "name", "service_id": "id", "description": "description", "email": "email",
    "url": "url", "status": "status", "interpretation": "interpretation_services",
    "eligibility": "eligibility_description", "application": "application_process",
    "fees": "fees_description", "min_age": "minimum_age", "max_age": "maximum_age",
    "assured_date": "assured_date", "alert": "alert", "wait_time": "wait_time",
}  # fmt: skip
_LOCATION: Final = {
    "location": "name", "location_id": "id", "latitude": "latitude", "longitude": "longitude",
}  # fmt: skip
_ADDRESS: Final = {
    "address": "address_1", "city": "city", "state": "state_province", "zip": "postal_code",
}  # fmt: skip
_LISTS: Final = {
    "types": ("attribute", "value"), "languages": ("language", "name"),
    "documents": ("required_document", "document"), "accessibility": ("accessibility", "details"),
}  # fmt: skip
_SENTENCES: Final = {"documents", "accessibility"}
_HOURS: Final = re.compile(
    r"(?P<days>[a-z ,&-]+?)\s*(?P<from>\d{1,2}(?::\d\d)?)\s*(?P<am>[ap]m)?\s*(?:-|to)\s*"
    r"(?P<to>\d{1,2}(?::\d\d)?)\s*(?P<pm>[ap]m)?"
)
_NAMES: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_ALWAYS: Final = frozenset({"24/7", "24 hours", "always", "open 24 hours"})


class SimpleCsv:
    """Spreads the rows of one sheet over tables.

    Attributes:
        tables: What was found.
    """

    def __init__(self, names: list[str], findings: Findings) -> None:
        """Look at the first row.

        Args:
            names: The column names.
            findings: Where cells that cannot be read are named.
        """
        self._findings = findings
        told = {table for column, (table, _) in _LISTS.items() if column in names}
        told |= {"phone"} if {"phone", "fax"} & set(names) else set()
        told |= {"schedule"} if "hours" in names else set()
        told |= {"address"} if set(_ADDRESS) & set(names) else set()
        parents = ("organization", "service", "location", "service_at_location")
        self.tables: Tables = {table: [] for table in (*parents, *told)}

    def read(self, row: Row) -> None:
        """Take one row in."""
        owner = self._add("organization", row, {
            "id": row.cells.get("organization_id"), "name": row.cells.get("organization"),
        })  # fmt: skip
        cells = _renamed(row, _SERVICE) | _renamed(row, {n: n for n in LOCAL})
        place = self._place(row, owner)
        cells |= {"organization_id": owner, "location_id": place}
        service = self._add("service", row, cells)
        if place:
            self._add("service_at_location", row, {"service_id": service, "location_id": place})
        for column, (table, cell) in _LISTS.items():
            on = {"location_id": place} if table == "accessibility" and place else {}
            for word in self._words(row, column):
                self._add(table, row, {cell: word, "service_id": service, **on})
        for kind, column in {"voice": "phone", "fax": "fax"}.items():
            if number := row.cells.get(column):
                self._add("phone", row, {"number": number, "type": kind, "service_id": service})
        for hours in self._hours(row):
            self._add("schedule", row, {**hours, "service_id": service})

    def _words(self, row: Row, column: str) -> list[str]:
        if column not in _SENTENCES:
            return self._findings.words(row, column)
        text = self._findings.text(row, column) or ""
        return [part for sentence in text.split(";") if (part := sentence.strip())]

    def _add(self, table: str, row: Row, cells: dict[str, object]) -> str:
        added = Row(row.where, cells)
        self.tables[table].append(added)
        return identify(table, added)

    def _place(self, row: Row, owner: str) -> str:
        cells = _renamed(row, _LOCATION)
        address = _renamed(row, _ADDRESS)
        if not any((*cells.values(), *address.values())):
            return ""
        made = stable_id("location", owner, *map(str, (*cells.values(), *address.values())))
        cells["id"] = cells.get("id") or made
        place = self._add("location", row, {**cells, "organization_id": owner})
        if address:
            self._add("address", row, {**address, "location_id": place})
        return place

    def _hours(self, row: Row) -> list[dict[str, object]]:
        said = self._findings.text(row, "hours") or ""
        if said.casefold() in _ALWAYS:
            return [_open(DAYS, "00:00", "24:00", said)]
        found: list[dict[str, object]] = []
        for part in filter(None, (part.strip() for part in said.split(";"))):
            match = _HOURS.fullmatch(part.casefold().replace("–", "-"))  # noqa: RUF001
            days = _days(match["days"]) if match else []
            if match is None or not days:  # the join names it as hours that are not understood
                found.append({"description": part, "freq": "?"})
                continue
            opens, closes = _clock(match["from"], match["am"]), _clock(match["to"], match["pm"])
            found.append(_open(days, opens, closes, part))
        return found


def _renamed(row: Row, names: dict[str, str]) -> dict[str, object]:
    return {new: row.cells[old] for old, new in names.items() if old in row.cells}


def _open(days: Sequence[str], opens: str, closes: str, words: str) -> dict[str, object]:
    return {
        "freq": "WEEKLY", "byday": ",".join(days), "opens_at": opens, "closes_at": closes,
        "description": words,
    }  # fmt: skip


def _days(said: str) -> list[str]:
    """Day codes from "mon-fri" or "sat, sun" or "daily"; empty where a word is no day."""
    if said.strip() in {"daily", "every day"}:
        return list(DAYS)
    found: list[str] = []
    for part in re.split(r"[,&]|\band\b", said):
        ends = [_weekday(word.strip()) for word in re.split(r"-|\bto\b", part)]
        if None in ends or len(ends) > 2:
            return []
        first, last = ends[0] or 0, ends[-1] or 0
        found += [DAYS[(first + n) % 7] for n in range((last - first) % 7 + 1)]
    return found


def _weekday(word: str) -> int | None:
    """Monday is 0; "m" could be nothing else, but "t" and "s" could: two letters at least."""
    begun = (n for n, name in enumerate(_NAMES) if len(word) > 1 and name.startswith(word))
    return next(begun, None)


def _clock(said: str, half: str | None) -> str:
    hour, _, minute = said.partition(":")
    number = int(hour)
    if half:
        number = number % 12 + (12 if half == "pm" else 0)
    return f"{number:02d}:{minute or '00'}"

"""The small tables of HSDS, which hang on a service or a place: phones, hours and the like.

Each method answers None where the file does not speak of such things at all, so that an import
changes nothing there, and an empty list where it says that there are none.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.provider_file import Reason
from intake_app.tables.hsds_names import PARENTS, SMALL
from intake_app.tables.rows import MOST_PARTS, Findings, Row, Tables, unique
from intake_app.tables.schedule_rule import schedule_of

_LANGUAGES: Final = {
    "english": "en", "spanish": "es", "español": "es", "french": "fr", "german": "de",
    "chinese": "zh", "vietnamese": "vi", "arabic": "ar", "russian": "ru", "haitian creole": "ht",
    "portuguese": "pt", "korean": "ko", "american sign language": "ase",
}  # fmt: skip
_ADDRESS: Final = ("address_1", "address_2", "city", "state_province", "postal_code")
Index = Mapping[str, Mapping[str, Row]]


class Parts:
    """Finds and reads the rows that hang on others."""

    def __init__(
        self, tables: Tables, findings: Findings, types: Mapping[str, str], parents: Index
    ) -> None:
        """Take the tables in.

        Args:
            tables: What the file holds.
            findings: Where rows and cells that are left out are named.
            types: Service type ids by the words they are known under.
            parents: The big tables by id.
        """
        self._findings, self._types = findings, types
        self._told = {table for table in SMALL if table in tables}
        self._terms = {str(r.cells.get("id") or ""): r for r in tables.get("taxonomy_term", [])}
        self._on: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for table in self._told:
            for row in tables[table]:
                self._hang(table, row, parents)

    def _hang(self, table: str, row: Row, parents: Index) -> None:
        """Note under which entries a row hangs; the narrowest counts (HSDS allows several)."""
        links = {name: str(row.cells.get(f"{name}_id") or "") for name in PARENTS}
        if table == "attribute" and (link := row.cells.get("link_id")):
            links[str(row.cells.get("link_entity") or "service")] = str(link)
        said = {name: ident for name, ident in links.items() if ident}
        real = {n: i for n, i in said.items() if i in parents.get(n, {})}
        if not real:
            self._findings.skip(row.where, Reason.NO_PARENT)
        for name in ("service_at_location", "service", "location", "organization"):
            if name in real:
                self._on[table, name, real[name]].append(row)
                return

    def _rows(self, table: str, ids: Mapping[str, str]) -> list[Row]:
        return [row for name, ident in ids.items() for row in self._on[table, name, ident]]

    def local(self, ids: Mapping[str, str]) -> list[Row]:
        """The rows of the local extension, the narrowest last."""
        return self._rows("local", ids)[::-1]

    def phones(self, ids: Mapping[str, str]) -> list[Value] | None:
        """Numbers, the nearest first."""
        return self._list("phone", ids, self._phone)

    def of_service(self, row: Row, ids: Mapping[str, str], owner: str) -> dict[str, Value]:
        """All that hangs on a service at a place.

        Args:
            row: The service.
            ids: Of the service at a location, the service and the location.
            owner: Id of the organization, whose numbers count where there are no others.
        """
        found: dict[str, list[Value] | str | None] = {
            "phones": self.phones(ids) or self.phones({"organization": owner}),
            "schedules": self._schedules(ids),
            "languages": self._list("language", ids, self._language),
            "types": self._list("attribute", ids, self._type),
            "documents": self._list("required_document", ids, self._document),
            "fees": self._fees(row, ids),
        }
        return {name: value for name, value in found.items() if value is not None}

    def place(self, row: Row) -> dict[str, Value]:
        """What is known of a location."""
        ids = {"location": str(row.cells["id"])}
        fields: dict[str, Value] = {"location_id": row.cells["id"]}
        if (name := self._findings.text(row, "name")) is not None:
            fields["location"] = name
        degrees = {"latitude": 90.0, "longitude": 180.0}
        for column, most in degrees.items():
            number = self._findings.number(row, column, -most, most)
            if number is not None or self._findings.is_empty(row, column):
                fields[column] = number
        address = next(iter(self._on["address", "location", ids["location"]]), None)
        if address is not None:
            cells = {n: self._findings.text(address, n) or "" for n in _ADDRESS}
            state = f"{cells.pop('state_province')} {cells.pop('postal_code')}".strip()
            parts = (*cells.values(), state)
            fields |= {"address": ", ".join(p for p in parts if p), "city": cells["city"]}
        access = self._list("accessibility", ids, self._access)
        return fields | ({} if access is None else {"accessibility": " ".join(access)})

    def _list(
        self, table: str, ids: Mapping[str, str], read: Callable[[Row], Value]
    ) -> list[Value] | None:
        if table not in self._told:
            return None
        rows = self._few(self._rows(table, ids))
        return unique(value for row in rows if (value := read(row)))

    def _few(self, rows: list[Row]) -> list[Row]:
        for row in rows[MOST_PARTS : MOST_PARTS + 1]:
            self._findings.leave_out(row.where, Reason.TOO_MANY)
        return rows[:MOST_PARTS]

    def _schedules(self, ids: Mapping[str, str]) -> list[Value] | None:
        """The hours of the narrowest entry that has any: a service's own replace the building's."""
        for name, ident in ids.items():
            if rows := self._on["schedule", name, ident]:
                few = self._few(rows)
                return [kept for row in few if (kept := schedule_of(row, self._findings))]
        return [] if "schedule" in self._told else None

    def _phone(self, row: Row) -> Value:
        findings = self._findings
        said = row.cells.get("number")
        digits = said.strip(" \"'") if isinstance(said, str) else ""
        plus = "+" if digits.startswith("+") else ""  # no formula here
        bare = Row(row.where, {"number": digits[1:] if plus else digits or said})
        number = findings.text(bare, "number")
        if not number:
            findings.skip(row.where, Reason.NO_NAME, "number")
            return None
        number = plus + number
        extension = findings.text(row, "extension")
        kept = {
            "number": f"{number} ext. {extension}" if extension else number,
            "kind": (findings.text(row, "type") or "voice").casefold(),
            "note": findings.text(row, "description") or "",
        }
        return {name: text for name, text in kept.items() if text}

    def _language(self, row: Row) -> Value:
        code = (self._findings.text(row, "code") or "").casefold().split("-")[0]
        name = (self._findings.text(row, "name") or "").casefold()
        return code or _LANGUAGES.get(name, name)

    def _type(self, row: Row) -> Value:
        term = self._terms.get(str(row.cells.get("taxonomy_term_id") or ""), row)
        words = [self._findings.text(term, name) or "" for name in ("code", "term", "name")]
        words.append(self._findings.text(row, "value") or "")
        known = [self._types[w.casefold()] for w in words if w.casefold() in self._types]
        said = next((w for w in words if w), "")
        return known[0] if known else said.casefold().replace(" ", "_")

    def _document(self, row: Row) -> Value:
        return self._findings.text(row, "document") or self._findings.text(row, "name")

    def _access(self, row: Row) -> Value:
        said = [self._findings.text(row, n) or "" for n in ("description", "details")]
        return " ".join(text for text in said if text)

    def _fees(self, row: Row, ids: Mapping[str, str]) -> str | None:
        said = self._findings.text(row, "fees_description")
        costs = self._list("cost_option", ids, self._cost)
        if said is None and costs is None:
            return None
        return "; ".join(text for text in (said, *(costs or [])) if text)

    def _cost(self, row: Row) -> Value:
        said = [self._findings.text(row, n) or "" for n in ("option", "amount", "currency")]
        return self._findings.text(row, "amount_description") or " ".join(t for t in said if t)

"""Tables of HSDS joined into flat entries: one per organization, one per service at a location."""

from collections.abc import Iterable, Mapping
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import (
    ACTIVE,
    ORGANIZATION,
    SERVICE,
    STATUSES,
    organization_record,
    service_record,
)  # fmt: skip
from intake_app.domain.provider_file import Entry, ProviderFile, Reason
from intake_app.tables.hsds_json import identify
from intake_app.tables.hsds_names import PARENTS
from intake_app.tables.hsds_parts import Parts
from intake_app.tables.local_facts import local_facts
from intake_app.tables.rows import Findings, Row, Tables

_LONGEST_ID: Final = 100
_OLDEST: Final = 130
_SERVICE_TEXTS: Final = {
    "name": "name", "description": "description", "email": "email", "url": "url",
    "interpretation": "interpretation_services", "eligibility": "eligibility_description",
    "application": "application_process", "alert": "alert", "wait_time": "wait_time",
}  # fmt: skip
_ORGANIZATION_TEXTS: Final = ("name", "description", "email", "website")
_NOBODY: Final = Row("")


class HsdsJoin:
    """Joins the tables of one file."""

    def __init__(self, tables: Tables, findings: Findings, types: Mapping[str, str]) -> None:
        """Take the tables in.

        Args:
            tables: What the file holds.
            findings: Where rows and cells that are left out are named.
            types: Service type ids by the words they are known under.
        """
        self._findings = findings
        self._tables = tables
        self._by_id = {table: self._index(table) for table in PARENTS}
        self._places: dict[str, list[Row]] = {}
        for sal in self._rows("service_at_location"):
            self._places.setdefault(str(sal.cells.get("service_id") or ""), []).append(sal)
        self._parts = Parts(tables, findings, types, self._by_id)

    def read(self, *, is_whole: bool) -> ProviderFile:
        """All entries of the file.

        Args:
            is_whole: Whether organizations are listed with all their services. Where a row was
                left out, nobody can tell, and nothing counts as closed.
        """
        organizations = list(self._organizations())
        services = [entry for row in self._rows("service") for entry in self._services(row)]
        skipped = any(problem.is_skipped for problem in self._findings.problems)
        whole = frozenset(e.record for e in organizations) if is_whole and not skipped else ()
        return ProviderFile(
            (*organizations, *services),
            tuple(self._findings.problems),
            tuple(self._findings.marks),
            frozenset(whole),
        )

    def _rows(self, table: str) -> Iterable[Row]:
        return self._by_id[table].values()

    def _index(self, table: str) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for row in self._tables.get(table, []):
            ident = identify(table, row)
            if not ident or len(ident) > _LONGEST_ID or not ident.isprintable():
                self._findings.skip(row.where, Reason.BAD_ID)
            elif ident not in found:
                found[ident] = row
            elif _agree(found[ident], row):
                found[ident].cells.update(row.cells)
            else:
                self._findings.skip(row.where, Reason.GIVEN_TWICE)
        return found

    def _organizations(self) -> Iterable[Entry]:
        for row in self._rows("organization"):
            name = self._findings.text(row, "name")
            if not name:
                self._findings.skip(row.where, Reason.NO_NAME)
                row.cells["name"] = None
                continue
            ident = str(row.cells["id"])
            told = {n: self._findings.text(row, n) for n in _ORGANIZATION_TEXTS if n != "name"}
            told["url"] = told.pop("website")
            fields: dict[str, Value] = {"organization_id": ident, "name": name}
            fields |= {n: text for n, text in told.items() if text is not None}
            phones = self._parts.phones({"organization": ident})
            fields |= {"phones": phones} if phones is not None else {}
            yield Entry(
                organization_record(ident), ORGANIZATION, name, row.where, fields,
                has_made_id=row.has_made_id,
            )  # fmt: skip

    def _services(self, row: Row) -> Iterable[Entry]:
        ident = str(row.cells["id"])
        owner = self._owner(row)
        fields = self._about_service(row)
        if owner is None or fields is None:
            return
        for sal in self._places.get(ident, [_NOBODY]):
            place_id = str(sal.cells.get("location_id") or "")
            place = self._by_id["location"].get(place_id, _NOBODY)
            if place_id and place is _NOBODY:
                self._findings.skip(sal.where, Reason.NO_PARENT, "location_id")
                continue
            more = self._about_place(row, sal, place, owner)
            belongs = str(more.get("organization_id", ""))
            yield Entry(
                service_record(ident, place_id), SERVICE, str(fields["name"]), row.where,
                fields | more, organization_record(belongs) if belongs else RecordId(""),
                has_made_id=row.has_made_id,
            )  # fmt: skip

    def _owner(self, row: Row) -> Row | None:
        """The organization of a service; nobody where the file has no organizations at all."""
        belongs = str(row.cells.get("organization_id") or "")
        if not belongs or not self._by_id["organization"]:
            return _NOBODY
        owner = self._by_id["organization"].get(belongs)
        if owner is None or not owner.cells.get("name"):
            self._findings.skip(row.where, Reason.NO_PARENT, "organization_id")
            return None
        return owner

    def _about_service(self, row: Row) -> dict[str, Value] | None:
        findings = self._findings
        told = {name: findings.text(row, column) for name, column in _SERVICE_TEXTS.items()}
        status = (findings.text(row, "status") or ACTIVE).casefold()
        if not told["name"] or status not in STATUSES:
            reason = Reason.BAD_STATUS if told["name"] else Reason.NO_NAME
            findings.skip(row.where, reason, "status" if told["name"] else "name")
            return None
        fields: dict[str, Value] = {n: text for n, text in told.items() if text is not None}
        fields |= {"service_id": row.cells["id"], "status": status}
        ages = {"min_age": "minimum_age", "max_age": "maximum_age"}
        for name, column in ages.items():
            age = findings.number(row, column, 0, _OLDEST)
            if age is not None or findings.is_empty(row, column):
                fields[name] = age
        day = findings.day(row, "assured_date")
        return fields | ({"assured_date": day} if day is not None else {})

    def _about_place(self, row: Row, sal: Row, place: Row, owner: Row) -> dict[str, Value]:
        ids = {
            "service_at_location": str(sal.cells.get("id") or ""),
            "service": str(row.cells["id"]),
            "location": str(place.cells.get("id") or ""),
        }
        fields: dict[str, Value] = {}
        if owner is not _NOBODY:
            fields |= {"organization_id": owner.cells["id"], "organization": owner.cells["name"]}
        elif belongs := str(row.cells.get("organization_id") or ""):
            fields["organization_id"] = belongs
        if place is not _NOBODY:
            fields |= self._parts.place(place)
        fields |= self._parts.of_service(row, ids, str(owner.cells.get("id") or ""))
        rows = [row, *self._parts.local(ids), sal]
        return fields | local_facts(rows, self._findings)


def _agree(one: Row, other: Row) -> bool:
    """Whether two rows with one id say nothing that differs; the same place may be told twice."""
    return all(one.cells[name] == other.cells[name] for name in one.cells.keys() & other.cells)

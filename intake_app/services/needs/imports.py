"""What imports need of adapters, as Protocols; `wiring.imports` joins them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from intake_app.domain.import_mapping import ImportMapping
from intake_app.domain.import_table import TableFile


class Sheets(Protocol):
    """Reads tables from outside: `tables.table_files.TableFiles`."""

    def read(self, path: Path) -> TableFile:
        """All sheets of a file.

        Raises:
            TableUnreadable, OldSpreadsheet, NoSpreadsheet, TableTooBig, TableSuspicious,
            TableEmpty: What is wrong with it.
        """
        ...


class Mappings(Protocol):
    """Reads mappings: `rulebook.import_reader.ImportMappings`."""

    def shipped(self) -> tuple[ImportMapping, ...]:
        """Those that ship with the program or came in a pack, by id; broken ones are left out."""
        ...

    def read(self, path: Path) -> ImportMapping:
        """One that somebody saved.

        Raises:
            MappingUnreadable: It has a mistake; the detail names file, line and reason.
        """
        ...


@dataclass(frozen=True, slots=True)
class ImportParts:
    """What imports need.

    Attributes:
        sheets: Reads tables.
        mappings: Reads mappings.
    """

    sheets: Sheets
    mappings: Mappings

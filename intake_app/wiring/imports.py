"""Joins what imports need; called by `wiring.desk` when a desk is made. No rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.settings.resources import path

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.domain.import_table import TableFile
    from intake_app.services.needs.imports import ImportParts


class LateTables:
    """Reads tables; what opens spreadsheets is loaded with the first one, on the worker."""

    @staticmethod
    def read(path: Path) -> TableFile:
        """See `tables.table_files.TableFiles`."""
        from intake_app.tables.table_files import TableFiles

        return TableFiles().read(path)


def make_imports() -> ImportParts:
    """What imports need: readers of tables and of mappings."""
    from intake_app.rulebook.import_reader import ImportMappings
    from intake_app.rulebook.shelf import Shelf
    from intake_app.services.needs.imports import ImportParts

    mappings = ImportMappings(Shelf(path("forms"), path("resources")))
    return ImportParts(LateTables(), mappings)

"""The command `import`: a table of past cases by a mapping, as a dry run first.

It says rows and columns, and never what stands in a cell.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake_app.commands.options import PATH, Asking

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.commands.options import Asked
    from intake_app.domain.import_mapping import ImportMapping
    from intake_app.domain.import_row import RowFault
    from intake_app.domain.import_table import TableFile
    from intake_app.services.desk import Desk
    from intake_app.services.imports.looking import LookThrough
    from intake_app.services.imports.plan import Plan

_MOST_SAID = 50
"""Faults that are printed for people; --json prints more of them."""


def add_to(group: click.Group, default_profile: Callable[[], Path]) -> None:
    """Add `import`."""
    asking = Asking(default_profile)

    @group.command("import", help="Import a table of past cases. MAPPING is a file, or a form's id.")
    @click.argument("mapping")
    @click.argument("file", type=PATH)
    @click.option("--dry-run", is_flag=True, help="Look through it; write nothing.")
    @click.option("--again", is_flag=True, help="The same file was imported, and is meant again.")
    @asking.signed_in
    def import_past(asked: Asked, mapping: str, file: Path, dry_run: bool, again: bool) -> int:
        return _import(asked, mapping, file, is_dry=dry_run, is_meant=again)

    _ = import_past


def _import(asked: Asked, mapping: str, file: Path, *, is_dry: bool, is_meant: bool) -> int:
    from intake_app.domain.roles import May
    from intake_app.services.imports.importing import ImportWork, read_table
    from intake_app.services.imports.looking import LookThrough
    from intake_app.services.imports.plan import planned

    with asked.desk(May.IMPORT_PAST) as (_gate, desk):
        table = read_table(desk, file)
        plan = planned(desk, table, _mapping(desk, mapping, table))
        look = LookThrough(desk, plan)
        while not look.step():
            pass
        code = _tell(asked, plan, look)
        if is_dry:
            return code
        work = ImportWork(desk, plan, look, is_meant=is_meant)
        while not work.step():
            pass
        return asked.say({"imported": work.done, "import": work.ident})


def _mapping(desk: Desk, named: str, table: TableFile) -> ImportMapping:
    """A saved file, where there is one of this name; else by the headings, for a form."""
    from intake_app.services.imports.plan import imports_of, suggested

    if Path(named).is_file():
        return imports_of(desk).mappings.read(Path(named))
    return suggested(desk, table, named)


def _tell(asked: Asked, plan: Plan, look: LookThrough) -> int:
    """Say what was found; 1 where rows would be left out, or something is missing."""
    from intake_app.words import Words

    words, found = Words(), look.found
    missing = [one.label.said_in(words.language) for one in plan.missing()]
    remarks = [str(one) for one in (*plan.file.remarks, *plan.sheet.remarks)]
    facts: dict[str, object] = {
        "rows": found.rows, "good": found.good, "left_out": found.faulty, "open": found.open,
        "without_case": found.ledger, "missing_columns": missing,
        "days": "month first" if plan.rule.order == "mdy" else "day first",
        "days_unclear": plan.is_order_open, "imported_before": found.earlier is not None,
        "remarks": list(dict.fromkeys(remarks)),
        "columns": {column.heading: column.target.id for column in plan.columns},
    }  # fmt: skip
    if asked.as_json:
        facts["faults"] = [_fault(one) for one in found.faults]
    asked.say(facts)
    if not asked.as_json:
        for one in found.faults[:_MOST_SAID]:
            told = _fault(one)
            column = f", {told['column']}" if told["column"] else ""
            click.echo(f"row {told['row']}{column}: {told['why']}")
    return 1 if found.faulty or missing or plan.is_order_open else 0


def _fault(one: RowFault) -> dict[str, object]:
    why = str(one.why) or one.told.said_in("en")
    return {"row": one.row, "column": one.column, "why": why}

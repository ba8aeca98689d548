"""The command `import`: a table of past cases by a mapping, as a dry run first.

It says rows and columns, and never what stands in a cell.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from intake_app.commands.options import PATH, Asking
from intake_app.commands.speech import say, words_here

if TYPE_CHECKING:
    from intake_app.commands.options import Asked
    from intake_app.domain.import_mapping import ImportMapping
    from intake_app.domain.import_row import RowFault
    from intake_app.domain.import_table import TableFile
    from intake_app.services.desk import Desk
    from intake_app.services.imports.looking import LookThrough
    from intake_app.services.imports.plan import Plan

_MOST_SAID = 50
"""Faults that are printed for people; --json prints more of them."""


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `import`."""

    @group.command(
        "import", help="Import a table of past cases. MAPPING is a file, or a form's id."
    )
    @click.argument("mapping")
    @click.argument("file", type=PATH)
    @click.option("--dry-run", is_flag=True, help="Look through it; write nothing.")
    @click.option(
        "--again", is_flag=True, help="The same file was imported; bring in its other rows."
    )
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
        look = None if plan.missing() else LookThrough(desk, plan)
        while look is not None and not look.step():
            pass
        told = _told(plan, look)
        if is_dry or look is None:
            return _say(asked, told)
        work = ImportWork(desk, plan, look, is_meant=is_meant)
        while not work.step():
            pass
        done = {"imported": work.done, "import": work.ident}
        return _say(asked, told | done, is_done=True)


def _mapping(desk: Desk, named: str, table: TableFile) -> ImportMapping:
    """A saved file, where there is one of this name; else by the headings, for a form."""
    from intake_app.domain.import_errors import MappingUnreadable
    from intake_app.services.imports.plan import imports_of, suggested

    if Path(named).is_file():
        try:
            return imports_of(desk).mappings.read(Path(named))
        except MappingUnreadable as error:  # file, line and reason, so that it can be mended
            raise click.ClickException(error.detail or say(error.sentence())) from error
    return suggested(desk, table, named)


def _told(plan: Plan, look: LookThrough | None) -> dict[str, object]:
    """What was found; without a look, what is missing for one."""
    language = words_here().language
    remarks = [say(str(one)) for one in (*plan.file.remarks, *plan.sheet.remarks)]
    facts: dict[str, object] = {
        "columns": {column.heading: column.target.id for column in plan.columns},
        "missing_columns": [one.label.said_in(language) for one in plan.missing()],
        "days": "month first" if plan.rule.order == "mdy" else "day first",
        "days_unclear": plan.is_order_open,
        "remarks": list(dict.fromkeys(remarks)),
    }
    if look is None:
        return facts
    found = look.found
    return facts | {
        "rows": found.rows, "good": found.good, "left_out": found.faulty, "open": found.open,
        "without_case": found.ledger, "imported_before": found.earlier is not None,
        "faults": [_fault(one) for one in found.faults],
    }  # fmt: skip


def _say(asked: Asked, told: dict[str, object], *, is_done: bool = False) -> int:
    """Say it; 1 where nothing was imported and something has to be mended first."""
    wrong = told.get("left_out") or told["missing_columns"] or told["days_unclear"]
    code = 1 if wrong and not is_done else 0
    if asked.as_json:
        return asked.say(told, code)
    faults = cast("list[dict[str, object]]", told.pop("faults", []))
    asked.say(told)
    for one in faults[:_MOST_SAID]:
        column = f", {one['column']}" if one["column"] else ""
        click.echo(say("row {row}{column}: {why}", row=one["row"], column=column, why=one["why"]))
    return code


def _fault(one: RowFault) -> dict[str, object]:
    why = say(str(one.why)) or one.told.said_in(words_here().language)
    return {"row": one.row, "column": one.column, "why": why}

"""The command `export`: what leaves is told first, then asked for, then written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from intake_app.commands.options import PATH, Asked, Asking
from intake_app.commands.speech import say, words_here
from intake_app.domain.export_errors import AgreementNeeded, FileIsThere
from intake_app.domain.roles import May

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.services.desk import Desk
    from intake_app.services.exports.ask import ExportAsk, Prepared, Step


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `export`."""

    @group.command(help="Write MAPPING as a file for others; without MAPPING, list them.")
    @click.argument("mapping", required=False)
    @click.option("--from", "since", help="First day (YYYY-MM-DD).")
    @click.option("--to", "until", help="Last day (YYYY-MM-DD), included.")
    @click.option("--out", type=PATH, help="The new file; its codebook lies beside it.")
    @click.option("--agreement", help="Under which agreement: its number, or with whom.")
    @click.option("--reason", help="Why days or names may leave: consent, audit, research, …")
    @click.option("--less-exact", is_flag=True, help="Years for days; nothing that names anybody.")
    @click.option("--bom/--no-bom", "has_mark", default=None, help="The mark that Excel needs.")
    @click.option("--not-for-release", "is_internal", is_flag=True, help="Small figures too.")
    @click.option("--yes", is_flag=True, help="Write it without asking.")
    @asking.signed_in
    def export(asked: Asked, mapping: str | None, **told: Any) -> int:  # noqa: ANN401
        return _list(asked) if mapping is None else _export(asked, _ask(mapping, told), told)

    _ = export


def _list(asked: Asked) -> int:
    from intake_app.services.exports.exporting import exports_of

    with asked.desk(May.EXPORT_RECORDS) as (_, desk):
        for one in exports_of(desk):
            asked.say_line({
                "export": one.id, "title": one.title.said_in(asked.language),
                "reach": one.reach.name.lower(), "version": one.version,
            })  # fmt: skip
    return 0


def _ask(mapping: str, told: dict[str, Any]) -> ExportAsk:
    from intake_app.services.exports.ask import ExportAsk

    if not told["since"] or not told["until"] or told["out"] is None:
        raise click.UsageError(say("Name the days with --from and --to, and the file with --out."))
    return ExportAsk(
        mapping, told["since"], told["until"], told["agreement"] or "", told["reason"] or "",
        told["less_exact"], told["has_mark"], told["is_internal"],
    )  # fmt: skip


def _export(asked: Asked, ask: ExportAsk, told: dict[str, Any]) -> int:
    from intake_app.services.exports.ask import prepared_at_once
    from intake_app.services.exports.exporting import prepare_export, save_export

    out: Path = told["out"]
    if out.exists():
        raise FileIsThere
    with asked.desk(May.EXPORT_RECORDS) as (_, desk):
        ask = _with_agreement(desk, ask)
        prepared = prepared_at_once(prepare_export(desk, ask), _tell)
        _say_what_leaves(prepared)
        if not told["yes"] and not click.confirm(say("Write it?"), err=True):
            return 1
        files = save_export(desk, prepared, out)
    return asked.say({
        "file": str(files[0]), "bytes": files[0].stat().st_size, "rows": prepared.rows,
        "sha256": prepared.files[0].sha256, "beside": ", ".join(one.name for one in files[1:]),
    })  # fmt: skip


def _with_agreement(desk: Desk, ask: ExportAsk) -> ExportAsk:
    """The same with the agreement's record; it is named by its number, or with whom it is.

    Raises:
        AgreementNeeded: There is none of this name, or several.
    """
    from dataclasses import replace

    from intake_app.services.exports.agreements import agreements

    if not ask.agreement:
        return ask
    wanted = ask.agreement.casefold()
    found = [
        one for one in agreements(desk)
        if wanted in {one.id, one.paper.casefold(), one.to.casefold()}
    ]  # fmt: skip
    if len(found) != 1:
        raise AgreementNeeded
    return replace(ask, agreement=found[0].id)


def _tell(step: Step) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{step.done:,} / {step.of:,}", nl=False, err=True)


def _say_what_leaves(prepared: Prepared) -> None:
    """What leaves this computer, as the page shows it."""
    from intake_app.services.exports.words import leaving_lines

    click.echo("", err=True)
    for line in leaving_lines(prepared, words_here()):
        click.echo(line, err=True)

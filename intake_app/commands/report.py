"""The command `report`: measures, and what they came to, as told unless asked otherwise."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from intake_app.commands.options import PATH, Asked, Asking, group_in
from intake_app.commands.speech import say
from intake_app.domain.roles import May
from intake_app.words import mark

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.services.desk import Desk
    from intake_app.services.measures.periods import Period
    from intake_app.services.measures.viewing import View

_NOT_FOR_RELEASE = mark("Not for release: small numbers are shown.")


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `report list` and `report run`."""
    report = group_in(group, "report", help="Numbers: what is counted, and what it came to.")
    _add_list(report, asking)
    _add_run(report, asking)


def _add_list(report: click.Group, asking: Asking) -> None:
    @report.command("list", help="Name the measures, and by what each can be cut.")
    @click.option("--cuts", "of", metavar="MEASURE", help="Name by what MEASURE can be cut.")
    @asking.signed_in
    def list_measures(asked: Asked, of: str | None) -> int:
        return _list_cuts(asked, of) if of else _list(asked)

    _ = list_measures


def _add_run(report: click.Group, asking: Asking) -> None:
    @report.command("run", help="Count MEASURE; without days, in the last quarter that is over.")
    @click.argument("measure")
    @click.option("--from", "since", help="First day (YYYY-MM-DD).")
    @click.option("--to", "until", help="Last day (YYYY-MM-DD), included.")
    @click.option("--by", "cuts", multiple=True, metavar="CUT", help="Cut by this; up to two.")
    @click.option("--csv", "as_csv", is_flag=True, help="A table as CSV.")
    @click.option("--pdf", "as_pdf", is_flag=True, help="A paper; name its file with --out.")
    @click.option("--out", type=PATH, help="The new file; without it, to the screen.")
    @click.option("--language", default="", help="en or es; else the department's own.")
    @click.option("--not-for-release", "is_internal", is_flag=True, help="Small numbers too.")
    @asking.signed_in
    def run(asked: Asked, measure: str, **told: Any) -> int:  # noqa: ANN401 (as click gives them)
        return _run(asked, measure, told)

    _ = run


def _list(asked: Asked) -> int:
    from intake_app.services.measures.asking import measures_of

    with asked.desk(May.SEE_NUMBERS) as (_, desk):
        for one in measures_of(desk):
            asked.say_line({
                "measure": one.id, "family": one.family, "kind": str(one.kind),
                "title": one.title.said_in(asked.language), "version": one.version,
            })  # fmt: skip
    return 0


def _list_cuts(asked: Asked, measure: str) -> int:
    from intake_app.services.measures.asking import cuts_of

    with asked.desk(May.SEE_NUMBERS) as (_, desk):
        for one in cuts_of(desk, measure):
            asked.say_line({"cut": one.id, "title": one.label.said_in(asked.language)})
    return 0


def _run(asked: Asked, measure: str, told: dict[str, Any]) -> int:
    from intake_app.services.measures.viewing import view

    _refuse_wrong(asked, told)
    with asked.desk(May.SEE_NUMBERS) as (_, desk):
        period = _period(desk, told)
        shown = view(desk, measure, period, told["cuts"], is_internal=told["is_internal"])
        if told["is_internal"]:
            click.echo(say(_NOT_FOR_RELEASE), err=True)
            desk.station.note(desk.act(f"see numbers, not for release: {measure}"))
        data = _as_wanted(asked, desk, (shown, period), told)
    return _put(data, told["out"])


def _refuse_wrong(asked: Asked, told: dict[str, Any]) -> None:
    if sum((asked.as_json, told["as_csv"], told["as_pdf"])) > 1:
        raise click.UsageError(say("Choose one of --json, --csv and --pdf."))
    if told["as_pdf"] and told["out"] is None:
        raise click.UsageError(say("Name the file of the paper with --out."))
    if told["out"] is not None and told["out"].exists():
        raise click.UsageError(say("There is something of this name already. Choose a new one."))
    if bool(told["since"]) != bool(told["until"]):
        raise click.UsageError(say("Name both days, with --from and --to."))


def _period(desk: Desk, told: dict[str, Any]) -> Period:
    from intake_app.services.measures.periods import custom, last_full_quarter

    if told["since"]:
        return custom(told["since"], told["until"])
    return last_full_quarter(desk)


def _as_wanted(asked: Asked, desk: Desk, found: tuple[View, Period], told: dict[str, Any]) -> bytes:
    from intake_app.services.measures.tabling import table_of
    from intake_app.services.reports.measure_facts import facts_of
    from intake_app.services.reports.measure_paper import print_measure
    from intake_app.services.reports.table_file import table_file
    from intake_app.words import Words

    language = told["language"] or desk.own_language
    shown, period = found
    if told["as_pdf"]:
        return print_measure(desk, shown, period, language)
    if told["as_csv"]:
        return table_file(desk, shown, Words(language))
    if asked.as_json:
        facts = facts_of(shown, language)
        return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"
    table = table_of(shown.told, shown.asked, Words(language))
    lines = ["  ".join(table.heads).strip()]
    lines += ["  ".join((line.head, *line.cells)).strip() for line in table.lines]
    warning = [Words(language).text(_NOT_FOR_RELEASE)] if shown.told.is_internal else []
    return "\n".join([table.title, *warning, *lines, ""]).encode()


def _put(data: bytes, out: Path | None) -> int:
    from intake_app.disk.atomic import write_whole

    if out is None:
        sys.stdout.write(data.decode("utf-8-sig"))
    else:
        write_whole(out, data)
    return 0

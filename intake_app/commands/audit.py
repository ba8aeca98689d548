"""The commands of the audit trail: check it, check an export, export it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from intake_app.commands.options import PATH, Asked, Asking, group_in
from intake_app.commands.speech import say
from intake_app.disk.bounded import read_bounded
from intake_app.domain.audit_errors import BadExport, WordsDiffer

if TYPE_CHECKING:
    from pathlib import Path


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `audit verify` and `audit export`."""
    audit = group_in(group, "audit", help="The audit trail: check it, export it.")
    _add_verify(audit, asking)
    _add_export(audit, asking)


def _add_verify(audit: click.Group, asking: Asking) -> None:
    @audit.command(help="Check the chains of a profile, or a signed export without a profile.")
    @click.argument("file", type=PATH, required=False)
    @click.option("--words", help="The department's eight public words, for an export.")
    @asking.signed_in
    def verify(asked: Asked, file: Path | None, words: str | None) -> int:
        return _verify_file(asked, file, words or "") if file else _verify_profile(asked)

    _ = verify


def _add_export(audit: click.Group, asking: Asking) -> None:
    @audit.command("export", help="Write the trail, or what was archived of it, as signed files.")
    @click.argument("file", type=PATH)
    @click.option("--from", "first", help="From this day on (YYYY-MM-DD).")
    @click.option("--until", "last", help="Up to this day (YYYY-MM-DD).")
    @click.option("--archives", is_flag=True, help="What was archived; FILE is a new folder.")
    @asking.signed_in
    def export(
        asked: Asked, file: Path, first: str | None, last: str | None, *, archives: bool
    ) -> int:
        if archives:
            return _export_archives(asked, file)
        return _export(asked, file, _day(first), _day(last))

    _ = export


def _verify_profile(asked: Asked) -> int:
    from intake_app.domain.audit_trail import Standing
    from intake_app.services.audit.checking import verify_trails

    if not asked.user:
        raise click.UsageError(say("Name the file of an export, or who signs in with --user."))
    with asked.desk() as (_, desk):
        found = verify_trails(desk)
        for file, looked in found.items():
            asked.say_line({
                "file": str(file), "chain": str(looked.standing), "lines": looked.lines,
                "at_line": looked.at_line,
            })  # fmt: skip
    return 0 if all(one.standing is Standing.WHOLE for one in found.values()) else 1


def _verify_file(asked: Asked, file: Path, words: str) -> int:
    """Words are compared by this program where they are told, by a person where they are not."""
    from intake_app.services.audit.export_file import MOST_BYTES, check_export
    from intake_app.vault.audit_proof import prove

    data = read_bounded(file, MOST_BYTES)
    if data is None:
        raise BadExport
    checked = check_export(data, prove)
    typed = words.lower().replace(",", " ").split()
    if typed and tuple(typed) != checked.words:
        raise WordsDiffer
    for station, name, first, last, since, until in checked.runs:
        asked.say_line({
            "station": station, "file": name, "lines": f"{first}-{last}", "from": since,
            "until": until,
        })  # fmt: skip
    facts = {
        "department": checked.department, "made": checked.at, "by": checked.by,
        "lines": checked.lines, "words": " ".join(checked.words),
        "words_compared": bool(typed),
    }  # fmt: skip
    code = asked.say(facts)
    if not typed and not asked.as_json:
        print(say("The file is whole. Compare the eight words with those of the department."))
    return code


def _export(asked: Asked, file: Path, first: date | None, last: date | None) -> int:
    from intake_app.domain.roles import May
    from intake_app.services.audit.exporting import save_trail

    _refuse_known(file)
    with asked.desk(May.EXPORT_AUDIT) as (_, desk):
        words = save_trail(desk, file, first, last)
    size = file.stat().st_size
    return asked.say({"file": str(file), "bytes": size, "words": " ".join(words)})


def _export_archives(asked: Asked, folder: Path) -> int:
    from intake_app.disk.atomic import write_whole
    from intake_app.domain.roles import Compartment, May
    from intake_app.services.audit.keeping import archives, open_archive
    from intake_app.services.audit.parts import parts_of

    _refuse_known(folder)
    with asked.desk(May.EXPORT_AUDIT) as (_, desk):
        station = parts_of(desk).trails[Compartment.STATION].station
        found = [one for one in archives(desk) if one.station == station]
        opened = [(one.name, open_archive(desk, one.name)) for one in found]
        folder.mkdir(parents=True)
        for name, data in opened:
            write_whole(folder / f"{name}.jsonl", data)
    return asked.say({"folder": str(folder), "archives": len(opened)})


def _refuse_known(path: Path) -> None:
    if path.exists():
        raise click.UsageError(say("There is something of this name already. Choose a new one."))


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(say("Write the day as YYYY-MM-DD.")) from None

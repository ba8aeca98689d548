"""The commands of several departments: the county key, an extract, and merging extracts.

A department makes the key and extracts; whoever merges has a key of their own (`bundle recipient
--kind merger`) and no county key. Like `cli` this imports heavy parts when a command runs.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from intake_app.commands.options import PATH, Asked, Asking, group_in, read_passphrase
from intake_app.commands.speech import say, words_here
from intake_app.domain.disclosure import ENDING, MOST_FILE
from intake_app.domain.disclosure_errors import RecipientGone, SenderUnknown
from intake_app.domain.export_errors import AgreementNeeded, FileIsThere
from intake_app.domain.roles import May

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from intake_app.services.county.departments import County, Received
    from intake_app.services.county.extracting import CountyShown
    from intake_app.services.desk import Desk
    from intake_app.services.needs.county import Inbox

_MOST_KEY = 64 * 1024
_PAPER, _LINES = ".pdf", ".csv"


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `county`."""
    county = group_in(
        group, "county", help="Several departments counted together, without any name."
    )
    _add_keys(county, asking)
    _add_extract(county, asking)
    _add_merge(county, asking)


# --- the key ----------------------------------------------------------------------------------


def _add_keys(county: click.Group, asking: Asking) -> None:
    label = click.option("--label", required=True, help="What this key is called: the year.")

    @county.command("make-key", help="Make the county key; prints sixteen words for the others.")
    @label
    @asking.signed_in
    def make_key(asked: Asked, label: str) -> int:
        from intake_app.services.exports.county_key import county_key, make_county_key

        with asked.desk(May.EXPORT_RECORDS) as (_, desk):
            words = make_county_key(desk, label)
            state = county_key(desk)
        return asked.say({"words": " ".join(words), "name": state.name if state else ""})

    @county.command("enter-key", help="Enter the county key that another department made.")
    @label
    @click.option("--words-file", type=PATH, help="Its words; without it they are typed.")
    @click.option("--key-file", type=PATH, help="The key as a file, instead of words.")
    @click.option("--key-passphrase-file", type=PATH, help="What opens that file.")
    @asking.signed_in
    def enter_key(
        asked: Asked, label: str, words_file: Path | None, key_file: Path | None,
        key_passphrase_file: Path | None,
    ) -> int:  # fmt: skip
        from intake_app.services.exports.county_key import take_county_key, take_county_key_file

        with asked.desk(May.EXPORT_RECORDS) as (_, desk):
            if key_file is not None:
                secret = read_passphrase(key_passphrase_file)
                state = take_county_key_file(desk, _bounded(key_file), secret, label)
            else:
                state = take_county_key(desk, _typed(words_file), label)
        return asked.say({"name": state.name, "label": state.label})

    @county.command("give-key", help="Write the county key to a file for another department.")
    @click.option("--out", type=PATH, required=True, help="The new file.")
    @click.option("--key-passphrase-file", type=PATH, help="What is to open it; else it is typed.")
    @asking.signed_in
    def give_key(asked: Asked, out: Path, key_passphrase_file: Path | None) -> int:
        from intake_app.disk.new_files import refuse_taken, write_new
        from intake_app.services.exports.county_key import county_key_file

        refuse_taken([out])
        secret = read_passphrase(key_passphrase_file, is_new=True)
        with asked.desk(May.EXPORT_RECORDS) as (_, desk):
            write_new({out: county_key_file(desk, secret)})
        return asked.say({"file": str(out)})

    _ = (make_key, enter_key, give_key)


def _typed(file: Path | None) -> str:
    if file is not None:
        return read_passphrase(file)
    return str(click.prompt(say("The sixteen words"), hide_input=True, err=True))


# --- an extract -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leaving:
    """What an extract is asked for.

    Attributes:
        to: Name or id of who merges.
        since: First day.
        until: Last day.
        agreement: Its number, or with whom.
        reason: Code of an exception.
    """

    to: str
    since: str
    until: str
    agreement: str
    reason: str


def _add_extract(county: click.Group, asking: Asking) -> None:
    @county.command(help="Seal an extract for whoever merges; what leaves is told first.")
    @click.option("--for", "to", required=True, help="Who merges: name or id in the list.")
    @click.option("--from", "since", required=True, help="First day (YYYY-MM-DD).")
    @click.option("--to", "until", required=True, help="Last day (YYYY-MM-DD), included.")
    @click.option("--agreement", required=True, help="Its number, or with whom.")
    @click.option("--reason", default="audit", show_default=True, help="Why it may leave.")
    @click.option("--out", type=PATH, required=True, help="Folder that the file is written to.")
    @click.option("--yes", is_flag=True, help="Write it without asking.")
    @asking.signed_in
    def extract(asked: Asked, out: Path, yes: bool, **told: Any) -> int:  # noqa: ANN401
        return _extract(asked, Leaving(**told), out, is_sure=yes)

    _ = extract


def _extract(asked: Asked, leaving: Leaving, out: Path, *, is_sure: bool) -> int:
    from intake_app.services.county.extracting import (
        CountyAsk,
        county_recipients,
        county_would_leave,
        make_county_extract,
        save_county_extract,
    )
    from intake_app.services.exports.agreements import agreements

    if not out.is_dir():
        raise click.UsageError(say("Name a folder that is there with --out."))
    with asked.desk(May.EXPORT_RECORDS) as (_, desk):
        to = [one.id for one in county_recipients(desk) if leaving.to in {one.id, one.name}]
        wanted = leaving.agreement.casefold()
        under = [
            one.id for one in agreements(desk)
            if wanted in {one.id, one.paper.casefold(), one.to.casefold()}
        ]  # fmt: skip
        if len(to) != 1:
            raise RecipientGone
        if len(under) != 1:
            raise AgreementNeeded
        ask = CountyAsk(to[0], leaving.since, leaving.until, under[0], leaving.reason)
        shown = county_would_leave(desk, ask)
        for line in _leaves(desk, shown):
            click.echo(line, err=True)
        if not is_sure and not click.confirm(say("Write it?"), err=True):
            return 1
        made = make_county_extract(desk, shown)
        path = save_county_extract(desk, made, out)
    return asked.say({
        "file": str(path), "rows": shown.manifest.rows, "people": shown.manifest.people,
        "key": shown.manifest.generation, "open_by": made.expires, "sha256": made.file.sha256,
    })  # fmt: skip


def _leaves(desk: Desk, shown: CountyShown) -> Iterator[str]:
    from intake_app.services.county.words import county_leaving

    yield from county_leaving(desk, shown, words_here())


# --- merging ----------------------------------------------------------------------------------


def _add_merge(county: click.Group, asking: Asking) -> None:
    @county.command(help="Merge extracts: files, or folders with files that end in .sealed.")
    @click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
    @click.option("--key", type=PATH, required=True, help="Your key file.")
    @click.option("--key-passphrase-file", type=PATH, help="What opens it; else it is typed.")
    @click.option("--from", "since", required=True, help="First day (YYYY-MM-DD).")
    @click.option("--to", "until", required=True, help="Last day (YYYY-MM-DD), included.")
    @click.option("--table", "tables", multiple=True, help="'offered by race'; repeatable.")
    @click.option("--sender", multiple=True, help="Eight words of a department; repeatable.")
    @click.option("--out", type=PATH, help="A new file: .csv or .pdf; else it is printed.")
    @asking.signed_in
    def merge(asked: Asked, sources: tuple[Path, ...], key: Path, **told: Any) -> int:  # noqa: ANN401
        return _merge(asked, sources, key, told)

    _ = merge


def _merge(asked: Asked, sources: Sequence[Path], key: Path, told: dict[str, Any]) -> int:
    from intake_app.services.county.departments import county_numbers, open_inbox
    from intake_app.services.county.departments import receive as read_all

    out: Path | None = told["out"]
    if out is not None and out.suffix not in {_PAPER, _LINES}:
        raise click.UsageError(say("The file of --out ends in .csv or .pdf."))
    if out is not None and out.exists():
        raise FileIsThere
    files = _files(sources)
    secret = read_passphrase(told["key_passphrase_file"])
    with asked.desk(May.MERGE_DEPARTMENTS) as (_, desk):
        inbox = open_inbox(desk, _bounded(key), secret, str(key))
        found = read_all(desk, inbox, files)
        if found.strangers:
            _confirm(desk, inbox, found, told["sender"])
            found = read_all(desk, inbox, files)
        for one in found.refused:
            click.echo(f"{one.name}: {say(type(one.why).sentence())}", err=True)
        county = county_numbers(
            desk, found.came, told["since"], told["until"], _tables(told["tables"])
        )
        data = _written(desk, county, _LINES if out is None else out.suffix)
    return _say_merged(asked, county, out, data)


def _tables(named: Sequence[str]) -> list[Any]:
    from intake_app.services.county.plan import Wanted

    found = list[Any]()
    for one in named:
        measure, _, cuts = one.partition(" by ")
        found.append(Wanted(measure.strip(), tuple(cuts.replace(",", " ").split())))
    return found


def _confirm(desk: Desk, inbox: Inbox, found: Received, said: Sequence[str]) -> None:
    """Nobody's extract is believed before their words were compared on a call."""
    from intake_app.services.county.departments import confirm_sender

    given = {tuple(one.casefold().split()) for one in said}
    for one in found.strangers:
        if one.words in given:
            confirm_sender(desk, inbox, one)
            continue
        name = "".join(sign if sign.isprintable() else " " for sign in one.department)
        click.echo(say("An extract says that it is from: {name}", name=name), err=True)
        told = say("Call them. They read these words to you: {words}", words=" ".join(one.words))
        click.echo(told, err=True)
        if not sys.stdin.isatty() or not click.confirm(say("Are they the same?"), err=True):
            raise SenderUnknown
        confirm_sender(desk, inbox, one)


def _files(sources: Sequence[Path]) -> dict[str, bytes]:
    """The bytes of each file, by a name that is given once."""
    paths = list[Path]()
    for one in sources:
        if not one.exists():
            raise click.UsageError(say("One of the files or folders is not there."))
        paths += sorted(one.glob(f"*{ENDING}")) if one.is_dir() else [one]
    found = dict[str, bytes]()
    for path in paths:
        name = path.name if path.name not in found else str(path)
        found[name] = _bounded(path, MOST_FILE)
    return found


def _written(desk: Desk, county: County, ending: str) -> bytes:
    from intake_app.services.county.paper import county_lines, print_county

    return print_county(desk, county) if ending == _PAPER else county_lines(desk, county)


def _say_merged(asked: Asked, county: County, out: Path | None, data: bytes) -> int:
    from intake_app.disk.new_files import write_new
    from intake_app.services.county.paper import merge_in_words

    people = county.people.told.whole.number
    if out is None:
        if asked.as_json:
            print(
                json.dumps(
                    {
                        "departments": list(county.departments),
                        "people": people,
                        "known_until": county.today,
                        "table": data.decode("utf-8-sig"),
                    }
                )
            )
        else:
            for line in merge_in_words(county, words_here()):
                click.echo(line, err=True)
            print(data.decode("utf-8-sig"), end="")
        return 0
    write_new({out: data}, lambda: False)
    return asked.say({
        "file": str(out), "bytes": len(data), "departments": len(county.departments),
        "people": "not told" if people is None else people, "known_until": county.today,
    })  # fmt: skip


def _bounded(path: Path, most: int = _MOST_KEY) -> bytes:
    """The bytes of a file; of one that is larger than anybody would read, none: it is refused."""
    from intake_app.disk.bounded import read_bounded

    return read_bounded(path, most) or b""

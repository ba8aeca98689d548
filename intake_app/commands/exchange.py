"""The commands of the exchange, for scheduled tasks and for administrators without a window.

They do what the window does, by the same services and the same child processes. Like `cli` this
imports heavy parts when a command runs. Exit codes: 0 done, 1 refused or hindered, 2 wrong command.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from intake_app.commands.options import PATH, Asked, Asking, bundle_group, group_in
from intake_app.commands.speech import say, words_here
from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import StationId
from intake_app.settings.program import REQUESTS_TOO, TRY_STORE, carrier, command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from intake_app.services.desk import Desk
    from intake_app.services.exchanging.sticks import Stick, StickErrand
    from intake_app.wiring.joining import Join


LONGEST_CARRY = 6 * 60 * 60
"""Seconds after which a child that carries is stopped; the next one goes on where it was."""


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `sync`, `station`, `digest`, and what concerns stations to `bundle`."""
    _add_bundle(bundle_group(group), asking)
    _add_sync(group, asking)
    _add_station(group, asking)
    _add_digest(group, asking)


# --- bundles ----------------------------------------------------------------------------------


def _add_bundle(bundle: click.Group, asking: Asking) -> None:
    file = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))

    @bundle.command(help="Say what a file of the exchange claims to be; needs no key.")
    @file
    @asking.plain
    def inspect(asked: Asked, file: Path) -> int:
        from intake_app.exchange.inspection import inspect

        return asked.say(inspect(file.read_bytes()))

    @bundle.command(help="Check that a bundle is whole, and of a station of this department.")
    @file
    @asking.signed_in
    def verify(asked: Asked, file: Path) -> int:
        from intake_app.services.exchanging.exchanging import require_exchange

        with asked.desk() as (_, desk):
            return asked.say(require_exchange(desk).verify(file.read_bytes()))

    @bundle.command(help="Seal what waits, and carry bundles to a prepared stick or folder.")
    @click.option("--to", "folder", type=PATH, required=True, help="The stick, or a folder.")
    @click.option("--for", "stations", multiple=True, help="Only for this station; repeatable.")
    @click.option("--prepare", is_flag=True, help="Make an empty one ready first.")
    @asking.signed_in
    def export(asked: Asked, folder: Path, stations: tuple[str, ...], prepare: bool) -> int:
        with asked.desk() as (_, desk):
            to = tuple(map(StationId, stations))
            return _carry_stick(asked, desk, folder, to, prepare=prepare)

    @bundle.command("import", help="Take bundles from a stick or folder, or one bundle as a file.")
    @click.argument("source", type=click.Path(path_type=Path, exists=True))
    @asking.signed_in
    def take(asked: Asked, source: Path) -> int:
        with asked.desk() as (_, desk):
            if source.is_dir():
                return _carry_stick(asked, desk, source, (), prepare=False)
            return _take_file(asked, desk, source)

    _ = (inspect, verify, export, take)


def _take_file(asked: Asked, desk: Desk, source: Path) -> int:
    from intake_app.domain.roles import May
    from intake_app.services.exchanging.exchanging import exchange_round, require_exchange

    desk.require(May.CARRY_BUNDLES)
    name = require_exchange(desk).put_in(source.read_bytes())
    exchange_round(desk)
    words = say(
        "It is whole and lies in the tray. It counts as soon as its station's receipt names it."
    )
    return asked.say({"object": name, "words": words})


def _carry_stick(
    asked: Asked, desk: Desk, folder: Path, to: tuple[StationId, ...], *, prepare: bool
) -> int:
    """One way with a stick: what is on it comes, what it is for goes, all read back."""
    from intake_app.services.exchanging import sticks
    from intake_app.services.exchanging.exchanging import exchange_round

    exchange_round(desk, cut_now=True)
    errand = sticks.stick_question(desk, folder, to)
    stick = _look(desk, errand)
    if prepare and stick.may_prepare:
        errand, marker = sticks.prepare_stick(desk, folder)
        stick = _look(desk, errand, marker)
    if not stick.is_ready:
        return asked.say({"words": say((stick.why or _NotPrepared()).sentence())}, code=1)
    errand = sticks.StickErrand(stick.entry, to)
    told = sticks.note_stick(desk, errand, _ends(_child(sticks.stick_command(desk, errand))))
    exchange_round(desk)
    facts: dict[str, object] = {
        "came": told.brought.bundles, "receipts": told.brought.receipts,
        "went": told.taken.bundles, "bytes": told.taken.size, "safe to remove": told.is_safe,
    }  # fmt: skip
    if told.error is not None:
        facts["words"] = say(told.error.sentence())
    return asked.say(facts, code=1 if told.error else 0)


def _look(desk: Desk, errand: StickErrand, marker: str = "") -> Stick:
    """What lies on a stick; a marker is put there first, where one is given."""
    from intake_app.services.exchanging import sticks

    question = sticks.asked_of_stick(desk, errand)
    said = _child([TRY_STORE], {**question, "write": marker} if marker else question)
    return sticks.look_at_stick(desk, errand, said[-1])


class _NotPrepared(IntakeError):
    """This stick is not ready yet. An administrator makes it ready: type --prepare."""


# --- sync -------------------------------------------------------------------------------------


def _add_sync(group: click.Group, asking: Asking) -> None:
    @group.command(help="Exchange with all stores. Without --user only what is sealed is carried.")
    @click.option("--once", is_flag=True, required=True, help="One round, then end.")
    @click.option("--now", "cut_now", is_flag=True, help="Do not wait for the quarter of an hour.")
    @asking.signed_in
    def sync(asked: Asked, once: bool, cut_now: bool) -> int:
        from intake_app.services.exchanging.exchanging import exchange_round

        _ = once
        words = carrier(asked.profile, REQUESTS_TOO)
        if not asked.user:
            return _say_carried(asked, _ends(_child(words)), {})
        with asked.desk() as (_, desk):
            exchange_round(desk, cut_now=cut_now)
            lines = _ends(_child(words))
            exchange_round(desk)
            if any(line["came"] for line in lines):  # what came is answered at once
                lines += _ends(_child(words))
            return _say_carried(asked, lines, _state(desk))

    _ = sync


def _state(desk: Desk) -> dict[str, object]:
    from intake_app.services.exchanging.exchanging import exchange_state, say_state

    told = exchange_state(desk)
    if told is None:
        return {}
    return {"waits": told.state.waits, "unconfirmed": told.state.unconfirmed,
            "words": say_state(told, words_here())}  # fmt: skip


def _say_carried(
    asked: Asked, ends: Sequence[Mapping[str, Any]], state: Mapping[str, object]
) -> int:  # fmt: skip
    """What the carrier said at the end of each store, and where the exchange stands."""
    from intake_app.domain.error_names import error_named

    troubles = [say(error_named(str(one["trouble"])).sentence()) for one in ends if one["trouble"]]
    facts: dict[str, object] = {
        "stores": len({one["store"] for one in ends}),
        "came": sum(int(one["came"]) for one in ends),
        "went": sum(int(one["went"]) for one in ends),
        **state,
    }
    if troubles:
        facts["troubles"] = troubles
    return asked.say(facts, code=1 if troubles else 0)


# --- stations ---------------------------------------------------------------------------------


def _add_station(group: click.Group, asking: Asking) -> None:
    station = group_in(group, "station", help="The computers of the department.")
    place = click.Path(path_type=Path, exists=True)

    @station.command("list", help="Every station that was ever enrolled.")
    @asking.signed_in
    def list_stations(asked: Asked) -> int:
        from intake_app.services.exchanging.stations import stations

        with asked.desk() as (_, desk):
            for one in stations(desk):
                state = "this computer" if one.is_here else "struck" if one.is_struck else "active"
                asked.say_line(
                    {"letter": one.letter, "id": one.id, "state": state, "name": one.name}
                )
        return 0

    @station.command(help="On a new computer: ask to be let in. Prints eight words.")
    @click.option("--to", "folder", type=place, required=True, help="A stick or folder.")
    @asking.plain
    def request(asked: Asked, folder: Path) -> int:
        return asked.say({"words": " ".join(_joining(asked.profile).ask(folder))})

    @station.command(help="On a new computer: read the answer, and become a station.")
    @click.option("--from", "folder", type=place, required=True, help="A stick or folder.")
    @asking.plain
    def join(asked: Asked, folder: Path) -> int:
        joined = _joining(asked.profile).read_answer(folder)
        return asked.say({"letter": joined.letter, "words": " ".join(joined.words)})

    @station.command(help="Let a computer in. Type words that it shows: --words '4=tree 7=cup'.")
    @click.argument("ident")
    @click.option("--from", "folder", type=place, required=True, help="Where its request lies.")
    @click.option("--name", required=True, help="What it shall be called.")
    @click.option("--words", required=True, help="Two or more of its eight words, by place.")
    @asking.signed_in
    def enrol(asked: Asked, ident: str, folder: Path, name: str, words: str) -> int:
        return _enrol(asked, ident, folder, (name, words))

    @station.command(help="Strike a lost or stolen station, for ever.")
    @click.argument("ident")
    @asking.signed_in
    def strike(asked: Asked, ident: str) -> int:
        from intake_app.services.exchanging.stations import strike

        with asked.desk() as (_, desk):
            struck = strike(desk, StationId(ident), asked.passphrase())
        words = say("Struck. Change what opens the stores: it knows them.")
        return asked.say({"letter": struck.letter, "words": words})

    _ = (list_stations, request, join, enrol, strike)


def _joining(profile: Path) -> Join:
    from intake_app.domain.clock import SystemClock
    from intake_app.wiring.joining import Join

    return Join(profile, SystemClock())


def _enrol(asked: Asked, ident: str, folder: Path, said: tuple[str, str]) -> int:
    from intake_app.domain.enrolment_errors import BadRequest
    from intake_app.services.exchanging.stations import Enrol, enrol, requests

    name, words = said
    try:
        pairs = (part.partition("=") for part in words.split())
        places = {int(place): word for place, _, word in pairs}
    except ValueError:
        raise click.BadParameter(say("Words are typed as 4=tree 7=cup.")) from None
    with asked.desk() as (_, desk):
        found = next((one for one in requests(desk, folder) if one.station == ident), None)
        if found is None:
            raise BadRequest
        station = enrol(desk, Enrol(found.data, places, asked.passphrase(), name, folder))
    return asked.say({"letter": station.letter, "id": station.id})


# --- digest -----------------------------------------------------------------------------------


def _add_digest(group: click.Group, asking: Asking) -> None:
    @group.command(help="One line for each file that opens; equal on stations that agree.")
    @asking.signed_in
    def digest(asked: Asked) -> int:
        with asked.desk() as (gate, _):
            for name, found in gate.digests():
                asked.say_line({"file": name, "digest": found})
        return 0

    _ = digest


# --- children ---------------------------------------------------------------------------------


def _child(words: Sequence[str], asked: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
    """Run a hidden command as a process of its own; the lines of JSON that it says.

    Raises:
        click.ClickException: It ended without an answer; with what it said.
        IntakeError: What hindered it.
    """
    program, arguments = command(words)
    line = json.dumps(asked) + "\n" if asked is not None else ""
    done = subprocess.run(
        [program, *arguments], input=line, capture_output=True, text=True, check=False,
        timeout=LONGEST_CARRY,
    )  # fmt: skip
    said: list[dict[str, Any]] = [json.loads(text) for text in done.stdout.splitlines()]
    if not said and done.returncode:
        raise click.ClickException(done.stderr.strip() or say("The exchange ended early."))
    if said and "error" in said[-1]:
        from intake_app.domain.error_names import error_named

        raise error_named(str(said[-1]["error"]))
    return said


def _ends(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of what a carrier said: how it ended with each store."""
    return [line for line in lines if "trouble" in line]

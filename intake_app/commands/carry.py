"""`intake-app carry`: one round with each store, as a process of its own that may always be killed.

It needs no key of records, so it runs while the program is locked too. What it does it tells as
lines of JSON: while a store is worked with `{"store", "done", "whole"}`, and at its end what
`Carried.told` says. It is hidden: the window starts it, or a scheduled task.
"""

import argparse
import json
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from intake_app.disk.turn import own_turn
from intake_app.domain.errors import VaultDamaged, VaultMissing
from intake_app.domain.ids import StationId
from intake_app.domain.store_errors import CarrierBusy, StoreError, StoresUnreadable, StoreUnknown
from intake_app.exchange.carried import Carried, Tally
from intake_app.exchange.carrier import Errand, carry, remembered
from intake_app.exchange.stores import OpenedStore, StorePassword
from intake_app.exchange.trays import NOTES, Trays
from intake_app.settings.program import ATTACHED, CARRY, REQUESTS_TOO
from intake_app.settings.sent import keep_sent, sealed_bundles
from intake_app.settings.stores import StoreEntry, read_stores
from intake_app.vault.store_credentials import StoreCredentials


@dataclass(frozen=True, slots=True)
class Whose:
    """What identity.json says of a profile to somebody without keys."""

    agency: str
    profile: str
    station: StationId


def main(words: Sequence[str]) -> int:
    """Carry; 0: with every store that was asked, 1: something hindered one of them.

    Raises:
        VaultMissing, VaultDamaged: This is no profile of a station.
        StoresUnreadable: The list of stores cannot be read.
        StoreUnknown: It does not hold the one that was named.
    """
    asked = _parser().parse_args(words)
    if asked.attached:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    whose = _whose(asked.profile)
    with own_turn(asked.profile / NOTES / "turn") as is_mine:
        if is_mine:
            return _carry_each(asked, whose)
    _say(Carried(asked.store, is_whole=False, trouble=CarrierBusy.__name__).told())
    return 1


def _carry_each(asked: argparse.Namespace, whose: Whose) -> int:
    is_well, sealed = True, sealed_bundles(asked.profile)
    for entry in _chosen(asked.profile, asked.store, asked.place):
        for carried in _carry_all(asked, whose, entry):
            if carried.is_whole and not carried.trouble:
                with suppress(OSError):  # until the next round they count as not sent
                    keep_sent(asked.profile, sealed)
            _say(carried.told())
            is_well = is_well and not carried.trouble
    return 0 if is_well else 1


def _end_with_parent() -> None:
    """Who started this holds the other end of its input: it closes when they are gone."""
    sys.stdin.buffer.read()
    os._exit(3)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"intake-app {CARRY}")
    parser.add_argument("--profile", type=Path, required=True, help="Folder of the profile.")
    parser.add_argument("--store", default="", help="Id of one store; without: all but sticks.")
    parser.add_argument("--place", default="", help="Where the named stick is now.")
    parser.add_argument("--to", nargs="*", default=[], help="Stations that a stick is for.")
    parser.add_argument(ATTACHED, action="store_true", help="End with who started it.")
    parser.add_argument(REQUESTS_TOO, action="store_true", help="Look for new stations too.")
    return parser


def _chosen(profile: Path, hub: str, place: str) -> Iterator[StoreEntry]:
    try:
        stores = read_stores(profile)
    except (ValueError, OSError):
        raise StoresUnreadable from None
    if not hub:
        yield from (one for one in stores if one.kind != "stick" and not one.is_paused)
        return
    named = [one for one in stores if one.hub == hub]
    if not named:
        raise StoreUnknown
    yield replace(named[0], place=place or named[0].place)


def _carry_all(asked: argparse.Namespace, whose: Whose, entry: StoreEntry) -> Iterator[Carried]:
    """Rounds, until one brought all that there is: each brings only so much."""
    while True:
        carried = _carry(asked, whose, entry)
        yield carried
        if carried.is_whole or carried.trouble or not carried.came.objects:
            return


def _carry(asked: argparse.Namespace, whose: Whose, entry: StoreEntry) -> Carried:
    carried = Carried(entry.hub)
    tally = Tally(
        carried, lambda done, whole: _say({"store": entry.hub, "done": done, "whole": whole})
    )
    tally.expect(0)
    trays = Trays.of(asked.profile, whose.agency, whose.station)
    is_stick = entry.kind == "stick"
    errand = Errand(
        entry.hub, remembered(entry.marker), tuple(map(StationId, asked.to)),
        asks_requests=asked.requests or entry.is_local,
        stick=Path(entry.place) / entry.root if is_stick else None,
    )  # fmt: skip
    try:
        store = OpenedStore(entry, _password(whose, entry))
    except StoreError as error:
        carried.trouble, carried.is_whole = type(error).__name__, False
        return carried
    return carry(trays, store, errand, tally)


def _password(whose: Whose, entry: StoreEntry) -> StorePassword | None:
    """What opens a store.

    Raises:
        PasswordMissing: It was never entered here.
        NoKeyring: There is no keyring, or it does not open.
    """
    if entry.is_local:
        return None
    secret = StoreCredentials(whose.profile).recall(entry.hub, entry.place)
    return StorePassword(secret["user"], secret["password"])


def _whose(profile: Path) -> Whose:
    try:
        told = json.loads((profile / "identity.json").read_bytes())
        return Whose(str(told["agency"]), str(told["profile"]), StationId(str(told["station"])))
    except FileNotFoundError:
        raise VaultMissing("identity.json") from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise VaultDamaged("identity.json") from None


def _say(told: dict[str, object]) -> None:
    print(json.dumps(told), file=sys.stdout, flush=True)

"""Joins parts of different packages that belong to one thing; called by `app` when it is needed.

Like `app` and `makers` it may import inside functions, and has no rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.exchange.post_room import PostRoom
    from intake_app.services.disclosure_needs import Outsiders
    from intake_app.services.ending import Ending
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys


def make_ending(folder: Path, keys: Keys, files: Mapping[str, File], clock: Clock) -> Ending:
    """What the end of records needs, of a profile whose files are open."""
    from intake_app.services.ending import Ending
    from intake_app.storage.copies import FOLDER, Copies
    from intake_app.storage.upkeep import Upkeep
    from intake_app.vault.page_reader import PageReader
    from intake_app.vault.purge_ledger import PurgeLedger
    from intake_app.vault.signer import Signer

    beside = folder / FOLDER / "ledger"
    places = [folder / "ledger", *([beside] if beside.parent.is_dir() else [])]
    return Ending(
        Signer(keys), PurgeLedger(places),
        {Compartment(name): Upkeep(file) for name, file in files.items()},
        PageReader(folder, keys), Copies(folder, keys.file_key, clock),
    )  # fmt: skip


def make_outsiders(keys: Keys, clock: Clock) -> Outsiders:
    """What disclosures to people outside need, for who is signed in."""
    from intake_app.exchange.disclosure import Letters
    from intake_app.services.disclosure_needs import Outsiders
    from intake_app.vault.disclosure_seal import StationSeal
    from intake_app.vault.recipients import Recipients

    return Outsiders(Recipients(keys, clock), Letters(StationSeal(keys)))


def make_exchange(
    folder: Path, keys: Keys, files: Mapping[str, File], clock: Clock, ending: Ending
) -> PostRoom:
    """The post room of a profile whose files are open; call its `open` before anything is written.

    Raises:
        VaultMissing: There is no identity: this folder was restored, or copied.
    """
    from intake_app.exchange.boxes import Box
    from intake_app.exchange.fittings import Fittings
    from intake_app.exchange.post_room import PostRoom
    from intake_app.services.carried_endings import CarriedEndings
    from intake_app.services.setting_up import registry_entries
    from intake_app.storage.streams import Streams
    from intake_app.vault.exchange_keys import ExchangeKeys
    from intake_app.vault.growth import RegistryGrowth
    from intake_app.vault.own_streams import OwnStreams

    station, growth = files[Compartment.STATION], RegistryGrowth(keys)
    return PostRoom(Fittings(
        sealing=ExchangeKeys(keys),
        own=OwnStreams.of(folder),
        files={Compartment(name): Streams(file, lambda user: keys.registry.is_author(user))
               for name, file in files.items()},
        inbox=Box(folder / "in"),
        outbox=Box(folder / "out"),
        notes=station,
        clock=clock,
        user=keys.user,
        grow_registry=lambda: growth.take(registry_entries(station)),
        endings=CarriedEndings(ending),
        program=_version(),
    ))  # fmt: skip


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("intake-app")
    except PackageNotFoundError:  # run from a folder that was never installed
        return ""

"""Joins what a desk needs of a profile whose files are open: files, endings, outsiders, stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment

TRAINING = "training"
"""Meta line of `station` in a training profile: its papers say SAMPLE, whatever lies around it."""

INSIDE = "keys inside"
"""Meta line of each file: the keys that are kept inside it."""

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.services.needs.disclosure import Outsiders
    from intake_app.services.needs.ending import Copies, Ending
    from intake_app.services.needs.stores import StoreParts
    from intake_app.settings.agency import Agency
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys
    from intake_app.vault.registry import Registry


def make_files(
    folder: Path, keys: Keys, agency: Agency, clock: Clock, *, is_training: bool
) -> None:
    """The files of a department that was just made."""
    from intake_app.services.signing.setting_up import record_department
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.generations import KEPT_AS

    identity = keys.identity
    for name in Compartment:
        path, key = folder / f"{name}.db", keys.file_key(name)
        file = File.create(path, key, clock, identity.station, identity.epoch)
        file.set_meta(KEPT_AS, keys.inside(name))
        if name is Compartment.STATION:
            record_department(file, keys.user, agency, keys.registry_entries())
            file.set_meta(TRAINING, "yes" if is_training else "")
        file.close()


def make_ending(
    folder: Path, keys: Keys, files: Mapping[str, File], copies: Copies
) -> Ending:  # fmt: skip
    """What the end of records needs, of a profile whose files are open."""
    from intake_app.services.needs.ending import Ending
    from intake_app.storage.upkeep import Upkeep
    from intake_app.vault.page_reader import PageReader
    from intake_app.vault.purge_ledger import PurgeLedger
    from intake_app.vault.signer import Signer

    return Ending(
        Signer(keys), PurgeLedger([folder / "ledger"]),
        {Compartment(name): Upkeep(file) for name, file in files.items()},
        PageReader(folder, keys), copies,
    )  # fmt: skip


def make_outsiders(keys: Keys, clock: Clock) -> Outsiders:
    """What disclosures to people outside need, for who is signed in."""
    from intake_app.exchange.disclosure import Letters
    from intake_app.services.needs.disclosure import Outsiders
    from intake_app.vault.disclosure_seal import StationSeal
    from intake_app.vault.recipients import Recipients

    return Outsiders(Recipients(keys, clock), Letters(StationSeal(keys)))


def make_stores(folder: Path, keys: Keys) -> StoreParts:
    """What keeping stores and sticks needs, for who is signed in."""
    from intake_app.exchange.marker_desk import MarkerDesk
    from intake_app.services.needs.stores import StoreParts
    from intake_app.vault.exchange_keys import ExchangeKeys
    from intake_app.vault.keyfile import KeyFile
    from intake_app.vault.store_credentials import StoreCredentials

    profile = KeyFile.load(folder).text("profile")
    return StoreParts(folder, StoreCredentials(profile), MarkerDesk(ExchangeKeys(keys)))


def begin_file(file: File, name: Compartment, inside: str, registry: Registry) -> None:
    """Write into a new file the keys that lie in it, and under which cuts its own was made."""
    from intake_app.services.cards.file_keys import mark_of
    from intake_app.vault.generations import KEPT_AS

    for line, said in {KEPT_AS: inside, **mark_of(registry.cuts(name))}.items():
        file.set_meta(line, said)


def version_here() -> str:
    """Version of this program; empty where it runs from a copied folder."""
    from intake_app.settings.version import version

    return version()

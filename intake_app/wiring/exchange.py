"""Joins the post room, and the keys that travel to and from other stations."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.roles import Compartment
from intake_app.wiring.joining import sweep_joining
from intake_app.wiring.parts import begin_file, version_here

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.exchange.post_room import PostRoom
    from intake_app.services.needs.ending import Ending
    from intake_app.services.needs.stations import StationParts
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys
    from intake_app.vault.vault import Vault


def make_exchange(
    folder: Path, keys: Keys, files: Mapping[str, File], clock: Clock,
    needs: tuple[Ending, StationParts],
) -> PostRoom:  # fmt: skip
    """The post room of a profile whose files are open; call its `open` before anything is written.

    Raises:
        VaultMissing: There is no identity: this folder was restored, or copied.
    """
    from intake_app.exchange.boxes import Box
    from intake_app.exchange.fittings import Fittings
    from intake_app.exchange.post_room import PostRoom
    from intake_app.services.exchanging.carried_keys import KeysThatCame
    from intake_app.services.exchanging.carried_pages import CarriedPages
    from intake_app.services.purging.carried_endings import CarriedEndings
    from intake_app.services.signing.setting_up import registry_entries
    from intake_app.storage.streams import Streams
    from intake_app.vault.exchange_keys import ExchangeKeys
    from intake_app.vault.growth import RegistryGrowth
    from intake_app.vault.own_streams import OwnStreams

    station, growth, (ending, parts) = files[Compartment.STATION], RegistryGrowth(keys), needs

    came = KeysThatCame(station, keys.user, parts)

    def grow() -> bool:
        has_grown = growth.take(registry_entries(station))
        came.settle(has_grown=has_grown)
        return has_grown

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
        grow_registry=grow,
        endings=CarriedEndings(ending),
        pages=CarriedPages(station, keys.user, parts),
        program=version_here(),
    ))  # fmt: skip


def take_keys(
    folder: Path, vault: Vault, keys: Keys, files: Mapping[str, File], clock: Clock
) -> StationParts:
    """What letting stations in and passing keys on needs; `station` is open, `files` may grow.

    Colleagues whose keys have come can sign in from now on, and a file that this station has not
    yet is made where its keys were handed to who is signed in.
    """
    from intake_app.exchange.boxes import Box
    from intake_app.services.exchanging.carried_keys import handed, take_travel
    from intake_app.services.needs.stations import StationParts
    from intake_app.vault.generations import Generations
    from intake_app.vault.key_post import KeyPost
    from intake_app.vault.scale import has_role_for
    from intake_app.vault.station_desk import StationDesk

    parts = StationParts(
        StationDesk(folder, vault, keys, clock), KeyPost(keys, vault.key_file, clock),
        Generations(keys, files), Box(folder / "in"), Box(folder / "out"),
    )  # fmt: skip
    station = files[Compartment.STATION]
    sweep_joining(folder, clock)  # where it was killed after the last step but one
    take_travel(station, parts.post)
    for name, text in handed(station, parts.post).items():
        is_due = has_role_for(keys.roles, name) and keys.user in keys.registry.holders(name)
        if is_due and name is not Compartment.STATION and not keys.holds(name):
            with suppress(DiskFull, StorageFailed):  # the next sign-in makes it
                _make_file(folder, vault, keys, clock, (name, text))
    return parts


def _make_file(
    folder: Path, vault: Vault, keys: Keys, clock: Clock, made_of: tuple[Compartment, str]
) -> None:
    """Make a file that this station has not yet; its key is safe before it stands in its place."""
    from intake_app.storage.beside import make_beside, move_in
    from intake_app.vault.grants import new_file_key
    from intake_app.vault.own_streams import OwnStreams

    (name, text), stream, key = made_of, OwnStreams.of(folder).stream, new_file_key()
    path = folder / f"{name}.db"
    if path.exists():
        return  # a colleague made it here: they grant its key at their next sign-in
    make_beside(path, key, (clock, stream.station, stream.epoch),
                lambda file: begin_file(file, name, text, keys.registry))  # fmt: skip
    vault.share(keys, name, key)
    move_in(path)
    keys.give_file_key(name, key)

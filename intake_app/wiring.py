"""Joins parts of different packages that belong to one thing; called by `app` when it is needed.

Like `app` and `makers` it may import inside functions, and has no rules.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.roles import Compartment

TRAINING = "training"
"""Meta line of `station` in a training profile: its papers say SAMPLE, whatever lies around it."""

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.exchange.post_room import PostRoom
    from intake_app.services.disclosure_needs import Outsiders
    from intake_app.services.ending import Copies, Ending
    from intake_app.services.joining import Joined
    from intake_app.services.station_needs import StationParts
    from intake_app.services.store_needs import StoreParts
    from intake_app.settings.agency import Agency
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.enrolment import Answer
    from intake_app.vault.joining import Joining
    from intake_app.vault.keys import Keys
    from intake_app.vault.registry import Registry
    from intake_app.vault.vault import Vault


def make_files(
    folder: Path, keys: Keys, agency: Agency, clock: Clock, *, is_training: bool
) -> None:
    """The files of a department that was just made."""
    from intake_app.services.setting_up import record_department
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
    from intake_app.services.ending import Ending
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
    from intake_app.services.disclosure_needs import Outsiders
    from intake_app.vault.disclosure_seal import StationSeal
    from intake_app.vault.recipients import Recipients

    return Outsiders(Recipients(keys, clock), Letters(StationSeal(keys)))


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
    from intake_app.services.carried_endings import CarriedEndings
    from intake_app.services.carried_keys import KeysThatCame
    from intake_app.services.carried_pages import CarriedPages
    from intake_app.services.setting_up import registry_entries
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
        program=_version(),
    ))  # fmt: skip


def take_keys(
    folder: Path, vault: Vault, keys: Keys, files: Mapping[str, File], clock: Clock
) -> StationParts:
    """What letting stations in and passing keys on needs; `station` is open, `files` may grow.

    Colleagues whose keys have come can sign in from now on, and a file that this station has not
    yet is made where its keys were handed to who is signed in.
    """
    from intake_app.exchange.boxes import Box
    from intake_app.services.carried_keys import handed, take_travel
    from intake_app.services.station_needs import StationParts
    from intake_app.vault.generations import Generations
    from intake_app.vault.key_post import KeyPost
    from intake_app.vault.scale import has_role_for
    from intake_app.vault.station_desk import StationDesk

    parts = StationParts(
        StationDesk(folder, vault, keys, clock), KeyPost(keys, vault.key_file, clock),
        Generations(keys, files), Box(folder / "in"), Box(folder / "out"),
    )  # fmt: skip
    station = files[Compartment.STATION]
    _sweep_joining(folder, clock)  # where it was killed after the last step but one
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
                lambda file: _begin_file(file, name, text, keys.registry))  # fmt: skip
    vault.share(keys, name, key)
    move_in(path)
    keys.give_file_key(name, key)


class Join:
    """Becomes a station of a department that exists; fits `services.joining.JoinGate`.

    Args:
        folder: The profile that is to be.
        clock: Its clock.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    def is_begun(self) -> bool:
        """Whether this computer has asked, and was not answered yet."""
        return self._joining().is_begun

    def ask(self, place: Path | None) -> tuple[str, ...]:
        """Ask to be let in; see `JoinGate.ask`."""
        from intake_app.exchange.boxes import Box
        from intake_app.services.places_of_joining import put_into, request_name

        request = self._joining().request(_version())
        name, data = request_name(request.station), request.text.encode()
        Box(self._folder / "out").put(name, data)
        if place is not None:
            put_into(place, name, data)
        return request.words

    def read_answer(self, place: Path | None) -> Joined:
        """Read the answer, and become a station; see `JoinGate.read_answer`."""
        from intake_app.domain.enrolment_errors import NoAnswerYet
        from intake_app.exchange.boxes import Box
        from intake_app.services.joining import Joined
        from intake_app.services.places_of_joining import (
            answer_name,
            get_from,
            request_name,
            take_away,
        )
        from intake_app.vault.wordlist import fingerprint

        joining = self._joining()
        station = joining.request(_version()).station
        name = answer_name(station)
        data = get_from(place, name) if place else Box(self._folder / "in").get(name)
        if data is None:
            raise NoAnswerYet
        answer = joining.read(data)
        self._become(joining, answer)
        if place is not None:
            take_away(place, name, request_name(station))
        words = fingerprint(answer.registry.genesis_hash)
        return Joined(answer.told.department, answer.letter, words)

    def give_up(self) -> None:
        """Forget the request."""
        self._joining().give_up()

    def _become(self, joining: Joining, answer: Answer) -> None:
        """All steps; the key file is what makes it a station, and each may be done again."""
        from intake_app.settings.profile import Told, keep_told
        from intake_app.storage.beside import make_beside, move_in

        path = self._folder / f"{Compartment.STATION}.db"
        own = joining.prepare(answer)
        make_beside(path, answer.file_key, (self._clock, own.station, own.epoch),
                    lambda file: _fill_station(file, answer))  # fmt: skip
        keep_told(self._folder, Told(answer.told.department, (), answer.told.is_training))
        joining.settle(answer)
        move_in(path)
        _sweep_joining(self._folder, self._clock)

    def _joining(self) -> Joining:
        from intake_app.vault.joining import Joining

        return Joining(self._folder, self._clock)


def _sweep_joining(folder: Path, clock: Clock) -> None:
    """What joining needed goes, once this is a station: its request, the answer, the keys."""
    from intake_app.exchange.boxes import Box
    from intake_app.services.places_of_joining import ANSWERS, REQUESTS
    from intake_app.vault.joining import Joining

    joining = Joining(folder, clock)
    if not joining.is_left:
        return
    for tray, part in ((Box(folder / "out"), REQUESTS), (Box(folder / "in"), ANSWERS)):
        for name in tray.names(part):
            tray.remove(name)
    joining.give_up()


def _begin_file(file: File, name: Compartment, inside: str, registry: Registry) -> None:
    from intake_app.services.cards.file_keys import mark_of
    from intake_app.vault.generations import KEPT_AS

    for line, said in {KEPT_AS: inside, **mark_of(registry.cuts(name))}.items():
        file.set_meta(line, said)


def _fill_station(file: File, answer: Answer) -> None:
    from intake_app.domain.act import Act
    from intake_app.domain.change import Change
    from intake_app.domain.ids import UserId

    changes = [Change.from_line(line.encode()) for line in answer.told.lines]
    file.apply(changes, Act(UserId(answer.by), "join department"))
    _begin_file(file, Compartment.STATION, answer.inside, answer.registry)
    file.set_meta(TRAINING, "yes" if answer.told.is_training else "")


def make_stores(folder: Path, keys: Keys) -> StoreParts:
    """What keeping stores and sticks needs, for who is signed in."""
    from intake_app.exchange.marker_desk import MarkerDesk
    from intake_app.services.store_needs import StoreParts
    from intake_app.vault.exchange_keys import ExchangeKeys
    from intake_app.vault.keyfile import KeyFile
    from intake_app.vault.store_credentials import StoreCredentials

    profile = KeyFile.load(folder).text("profile")
    return StoreParts(folder, StoreCredentials(profile), MarkerDesk(ExchangeKeys(keys)))


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("intake-app")
    except PackageNotFoundError:  # run from a folder that was never installed
        return ""

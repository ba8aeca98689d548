"""Joins what brings a profile back from a backup, on a computer that has none, or over one.

Like `wiring` it may import inside functions, and has no rules.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment
from intake_app.wiring.backup import note_restored
from intake_app.wiring.parts import INSIDE, TRAINING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from intake_app.disk.backup_folder import Shelf
    from intake_app.domain.backup import Manifest
    from intake_app.domain.clock import Clock
    from intake_app.services.signing.bringing_back import Brought, FileFound, FoundBackup, Opener
    from intake_app.storage.backup_files import Found
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys
    from intake_app.vault.registry import Registry
    from intake_app.vault.vault import Vault
    from intake_app.wiring.records_here import RecordsThatAreHere


class BringBack:
    """Brings a profile back from a backup; fits `services.signing.bringing_back.BringBackGate`.

    Args:
        folder: The profile that is to be.
        clock: Its clock.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    def look(self, place: Path) -> Sequence[FoundBackup]:
        """See `BringBackGate.look`."""
        from intake_app.domain.backup_errors import NoBackupHere

        found = [one for root in _roots_in(place) for one in _backups_in(root)]
        if not found:
            raise NoBackupHere
        return sorted(found, key=lambda one: one.moment, reverse=True)

    def verify(self, found: FoundBackup, opener: Opener) -> Brought:
        """See `BringBackGate.verify`."""
        from intake_app.disk.bringing_back import drop_stage

        try:
            return self._prepare(found, opener)
        finally:
            drop_stage(self._folder)

    def bring_back(self, found: FoundBackup, opener: Opener, *, is_over: bool = False) -> Brought:
        """See `BringBackGate.bring_back`."""
        from intake_app.disk import bringing_back as moving
        from intake_app.domain.backup import moment_name
        from intake_app.domain.backup_errors import RecordsHere
        from intake_app.vault.keyfile import KeyFile
        from intake_app.wiring.records_here import RecordsThatAreHere

        if KeyFile.is_there(self._folder) and not is_over:
            raise RecordsHere
        here = RecordsThatAreHere(self._folder, self._clock)
        try:
            known = here.require_may_go(_agency_of(found), opener)
            brought = self._prepare(found, opener, known)
            aside = f"{moving.ASIDE}{moment_name(self._clock.now())}"
            moving.make_ready(self._folder, aside)
        except BaseException:
            moving.drop_stage(self._folder)
            raise
        return replace(brought, aside=moving.move_in(self._folder))

    # --- inside -------------------------------------------------------------------------------

    def _prepare(
        self, found: FoundBackup, opener: Opener, known: Sequence[str] | None = None
    ) -> Brought:
        """Copy it, open it, look through it; and make a profile of it, where it is to be kept.

        Args:
            found: Which.
            opener: What opens it.
            known: What was known of people here, where it is kept; None: it is only looked at.
        """
        from intake_app.disk.backup_folder import Shelf
        from intake_app.disk.bringing_back import begin_stage
        from intake_app.wiring.records_here import RecordsThatAreHere

        begun = time.monotonic()
        shelf, stage = Shelf(found.root), begin_stage(self._folder)
        manifest = _copied(shelf, found.moment, stage)
        here = RecordsThatAreHere(self._folder, self._clock)
        with _keys_of(stage, opener, self._clock, here) as (vault, keys):
            opened = Opened(stage, vault, keys, self._clock)
            try:
                brought = opened.look_through(shelf, manifest, known or ())
                if known is not None:
                    brought = self._keep(opened, shelf, manifest, brought)
            finally:
                opened.close()
        return replace(brought, seconds=time.monotonic() - begun)

    def _keep(
        self, opened: Opened, shelf: Shelf, manifest: Manifest, brought: Brought
    ) -> Brought:  # fmt: skip
        from intake_app.vault.backup_seal import shut_out_again
        from intake_app.vault.lockout import NAME as ATTEMPTS
        from intake_app.vault.purge_ledger import PurgeLedger

        stage = opened.stage
        if self._is_still_here(stage):
            (stage / ATTEMPTS).unlink(missing_ok=True)  # those that are counted here stay
        else:
            opened.count_anew(manifest)
        registry = opened.take_what_came_since()
        shut_out = shut_out_again(stage, registry)
        places = [stage / "ledger", self._folder / "ledger", shelf.ledger]
        ledger = PurgeLedger([one for one in places if one == places[0] or one.is_dir()])
        ledger.catch_up()
        opened.tell()
        return replace(brought, shut_out=shut_out, purged=len(ledger.lines()))

    def _is_still_here(self, stage: Path) -> bool:
        """Whether the identity of this very station survived: then its numbers go on from there."""
        from intake_app.domain.errors import IntakeError
        from intake_app.vault.identity import read_identity
        from intake_app.vault.keyfile import KeyFile

        file = KeyFile.load(stage)
        try:
            own = read_identity(self._folder, file.text("agency"), file.text("profile"))
        except IntakeError:
            return False
        return own.station == file.text("station")


class Opened:
    """A backup that was copied, and the files of it that open.

    Args:
        stage: Where it lies.
        vault: Of what lies there.
        keys: Of who opens it.
        clock: For audit lines.
    """

    def __init__(self, stage: Path, vault: Vault, keys: Keys, clock: Clock) -> None:
        from intake_app.wiring.keys import Opening

        self.stage, self._keys, self._clock = stage, keys, clock
        self._opening = Opening(stage, vault, keys, clock)  # a key may just have been changed
        self._files: dict[Compartment, File] = {}
        self._entries: list[str] = []

    def look_through(self, shelf: Shelf, manifest: Manifest, known: Sequence[str] = ()) -> Brought:
        """Open all that opens, and look for faults.

        Args:
            shelf: Where it lies.
            manifest: Of the backup.
            known: Entries of the registry that are known elsewhere.

        Raises:
            BackupBroken: A file is not whole, or nobody signed the manifest.
            NotAllowed: Who opens it left since, or the card was replaced.
        """
        from intake_app.services.signing import setting_up
        from intake_app.services.signing.bringing_back import Brought

        station = self._open(Compartment.STATION)
        self._entries = setting_up.registry_entries(station)
        self._keys.take_registry(self._entries)
        self._keys.take_inside(Compartment.STATION, station.meta(INSIDE))
        self._keys.take_registry([*self._entries, *self._beside(shelf), *known])
        self._require_signed(shelf, manifest)
        files = tuple(self._look(name) for name in manifest.compartments)
        return Brought(setting_up.read_agency(station).name, manifest.made, files)

    def count_anew(self, manifest: Manifest) -> None:
        """Become the station again, in a run of numbers of its own."""
        from intake_app.vault.backup_seal import become_again, begin_counting

        own = become_again(self.stage, manifest.identity)
        self._keys.identity = own
        for file in self._files.values():
            file.begin_epoch(own.epoch)
        begin_counting(self.stage, self._clock)
        note_restored(self.stage, manifest.made)

    def take_what_came_since(self) -> Registry:
        """Write what lay beside the backup into the registry; who left since is told there."""
        from intake_app.services.signing.setting_up import add_entries

        registry, station = self._keys.registry, self._files[Compartment.STATION]
        known = set(self._entries)
        missing = [text for text in registry.texts if text not in known]
        add_entries(station, self._keys.user, missing, "bring back backup")
        return registry

    def tell(self) -> None:
        """What the lock screen may know."""
        from intake_app.services.signing import setting_up
        from intake_app.settings.profile import Told, keep_told

        station = self._files[Compartment.STATION]
        people = [one for one in self._keys.registry.people if not one.is_revoked]
        releasers = setting_up.releasers_among(people)
        name, is_training = setting_up.read_agency(station).name, bool(station.meta(TRAINING))
        keep_told(self.stage, Told(name, releasers, is_training))

    def close(self) -> None:
        """Let go of the files; nothing is left beside them."""
        files, self._files = self._files, {}
        for file in files.values():
            file.close()

    def _open(self, name: Compartment) -> File:
        from intake_app.domain.backup_errors import BackupBroken
        from intake_app.domain.errors import Damaged, StoreMissing, WrongKey

        try:
            file = self._opening.open(name)
        except (Damaged, StoreMissing, WrongKey) as error:
            raise BackupBroken(name) from error
        self._files[name] = file
        return file

    def _beside(self, shelf: Shelf) -> list[str]:
        from intake_app.domain.backup import REGISTRY
        from intake_app.domain.errors import CannotOpen
        from intake_app.vault.backup_seal import BackupSeal

        with suppress(OSError, ValueError, KeyError, TypeError, CannotOpen):
            told = json.loads((shelf.ledger / REGISTRY).read_bytes())
            return BackupSeal(self.stage, self._keys).open_registry(str(told["sealed"]))
        return []

    def _require_signed(self, shelf: Shelf, manifest: Manifest) -> None:
        from intake_app.domain.backup import read_manifest
        from intake_app.domain.backup_errors import BackupBroken
        from intake_app.domain.errors import CannotOpen, Damaged
        from intake_app.vault.backup_seal import BackupSeal

        try:
            said = BackupSeal(self.stage, self._keys).read(shelf.text(manifest.moment))
            if read_manifest(said) == manifest:
                return
        except (CannotOpen, Damaged) as error:
            raise BackupBroken from error
        raise BackupBroken

    def _look(self, name: Compartment) -> FileFound:
        from intake_app.domain.backup_errors import BackupBroken
        from intake_app.services.signing.bringing_back import FileFound
        from intake_app.storage.backup_files import contents

        if not self._keys.holds(name):
            return FileFound(name, is_opened=False)
        file = self._files.get(name) or self._open(name)
        found: Found = contents(file, lambda: False)
        if file.faults() or found.faults:
            raise BackupBroken(name)
        return FileFound(name, True, found.records, found.audit)


@contextmanager
def _keys_of(
    stage: Path, opener: Opener, clock: Clock, here: RecordsThatAreHere
) -> Generator[tuple[Vault, Keys]]:
    from intake_app.domain.backup_errors import BackupBroken
    from intake_app.domain.errors import VaultDamaged, VaultMissing
    from intake_app.vault.backup_seal import begin_counting
    from intake_app.vault.vault import Vault
    from intake_app.wiring.records_here import opened_by

    begin_counting(stage, clock)
    try:
        vault = Vault.load(stage, clock)
    except (VaultDamaged, VaultMissing) as error:
        raise BackupBroken from error
    with here.counting(vault.key_file.text("profile"), opener):
        keys = opened_by(vault, opener)
    try:
        yield vault, keys
    finally:
        keys.drop()


def _agency_of(found: FoundBackup) -> str:
    from intake_app.domain.backup_errors import BackupBroken
    from intake_app.domain.errors import VaultDamaged, VaultMissing
    from intake_app.vault.keyfile import KeyFile

    try:
        return KeyFile.load(found.root / found.moment).text("agency")
    except (VaultDamaged, VaultMissing) as error:
        raise BackupBroken from error


def _copied(shelf: Shelf, moment: str, stage: Path) -> Manifest:
    from intake_app.disk.backup_folder import copy_file
    from intake_app.domain.backup_errors import BackupBroken
    from intake_app.domain.errors import Damaged, StorageFailed

    try:
        manifest = shelf.manifest(moment)
        for line in manifest.files:
            copied = copy_file(shelf.root / moment / line.name, stage / line.name)
            if copied.sha256 not in {line.sha256, line.was}:
                raise BackupBroken(line.name)
    except (Damaged, StorageFailed) as error:
        raise BackupBroken from error
    return manifest


def _roots_in(place: Path) -> Sequence[Path]:
    """Folders that may hold backups of a profile: somebody chose the place, or one inside it."""
    from intake_app.domain.backup import is_moment
    from intake_app.settings.backups import FOLDER

    with suppress(OSError):
        inside = [one for one in place.iterdir() if one.is_dir()]
        kept = [one / FOLDER for one in (place, *inside)]  # a whole profile folder was chosen
        deeper = [two for one in kept if one.is_dir() for two in one.iterdir() if two.is_dir()]
        above = [place.parent] if is_moment(place.name) else []
        return [*above, place, *inside, *deeper]
    return []


def _backups_in(root: Path) -> Sequence[FoundBackup]:
    from intake_app.disk.backup_folder import Shelf
    from intake_app.domain.errors import IntakeError
    from intake_app.services.signing.bringing_back import FoundBackup
    from intake_app.vault.keyfile import KeyFile
    from intake_app.vault.wordlist import fingerprint

    found: list[FoundBackup] = []
    for seen in Shelf(root).all_seen():
        with suppress(IntakeError, ValueError):
            words = fingerprint(KeyFile.load(root / seen.moment).text("genesis"))
            found.append(
                FoundBackup(root, seen.moment, seen.made, seen.size, words, seen.is_tested)
            )
    return found

"""The way in: from a passphrase to an open desk, and back.

What is heavy is imported when it is first needed, so that the lock screen is painted at once.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from intake_app.domain.act import Act
from intake_app.domain.clock import Clock, SystemClock
from intake_app.domain.errors import ChooseHat, IntakeError, NoGrant, WrongPassphrase
from intake_app.domain.ids import UserId
from intake_app.domain.roles import RECORDS, Compartment, Role
from intake_app.domain.sign_in_errors import BeginAgain
from intake_app.settings import profile, resources
from intake_app.settings.banner import banner_version, read_banner
from intake_app.settings.profile import read_told
from intake_app.wiring.parts import INSIDE, TRAINING
from intake_app.words import ENGLISH, filled_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from intake_app.coming_in import ComingIn
    from intake_app.rulebook.library import OwnTexts
    from intake_app.services.desk import Desk
    from intake_app.services.intakes.unsaved_drafts import UnsavedDrafts
    from intake_app.services.needs.everyday import DraftStore, Library
    from intake_app.services.signing.bringing_back import BringBackGate
    from intake_app.services.signing.joining import JoinGate
    from intake_app.settings.agency import Agency
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys
    from intake_app.vault.vault import Vault
    from intake_app.wiring.keys import Opening


class Entrance:
    """Opens one profile for one person, and closes it; see `services.signing.signing_in.Gate`."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self.folder = folder
        self._clock = clock or SystemClock()
        self._files: dict[str, File] = {}
        self._keys: Keys | None = None
        self._loaded: Vault | None = None
        self._coming: ComingIn | None = None
        self._unsaved: UnsavedDrafts | None = None
        self._own: OwnTexts | None = None
        self._leave: Act | None = None

    @property
    def is_training(self) -> bool:
        """Whether this profile holds fictional people only."""
        return read_told(self.folder).is_training

    def has_department(self) -> bool:
        """Whether the profile has been set up, whole or in ruins."""
        self._finish_restore()
        return (self.folder / "vault.json").exists() or (self.folder / "station.db").exists()

    def department(self) -> str:
        """Name of the department."""
        return read_told(self.folder).department

    def releasers(self) -> tuple[str, ...]:
        """Shown names of those who can release a locked sign-in."""
        return read_told(self.folder).releasers

    @property
    def joining(self) -> JoinGate:
        """The way into a department that works on other computers already."""
        from intake_app.wiring.joining import Join

        return Join(self.folder, self._clock)

    @property
    def bringing_back(self) -> BringBackGate:
        """The way back from a backup."""
        from intake_app.wiring.restore import BringBack

        return BringBack(self.folder, self._clock)

    def banner(self, language: str) -> str:
        """The system-use notice; in a language that was added, as its catalog has it."""
        said = read_banner(language)
        return filled_up({ENGLISH: said}).get(language, said)

    # --- coming in --------------------------------------------------------------------------

    def unlock(self, user_name: str, passphrase: str, hat: Role | None = None) -> Desk:
        """Open the files for this person; a file that is not there is never made anew."""
        return self._arrive(user_name, passphrase, hat)

    @property
    def steps(self) -> ComingIn:
        """What is asked besides the passphrase, of who has just typed it.

        Raises:
            BeginAgain: Nobody has.
        """
        if self._coming is None:
            raise BeginAgain
        return self._coming

    def open_desk(self, keys: Keys, hat: Role | None = None) -> Desk:
        """The same for keys that are open already; what is missing is asked all the same."""
        return self._receive(keys, hat, "")

    def _arrive(
        self, user_name: str, passphrase: str, hat: Role | None, *, is_proven: bool = False
    ) -> Desk:  # fmt: skip
        keys = self._vault().unlock(user_name, passphrase)
        return self._receive(keys, hat, passphrase, is_proven=is_proven)

    def _receive(
        self, keys: Keys, hat: Role | None, passphrase: str, *, is_proven: bool = False
    ) -> Desk:
        """Open `station` alone, and ask for what is missing; what it raises: `Gate.unlock`."""
        from intake_app.coming_in import Arrival, ComingIn
        from intake_app.services.signing import setting_up
        from intake_app.wiring.backup import find_identity

        self.lock()
        self._keys = keys
        try:
            station = self._open(Compartment.STATION, keys)
            keys.take_registry(setting_up.registry_entries(station))
            keys.take_inside(Compartment.STATION, station.meta(INSIDE))
            find_identity(self.folder, keys, station)
            agency = setting_up.read_agency(station)
            vault = self._vault()
            who = Arrival(vault, keys, station, agency, self._clock, hat, passphrase, is_proven)
            self._coming = ComingIn(
                who, self._choose_hat,
                lambda new: self._arrive(keys.user_name, new, hat, is_proven=True), self.lock,
            )  # fmt: skip
        except BaseException:
            self.lock()
            raise
        return self._choose_hat()

    def _choose_hat(self) -> Desk:
        """Once nothing is missing: the desk, or the question in which role."""
        coming, keys = self.steps, self._keys
        coming.require_done()
        if keys is None:
            raise BeginAgain
        hats = [coming.hat] if coming.hat else sorted(keys.roles)
        if len(hats) > 1:
            raise ChooseHat(hats, coming.kind)  # keys wait for `wear`
        return self.wear(*hats or [Role.RECEPTION])  # without any role: refused

    def wear(self, hat: Role) -> Desk:
        """Go on after `ChooseHat`: only the files that this role opens are opened."""
        if self._coming is not None:
            self._coming.require_done()
        try:
            keys, station = self._keys, self._files.get(Compartment.STATION)
            if keys is None or station is None:
                raise NoGrant("signed out")
            keys.wear(hat)
            return self._sit_down(keys, station, hat)
        except BaseException:
            self.lock()
            raise

    def _sit_down(self, keys: Keys, station: File, hat: Role) -> Desk:
        from intake_app.services.audit.checking import look_at_trails
        from intake_app.services.records.veil import veiled
        from intake_app.wiring.decisions import take_decisions
        from intake_app.wiring.desk import Seat
        from intake_app.wiring.exchange import take_keys

        station = self._renewed(Compartment.STATION, keys)
        parts = take_keys(self.folder, self._vault(), keys, self._files, self._clock)
        for name in RECORDS:
            self._open_if_held(name, keys)
        decided = take_decisions(
            self.folder, station, self._clock, keys.identity.station,
            is_training=bool(station.meta(TRAINING)),
        )  # fmt: skip
        self._own = decided.own
        seat = Seat(self.folder, self._vault(), keys, self._files, self._clock)
        desk = seat.make_desk(
            parts, decided, (self._drafts(station), self._library(decided.agency)), hat
        )
        station.note(desk.act(f"read notice {banner_version()}"))
        station.note(desk.act(f"sign in as {hat}"))
        self._leave = desk.act("sign out")
        look_at_trails(desk)
        self._tell_lock_screen(desk)
        self._settle(desk, keys)
        return veiled(desk)

    def _tell_lock_screen(self, desk: Desk) -> None:
        """What is known of the department before anybody signs in."""
        from intake_app.services.signing.setting_up import releasers_among, who_releases

        name, policy = desk.agency.name, desk.agency.sign_in_policy
        profile.retell(self.folder, name, releasers_among(desk.colleagues), policy)
        self._vault().sign_in.note_releasers(who_releases(desk.colleagues))

    def recover(self, card_words: str, user_name: str, passphrase: str) -> None:
        """With a recovery card: a new passphrase and new keys for somebody.

        The records and the drafts of that person are not touched; their drafts come back through
        the key of the compartment they are meant for. What it raises: `Gate.recover`.
        """
        from intake_app.services.signing.setting_up import add_entries, registry_entries
        from intake_app.vault.keyfile import plain_name
        from intake_app.wiring.backup import find_identity

        vault = self._vault()
        self.lock()
        self._keys = keys = vault.unlock_with_card(card_words)
        try:
            station = self._open(Compartment.STATION, keys)
            registry = keys.take_registry(registry_entries(station))
            keys.take_inside(Compartment.STATION, station.meta(INSIDE))
            find_identity(self.folder, keys, station)
            station = self._renewed(Compartment.STATION, keys)
            wanted = plain_name(user_name)
            people = (one for one in registry.people if not one.is_revoked)
            named = [one.id for one in people if plain_name(one.user_name) == wanted]
            if not named:
                raise WrongPassphrase
            entries = list(vault.renew_person(keys, named[0], passphrase))
            vault.sign_in.pass_code(user_name)  # the card releases a locked sign-in too
            asked = [one for one in vault.staff.asked(keys) if one[0] == named[0]]
            for user, compartment in (*vault.owed(keys), *asked):  # of others holders decide
                entries += vault.grant(keys, user, compartment)
            add_entries(station, keys.user, entries, "recover with card")
        finally:
            self.lock()

    def lock(self) -> None:
        """Close the files and drop the keys."""
        files, self._files, self._own = self._files, {}, None
        keys, self._keys, self._coming = self._keys, None, None
        leave, self._leave = self._leave, None
        try:
            if leave is not None:
                with suppress(IntakeError):  # a full disk must not keep the files open
                    files[Compartment.STATION].note(leave)
            for file in files.values():
                file.close()
        finally:
            if keys:
                keys.drop()

    def health(self) -> Iterator[tuple[str, list[str], int, int]]:
        """Of each open file: name, what is wrong, length of its log, changes set aside."""
        for name, file in self._files.items():
            yield name, file.faults(), file.verify_audit(), file.set_aside()

    def digests(self) -> Iterator[tuple[str, str]]:
        """Of each open file: name, and a hash that is equal at stations which agree."""
        return ((name, file.digest()) for name, file in self._files.items())

    # --- parts ------------------------------------------------------------------------------

    def _vault(self) -> Vault:
        """The one vault of this process: tries are counted in it even when the disk is full."""
        from intake_app.vault.vault import Vault

        self._finish_restore()
        if self._loaded is None:
            self._loaded = Vault.load(self.folder, self._clock)
        return self._loaded

    def _finish_restore(self) -> None:
        """Files of a backup that were ready to be moved when the program was killed."""
        from intake_app.disk.bringing_back import is_ready, move_in

        if is_ready(self.folder):
            move_in(self.folder)
            self._loaded = None

    def _settle(self, desk: Desk, keys: Keys) -> None:
        """What waited for a sign-in: failed tries, keys that holders gave, the drop box."""
        from intake_app.services.settling import settle
        from intake_app.services.users.granting import settle_users

        vault = self._vault()
        for failed in vault.failures(keys):
            what = f"{failed.what}, {failed.at}"  # the line itself tells when it was found
            desk.station.note(Act(UserId(failed.user), what, outcome="refused"))
        vault.clear_failures()
        settle_users(desk)
        settle(desk)

    def _open_if_held(self, name: Compartment, keys: Keys) -> File | None:
        from intake_app.vault.tokens import add_token_key

        if not keys.holds(name):
            return None
        self._open(name, keys)
        file = self._renewed(name, keys)
        keys.take_inside(name, file.meta(INSIDE))
        if name is Compartment.CASES and (text := add_token_key(keys)):
            file.set_meta(INSIDE, text)
        return file

    def _open(self, name: Compartment, keys: Keys) -> File:
        self._files[name] = file = self._opening(keys).open(name)
        return file

    def _renewed(self, name: Compartment, keys: Keys) -> File:
        """An open file; under a new key from now on, where somebody lost the right to the old."""
        self._files[name] = file = self._opening(keys).renewed(name, self._files[name])
        return file

    def _opening(self, keys: Keys) -> Opening:
        from intake_app.wiring.keys import Opening

        return Opening(self.folder, self._vault(), keys, self._clock)

    def _drafts(self, station: File) -> DraftStore:
        """Drafts; what the disk refused before a lock is tried again, sealed as it is."""
        from intake_app.services.intakes.unsaved_drafts import UnsavedDrafts
        from intake_app.storage.drafts import Drafts

        self._unsaved = self._unsaved or UnsavedDrafts()
        return self._unsaved.over(Drafts(station.database), self.folder)

    def _library(self, agency: Agency) -> Library:
        from intake_app.rulebook.library import FormLibrary
        from intake_app.rulebook.setting import Setting

        forms, shared = resources.path("forms"), resources.path("resources")
        return FormLibrary(forms, shared, Setting.of(agency, self._clock), self._own)

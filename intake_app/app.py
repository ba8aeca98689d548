"""Joins the parts: builds everything once, and hands it on. No rules live here.

What is heavy (databases, paper, forms, keys) is imported by the factories below when it is first
needed, so that the lock screen is painted at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.act import Act
from intake_app.domain.clock import Clock, SystemClock
from intake_app.domain.errors import ChooseHat, NoGrant, WrongPassphrase
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, May, Role
from intake_app.makers import LatePress
from intake_app.settings import profile, resources
from intake_app.settings.banner import read_banner
from intake_app.settings.profile import Told, keep_told, read_told
from intake_app.wiring import TRAINING as TRAINING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from intake_app.domain.business_time import Calendar
    from intake_app.domain.text import Text
    from intake_app.services.desk import Desk, Person
    from intake_app.services.joining import JoinGate
    from intake_app.services.needs import Library
    from intake_app.services.signing_in import NewPerson, SetUp, SetUpDone
    from intake_app.settings.agency import Agency
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.cards import Card
    from intake_app.vault.keys import Keys
    from intake_app.vault.registry import Registry
    from intake_app.vault.vault import Vault

INSIDE = "keys inside"
"""Meta line of each file: the keys that are kept inside it."""


class ProfileGate:  # noqa: PLR0904 (it answers one protocol, and makes profiles)
    """The way into one profile; see `services.signing_in.Gate`."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self.folder = folder
        self._clock = clock or SystemClock()
        self._files: dict[str, File] = {}
        self._keys: Keys | None = None
        self._loaded: Vault | None = None

    @property
    def is_training(self) -> bool:
        """Whether this profile holds fictional people only."""
        return read_told(self.folder).is_training

    def has_department(self) -> bool:
        """Whether the profile has been set up, whole or in ruins."""
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
        from intake_app.wiring import Join

        return Join(self.folder, self._clock)

    def banner(self, language: str) -> str:
        """The system-use notice."""
        return read_banner(language)

    # --- coming in --------------------------------------------------------------------------

    def unlock(self, user_name: str, passphrase: str, hat: Role | None = None) -> Desk:
        """Open the files for this person; a file that is not there is never made anew."""
        return self.open_desk(self._vault().unlock(user_name, passphrase), hat)

    def open_desk(self, keys: Keys, hat: Role | None = None) -> Desk:
        """The desk of somebody whose keys are open; what it raises: `Gate.unlock`."""
        from intake_app.services import setting_up

        self.lock()
        self._keys = keys
        try:
            station = self._open(Compartment.STATION, keys)
            keys.take_registry(setting_up.registry_entries(station))
            keys.take_inside(Compartment.STATION, station.meta(INSIDE))
        except BaseException:
            self.lock()
            raise
        hats = [hat] if hat else sorted(keys.roles)
        if len(hats) > 1:
            raise ChooseHat(hats, setting_up.read_agency(station).kind)  # keys wait for `wear`
        return self.wear(*hats or [Role.RECEPTION])  # without any role: refused

    def wear(self, hat: Role) -> Desk:
        """Go on after `ChooseHat`: only the files that this role opens are opened."""
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
        from intake_app.services import setting_up
        from intake_app.services.carried_keys import take_generations
        from intake_app.services.desk import Desk
        from intake_app.services.veil import veiled
        from intake_app.storage.drafts import Drafts
        from intake_app.tables.provider_files import ProviderFiles
        from intake_app.vault.drop_box import DropBox
        from intake_app.vault.tokens import TokenMaker
        from intake_app.wiring import (
            make_ending,
            make_exchange,
            make_outsiders,
            make_stores,
            take_keys,
        )

        parts = take_keys(self.folder, self._vault(), keys, self._files, self._clock)
        care, cases, sealed = (
            self._open_if_held(name, keys)
            for name in (Compartment.CARE, Compartment.CASES, Compartment.SEALED)
        )
        agency = setting_up.read_agency(station)
        colleagues = _people(keys.registry)
        signed_in = next(one for one in colleagues if one.id == keys.user)
        ending = make_ending(self.folder, keys, self._files, self._clock)
        exchange = make_exchange(self.folder, keys, self._files, self._clock, (ending, parts))
        exchange.open()  # first: an older copy of a file may write nothing before
        take_generations(station, parts)
        desk = Desk(
            person=replace(signed_in, roles=frozenset({hat})),
            clock=self._clock,
            agency=agency,
            station=station,
            drafts=Drafts(station.database),
            sealers={name: keys.sealer(name) for name in (Compartment.CARE, Compartment.CASES)},
            library=self._library(agency),
            press=LatePress(),
            calendar=self._calendar(agency),
            care=care,
            cases=cases,
            sealed=sealed,
            directory=ProviderFiles(),
            drop_box=DropBox(keys),
            tokens=TokenMaker(keys),
            ending=ending,
            exchange=exchange,
            stores=make_stores(self.folder, keys),
            stations=parts,
            outsiders=make_outsiders(keys, self._clock),
            colleagues=colleagues,
            station_letter=keys.identity.letter,
            is_training=bool(station.meta(TRAINING)),
            has_cases=any(f and f.order("intake", limit=1) for f in (cases, sealed)),
        )
        station.note(desk.act(f"sign in as {hat}"))
        releasers = setting_up.releasers_among(colleagues)
        profile.retell(self.folder, agency.name, releasers)
        self._settle(desk, keys)
        return veiled(desk)

    def release(self, desk: Desk, user_name: str) -> None:
        """Let a locked sign-in try again.

        Raises:
            NotAllowed: The signed-in person may not.
        """
        desk.require(May.RELEASE_LOCKOUT)
        if self._keys:
            self._vault().release(self._keys, user_name)
            desk.station.note(desk.act("release sign-in"))

    def recover(self, card_words: str, user_name: str, passphrase: str) -> None:
        """With a recovery card: a new passphrase and new keys for somebody.

        The records and the drafts of that person are not touched; their drafts come back through
        the key of the compartment they are meant for. What it raises: `Gate.recover`.
        """
        from intake_app.services.setting_up import add_entries, registry_entries
        from intake_app.vault.keyfile import plain_name

        vault = self._vault()
        self.lock()
        self._keys = keys = vault.unlock_with_card(card_words)
        try:
            station = self._open(Compartment.STATION, keys)
            registry = keys.take_registry(registry_entries(station))
            keys.take_inside(Compartment.STATION, station.meta(INSIDE))
            wanted = plain_name(user_name)
            named = [one.id for one in _people(registry) if plain_name(one.user_name) == wanted]
            if not named:
                raise WrongPassphrase
            entries = list(vault.renew_person(keys, named[0], passphrase))
            for user, compartment in vault.owed(keys):
                entries += vault.grant(keys, user, compartment)
            add_entries(station, keys.user, entries, "recover with card")
        finally:
            self.lock()

    def lock(self) -> None:
        """Close the files and drop the keys."""
        files, self._files = self._files, {}
        keys, self._keys = self._keys, None
        try:
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

    # --- setting up -------------------------------------------------------------------------

    def set_up(self, asked: SetUp) -> SetUpDone:
        """Make the profile: keys, the four files, the department, the recovery cards."""
        from intake_app.services.signing_in import SetUpDone

        cards = self.found(asked, use_keyring=True)
        return SetUpDone(tuple(self._card_pdf(card, asked.agency) for card in cards))

    def found(
        self, asked: SetUp, *, use_keyring: bool, is_training: bool = False
    ) -> tuple[Card, ...]:
        """The same without paper; also for training."""
        from intake_app.services.setting_up import releasers_among, roles_asked
        from intake_app.vault.founding import NewDepartment
        from intake_app.vault.founding import NewPerson as Newcomer
        from intake_app.vault.vault import Vault
        from intake_app.wiring import make_files

        people = tuple(
            Newcomer(p.user_name, p.shown_name, p.passphrase, roles_asked(p, asked))
            for p in asked.people
        )
        plan = {"two_of_three": "pairs"}.get(asked.card_plan, "either")
        new = NewDepartment("", people, card_plan=plan, use_keyring=use_keyring)
        self._loaded, keys, cards = Vault.create(self.folder, new, self._clock)
        try:
            make_files(self.folder, keys, asked.agency, self._clock, is_training=is_training)
        finally:
            keys.drop()
        keep_told(self.folder, Told(asked.agency.name, releasers_among(people), is_training))
        return cards

    def begin_training(self) -> None:
        """Go on in the training profile beside this one; a whole one is not made again."""
        from intake_app.services.training import DEMO_PEOPLE

        training = profile.training_folder(self.folder)
        if not profile.read_training_people(training):
            profile.clear_unfinished_training(training)
            ProfileGate(training, self._clock).make_training(training, DEMO_PEOPLE, seed=1)
        self._go_to(training)

    def make_training(self, folder: Path, people: int, seed: int) -> tuple[NewPerson, ...]:
        """A profile of fictional people; returns who can sign in."""
        from intake_app.services.training import fictional_department, fill_training

        self._go_to(folder)
        asked = fictional_department(seed)
        self.found(asked, use_keyring=False, is_training=True)
        fill_training(self, asked, people, seed)
        kept = ((p.user_name, next(iter(p.roles)), p.passphrase) for p in asked.people)
        profile.keep_training_people(folder, [profile.TrainingPerson(*p) for p in kept])
        return asked.people

    def training_people(self) -> tuple[profile.TrainingPerson, ...]:
        """Who can sign in to a training profile."""
        return profile.read_training_people(self.folder)

    def leave_training(self) -> None:
        """Go back to the profile that this training belongs to."""
        self._go_to(profile.home_of_training(self.folder) or self.folder)

    def suggest_passphrase(self) -> str:
        """Four random words."""
        from intake_app.vault.passphrase import suggest_passphrase

        return suggest_passphrase()

    def no_arrest_texts(self) -> tuple[tuple[str, Text], ...]:
        """The "no arrest" texts that can be signed."""
        from intake_app.settings.agency import Agency

        return self._library(Agency()).no_arrest_texts()

    def _go_to(self, folder: Path) -> None:
        self.lock()
        self.folder, self._loaded = folder, None

    # --- parts ------------------------------------------------------------------------------

    def _vault(self) -> Vault:
        """The one vault of this process: tries are counted in it even when the disk is full."""
        from intake_app.vault.vault import Vault

        if self._loaded is None:
            self._loaded = Vault.load(self.folder, self._clock)
        return self._loaded

    def _settle(self, desk: Desk, keys: Keys) -> None:
        """What waited for a sign-in: failed tries, keys for new colleagues, the drop box."""
        from intake_app.services.setting_up import add_entries
        from intake_app.services.settling import settle

        vault = self._vault()
        for failed in vault.failures(keys):
            what = f"{failed.what}, {failed.at}"  # the line itself tells when it was found
            desk.station.note(Act(UserId(failed.user), what, outcome="refused"))
        vault.clear_failures()
        for user, compartment in vault.owed(keys):
            entries = vault.grant(keys, user, compartment)
            add_entries(desk.station, keys.user, entries, "grant key")
        settle(desk)

    def _open_if_held(self, name: Compartment, keys: Keys) -> File | None:
        from intake_app.vault.tokens import add_token_key

        if not keys.holds(name):
            return None
        file = self._open(name, keys)
        keys.take_inside(name, file.meta(INSIDE))
        if name is Compartment.CASES and (text := add_token_key(keys)):
            file.set_meta(INSIDE, text)
        return file

    def _open(self, name: Compartment, keys: Keys) -> File:
        from intake_app.storage.beside import move_in
        from intake_app.storage.compartment import Compartment as File

        move_in(path := self.folder / f"{name}.db")
        file = File.open(path, keys.file_key(name), self._clock)
        self._files[name] = file
        return file

    def _library(self, agency: Agency) -> Library:
        from intake_app.rulebook.library import FormLibrary
        from intake_app.rulebook.setting import Setting

        forms, shared = resources.path("forms"), resources.path("resources")
        return FormLibrary(forms, shared, Setting.of(agency, self._clock))

    def _calendar(self, agency: Agency) -> Calendar:
        from intake_app.rulebook.business_days import BusinessCalendar
        from intake_app.rulebook.setting import Setting

        return BusinessCalendar(agency.region, Setting.of(agency, self._clock).closed_days)

    def _card_pdf(self, card: Card, agency: Agency) -> bytes:
        from intake_app.services.recovery_cards import CardWords, card_sheet
        from intake_app.words import Words

        told = CardWords(card.number, card.needed, card.words, card.department)
        return LatePress().print(card_sheet(told, agency.name, Words(agency.languages[0])))


def _people(registry: Registry) -> tuple[Person, ...]:
    from intake_app.services.desk import Person

    return tuple(
        Person(one.id, one.user_name, one.shown_name, one.roles)
        for one in registry.people
        if not one.is_revoked
    )


def open_window(profile: Path, start_words: Sequence[str], *, paint_only: bool) -> int:
    """Show the window of a profile until it is closed; returns the exit code."""
    from intake_app.makers import window_makers
    from intake_app.ui.start import run_window

    return run_window(
        ProfileGate(profile), profile, window_makers(), start_words, paint_only=paint_only
    )

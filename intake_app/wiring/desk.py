"""Lays out the desk of somebody whose files are open; called by `entrance` at the end of sign-in.

Like `wiring` it may import inside functions, and has no rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment
from intake_app.makers import LatePress
from intake_app.wiring.parts import TRAINING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.domain.roles import Role
    from intake_app.services.desk import Desk, Person
    from intake_app.services.needs.everyday import DraftStore, Library
    from intake_app.services.needs.stations import StationParts
    from intake_app.services.needs.users import UserParts
    from intake_app.settings.agency import Agency
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys
    from intake_app.vault.vault import Vault
    from intake_app.wiring.decisions import Decided


@dataclass(frozen=True, slots=True)
class Seat:
    """What a desk is laid out from.

    Attributes:
        folder: The profile.
        vault: Its key file.
        keys: Of who sits down, in the hat they wear.
        files: The open files, by compartment.
        clock: Its clock.
    """

    folder: Path
    vault: Vault
    keys: Keys
    files: Mapping[str, File]
    clock: Clock

    def make_desk(
        self, parts: StationParts, decided: Decided, given: tuple[DraftStore, Library], hat: Role
    ) -> Desk:
        """The desk.

        Args:
            parts: What stations and keys need.
            decided: What the department decided.
            given: Where drafts lie, and the forms.
            hat: The role that is worn.

        Raises:
            SignInIsOff: This person has not signed in for too long.
        """
        from intake_app.services.desk import Desk
        from intake_app.services.exchanging.carried_keys import take_generations
        from intake_app.tables.provider_files import ProviderFiles
        from intake_app.vault.drop_box import DropBox
        from intake_app.vault.tokens import TokenMaker
        from intake_app.wiring.audit import make_audit
        from intake_app.wiring.backup import make_backup_parts, make_copies, open_exchange
        from intake_app.wiring.exchange import make_exchange
        from intake_app.wiring.imports import make_imports
        from intake_app.wiring.keys import make_cards
        from intake_app.wiring.measures import make_measures
        from intake_app.wiring.parts import make_ending, make_outsiders, make_stores
        from intake_app.wiring.signing import OwnWayIn
        from intake_app.wiring.trust import make_trust
        from intake_app.wiring.updates import make_updates

        folder, vault, keys, files, clock = (
            self.folder, self.vault, self.keys, self.files, self.clock,
        )  # fmt: skip
        station, agency = files[Compartment.STATION], decided.agency
        is_training = bool(station.meta(TRAINING))
        users, colleagues, former = self._people(agency, is_training=is_training)
        signed_in = next(one for one in colleagues if one.id == keys.user)
        backup = make_backup_parts(folder, keys, files)
        ending = make_ending(folder, keys, files, make_copies(backup, clock))
        exchange = make_exchange(folder, keys, files, clock, (ending, parts))
        # first: an older copy of a file may write nothing before
        open_exchange(folder, exchange, keys, station)
        take_generations(station, parts)
        cases, sealed = files.get(Compartment.CASES), files.get(Compartment.SEALED)
        return Desk(
            person=replace(signed_in, roles=frozenset({hat})), clock=clock, agency=agency,
            station=station, drafts=given[0],
            sealers={name: keys.sealer(name) for name in (Compartment.CARE, Compartment.CASES)},
            library=given[1], press=LatePress(), calendar=decided.calendar,
            care=files.get(Compartment.CARE), cases=cases, sealed=sealed,
            directory=ProviderFiles(), drop_box=DropBox(keys), tokens=TokenMaker(keys),
            ending=ending, exchange=exchange, stores=make_stores(folder, keys), stations=parts,
            outsiders=make_outsiders(keys, clock), trust=make_trust(folder, files),
            audit=make_audit(folder, keys, files, exchange), users=users, backup=backup,
            measures=make_measures(files, folder), imports=make_imports(),
            updates=make_updates(folder), sign_in=OwnWayIn(vault, keys, station, agency, clock),
            cards=make_cards(vault, keys, files, clock), colleagues=colleagues, former=former,
            station_letter=keys.identity.letter, decisions=decided.parts, is_training=is_training,
            has_cases=any(f and f.order("intake", limit=1) for f in (cases, sealed)),
        )  # fmt: skip

    def _people(
        self, agency: Agency, *, is_training: bool
    ) -> tuple[UserParts, tuple[Person, ...], tuple[Person, ...]]:
        """Who signs in here, who works here, and who left.

        Raises:
            SignInIsOff: This person has not signed in for too long.
        """
        from intake_app.wiring.users import make_users, people_of, refuse_idle

        users = make_users(self.vault, self.keys, self.files, agency, self.clock)
        if not is_training:
            refuse_idle(self.files[Compartment.STATION], users, self.keys.user, self.clock)
        return users, *people_of(self.keys.registry)

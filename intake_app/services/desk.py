"""The desk: all that the services need to work for one signed-in person, in one hat.

`wiring.desk` builds it at unlock from the parts that `needs` asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain import facts
from intake_app.domain.act import Act
from intake_app.domain.business_time import Calendar
from intake_app.domain.change import Value
from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import NoGrant, NotAllowed, RecordMissing
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.domain.pathway import ROOMS, Doing, Pathway, Room, pathways_on, room_of
from intake_app.domain.purge import is_going
from intake_app.domain.roles import Compartment, May, Role, may
from intake_app.domain.text import FALLBACK
from intake_app.services.needs.audit import AuditParts
from intake_app.services.needs.backup import BackupParts
from intake_app.services.needs.cards import CardParts
from intake_app.services.needs.decisions import DecisionParts
from intake_app.services.needs.disclosure import Outsiders
from intake_app.services.needs.ending import Ending
from intake_app.services.needs.everyday import (
    Directory,
    DraftStore,
    DropBox,
    Library,
    Press,
    Sealer,
    Tokens,
)
from intake_app.services.needs.exchange import Exchange
from intake_app.services.needs.files import Records, Stamps
from intake_app.services.needs.imports import ImportParts
from intake_app.services.needs.measures import MeasureParts
from intake_app.services.needs.signing import OwnSignIn
from intake_app.services.needs.stations import StationParts
from intake_app.services.needs.stores import StoreParts
from intake_app.services.needs.trust import TrustParts
from intake_app.services.needs.updates import UpdateParts
from intake_app.services.needs.users import UserParts
from intake_app.settings.agency import Agency

DROPPED: Final = "d"
"""Ends the epoch of changes that were made without the file that they are meant for."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here.

    Attributes:
        id: Stable and opaque.
        user_name: What they sign in with.
        shown_name: What colleagues and papers see: "M. Hale".
        roles: Their hats.
    """

    id: UserId
    user_name: str
    shown_name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class DropStamps:
    """Ids for changes to a file that is not held here, counted by the `station` file.

    The file itself counts its own changes under the station's epoch, so these have an epoch beside
    it: wherever they are taken in, no id is given twice.

    Attributes:
        station: The file that counts.
    """

    station: Records

    def stamp(self) -> ChangeId:
        """The id of a new change."""
        return ChangeId(f"{self.station.stamp()}{DROPPED}")


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the services need, for one signed-in person.

    Attributes:
        has_cases: Held cases are in the file that is open here.
        colleagues: Who works here now.
        former: Who left, or is shut out for now; their names stand on what they did.
    """

    person: Person
    clock: Clock
    agency: Agency
    station: Records
    drafts: DraftStore
    sealers: Mapping[Compartment, Sealer]
    library: Library
    press: Press
    calendar: Calendar
    care: Records | None = None
    cases: Records | None = None
    sealed: Records | None = None
    colleagues: tuple[Person, ...] = ()
    station_letter: str = "A"
    is_training: bool = False
    has_cases: bool = False
    directory: Directory | None = None
    drop_box: DropBox | None = None
    tokens: Tokens | None = None
    ending: Ending | None = None
    exchange: Exchange | None = None
    stores: StoreParts | None = None
    stations: StationParts | None = None
    outsiders: Outsiders | None = None
    audit: AuditParts | None = None
    decisions: DecisionParts | None = None
    trust: TrustParts | None = None
    cards: CardParts | None = None
    users: UserParts | None = None
    backup: BackupParts | None = None
    measures: MeasureParts | None = None
    imports: ImportParts | None = None
    updates: UpdateParts | None = None
    former: tuple[Person, ...] = ()
    sign_in: OwnSignIn | None = None

    @property
    def pathways(self) -> tuple[Pathway, ...]:
        """The pathways that the department has turned on."""
        return pathways_on(self.agency.kind, self.agency.pathways)

    @property
    def works_with_cases(self) -> bool:
        """Whether charges are held here: now, or still those of before it was turned off."""
        return self.has_cases or Pathway.OFFICER_INTERVENTION in self.pathways

    @property
    def care_file(self) -> Records:
        """The file of those who asked for help.

        Raises:
            NoGrant: This person does not hold its key.
        """
        if self.care is None:
            raise NoGrant("care")
        return self.care

    @property
    def cases_file(self) -> Records:
        """The file of those whose charge is held.

        Raises:
            NoGrant: This person does not hold its key.
        """
        if self.cases is None:
            raise NoGrant("cases")
        return self.cases

    def open_file(self, compartment: Compartment) -> Records | None:
        """A file of records, where this person holds its key."""
        files = {
            Compartment.CARE: self.care,
            Compartment.CASES: self.cases,
            Compartment.SEALED: self.sealed,
            Compartment.STATION: self.station,
        }
        return files[compartment]

    def file_for(self, pathway: str) -> Records:
        """Where records of a pathway live.

        Raises:
            NoGrant: This person does not hold its key.
        """
        compartment = room_of(pathway).compartment
        file = self.open_file(compartment)
        if file is None:
            raise NoGrant(compartment)
        return file

    def stamps_for(self, compartment: Compartment) -> Stamps:
        """Ids for new changes to a file, held or not."""
        return self.open_file(compartment) or DropStamps(self.station)

    def sealer_for(self, pathway: str) -> Sealer:
        """Seals drafts of a pathway: for their author, and for the file they are meant for."""
        return self.sealers[room_of(pathway).compartment]

    def rooms_for(self, doing: Doing) -> list[Room]:
        """The rooms in which this person's role includes something.

        Raises:
            NotAllowed: There is none.
        """
        rooms = [room for room in ROOMS if may(self.person.roles, room.act(doing))]
        if not rooms:
            raise NotAllowed(doing)
        return rooms

    def file_with(self, record: RecordId, doing: Doing) -> Records:
        """The file that holds a record, among those in which this person may do something.

        Raises:
            NotAllowed: In none.
            RecordMissing: It is in none of them; whether it is in another is not said.
        """
        files = [self.open_file(room.compartment) for room in self.rooms_for(doing)]
        for file in files:
            found = file.record(record) if file is not None else None
            if file is not None and found is not None and not is_going(found):
                return file
        raise RecordMissing(record)

    @property
    def own_language(self) -> str:
        """The department's first language (ISO 639): what colleagues and programs read."""
        return next(iter(self.agency.languages), FALLBACK)

    def name_of(self, user: UserId) -> str:
        """The shown name of somebody who works here; empty: nobody known."""
        people = (*self.colleagues, self.person, *self.former)
        return next((one.shown_name for one in people if one.id == user), "")

    def entered(self) -> dict[str, Value]:
        """When and by whom, as the reserved fields of a fact that is entered now."""
        return {facts.OPENED: stamp(self.clock), facts.BY: self.person.id}

    def require(self, act: May) -> None:
        """Refuse what this person's roles do not include; that it was tried is logged.

        Raises:
            NotAllowed: They do not.
        """
        if not may(self.person.roles, act):
            self.station.note(replace(self.act(str(act)), outcome="refused"))
            raise NotAllowed(act)

    def act(self, what: str, record: RecordId = RecordId("")) -> Act:
        """The audit line of something this person does."""
        return Act(self.person.id, what, record)

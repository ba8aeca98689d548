"""Setting a department up, and what it decided about itself: one record in the `station` file.

It is changed in `decisions.department`, with who, when, before and after.
"""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Final, Protocol, cast

from intake_app.domain.act import Act
from intake_app.domain.change import Change, Value
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.roles import KEYS, Compartment, May, Role, may
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import fact, write
from intake_app.services.signing.signing_in import NewPerson, SetUp
from intake_app.settings.agency import Agency

AGENCY: Final = "agency"
REGISTRY: Final = "registry"
THE_AGENCY: Final = RecordId("agency")


def record_department(
    station: Records, user: UserId, agency: Agency, entries: Iterable[str]
) -> None:
    """Write the department and the signed entries of its registry, in one act."""
    changes = [_agency_change(station, user, agency)]
    changes += [fact(station, user, REGISTRY, new_record_id(), {"entry": e}) for e in entries]
    station.apply(changes, Act(user, "set up department"))


def add_entries(station: Records, user: UserId, entries: Iterable[str], what: str) -> None:
    """Add signed entries to the registry."""
    changes = [fact(station, user, REGISTRY, new_record_id(), {"entry": e}) for e in entries]
    station.apply(changes, Act(user, what))


def registry_entries(station: Records) -> list[str]:
    """The signed entries, as the vault checks them."""
    records = station.of_kind(REGISTRY)
    return [str(record.values["entry"]) for record in records if "entry" in record.values]


def read_agency(station: Records) -> Agency:
    """What the department decided; plain defaults where it decided nothing."""
    record = station.record(THE_AGENCY)
    known = {field.name for field in fields(Agency)}
    decided = {k: frozen(v) for k, v in record.values.items() if k in known} if record else {}
    return Agency(**decided)


def roles_asked(person: NewPerson, asked: SetUp) -> frozenset[Role]:
    """Who is at the desk and not named to read walk-ins hands them in (reception)."""
    if person.user_name not in asked.read_walk_ins:
        said = {role: role for role in Role} | {Role.FRONT_DESK: Role.RECEPTION}
        return frozenset(said[role] for role in person.roles)
    holds_care = any(Compartment.CARE in KEYS[role] for role in person.roles)
    return person.roles if holds_care else person.roles | {Role.FRONT_DESK}


def frozen(value: Value) -> Value:
    """A list of a record as `Agency` holds it."""
    return tuple(cast("list[Value]", value)) if isinstance(value, list) else value


def _agency_change(station: Records, user: UserId, agency: Agency) -> Change:
    return write(station, user, AGENCY, THE_AGENCY, asdict(agency))


class _Staff(Protocol):
    @property
    def user_name(self) -> str: ...
    @property
    def shown_name(self) -> str: ...
    @property
    def roles(self) -> frozenset[Role]: ...


def releasers_among(people: Iterable[_Staff]) -> tuple[str, ...]:
    """Shown names of those who can release a locked sign-in."""
    return tuple(p.shown_name for p in people if may(p.roles, May.RELEASE_LOCKOUT))


def who_releases(people: Iterable[_Staff]) -> tuple[str, ...]:
    """User names of the same."""
    return tuple(p.user_name for p in people if may(p.roles, May.RELEASE_LOCKOUT))

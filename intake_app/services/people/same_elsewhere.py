"""One person taken at two stations: suggested to who may merge people, and never merged by itself.

While a name is typed, only those who are here are suggested. Who was taken elsewhere at the same
time comes later; so what came is looked through, newest first, and each pair is said until
somebody merges it or says that these are two people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from intake_app.domain.dispute import station_of
from intake_app.domain.ids import RecordId, StationId, new_record_id
from intake_app.domain.listing import Row
from intake_app.domain.pathway import ROOMS
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.people.likeness_score import Sign
from intake_app.services.people.persons import ids_of, person_of
from intake_app.services.people.same_person import same_as
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.writing import fact

NOT_SAME: Final = "person.not_same"
"""Kind of a fact about a person: {"other"}: the id of somebody who is another person."""

LOOKED_AT: Final = 40
"""The newest so many intakes that came from elsewhere."""

_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one person.

    Attributes:
        intake: The intake that came from another station.
        other: The most alike intake of the other.
        signs: What speaks for it.
    """

    intake: Row
    other: Row
    signs: tuple[Sign, ...]


def same_elsewhere(desk: Desk, most: int = LOOKED_AT) -> list[Pair]:
    """Pairs of persons who were taken at two stations and may be one, the newest first.

    Args:
        desk: Whose.
        most: So many intakes are looked at.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.MERGE_PEOPLE)
    found: list[Pair] = []
    for room in ROOMS:
        file = desk.open_file(room.compartment)
        if file is not None and may(desk.person.roles, room.read):
            found += _pairs(desk, file, most)
    return sorted(found, key=lambda pair: pair.intake.opened, reverse=True)


def say_two(desk: Desk, intake: RecordId, other: RecordId) -> None:
    """Say that two are two people: the pair is not suggested again, at any station.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: One of them is not in this file.
    """
    desk.require(May.MERGE_PEOPLE)
    file = desk.file_with(intake, "read")
    said = {"other": person_of(file, other), **desk.entered()}
    change = fact(
        file, desk.person.id, NOT_SAME, new_record_id(), said, about=person_of(file, intake)
    )
    file.apply([change], desk.act("note two people", intake))


def _pairs(desk: Desk, file: Records, most: int) -> Iterator[Pair]:
    here = station_of(file.stamp())
    since = (desk.clock.local() - timedelta(days=_DAYS)).isoformat()
    told = set[frozenset[str]]()
    for row in file.taken_elsewhere(INTAKE, here, since, most):
        station = _taken_at(file, row.record)
        for one in same_as(desk, row.record).first:
            pair = frozenset({row.person, one.intake.person})
            is_apart = _taken_at(file, one.intake.record) != station
            if is_apart and pair not in told and not _are_two(file, *sorted(pair)):
                told.add(pair)
                yield Pair(row, one.intake, one.signs)


def _taken_at(file: Records, intake: RecordId) -> StationId | None:
    record = file.record(intake)
    return station_of(record.base) if record is not None else None


def _are_two(file: Records, first: str, second: str) -> bool:
    """Whether somebody said so, of either or of who was merged into them."""
    firsts, seconds = (set(ids_of(file, RecordId(one))) for one in (first, second))
    said = (
        (mine, RecordId(str(record.values.get("other") or "")))
        for mine in firsts | seconds
        for record in file.about(mine, NOT_SAME)
    )
    both = ((firsts, seconds), (seconds, firsts))
    return any(one in a and other in b for one, other in said for a, b in both)

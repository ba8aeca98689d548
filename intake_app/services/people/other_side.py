"""The same person on the other side of the wall: letters can be stopped there too.

Only who holds both keys is asked. The person is looked for by exactly the same name and birth date;
only the flag is written there, and nothing of why, by which record, or who asked.
"""

from intake_app.domain.errors import NoGrant, UnknownCode
from intake_app.domain.ids import RecordId
from intake_app.domain.likeness import Identity, asked_keys, identity_of
from intake_app.domain.pathway import CARE_ROOM, CASES_ROOM, Room
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import STOPS, flag_changes, flags_of, person_of
from intake_app.services.records.intake_changes import INTAKE


def is_known_there(desk: Desk, intake: RecordId) -> bool:
    """Whether a person of the same name and birth date is on the other side, and not yet flagged.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
    """
    desk.require(May.FLAG_PERSON)
    if desk.care is None or desk.cases is None:
        return False
    there = _other_file(desk, intake)
    persons = _same_there(desk, intake)
    return any(not flags_of(there, person).stop for person in persons)


def also_stop(desk: Desk, intake: RecordId, flag: str) -> int:
    """Stop letters to the same person on the other side too.

    Args:
        desk: Whose: somebody who holds both keys.
        intake: The intake on this side.
        flag: "deceased" or "do_not_contact".

    Returns:
        How many persons there were flagged.

    Raises:
        NotAllowed: Not in this person's roles.
        NoGrant: One of the keys is not held.
        RecordMissing: There is no such intake here.
        UnknownCode: There is no such flag.
    """
    desk.require(May.FLAG_PERSON)
    if flag not in STOPS:
        raise UnknownCode(flag)
    there = _other_file(desk, intake)
    persons = [one for one in _same_there(desk, intake) if not flags_of(there, one).stop]
    for person in persons:
        changes = flag_changes(desk, there, person, flag, on=True)
        there.apply(changes, desk.act("flag person", person))
    return len(persons)


def _other_file(desk: Desk, intake: RecordId) -> Records:
    here = desk.file_with(intake, "read")
    other: Room = CASES_ROOM if here is desk.care else CARE_ROOM
    there = desk.open_file(other.compartment)
    if there is None:
        raise NoGrant(other.compartment)
    return there


def _same_there(desk: Desk, intake: RecordId) -> list[RecordId]:
    """Persons on the other side with exactly this name and birth date."""
    here, there = desk.file_with(intake, "read"), _other_file(desk, intake)
    found: list[RecordId] = []
    for row in here.of_person(person_of(here, intake), INTAKE):
        record = here.record(row.record)
        who = identity_of(record) if record else Identity()
        if who.born and who.last and who.first:
            found += _exactly(there, who)
    return list(dict.fromkeys(found))


def _exactly(there: Records, who: Identity) -> list[RecordId]:
    strong, _ = asked_keys(Identity(who.last, who.first, born=who.born))
    own = (who.last, who.first)
    return [
        person_of(there, ident)
        for ident, other in there.alike(strong, INTAKE)
        if other.born == who.born and own == (other.last, other.first)
    ]

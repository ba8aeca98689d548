"""Staff who know somebody privately are kept from their records; see `veil`."""

from typing import Final

from intake_app.domain.errors import NotAllowed, ReasonMissing, UnknownCode
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.pathway import room_of
from intake_app.domain.roles import KEYS, May
from intake_app.domain.unseen import SAW, seen_by_next
from intake_app.services.desk import Desk, Person
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import ids_of, person_of
from intake_app.services.records.veil import CONFLICT, kept_apart
from intake_app.services.records.writing import fact

_SET: Final = "keep a person from a colleague"


def set_conflict(desk: Desk, intake: RecordId, user: UserId, *, on: bool, note: str) -> None:
    """Keep all records of a person from a colleague, or let them be seen again.

    Args:
        desk: Whose.
        intake: One of the person's intakes.
        user: The colleague.
        on: Keep them from this colleague; otherwise lift it.
        note: Why, in a few words; kept with the record.

    Raises:
        NotAllowed: Not in this person's roles, or it is about themselves.
        ReasonMissing: No reason.
        UnknownCode: Nobody of this id works here.
        RecordMissing: There is no such intake here.
    """
    desk.require(May.KEEP_APART)
    if user == desk.person.id:
        raise NotAllowed("self")
    if user not in {one.id for one in desk.colleagues}:
        raise UnknownCode("user")
    if not note.strip():
        raise ReasonMissing
    file = desk.file_with(intake, "read")
    person = person_of(file, intake)
    about = [person] if on else ids_of(file, person)
    said = {"user": user, "on": on, "note": note.strip(), **desk.entered()}
    changes = [
        fact(file, desk.person.id, CONFLICT, new_record_id(), {**said, SAW: _seen(file, one, user)},
             about=one)
        for one in about
    ]  # fmt: skip
    file.apply(changes, desk.act(_SET, intake))


def kept_from(desk: Desk, intake: RecordId) -> list[Person]:
    """The colleagues from whom this person is kept.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
    """
    desk.require(May.KEEP_APART)
    file = desk.file_with(intake, "read")
    names: set[UserId] = set()
    for ident in ids_of(file, person_of(file, intake)):
        names |= {UserId(user) for user, _ in kept_apart(file.about(ident, CONFLICT))}
    return [one for one in desk.colleagues if one.id in names]


def _seen(file: Records, ident: RecordId, user: UserId) -> list[str]:
    return seen_by_next(
        one for one in file.about(ident, CONFLICT) if one.values.get("user") == user
    )


def who_can_be_kept_off(desk: Desk, pathway: str) -> list[Person]:
    """Colleagues who could see people of a pathway otherwise: its key holders but oneself."""
    file = room_of(pathway).compartment
    others = (one for one in desk.colleagues if one.id != desk.person.id)
    return [one for one in others if any(file in KEYS[role] for role in one.roles)]

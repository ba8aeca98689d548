"""A person: an id that their intakes share, and what was flagged about them.

Each intake carries its own answers about the person. The id is that of their first intake, so that
nothing needs to be made for somebody who comes once. Care and cases never share an id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import fold
from intake_app.domain.change import Change
from intake_app.domain.errors import ContactStopped, ReasonMissing, RecordMissing, UnknownCode
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.listing import Row
from intake_app.domain.pathway import CASES_ROOM, room_of
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.domain.unseen import SAW, seen_by_next, unseen
from intake_app.services.case.held import acts_in
from intake_app.services.case.letters import letters_changes
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.follow_up_changes import ended_changes
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.merged_people import MERGE, UNMERGE
from intake_app.services.records.stop_at_intake import DECEASED, DO_NOT_CONTACT, FLAG
from intake_app.services.records.writing import fact

STOPS: Final = (DECEASED, DO_NOT_CONTACT)
"""Flags that stop every call, letter and reminder; the stronger first."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What holds about a person.

    Attributes:
        standing: The flags that are on.
    """

    standing: frozenset[str] = frozenset()

    @property
    def stop(self) -> str:
        """Why nobody may contact them ("deceased", "do_not_contact"), or empty."""
        return next((flag for flag in STOPS if flag in self.standing), "")


@dataclass(frozen=True, slots=True)
class FlagSet:
    """One time that a flag was set or lifted.

    Attributes:
        flag: Which.
        is_on: It was set; otherwise lifted.
        at: When: local time with offset.
        by: Who.
        note: Why, in words; empty where it came from the other side.
    """

    flag: str
    is_on: bool
    at: str
    by: UserId
    note: str


def person_of(file: Records, intake: RecordId) -> RecordId:
    """Whose intake it is.

    Raises:
        RecordMissing: There is no such intake in this file.
    """
    record = file.record(intake)
    if record is None or record.is_purged or record.kind != INTAKE:
        raise RecordMissing(intake)
    return RecordId(facts.person_of(record))


def intakes_of(desk: Desk, intake: RecordId) -> list[Row]:
    """All intakes of the person of one of them, in its file, the oldest first."""
    file = desk.file_with(intake, "read")
    return file.of_person(person_of(file, intake), INTAKE)


def flags_of(file: Records, person: RecordId) -> Flags:
    """What holds about a person, and about those who were merged into them."""
    each = (_folded(file.about(ident, FLAG)).standing for ident in ids_of(file, person))
    return Flags(frozenset[str]().union(*each))


def flag_history(desk: Desk, intake: RecordId) -> list[FlagSet]:
    """Each time that a flag of this person was set or lifted, the oldest first."""
    file = desk.file_with(intake, "read")
    said = [one for i in ids_of(file, person_of(file, intake)) for one in file.about(i, FLAG)]
    return [
        FlagSet(
            str(one.values.get("flag") or ""), bool(one.values.get("on")),
            str(one.values.get(facts.OPENED) or ""), UserId(one.values.get(facts.BY) or ""),
            str(one.values.get("note") or ""),
        )
        for one in sorted(said, key=lambda one: one.base)
    ]  # fmt: skip


def contact_stop(file: Records, intake: RecordId) -> str:
    """Why nobody may contact the person of an intake: "deceased", "do_not_contact", or empty.

    What was noted with a case (closed because the person died, asked not to be contacted) counts
    for all their cases.
    """
    person = person_of(file, intake)
    found = {flags_of(file, person).stop}
    for row in file.of_person(person, INTAKE):
        if room_of(row.pathway) is CASES_ROOM:
            found.add(_STOP_OF_CASE.get(fold(acts_in(file, row.record)).letters_stopped, ""))
    return next((flag for flag in STOPS if flag in found), "")


_STOP_OF_CASE: Final = {
    Refusal.DECEASED: DECEASED,
    Refusal.DO_NOT_CONTACT: DO_NOT_CONTACT,
}


def refuse_stopped(file: Records, intake: RecordId) -> None:
    """Refuse where nobody may call, write or visit.

    Raises:
        ContactStopped: The person has died, or wants no contact.
    """
    if contact_stop(file, intake):
        raise ContactStopped


def set_flag(desk: Desk, intake: RecordId, flag: str, *, on: bool, note: str) -> None:
    """Note that nobody may contact a person any more, or that one may again.

    It ends all their follow-ups in the same transaction.

    Args:
        desk: Whose.
        intake: One of the person's intakes.
        flag: "deceased" or "do_not_contact".
        on: Set it; otherwise lift it.
        note: Why, in words; it stays in this file.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
        ReasonMissing: No reason.
        UnknownCode: There is no such flag.
    """
    desk.require(May.FLAG_PERSON)
    file = desk.file_with(intake, "read")
    person = person_of(file, intake)
    if flag not in STOPS:
        raise UnknownCode(flag)
    if not note.strip():
        raise ReasonMissing
    changes = flag_changes(desk, file, person, flag, on=on, note=note.strip())
    file.apply(changes, desk.act("flag person" if on else "lift flag", intake))


def flag_changes(
    desk: Desk, file: Records, person: RecordId, flag: str, *, on: bool, note: str = ""
) -> list[Change]:
    """What sets or lifts a flag, ends what can no longer be done, and stops letters of cases."""
    said = {"flag": flag, "on": on, "note": note, **desk.entered()}
    about = [person] if on else _flagged(file, person, flag)
    user = desk.person.id
    changes = [
        fact(file, user, FLAG, new_record_id(), {**said, SAW: _seen(file, one, flag)}, about=one)
        for one in about
    ]
    for row in file.of_person(person, INTAKE) if on else ():
        changes += ended_changes(desk, file, row.record, flag)
    return changes + letters_changes(desk, file, person, stop=on, note=note if not on else "")


def _flagged(file: Records, person: RecordId, flag: str) -> list[RecordId]:
    """The ids under which a flag stands: a person's own, and of who was merged into them."""
    ids = ids_of(file, person)
    return [one for one in ids if flag in _folded(file.about(one, FLAG)).standing] or [person]


def ids_of(file: Records, person: RecordId) -> list[RecordId]:
    """A person's id, and those of the persons who were merged into them."""
    ids, ahead = list[RecordId](), [person]
    while ahead:
        one = ahead.pop()
        if one not in ids:
            ids.append(one)
            ahead += [RecordId(str(m.values.get("from") or "")) for m in merges_of(file, one)]
    return ids


def merges_of(file: Records, person: RecordId) -> list[Record]:
    """The merges into a person that were not taken back, the oldest first."""
    undone = {one.values.get("merge") for one in file.about(person, UNMERGE)}
    return [one for one in file.about(person, MERGE) if one.id not in undone]


def _seen(file: Records, ident: RecordId, flag: str) -> list[str]:
    return seen_by_next(one for one in file.about(ident, FLAG) if one.values.get("flag") == flag)


def _folded(said: Iterable[Record]) -> Flags:
    """What holds: of several words that did not see one another, each that stops stops."""
    by_flag: dict[str, list[Record]] = {}
    for one in said:
        by_flag.setdefault(str(one.values.get("flag") or ""), []).append(one)
    return Flags(frozenset(
        flag for flag, words in by_flag.items()
        if flag and any(one.values.get("on") for one in unseen(words))
    ))  # fmt: skip

"""Two entries that are one person: both sides are shown, a person decides, and it can be undone.

A merge moves intakes from one person to another; nothing of an intake goes away. What holds about
who the person is now goes into their latest intake, as an amendment with its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.errors import NotAllowed, ReasonMissing, RecordMissing
from intake_app.domain.form import Answers, Field
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.listing import Row
from intake_app.domain.pathway import room_of
from intake_app.domain.record import Record
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import merges_of, person_of
from intake_app.services.records.amending import Amending, amended, amending_changes
from intake_app.services.records.answers import answers_of
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.identity_block import carried, identity_fields, identity_of_answers
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.merged_people import MERGE, UNMERGE
from intake_app.services.records.writing import fact, write

_MERGED: Final = "merge people"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two persons who may be one.

    Attributes:
        person: Their id.
        latest: Their latest intake.
        intakes: All of them, the oldest first.
        guide: The form of the latest.
        identity: Who the latest says that they are.
    """

    person: RecordId
    latest: Row
    intakes: tuple[Row, ...]
    guide: Guide
    identity: Answers


@dataclass(frozen=True, slots=True)
class Compared:
    """One question about who they are, answered on both sides.

    Attributes:
        field: The question, as the form of the person who is kept asks it.
        kept: The answer of the person who is kept, or None.
        other: That of the other, or None.
    """

    field: Field
    kept: Value
    other: Value

    @property
    def is_same(self) -> bool:
        """Both say the same."""
        return self.kept == self.other


@dataclass(frozen=True, slots=True)
class Both:
    """Both sides, field by field.

    Attributes:
        kept: The person who is kept: the one with the latest intake.
        other: The one whose intakes would move.
        fields: Who they are, by question; only where one of them answered.
        may_choose: The answers can be chosen here (of a case they cannot: it was signed).
    """

    kept: Side
    other: Side
    fields: tuple[Compared, ...]
    may_choose: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that holds.

    Attributes:
        id: The fact.
        at: When: local time with offset.
        by: Who.
        reason: Why.
        numbers: Receipt numbers of the intakes that moved.
    """

    id: RecordId
    at: str
    by: UserId
    reason: str
    numbers: tuple[str, ...]


def both_sides(desk: Desk, intake: RecordId, other: RecordId) -> Both:
    """Show two persons of one file side by side; that they were looked at is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: One of them is not in this file, or it is one person already.
    """
    desk.require(May.MERGE_PEOPLE)
    file = desk.file_with(intake, "read")
    sides = [_side(desk, file, one) for one in (intake, other)]
    if sides[0].person == sides[1].person:
        raise RecordMissing(other)
    second, first = sorted(sides, key=lambda side: (side.latest.opened, side.latest.n))
    for side in (first, second):
        file.note(desk.act("compare people", side.latest.record))
    may_choose = may(desk.person.roles, room_of(first.latest.pathway).amend)
    return Both(first, second, _fields(first, second), may_choose)


def merge_people(
    desk: Desk, intake: RecordId, other: RecordId, chosen: Mapping[str, Value], reason: str
) -> RecordId:
    """Make one person of two: the other's intakes become those of the person who is kept.

    Args:
        desk: Whose.
        intake: An intake of one of them.
        other: An intake of the other.
        chosen: What holds now, by question of the kept person's latest intake; what is the same
            already changes nothing.
        reason: Why they are one person, in words.

    Returns:
        The fact, for `unmerge`.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
        RecordMissing: One of them is not in this file, or it is one person already.
        NotFinished: With these answers something is missing.
    """
    desk.require(May.MERGE_PEOPLE)
    if not reason.strip():
        raise ReasonMissing
    file, both = desk.file_with(intake, "read"), both_sides(desk, intake, other)
    if chosen and not both.may_choose:
        raise NotAllowed("case")
    kept, moved = both.kept.person, [row.record for row in both.other.intakes]
    said = {
        "from": both.other.person, "intakes": moved, facts.REASON: reason.strip(),
        **desk.entered(),
    }  # fmt: skip
    made = fact(file, desk.person.id, MERGE, new_record_id(), said, about=kept)
    changes = [
        made, *_given_to(desk, file, moved, kept),
        *_identity(desk, file, both.kept, chosen, reason.strip()),
    ]  # fmt: skip
    file.apply(changes, desk.act(_MERGED, both.kept.latest.record))
    return made.record


def merges(desk: Desk, intake: RecordId) -> list[Merged]:
    """The merges that made this person, the oldest first."""
    file = desk.file_with(intake, "read")
    return [_told(file, one) for one in merges_of(file, person_of(file, intake))]


def unmerge(desk: Desk, intake: RecordId, merge: RecordId, reason: str) -> None:
    """Take a merge back: the intakes that moved with it are the other person's again.

    Answers that were chosen then stay, with their reason; they can be amended.

    Raises:
        NotAllowed: Not in this person's roles.
        ReasonMissing: No reason.
        RecordMissing: There is no such merge, or it was taken back.
    """
    desk.require(May.MERGE_PEOPLE)
    if not reason.strip():
        raise ReasonMissing
    file = desk.file_with(intake, "read")
    person = person_of(file, intake)
    found = next((one for one in merges_of(file, person) if one.id == merge), None)
    if found is None:
        raise RecordMissing(merge)
    moved: list[Any] = found.values.get("intakes") or []
    back = RecordId(str(found.values.get("from") or ""))
    standing = [RecordId(str(one)) for one in moved if _whose(file, str(one)) == person]
    said = {"merge": merge, facts.REASON: reason.strip(), **desk.entered()}
    undone = fact(file, desk.person.id, UNMERGE, new_record_id(), said, about=person)
    changes = [undone, *_given_to(desk, file, standing, back)]
    file.apply(changes, desk.act("take back a merge", intake))


# --- inside -------------------------------------------------------------------------------


def _side(desk: Desk, file: Records, intake: RecordId) -> Side:
    person = person_of(file, intake)
    rows = file.of_person(person, INTAKE)
    record = file.record(rows[-1].record) if rows else None
    if record is None:
        raise RecordMissing(intake)
    guide = guide_of_record(desk, record)
    identity = identity_of_answers(guide.form, answers_of(file, record, guide))
    return Side(person, rows[-1], tuple(rows), guide, identity)


def _fields(first: Side, second: Side) -> tuple[Compared, ...]:
    form = first.guide.form
    theirs = carried(second.guide.form, second.identity, form)
    mine = carried(form, first.identity, form)
    return tuple(
        Compared(field, mine.get(field.id), theirs.get(field.id))
        for field in identity_fields(form)
        if field.id in mine or field.id in theirs
    )


def _given_to(
    desk: Desk, file: Records, intakes: Sequence[RecordId], person: RecordId
) -> list[Change]:
    moved = {facts.PERSON: person}
    return [write(file, desk.person.id, INTAKE, one, moved) for one in intakes]


def _identity(
    desk: Desk, file: Records, side: Side, chosen: Mapping[str, Value], reason: str
) -> list[Change]:
    """The amendment that makes the latest intake say who the person is now."""
    allowed = {field.id for field in identity_fields(side.guide.form)}
    new = {name: value for name, value in chosen.items() if name in allowed}
    record = file.record(side.latest.record)
    if record is None or not new:
        return []
    before = answers_of(file, record, side.guide)
    same = carried(side.guide.form, before, side.guide.form)
    new = {name: value for name, value in new.items() if value != same.get(name)}
    after = amended(side.guide, before, new)
    if before == after:
        return []
    return list(amending_changes(desk, record, Amending(side.guide.form, before, after, reason)))


def _told(file: Records, merge: Record) -> Merged:
    moved: list[Any] = merge.values.get("intakes") or []
    rows = file.lines([str(one) for one in moved])
    return Merged(
        merge.id, str(merge.values.get(facts.OPENED) or ""),
        UserId(str(merge.values.get(facts.BY) or "")),
        str(merge.values.get(facts.REASON) or ""), tuple(row.number for row in rows.values()),
    )  # fmt: skip


def _whose(file: Records, intake: str) -> str:
    record = file.record(RecordId(intake))
    return facts.person_of(record) if record and not record.is_purged else ""

"""What a folder shows of the person: their intakes, flags, other names, and how to reach them."""

from dataclasses import dataclass, field
from typing import Final

from intake_app.domain import facts
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.likeness import COLUMNS
from intake_app.domain.listing import Row
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk, Person
from intake_app.services.needs.files import Records
from intake_app.services.people.conflicts import kept_from
from intake_app.services.people.merging import Merged, merges
from intake_app.services.people.persons import (
    Flags,
    FlagSet,
    contact_stop,
    flag_history,
    flags_of,
    person_of,
)
from intake_app.services.people.same_person import NOBODY, Suggestions, next_ways, same_as
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.safe_contact import PlanLine, safe_contact
from intake_app.services.records.ways_in import WayIn

_PLAN: Final = (
    "may_contact", "contact_ways", "phone", "voicemail_ok", "say_who_ok", "safe_hours",
    "mail_address", "email", "contact_person", "contact_person_may_say", "safe_contacts",
    "never_contact",
)  # fmt: skip
"""Questions of a safe-contact plan; what else stands in its section is not shown in the bar."""

_OTHER_NAMES: Final = frozenset({"aliases", "legal_name", "preferred_name"}) & {*COLUMNS}


@dataclass(frozen=True, slots=True)
class Reach:
    """How the person may be reached: what is always in view.

    Attributes:
        stop: Why nobody may contact them ("deceased", "do_not_contact"), or empty.
        is_safe: They named a way that is ours to use.
        lines: Their plan in words.
        number: Receipt number of the intake that says so, where it is another one.
        whose: Receipt number of the folder itself.
        name: The person's name, as the folder has it.
    """

    stop: str
    is_safe: bool
    lines: tuple[PlanLine, ...]
    number: str = ""
    whose: str = ""
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PersonView:
    """All that the tab of a person shows.

    Attributes:
        intakes: Of the person, the oldest first.
        flags: What holds.
        history: Each time that a flag was set or lifted.
        other_names: By which they are known too, each once.
        merges: What made this person.
        same: Who may be the same person, for who may merge.
        kept_from: Colleagues from whom the person is kept, for who may say so.
        ways: How they could come next.
    """

    intakes: tuple[Row, ...]
    flags: Flags
    history: tuple[FlagSet, ...]
    other_names: tuple[str, ...] = field(repr=False)
    merges: tuple[Merged, ...]
    same: Suggestions
    kept_from: tuple[Person, ...]
    ways: tuple[WayIn, ...]


def reach_of(desk: Desk, intake: RecordId, language: str) -> Reach:
    """How a person may be reached, by the latest of their intakes that says anything about it.

    Args:
        desk: Whose.
        intake: One of the person's intakes.
        language: Of the answers' words.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
    """
    file = desk.file_with(intake, "read")
    stop = contact_stop(file, intake)
    rows = file.of_person(person_of(file, intake), INTAKE)
    own = next((row for row in rows if row.record == intake), None)
    whose, name = (own.number, own.name) if own else ("", "")
    for row in reversed(rows):
        plan = safe_contact(desk, file, row.record, language)
        lines = tuple(line for line in plan.lines if line.field in _PLAN)
        if lines:
            number = row.number if row.record != intake else ""
            return Reach(stop, bool(plan.means), lines, number, whose, name)
    return Reach(stop, is_safe=False, lines=(), whose=whose, name=name)


def person_view(desk: Desk, intake: RecordId) -> PersonView:
    """All about the person of an intake, besides its answers.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such intake here.
    """
    file, roles = desk.file_with(intake, "read"), desk.person.roles
    person = person_of(file, intake)
    rows = tuple(file.of_person(person, INTAKE))
    return PersonView(
        intakes=rows,
        flags=flags_of(file, person),
        history=tuple(flag_history(desk, intake)),
        other_names=_other_names(file, rows),
        merges=tuple(merges(desk, intake)),
        same=same_as(desk, intake) if may(roles, May.MERGE_PEOPLE) else NOBODY,
        kept_from=tuple(kept_from(desk, intake)) if may(roles, May.KEEP_APART) else (),
        ways=next_ways(desk, intake),
    )


def _other_names(file: Records, rows: tuple[Row, ...]) -> tuple[str, ...]:
    """Names in any of their intakes that are not the latest one's."""
    latest = rows[-1].name if rows else ""
    names = [row.name for row in rows]
    for row in rows:
        record = file.record(row.record)
        if record is None:
            raise RecordMissing(row.record)
        named: dict[str, object] = record.values.get(facts.FACTS) or {}
        said = (record.values.get(str(named.get(column))) for column in sorted(_OTHER_NAMES))
        names += [str(name) for name in said if name]
    return tuple(name for name in dict.fromkeys(names) if name and name != latest)

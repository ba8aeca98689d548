"""One held case as the services see it: its record, its acts, its program's terms, its clock.

A case is the intake of an officer intervention in the `cases` file. Where it stands is folded
from its acts each time; the columns that lists read are written anew with each act.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from intake_app.domain import facts
from intake_app.domain.abeyance import Abeyance, abeyance
from intake_app.domain.case_act import RECORD_KIND, CaseAct, acts_of
from intake_app.domain.case_status import Folded, fold
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import zone_of
from intake_app.domain.errors import RecordMissing
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.offense import OFFENSE_AT
from intake_app.domain.pathway import Pathway
from intake_app.domain.purge import is_going
from intake_app.domain.record import Record
from intake_app.domain.terms import Terms
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Reads, Records
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.writing import fact, write

CONFLICT = "conflict"
"""What lists show of a case about which people disagree, instead of a status."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands and what its clock says."""

    status: Folded
    clock: Abeyance


@dataclass(frozen=True, slots=True)
class HeldCase:
    """One case, read once.

    Attributes:
        record: The intake.
        guide: The form and program that it was taken with.
        acts: In order.
        standing: Status and clock.
    """

    record: Record
    guide: Guide
    acts: tuple[CaseAct, ...]
    standing: Standing

    @property
    def terms(self) -> Terms:
        """How its program holds a charge; without a program's terms, the plainest."""
        return terms_of(self.guide)

    def offense_at(self, zone: tzinfo) -> datetime | None:
        """When the offense was, where the form asks it; forms keep the time of the wall."""
        said = self.record.values.get(self.guide.form.facts.get(OFFENSE_AT, ""))
        try:
            moment = datetime.fromisoformat(str(said)) if said else None
        except ValueError:
            return None
        return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=zone)


def terms_of(guide: Guide) -> Terms:
    """How a program holds a charge; without terms, the plainest."""
    return guide.form.terms or Terms()


def held_case(desk: Desk, ident: RecordId) -> HeldCase:
    """Read a case; not logged, no role asked: a part of the acts that do.

    Raises:
        NoGrant: This person does not hold the key to cases.
        RecordMissing: There is no such case here.
    """
    record = case_record(desk.cases_file, ident)
    guide = guide_of_record(desk, record)
    acts = acts_in(desk.cases_file, ident)
    return HeldCase(record, guide, acts, stands(desk, acts, terms_of(guide)))


def case_record(file: Records, ident: RecordId) -> Record:
    """The intake of a case.

    Raises:
        RecordMissing: There is none.
    """
    record = file.record(ident)
    if record is None or record.is_purged or is_going(record) or not is_case(record):
        raise RecordMissing(ident)
    return record


def is_case(record: Record) -> bool:
    """Whether a record is the intake of a held charge."""
    return record.values.get(facts.PATHWAY) == Pathway.OFFICER_INTERVENTION


def acts_in(file: Reads, case: RecordId) -> tuple[CaseAct, ...]:
    """All acts of a case, in order."""
    return acts_of(file.about(case, RECORD_KIND))


def stands(desk: Desk, acts: Sequence[CaseAct], terms: Terms) -> Standing:
    """Status and clock after some acts, now."""
    now, zone = desk.clock.now(), zone_of(desk.clock)
    return Standing(fold(acts), abeyance(acts, terms, desk.calendar, now, zone))


def act_change(to: Records, user: UserId, case: RecordId, act: CaseAct) -> Change:
    """The legal act as a change."""
    return fact(to, user, RECORD_KIND, act.id, act.fields(), about=case)


def row_of(standing: Standing) -> dict[str, Value]:
    """The columns that lists read: status and the next day owed."""
    status, due = standing.status, standing.clock.next_due
    shown = CONFLICT if status.has_conflict else str(status.status)
    return {facts.STATUS: shown, facts.DUE: due.when.date().isoformat() if due else ""}


def changes_of(desk: Desk, case: HeldCase, new: Iterable[CaseAct]) -> list[Change]:
    """New acts of a case, and its columns written anew: for one transaction of `cases`."""
    to, user, added = desk.cases_file, desk.person.id, tuple(new)
    after = stands(desk, (*case.acts, *added), case.terms)
    fresh = _differing(case.record, row_of(after))
    changes = [act_change(to, user, case.record.id, act) for act in added]
    if fresh:
        changes.append(write(to, user, case.record.kind, case.record.id, fresh))
    return changes


def _differing(record: Record, fields: Mapping[str, Value]) -> dict[str, Value]:
    """What is to be written: other values, and those over which two stations differ."""
    return {
        name: value
        for name, value in fields.items()
        if record.values.get(name) != value or len(record.standing(name)) > 1
    }

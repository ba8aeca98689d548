"""What is due by the retention schedule, with the reason; nothing ends by itself.

Lists are asked for the oldest first, and a record is read only where a rule could be about it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from intake_app.domain import episode
from intake_app.domain.case_act import RECORD_KIND, acts_of
from intake_app.domain.case_status import CHARGES, CLOSINGS
from intake_app.domain.errors import FormMissing
from intake_app.domain.facts import DUE
from intake_app.domain.form import Status
from intake_app.domain.ids import RecordId
from intake_app.domain.listing import Row
from intake_app.domain.pathway import Pathway
from intake_app.domain.retention import Due, Rule, Since, Subject, due_of
from intake_app.domain.roles import Compartment, May
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.purging.acts import known_acts, standings
from intake_app.services.purging.clearing import KEPT, is_kept_act
from intake_app.services.purging.parts import open_files
from intake_app.services.purging.purging import open_orders
from intake_app.services.records.follow_up_changes import FOLLOW_UP
from intake_app.services.records.intake_changes import INTAKE

_PAGE: Final = 200
"""Lines that are read at a time."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """One record that is due.

    Attributes:
        compartment: The file that it is in.
        record: The record.
        number: Its receipt number; a consent that outlived its intake has none.
        due: The rule and its day.
        is_held: A hold stands on it: nothing can be proposed.
    """

    compartment: Compartment
    record: RecordId
    number: str
    due: Due
    is_held: bool


def due_records(desk: Desk, limit: int = 200) -> list[DueLine]:
    """What is due in the files that are open, the longest overdue first; without open orders.

    Raises:
        NotAllowed: Not in this person's roles.
        FormMissing: The schedule is gone, or has a mistake.
    """
    desk.require(May.PROPOSE_PURGE)
    known = known_acts(desk)
    ordered = open_orders(standings(desk, known))
    found: list[DueLine] = []
    for name, file in open_files(desk):
        rules = desk.library.retention().rules_for(name)
        look = _Look(desk, file, rules)
        lines = (*look.kept(limit), *look.intakes(limit)) if rules else ()
        found += [
            DueLine(name, due.record, row.number, due, known.is_held(due.record, row.person))
            for row, due in lines
            if due.record not in ordered
        ]
    return sorted(found, key=lambda line: (line.due.on, line.record))[:limit]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the intakes of a page.

    Attributes:
        kinds: How many records of each kind are about an intake.
        next_due: The first day on which a follow-up of it is due.
    """

    kinds: Mapping[str, Mapping[str, int]]
    next_due: Mapping[str, str]


class _Look:
    """Looks through one file.

    Args:
        desk: Whose.
        file: The file.
        rules: Those of its schedule.
    """

    def __init__(self, desk: Desk, file: Records, rules: tuple[Rule, ...]) -> None:
        self._desk, self._file, self._rules = desk, file, rules
        self._today = desk.clock.local().date()
        self._statuses: Callable[[str], tuple[Status, ...]] = cache(self._read_statuses)

    def kept(self, limit: int) -> Iterator[tuple[Row, Due]]:
        """Consents and disclosures whose own time is over."""
        rule = next((rule for rule in self._rules if rule.since is Since.MADE), None)
        if rule is None:
            return
        for row in self._file.due(KEPT, self._today.isoformat(), limit):
            made = _day(row.opened)
            yield row, Due(row.record, rule, date.fromisoformat(row.due), made or self._today)

    def intakes(self, limit: int) -> Iterator[tuple[Row, Due]]:
        """Intakes that are due, the oldest first."""
        found = 0
        for page in self._oldest_first():
            beside = self._beside(page)
            for row in page:
                contact = _day(row.opened)
                if contact is None:
                    continue
                if all(rule.until(contact) > self._today for rule in self._rules):
                    return  # whatever comes now is younger
                due = due_of(self._subject(row, contact, beside), self._rules)
                if due is not None and due.on <= self._today:
                    found += 1
                    yield row, due
                if found >= limit:
                    return

    def _oldest_first(self) -> Iterator[list[Row]]:
        keys = self._file.order(INTAKE, "opened")[::-1]
        for start in range(0, len(keys), _PAGE):
            yield self._file.rows(keys[start : start + _PAGE])

    def _beside(self, page: list[Row]) -> "_Beside":
        """What stands beside the intakes of a page, asked once for all of them."""
        idents = [row.record for row in page]
        return _Beside(self._file.kinds_about(idents), self._file.next_due(idents, FOLLOW_UP))

    def _subject(self, row: Row, contact: date, beside: "_Beside") -> Subject:
        closed, disposition, is_active = self._days(row, beside)
        return Subject(
            record=row.record,
            pathway=row.pathway,
            outcome=row.status,
            contact=contact,
            closed=closed,
            disposition=disposition,
            is_active=is_active,
            has_consent=any(map(is_kept_act, beside.kinds.get(row.record, ()))),
        )

    def _days(self, row: Row, beside: "_Beside") -> tuple[date | None, date | None, bool]:
        """When it ended, when the charge was decided, and whether it still goes on."""
        if row.pathway == Pathway.OFFICER_INTERVENTION:
            return self._days_of_case(row)
        statuses = self._statuses(row.program)
        if row.status not in {one.id for one in statuses if one.closes}:
            return None, None, self._goes_on(row.record, beside)
        steps = map(episode.Step.of, self._file.about(row.record, episode.STEP))
        return _day(episode.fold(steps, statuses).closed_on), None, False

    def _goes_on(self, record: RecordId, beside: "_Beside") -> bool:
        """Whether something was done after the intake, or is planned from today on."""
        if beside.kinds.get(record, {}).get(episode.STEP, 0) > 1:
            return True
        today, first = self._today.isoformat(), beside.next_due.get(record, "")
        if not first or first >= today:
            return bool(first)
        planned = self._file.about(record, FOLLOW_UP)  # late, and perhaps more to come
        return any(str(one.values.get(DUE)) >= today for one in planned)

    def _days_of_case(self, row: Row) -> tuple[date | None, date | None, bool]:
        if row.status not in {str(kind) for kind in CLOSINGS}:
            return None, None, True
        acts = acts_of(self._file.about(row.record, RECORD_KIND))
        closed = [act.at.date() for act in acts if act.kind in CLOSINGS]
        decided = [act.at.date() for act in acts if act.kind in CHARGES]
        return max(closed, default=None), max(decided, default=None), False

    def _read_statuses(self, form: str) -> tuple[Status, ...]:
        try:
            return self._desk.library.guide(form).form.statuses
        except FormMissing:
            return ()  # nobody knows what ends it: nothing is due


def _day(moment: str) -> date | None:
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None

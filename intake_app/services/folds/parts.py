"""What all folds of journeys share: the form of a record, its answers, days, numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.clock import zone_of
from intake_app.domain.errors import FormMissing
from intake_app.domain.follow_up import Reach
from intake_app.domain.form import Answers, Choice, FormRef
from intake_app.domain.journey import Journey
from intake_app.domain.kin import Kin
from intake_app.domain.measure import Cut
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.answers import answers_of
from intake_app.services.records.form_versions import guide_for
from intake_app.services.records.tries import RESULTS

_YEARS: Final = range(1990, 2200)
_LONG: Final = 3660
"""Days; what lies further apart is a slip of the finger, and no business days are counted."""


@dataclass(slots=True)
class Folding:
    """One round of folding: what many journeys need is looked up once.

    Attributes:
        desk: Whose forms, codes and calendar.
        cuts: What journeys may be cut by.
        today: The day (YYYY-MM-DD).
        zone: Of the wall clock.
        lacks: Some records were taken with a form whose text is not here (yet).
    """

    desk: Desk
    cuts: tuple[Cut, ...]
    today: str
    zone: tzinfo
    lacks: bool = False
    _guides: dict[FormRef, Guide | None] = field(default_factory=dict[FormRef, Guide | None])
    _codes: dict[str, tuple[Choice, ...]] = field(default_factory=dict[str, tuple[Choice, ...]])
    _tables: dict[str, tuple[Choice, ...]] = field(default_factory=dict[str, tuple[Choice, ...]])
    _reach: dict[str, Reach] = field(default_factory=dict[str, Reach])

    @classmethod
    def of(cls, desk: Desk) -> "Folding":
        """A round for a desk, today."""
        zone = zone_of(desk.clock)
        today = desk.clock.local().date().isoformat()
        return cls(desk, desk.library.cuts(), today, zone)

    def guide(self, record: Record) -> Guide | None:
        """The form that a record was taken with; None where nobody has it any more."""
        try:
            ref = FormRef(**record.values[facts.FORM])
        except (KeyError, TypeError):
            return None
        if ref not in self._guides:
            try:
                self._guides[ref] = guide_for(self.desk, ref)
            except (FormMissing, ValueError):
                self._guides[ref] = None
                self.lacks = True
        return self._guides[ref]

    def codes(self, table: str) -> tuple[Choice, ...]:
        """The choices of a code table, retired ones too."""
        if table not in self._codes:
            self._codes[table] = self.desk.library.codes(table)
        return self._codes[table]

    def table(self, cut: Cut) -> tuple[Choice, ...]:
        """The choices of all code tables of a cut."""
        if cut.id not in self._tables:
            self._tables[cut.id] = tuple(one for name in cut.codes for one in self.codes(name))
        return self._tables[cut.id]

    def reach(self, result: str) -> Reach:
        """What a result of a try means; one that the table no longer knows is a try."""
        if not self._reach:
            known = {str(reach) for reach in Reach}
            self._reach = {
                one.id: Reach(one.measure) for one in self.codes(RESULTS) if one.measure in known
            }
        return self._reach.get(result, Reach.TRIED)

    def wall(self, moment: datetime) -> str:
        """A moment as the wall clock shows it (YYYY-MM-DDTHH:MM)."""
        return moment.astimezone(self.zone).isoformat(timespec="minutes")[:16]

    def instant(self, moment: Value) -> str:
        """A moment in one time for all, to order by; a day, or what is none, as it stands."""
        try:
            found = datetime.fromisoformat(str(moment))
            aware = found if found.tzinfo else found.replace(tzinfo=self.zone)
            return aware.astimezone(UTC).isoformat()
        except (ValueError, OverflowError):
            return str(moment)

    def business_days(self, since: str, until: str) -> int | None:
        """Business days from one day to another; None where one is not known, or comes first."""
        if not since or not until or until < since:
            return None
        first, last = date.fromisoformat(since), date.fromisoformat(until)
        span = (last - first).days
        if span > _LONG:
            return None
        days = (first + timedelta(days=n) for n in range(1, span + 1))
        return sum(1 for day in days if self.desk.calendar.is_business_day(day))


@dataclass(frozen=True, slots=True)
class Said:
    """The answers of an intake, by question, or by the name that its form's [facts] give them.

    Attributes:
        answers: All of them.
        named: The form's [facts].
    """

    answers: Answers
    named: Mapping[str, str]

    @classmethod
    def of(cls, kin: Kin, guide: Guide | None) -> "Said":
        """The answers of an intake; of one whose form is gone, those in the record itself."""
        if guide is not None:
            return cls(answers_of(kin, kin.root, guide), guide.form.facts)
        own = {k: v for k, v in kin.root.values.items() if not k.startswith("~")}
        return cls(own, as_object(kin.root.values.get(facts.FACTS)))

    def get(self, name: str) -> Value:
        """An answer: of the question that [facts] call so, or of the question of this id."""
        return self.answers.get(self.named.get(name, name))

    def code(self, name: str) -> str:
        """An answer that is one code; empty where it is not."""
        value = self.get(name)
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> str:
        """An answer that is a day or a moment; its day."""
        return day_of(self.get(name))

    def number(self, name: str) -> int | None:
        """An answer that is a number of at least 0, rounded; None where it is not."""
        return number_of(self.get(name))


def day_of(moment: Value) -> str:
    """The day of a moment or day (YYYY-MM-DD); empty where it is none that can be."""
    said = moment[:10] if isinstance(moment, str) else ""
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return ""
    return said if found.year in _YEARS and len(said) == len("2026-11-26") else ""


def number_of(value: Value) -> int | None:
    """A number of at least 0, rounded: as it stands, or with its unit."""
    amount: Value = as_object(value).get("amount") if isinstance(value, dict) else value
    is_number = isinstance(amount, (int, float)) and not isinstance(amount, bool)
    return round(amount) if is_number and 0 <= amount < 1_000_000 else None


def as_object(value: Value) -> dict[str, Value]:
    """A value that has parts; empty where it has none: another station may say anything."""
    return cast("dict[str, Value]", value) if isinstance(value, dict) else {}


def begun(root: Record) -> Journey:
    """What an intake says of itself, before anything that came after it."""
    values = root.values
    return Journey(
        record=root.id,
        intake=root.id,
        person=facts.person_of(root),
        pathway=text_of(values, facts.PATHWAY),
        program=text_of(as_object(values.get(facts.FORM)), "id"),
        by=text_of(values, facts.BY),
        status=text_of(values, facts.STATUS),
        opened_on=day_of(values.get(facts.OPENED)),
    )


def minutes_between(start: Value, end: Value) -> int | None:
    """Whole minutes between two moments; None where one is not known, or they are turned round."""
    try:
        first, last = (datetime.fromisoformat(str(one)) for one in (start, end))
        minutes = int((_aware(last) - _aware(first)).total_seconds() // 60)
    except ValueError:
        return None
    return minutes if 0 <= minutes <= 24 * 60 else None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def first(days: Iterable[str]) -> str:
    """The first of some days; empty where there is none."""
    return min(filter(None, days), default="")


def text_of(values: Mapping[str, Value], name: str) -> str:
    """A field that is text; empty where it is not."""
    value = values.get(name)
    return value if isinstance(value, str) else ""

"""What forms know besides answers: the time, and what the agency decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from intake_app.domain.clock import Clock
from intake_app.rulebook.business_days import add_business_days
from intake_app.rulebook.codes import is_day_or_empty
from intake_app.settings.agency import Agency


@dataclass(frozen=True, slots=True)
class Setting:
    """The place and the time in which forms are used.

    Attributes:
        clock: The time.
        agency: The agency's decisions by name; conditions read them as `agency.warrant_policy`.
        words: The agency's {words} for papers: agency_name, agency_phone, ...
        region: State, for holidays.
        closed_days: More days on which the agency is closed.
        open_days: Holidays on which it is open all the same.
    """

    clock: Clock
    agency: Mapping[str, object] = field(default_factory=dict[str, object])
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    region: str = ""
    closed_days: frozenset[date] = frozenset()
    open_days: frozenset[date] = frozenset()

    @classmethod
    def of(cls, agency: Agency, clock: Clock) -> "Setting":
        """The setting of a department."""
        known: dict[str, object] = {
            "warrant_policy": agency.warrant_policy,
            "no_arrest_text": agency.no_arrest_text,
            "no_arrest_signed": agency.no_arrest_signed,
            "region": agency.region,
            "program": agency.program,
            "languages": list(agency.languages),
            "also_asks": list(agency.also_asks),
            "kind": agency.kind,
        }
        words = {
            "agency_name": agency.name,
            "agency_phone": agency.phone,
            "neutral_name": agency.neutral_name,
            "neutral_phone": agency.neutral_phone,
        }
        days = (_days_in(agency.closed_days), _days_in(agency.open_days))
        return cls(clock, known, words, agency.region, *days)

    def today(self) -> date:
        """The day on the wall."""
        return self.clock.local().date()

    def business_day(self, day: date, count: int) -> date:
        """The day that is so many business days after another."""
        return add_business_days(day, count, self.region, self.closed_days, self.open_days)


def _days_in(said: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(d) for d in said if d and is_day_or_empty(d))

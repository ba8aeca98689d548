"""What forms know besides answers: the time, and what the agency decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intake_app.domain.clock import Clock
from intake_app.rulebook.business_days import add_business_days


@dataclass(frozen=True, slots=True)
class Setting:
    """The place and the time in which forms are used.

    Attributes:
        clock: The time.
        agency: The agency's decisions by name; conditions read them as `agency.warrant_policy`.
        words: The agency's {words} for papers: agency_name, agency_phone, ...
        region: State, for holidays.
        closed_days: More days on which the agency is closed.
    """

    clock: Clock
    agency: Mapping[str, object] = field(default_factory=dict[str, object])
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    region: str = ""
    closed_days: frozenset[date] = frozenset()

    def today(self) -> date:
        """The day on the wall."""
        return self.clock.local().date()

    def business_day(self, day: date, count: int) -> date:
        """The day that is so many business days after another."""
        return add_business_days(day, count, self.region, self.closed_days)

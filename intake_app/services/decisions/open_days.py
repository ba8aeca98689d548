"""On which days offices are open: holidays of the state, and what the department decided itself."""

from dataclasses import dataclass
from datetime import date

from intake_app.domain.roles import May
from intake_app.services.decisions.printers import parts_of
from intake_app.services.desk import Desk
from intake_app.services.signing.setting_up import read_agency


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """A day that is special.

    Attributes:
        day: The day.
        name: The holiday's name in English; empty: a closed day of the department's own.
        is_open: Offices are open all the same.
        is_own: The department decided it.
    """

    day: date
    name: str
    is_open: bool = False
    is_own: bool = False


def offices_in(desk: Desk, year: int, region: str | None = None) -> list[OfficeDay]:
    """The holidays and closed days of a year, in order.

    Args:
        desk: Whose.
        year: For example 2026.
        region: State, two letters; None: the department's.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.CHANGE_SETTINGS)
    agency = read_agency(desk.station)
    opened, closed = set(agency.open_days), set(agency.closed_days)
    held = parts_of(desk).files.holidays(agency.region if region is None else region, year)
    found = {
        day: OfficeDay(day, name, day.isoformat() in opened, day.isoformat() in opened)
        for day, name in held.items()
    }
    for said in closed:
        day = date.fromisoformat(said)
        if day.year == year:
            found[day] = OfficeDay(day, held.get(day, ""), is_own=True)
    return [found[day] for day in sorted(found)]

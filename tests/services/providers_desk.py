"""A desk for stories about providers and the roster: only the records are in memory."""

from datetime import date
from typing import Any, cast

from intake_app.domain.clock import Clock
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk, Person
from intake_app.services.needs.files import Records
from intake_app.services.providers.providers import ProviderRow, all_providers, service_entry
from intake_app.settings.agency import Agency
from intake_app.tables.provider_files import ProviderFiles

PINE_HOLLOW = Agency(
    name="Pine Hollow Police Department", latitude=38.655, longitude=-80.105, region="WV"
)


class NoHolidays:
    """A calendar on which every day is a business day, but for the holidays that it is given."""

    def __init__(self, **named: str) -> None:
        self._named = {day.removeprefix("d").replace("_", "-"): name for day, name in named.items()}

    def is_business_day(self, day: date) -> bool:
        return not self.name_of(day)

    def name_of(self, day: date) -> str:
        return self._named.get(day.isoformat(), "")


def desk_of(station: Records, clock: Clock, *roles: Role, agency: Agency | None = None) -> Desk:
    """A desk for one person; without roles, a coordinator."""
    nothing = cast("Any", None)
    return Desk(
        person=Person(UserId("u1"), "mhale", "M. Hale", frozenset(roles or {Role.COORDINATOR})),
        clock=clock,
        agency=agency or PINE_HOLLOW,
        station=station,
        drafts=nothing,
        sealers={},
        library=nothing,
        press=nothing,
        calendar=NoHolidays(),
        directory=ProviderFiles(),
    )


def read_provider(desk: Desk, record: RecordId) -> ProviderRow:
    """One service as the directory shows it; of one that was merged, what it was merged into."""
    entry = service_entry(desk.station, record)
    return next(row for row in all_providers(desk) if row.record == entry.id)

"""A desk for stories about providers and the roster: real services and reader, records in memory."""

from typing import Any, cast

from intake_app.domain.clock import Clock
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk, Person, Records
from intake_app.settings.agency import Agency
from intake_app.tables.provider_files import ProviderFiles

PINE_HOLLOW = (38.655, -80.105)


def desk_of(station: Records, clock: Clock, *roles: Role, **agency: Any) -> Desk:
    """A desk for one person; without roles, a coordinator."""
    latitude, longitude = PINE_HOLLOW
    where = {"latitude": latitude, "longitude": longitude, **agency}
    nothing = cast("Any", None)
    return Desk(
        person=Person(UserId("u1"), "mhale", "M. Hale", frozenset(roles or {Role.COORDINATOR})),
        clock=clock,
        agency=Agency(name="Pine Hollow Police Department", **where),
        station=station,
        drafts=nothing,
        sealer=nothing,
        library=nothing,
        press=nothing,
        directory=ProviderFiles(),
    )

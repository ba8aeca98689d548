"""Printers for papers about people: each station has a list of its own.

Until a station has decided, what the department once kept for all stations holds there; the first
sign-in writes it down as the station's own.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from intake_app.domain.errors import NotAllowed
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.services.decisions.keeping import PRINTERS, Made, keep
from intake_app.services.desk import Desk
from intake_app.services.needs.decisions import DecisionParts
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import write
from intake_app.services.signing.setting_up import read_agency
from intake_app.settings.agency import Agency

STATION: Final = "station_setting"
"""Kind of the record that a station has for itself."""

_FIELD: Final = "printers"


def at_station(station: Records, agency: Agency, name: str) -> Agency:
    """The department with what a station decided for itself."""
    own = _own(station, name)
    return agency if own is None else replace(agency, printers=own)


def printers_here(desk: Desk) -> tuple[str, ...]:
    """The printers that this station allows; none: all, with a warning."""
    return at_station(desk.station, read_agency(desk.station), parts_of(desk).station).printers


def keep_printers(desk: Desk, printers: Sequence[str]) -> None:
    """Allow these printers at this station, and no others; none: all, with a warning.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.CHANGE_SETTINGS)
    before, name = printers_here(desk), parts_of(desk).station
    wanted = tuple(dict.fromkeys(printers))
    if wanted != before:
        set_printers(desk, name, wanted, Made(PRINTERS, label=name))


def set_printers(desk: Desk, name: str, printers: Sequence[str], made: Made) -> None:
    """Write the list of a station, with the decision; its author was asked for the role."""
    before = at_station(desk.station, read_agency(desk.station), name).printers
    change = write(
        desk.station, desk.person.id, STATION, _record(name), {_FIELD: list(printers)}
    )  # fmt: skip
    keep(desk, replace(made, fields={_FIELD: (list(before), list(printers))}), [change])


def settle_printers(desk: Desk) -> None:
    """Write the old list for all stations down as this station's own, once."""
    if desk.decisions is None or not desk.agency.printers:
        return
    name = desk.decisions.station
    if _own(desk.station, name) is None:
        fields = {_FIELD: list(desk.agency.printers)}
        change = write(desk.station, desk.person.id, STATION, _record(name), fields)
        desk.station.apply([change], desk.act("take over printers", _record(name)))


def parts_of(desk: Desk) -> DecisionParts:
    """What decisions need.

    Raises:
        NotAllowed: This desk has no part in them.
    """
    if desk.decisions is None:
        raise NotAllowed("decisions")
    return desk.decisions


def _own(station: Records, name: str) -> tuple[str, ...] | None:
    record = station.record(_record(name))
    said: object = record.values.get(_FIELD) if record else None
    return tuple(map(str, cast("list[object]", said))) if isinstance(said, list) else None


def _record(name: str) -> RecordId:
    return RecordId(f"station-{name}")

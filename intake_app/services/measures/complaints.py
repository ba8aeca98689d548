"""How many complaints came in a month: counted where the log lies, told where everybody reads.

The log of complaints lies in the sealed file, whose key the privacy officer alone holds. When a
month is over, their desk notes how many came, by the same rule as every number that is told: small
ones are not. It is noted once and stays, so that no later number gives one complaint away.
"""

from collections.abc import Callable, Iterator
from typing import Final

from intake_app.domain.ids import new_record_id
from intake_app.domain.log_entry import LogKind
from intake_app.domain.record import Record
from intake_app.domain.roles import May, may
from intake_app.domain.told import Told
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import Period, recent
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import fact
from intake_app.services.requests.log import LOG

COUNTED: Final = "report.complaints"
"""Kind of a fact in `station`: {"month", "number"}; no number: it is small, and not told."""

_MONTHS: Final = 12


def settle_complaints(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """Note the numbers of the last months that nobody noted yet; a chore, for the log's keeper.

    Args:
        desk: Whose.
        is_wanted: Whether somebody waits for the worker; then it stops.

    Returns:
        Whether nothing is left to do.
    """
    log = desk.sealed
    if log is None or not may(desk.person.roles, May.KEEP_LOGS):
        return True
    for month in _unnoted(desk):
        if is_wanted():
            return False
        _note(desk, log, month)
    return True


def complaints_told(desk: Desk, month: Period) -> Told | None:
    """How many came in a month, as it may be told; None: nobody noted it yet.

    Of two stations that noted it apart, the smaller told number stands, and none where one hid it.
    """
    found = [one for one in desk.station.of_kind(COUNTED) if _month(one) == month.code]
    numbers = [one.values.get("number") for one in found]
    if not numbers:
        return None
    told = [number for number in numbers if isinstance(number, int)]
    return Told(number=min(told)) if len(told) == len(numbers) else Told(is_hidden=True)


def _unnoted(desk: Desk) -> Iterator[Period]:
    noted = {_month(one) for one in desk.station.of_kind(COUNTED)}
    for month in recent(desk, "month", _MONTHS):
        if month.code not in noted:
            yield month


def _note(desk: Desk, log: Records, month: Period) -> None:
    days = [
        str(one.values.get("received", ""))
        for one in log.of_kind(LOG)
        if one.values.get("kind") == LogKind.COMPLAINT
    ]
    number = sum(month.since <= day <= month.until for day in days)
    is_told = number == 0 or number >= desk.agency.small_cell
    counted = {"month": month.code, "number": number if is_told else None}
    said = {**counted, **desk.entered()}
    change = fact(desk.station, desk.person.id, COUNTED, new_record_id(), said)
    desk.station.apply([change], desk.act("note number of complaints"))


def _month(record: Record) -> str:
    return str(record.values.get("month") or "")

"""Holds: what a court or a records request may need is not destroyed, whatever was approved.

Who places one and who lifts it is signed. A hold that comes after an approval shows the records
again; once it is lifted, the order waits anew.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from intake_app.domain.errors import DiskFull, RecordMissing, StorageFailed
from intake_app.domain.ids import RecordId
from intake_app.domain.purge import Hold, Scope
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.purging.acts import HOLD, LIFT, known_acts, signed_fact
from intake_app.services.purging.settling import settle_purges


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold as the page shows it.

    Attributes:
        hold: The hold.
        by: Shown name of who placed it.
    """

    hold: Hold
    by: str


def place_hold(desk: Desk, scope: Scope, target: str = "") -> RecordId:
    """Hold a record, all intakes of a person, or everything.

    Args:
        desk: Whose.
        scope: What it covers.
        target: Id of the record or person.

    Returns:
        The hold.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: Nothing was named.
    """
    desk.require(May.HOLD_RECORDS)
    if (scope is Scope.ALL) == bool(target):
        raise RecordMissing
    change = signed_fact(desk, HOLD, {"scope": str(scope), "target": target})
    desk.station.apply([change], desk.act("place hold", change.record))
    _settle(desk)
    return change.record


def lift_hold(desk: Desk, ident: RecordId) -> None:
    """End a hold.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such hold, or it was lifted.
    """
    desk.require(May.HOLD_RECORDS)
    if ident not in {hold.id for hold in known_acts(desk).standing_holds()}:
        raise RecordMissing(ident)
    change = signed_fact(desk, LIFT, {}, about=ident)
    desk.station.apply([change], desk.act("lift hold", ident))
    _settle(desk)


def holds(desk: Desk) -> Sequence[HoldLine]:
    """The holds that stand, the oldest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.HOLD_RECORDS)
    found = sorted(known_acts(desk).standing_holds(), key=lambda hold: (hold.at, hold.id))
    return [HoldLine(hold, desk.name_of(hold.by)) for hold in found]


def _settle(desk: Desk) -> None:
    with suppress(DiskFull, StorageFailed):  # what a hold shows again, the next sign-in shows
        settle_purges(desk)

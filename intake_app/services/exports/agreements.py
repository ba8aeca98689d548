"""Agreements under which lines about people leave: with whom, which paper, until when.

Somebody who exports enters them; they hold no name of a person and lie in the `station` file, so
that whoever exports at another station finds them too.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from intake_app.domain.consent import Party
from intake_app.domain.entry import require_day
from intake_app.domain.errors import RecordMissing
from intake_app.domain.export_errors import AgreementNeeded, AgreementNotWhole
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.records.writing import create, hide

if TYPE_CHECKING:
    from intake_app.domain.change import Value
    from intake_app.domain.record import Record

AGREEMENT: Final = "export.agreement"
"""Kind of a record: {"to", "paper", "since", "until"}."""

_MOST_WORDS: Final = 200


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement.

    Attributes:
        id: Its record.
        to: With whom: as consents name them.
        paper: Its number or title, or the law in its place: "MOU 2026-14", "F.S. 985.126".
        since: First day on which it holds (YYYY-MM-DD).
        until: Last day; empty: no end is agreed.
    """

    id: RecordId
    to: str
    paper: str
    since: str
    until: str = ""

    def holds_on(self, day: str) -> bool:
        """Whether it holds on a day (YYYY-MM-DD)."""
        return self.since <= day and (not self.until or day <= self.until)

    @property
    def party(self) -> Party:
        """Who receives, as consents name somebody."""
        return Party(self.to)


def agreements(desk: Desk) -> list[Agreement]:
    """All that were entered and not taken back, by name.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.EXPORT_RECORDS)
    found = [_read(one) for one in desk.station.of_kind(AGREEMENT)]
    return sorted(found, key=lambda one: (one.to.casefold(), one.since, one.id))


def enter_agreement(desk: Desk, to: str, paper: str, since: str, until: str = "") -> RecordId:
    """Enter an agreement.

    Args:
        desk: Whose.
        to: With whom.
        paper: Its number or title, or the law in its place.
        since: First day (YYYY-MM-DD).
        until: Last day; empty: no end is agreed.

    Raises:
        NotAllowed: Not in one's roles.
        AgreementNotWhole: Who or what is missing, or it ends before it begins.
        BadEntry: A day is none.
    """
    desk.require(May.EXPORT_RECORDS)
    to, paper = " ".join(to.split()), " ".join(paper.split())
    if not to or not paper or max(len(to), len(paper)) > _MOST_WORDS:
        raise AgreementNotWhole("agreement")
    for day in filter(None, (since, until)):
        _ = require_day(day)
    if not since or (until and until < since):
        raise AgreementNotWhole("days")
    fields: dict[str, Value] = {
        "to": to, "paper": paper, "since": since, "until": until, **desk.entered(),
    }  # fmt: skip
    change = create(desk.station, desk.person.id, AGREEMENT, new_record_id(), fields)
    desk.station.apply([change], desk.act("enter agreement", change.record))
    return change.record


def end_agreement(desk: Desk, ident: RecordId) -> None:
    """Take an agreement back: nothing leaves under it any more.

    Raises:
        NotAllowed: Not in one's roles.
        RecordMissing: There is none.
    """
    desk.require(May.EXPORT_RECORDS)
    record = desk.station.record(ident)
    if record is None or record.kind != AGREEMENT or record.is_deleted:
        raise RecordMissing(ident)
    change = hide(desk.station, desk.person.id, record, "ended")
    desk.station.apply([change], desk.act("end agreement", ident))


def require_agreement(desk: Desk, ident: str) -> Agreement:
    """The agreement under which something is to leave today.

    Raises:
        AgreementNeeded: There is none, or it does not hold today.
    """
    record = desk.station.record(RecordId(ident)) if ident else None
    if record is None or record.kind != AGREEMENT or record.is_deleted:
        raise AgreementNeeded
    found = _read(record)
    if not found.holds_on(desk.clock.local().date().isoformat()):
        raise AgreementNeeded("day")
    return found


def _read(record: "Record") -> Agreement:
    said = {name: str(record.values.get(name) or "") for name in ("to", "paper", "since", "until")}
    return Agreement(record.id, **said)

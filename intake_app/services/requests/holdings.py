"""Which classes of records the department holds: counted by who holds a file's key, told to all.

A records request is answered with classes, never with content, and by somebody who cannot open
the files: so whoever can leaves the counts in `station`, once a day. A small count says more
than it should in a small town: 1 to 10 are told as "fewer than 11" (CMS cell size policy).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain import facts
from intake_app.domain.clock import stamp
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import write

HOLDINGS: Final = "holdings"
"""Kind of the records in `station`: one for each file of records."""

SMALL: Final = 10
"""The largest count that is not told."""

_CLASSES: Final[Mapping[Compartment, Mapping[str, Sequence[str]]]] = {
    Compartment.CARE: {
        "care_intakes": ("intake",),
        "care_referrals": ("referral", "bed_call"),
        "care_consents": ("consent", "consent_tpo", "consent.report_back", "disclosure"),
        "care_follow_ups": ("follow_up", "attempt"),
        "care_screenings": ("screening",),
        "care_attachments": ("attachment",),
    },
    Compartment.CASES: {
        "cases": ("intake",),
        "case_offers": ("offer",),
        "case_papers": ("paper",),
    },
    Compartment.SEALED: {"sealed_cases": ("intake",)},
}
"""The classes of `resources/codes/record_classes.csv`, with the kinds of records in each."""

_ANEW: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holding:
    """A class of records.

    Attributes:
        id: Code of the class.
        label: Its name.
        rule: The law or policy under which it is kept.
        count: How many; None where nobody has counted yet.
        counted: The day it was counted (YYYY-MM-DD), or empty.
    """

    id: str
    label: Text
    rule: str
    count: int | None
    counted: str


def holdings(desk: Desk) -> list[Holding]:
    """All classes, in the order of the code table; a class that nobody counted is there too."""
    counted: dict[str, tuple[int, str]] = {}
    for record in desk.station.of_kind(HOLDINGS):
        day = str(record.values.get(facts.OPENED, ""))[:10]
        said: Mapping[str, int] = record.values.get("counts") or {}
        counted |= {name: (int(count), day) for name, count in said.items()}
    return [
        Holding(one.id, one.label, one.standard, *counted.get(one.id, (None, "")))
        for one in desk.library.codes("record_classes")
    ]


def count_holdings(desk: Desk) -> None:
    """Leave the counts of the files that are open here, where the last ones are a day old."""
    files = {name: desk.open_file(name) for name in _CLASSES}
    changes = [
        write(desk.station, desk.person.id, HOLDINGS, _ident(name), _counted(desk, name, file))
        for name, file in files.items()
        if file is not None and _is_due(desk, name)
    ]
    if changes:
        desk.station.apply(changes, desk.act("count holdings"))


def _ident(name: Compartment) -> RecordId:
    return RecordId(f"{HOLDINGS}.{name}")


def _is_due(desk: Desk, name: Compartment) -> bool:
    last = desk.station.record(_ident(name))
    if last is None:
        return True
    at = datetime.fromisoformat(str(last.values[facts.OPENED]))
    return desk.clock.now() - at >= _ANEW


def _counted(desk: Desk, name: Compartment, file: Records) -> dict[str, object]:
    kinds = {kind for group in _CLASSES[name].values() for kind in group}
    known = file.counts(sorted(kinds))
    counts = {ident: sum(known[k] for k in group) for ident, group in _CLASSES[name].items()}
    return {"counts": counts, facts.OPENED: stamp(desk.clock)}

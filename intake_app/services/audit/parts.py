"""What the rooms of the audit share: the parts of a desk, and signed facts in `station`."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.errors import BadRegistry, CannotOpen, NoGrant
from intake_app.domain.ids import UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.needs.audit import AuditParts
from intake_app.services.records.writing import fact

SIGNED: Final = "signed"
"""Field of a fact: all that it says, signed by its author."""


def parts_of(desk: Desk) -> AuditParts:
    """What the audit needs.

    Raises:
        NoGrant: It is not on this desk.
    """
    if desk.audit is None:
        raise NoGrant("audit")
    return desk.audit


def signed_fact(
    desk: Desk, kind: str, said: Mapping[str, object], plain: Mapping[str, Value]
) -> Change:
    """A fact that carries its author's signature, and some fields by which it is found."""
    ident = new_record_id()
    text = parts_of(desk).signer.sign(kind, {**said, "id": ident, "at": stamp(desk.clock)})
    fields: dict[str, Value] = {SIGNED: text, **plain, **desk.entered()}
    return fact(desk.station, desk.person.id, kind, ident, fields)


def read_fact(desk: Desk, record: Record, act: May | None) -> tuple[UserId, dict[str, Any]] | None:
    """Who signed a fact, and what it says; None where it does not hold good."""
    text = str(record.values.get(SIGNED) or "")
    try:
        by, said = parts_of(desk).signer.read(record.kind, text, act)
    except (CannotOpen, BadRegistry):
        return None
    return (by, said) if said.get("id") == record.id else None


def newest_first(desk: Desk, kind: str) -> Iterator[Record]:
    """The facts of a kind, the newest first."""
    yield from reversed(desk.station.of_kind(kind))

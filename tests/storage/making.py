"""Changes for stories about storage."""

from intake_app.domain.change import Action, Change, Value
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import replaced_by
from intake_app.storage.compartment import Compartment

ANN = UserId("u1")
NAMED = {"last_name": "last", "first_name": "first", "phone": "phone"}


def begun(to: Compartment, **fields: Value) -> Change:
    """A change that begins an intake."""
    values = {"~facts": NAMED, "~opened": "2026-11-23T14:40:00.00+0000", **fields}
    return Change(to.stamp(), ANN, Action.WRITE, "intake", new_record_id(), values)


def edited(to: Compartment, record: RecordId, **fields: Value) -> Change:
    """A change to an intake that sees all that is there."""
    over = replaced_by(to.record(record), fields)
    return Change(to.stamp(), ANN, Action.WRITE, "intake", record, fields, over)


def signed(to: Compartment, about: RecordId, **fields: Value) -> Change:
    """A legal act about an intake."""
    return Change(to.stamp(), ANN, Action.FACT, "consent", new_record_id(), fields, about=about)


def purged(to: Compartment, record: RecordId) -> Change:
    """The end of a record."""
    return Change(to.stamp(), ANN, Action.PURGE, "intake", record, {})

"""How a service writes: it makes changes, and hands them to the one door of a file."""

from collections.abc import Mapping
from dataclasses import replace

from intake_app.domain.change import Action, Change, Value
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record, deletion, replaced_by
from intake_app.services.needs.files import Records, Stamps


def write(
    to: Records,
    user: UserId,
    kind: str,
    ident: RecordId,
    fields: Mapping[str, Value],
    about: RecordId = RecordId(""),
) -> Change:
    """A change that gives fields new values, and says what it replaces.

    Args:
        to: The file that it will be applied to.
        user: Who.
        kind: Kind of the record.
        ident: The record; new or existing.
        fields: New values.
        about: The record that a new one belongs to.
    """
    before = to.record(ident)
    return Change(
        to.stamp(), user, Action.WRITE, kind, ident, fields,
        replaced_by(before, fields), before.about if before else about,
    )  # fmt: skip


def create(
    to: Stamps,
    user: UserId,
    kind: str,
    ident: RecordId,
    fields: Mapping[str, Value],
    about: RecordId = RecordId(""),
) -> Change:
    """A change that makes a new record: `write` without looking for an old one."""
    return Change(to.stamp(), user, Action.WRITE, kind, ident, fields, {}, about)


def fact(
    to: Stamps,
    user: UserId,
    kind: str,
    ident: RecordId,
    fields: Mapping[str, Value],
    about: RecordId = RecordId(""),
) -> Change:
    """A legal act: a record that is created once and never changed."""
    made = create(to, user, kind, ident, fields, about)
    return replace(made, action=Action.FACT)


def hide(to: Records, user: UserId, record: Record, why: str) -> Change:
    """Take a record out of lists and counts; its values stay."""
    return write(to, user, record.kind, record.id, deletion(record, why))

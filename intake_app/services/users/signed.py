"""Storing what was signed about people: registry entries and travelling keys, in one act."""

from collections.abc import Iterable

from intake_app.domain.errors import NoGrant
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carried_keys import TEXT, TRAVEL
from intake_app.services.needs.users import UserParts
from intake_app.services.records.writing import fact
from intake_app.services.signing.setting_up import REGISTRY


def user_parts(desk: Desk) -> UserParts:
    """What keeping people needs.

    Raises:
        NoGrant: This desk has none.
    """
    if desk.users is None:
        raise NoGrant("users")
    return desk.users


def store(
    desk: Desk, what: str, user: UserId, entries: Iterable[str], travel: Iterable[str] = ()
) -> None:  # fmt: skip
    """Store what was signed; the audit line names about whom.

    Args:
        desk: Who signed.
        what: The act.
        user: About whom.
        entries: New registry entries.
        travel: Their keys for other stations.

    Raises:
        DiskFull: The act was not done.
        StorageFailed: The act was not done.
    """
    file, by = desk.station, desk.person.id
    changes = [fact(file, by, REGISTRY, new_record_id(), {"entry": one}) for one in entries]
    changes += [fact(file, by, TRAVEL, new_record_id(), {TEXT: text}) for text in travel]
    try:
        file.apply(changes, desk.act(what, RecordId(user)))
    except BaseException:
        user_parts(desk).desk.undo()
        raise

"""Sign-ins that wait for somebody to release them, for who may: an administrator, or a supervisor.

A supervisor who is signed in is on shift: nobody else can release from here.
"""

from dataclasses import dataclass

from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import May
from intake_app.domain.staffing import Colleague
from intake_app.domain.user_errors import PersonLeft
from intake_app.services.desk import Desk
from intake_app.services.users.signed import user_parts


@dataclass(frozen=True, slots=True)
class Locked:
    """Somebody who typed a wrong passphrase too often.

    Attributes:
        id: Who.
        shown_name: Their name.
    """

    id: UserId
    shown_name: str


def locked_users(desk: Desk) -> list[Locked]:
    """Who waits.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.RELEASE_LOCKOUT)
    parts = user_parts(desk)
    return [
        Locked(one.id, one.shown_name)
        for one in parts.desk.people()
        if one.is_working and parts.desk.is_locked(one.user_name)
    ]


def release_user(desk: Desk, user: UserId) -> None:
    """Let them try again; logged before it holds.

    Raises:
        NotAllowed: Not in one's roles.
        PersonLeft: There is no such person.
    """
    desk.require(May.RELEASE_LOCKOUT)
    parts = user_parts(desk)
    found = next((one for one in parts.desk.people() if one.id == user and one.is_working), None)
    if found is None:
        raise PersonLeft
    _release(desk, found)


def release_with_passphrase(desk: Desk, one: Colleague) -> None:
    """Who is given a passphrase can use it: wrong tries of before would shut them out again."""
    if user_parts(desk).desk.is_locked(one.user_name):
        _release(desk, one)


def _release(desk: Desk, one: Colleague) -> None:
    desk.station.note(desk.act("release sign-in", RecordId(one.id)))
    user_parts(desk).desk.release(one.user_name)

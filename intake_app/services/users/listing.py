"""Who signs in here: their roles, how their sign-in stands, and what may not be taken from them."""

from dataclasses import dataclass
from enum import StrEnum

from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, May, Role
from intake_app.domain.staffing import Colleague
from intake_app.services.desk import Desk
from intake_app.services.users.away import idle_users, last_seen
from intake_app.services.users.signed import user_parts


class Standing(StrEnum):
    """How somebody's sign-in stands."""

    WORKING = "working"
    LOCKED = "locked"  # too many wrong tries; an administrator or supervisor releases it
    AWAY = "away"  # not used for a long time; an administrator lets them in again
    DISABLED = "disabled"  # shut out until they are given a new passphrase
    LEFT = "left"  # for good


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in here, or did.

    Attributes:
        id: Stable and opaque.
        user_name: What they sign in with.
        shown_name: What colleagues and papers see.
        roles: Their hats; also while disabled.
        standing: How their sign-in stands.
        seen: The last day on which they signed in or got new keys (YYYY-MM-DD).
        opens: The files of people that they hold keys of.
        waits_for: Keys that a holder has not given them yet.
        is_self: The signed-in person.
    """

    id: UserId
    user_name: str
    shown_name: str
    roles: frozenset[Role]
    standing: Standing
    seen: str
    opens: frozenset[Compartment]
    waits_for: tuple[Compartment, ...]
    is_self: bool


def users(desk: Desk) -> list[User]:
    """Everybody, by shown name; who left comes last.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.MANAGE_USERS)
    return users_of(desk)


def users_of(desk: Desk) -> list[User]:
    """The same, for acts that asked for another right."""
    parts = user_parts(desk)
    idle = idle_users(desk.station, parts, desk.clock)
    seen = last_seen(desk.station, parts, desk.clock)
    waiting = parts.desk.waiting()
    found = [
        User(
            one.id, one.user_name, one.shown_name, one.roles,
            _standing(one, is_idle=one.id in idle, is_locked=parts.desk.is_locked(one.user_name)),
            seen[one.id].isoformat() if one.id in seen else "",
            one.holds - {Compartment.STATION},
            tuple(asked.compartment for asked in waiting if asked.user == one.id),
            one.id == desk.person.id,
        )
        for one in parts.desk.people()
    ]  # fmt: skip
    return sorted(found, key=lambda u: (u.standing is Standing.LEFT, u.shown_name.casefold(), u.id))


def _standing(one: Colleague, *, is_idle: bool, is_locked: bool) -> Standing:
    if one.has_left:
        return Standing.LEFT
    if one.is_disabled:
        return Standing.DISABLED
    if is_locked:
        return Standing.LOCKED
    return Standing.AWAY if is_idle else Standing.WORKING

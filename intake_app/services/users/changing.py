"""What an administrator does with people: let in, change roles, shut out, let come back.

Nobody chooses a passphrase for somebody else: a new one has four random words, is shown once, and
is replaced at the first sign-in. Nothing here reads a record, or lets the administrator read one.
"""

import unicodedata
from dataclasses import dataclass, field

from intake_app.domain.errors import BadEntry
from intake_app.domain.ids import UserId
from intake_app.domain.roles import May, Role
from intake_app.domain.shown_name import is_plainly_shown, look
from intake_app.domain.staffing import Colleague, require_others, require_renewable
from intake_app.domain.user_errors import (
    NotYourself,
    OwnPassphrase,
    OwnRoles,
    PersonLeft,
    RoleMissing,
    ShownNameTaken,
    UserNameBad,
    UserNameTaken,
)
from intake_app.services.desk import Desk
from intake_app.services.needs.users import Given
from intake_app.services.users.away import note_seen
from intake_app.services.users.granting import settle_users
from intake_app.services.users.lockouts import release_with_passphrase
from intake_app.services.users.signed import store, user_parts


@dataclass(frozen=True, slots=True)
class OneTime:
    """A passphrase for the first sign-in; shown and printed once, never kept.

    Attributes:
        user: Whose.
        user_name: What they sign in with.
        shown_name: Their name.
        passphrase: Four words.
    """

    user: UserId
    user_name: str
    shown_name: str
    passphrase: str = field(repr=False)


def add_user(desk: Desk, user_name: str, shown_name: str, roles: frozenset[Role]) -> OneTime:
    """Let somebody in. What their roles open waits for a holder's yes.

    Raises:
        NotAllowed: Not in one's roles.
        UserNameBad: A name is missing.
        UserNameTaken: Somebody signs in with it.
        ShownNameTaken: Holders could take them for somebody who works here.
        RoleMissing: No role.
        DiskFull: Nobody was let in.
    """
    desk.require(May.MANAGE_USERS)
    parts, tidy, shown = user_parts(desk), user_name.strip(), " ".join(shown_name.split())
    if not tidy or not shown:
        raise UserNameBad
    if not roles:
        raise RoleMissing
    working = [one for one in parts.desk.people() if not one.has_left]
    if _plain(tidy) in {_plain(one.user_name) for one in working}:
        raise UserNameTaken
    if not is_plainly_shown(shown):
        raise UserNameBad
    if look(shown) in {look(one.shown_name) for one in working}:
        raise ShownNameTaken
    try:
        given = parts.desk.add(tidy, shown, roles)
    except BadEntry as error:
        raise UserNameBad from error
    store(desk, "add user", given.user, given.entries, given.travel)
    return _once(given, tidy, shown)


def renew_user(desk: Desk, user: UserId) -> OneTime:
    """A new passphrase for once, and new keys: forgotten, exposed, or back after being disabled.

    What the old keys opened waits for a holder's yes; drafts come back with it.

    Raises:
        NotAllowed: Not in one's roles.
        OwnPassphrase: One changes one's own in the settings.
        PersonLeft: They left for good.
        RenewWithCard: Nobody else opens what they open.
        DiskFull: Nothing was changed.
    """
    desk.require(May.MANAGE_USERS)
    parts, one = user_parts(desk), _one(desk, user)
    if user == desk.person.id:
        raise OwnPassphrase
    require_renewable(parts.desk.people(), user)
    release_with_passphrase(desk, one)
    given = parts.desk.renew(user)
    store(desk, "give one-time passphrase", user, given.entries, given.travel)
    return _once(given, one.user_name, one.shown_name)


def disable_user(desk: Desk, user: UserId) -> None:
    """Shut somebody out now, on this computer, and on the others with the next exchange.

    Raises:
        NotAllowed: Not in one's roles, or it is oneself.
        LastAdministrator: Nobody else lets people in.
        LastReaderOfCare: Nobody else opens what they open; or its like.
        DiskFull: Nothing was changed.
    """
    _require_removable(desk, user)
    store(desk, "disable user", user, user_parts(desk).desk.disable(user))
    settle_users(desk)


def user_left(desk: Desk, user: UserId) -> None:
    """Shut somebody out for ever. Holders can go on with what they began.

    Raises:
        NotAllowed: Not in one's roles, or it is oneself.
        LastAdministrator: Nobody else lets people in.
        LastReaderOfCare: Nobody else opens what they open; or its like.
        DiskFull: Nothing was changed.
    """
    _require_removable(desk, user)
    store(desk, "user left", user, user_parts(desk).desk.leave(user))
    settle_users(desk)


def change_roles(desk: Desk, user: UserId, roles: frozenset[Role], card: str = "") -> None:
    """Give and take roles. What a new role opens waits for a holder's yes, unless a card says it.

    Args:
        desk: Whose.
        user: Whose roles.
        roles: All that they shall have.
        card: Words of a recovery card (or of two), where the department keeps them so.

    Raises:
        NotAllowed: Not in one's roles.
        OwnRoles: Nobody gives themselves a role, without a card.
        RoleMissing: None would be left.
        PersonLeft: They left for good.
        LastAdministrator: Nobody else lets people in.
        LastReaderOfCare: Nobody else opens what they open; or its like.
        BadRecoveryCard: A word is wrong, or another card is needed.
        DiskFull: Nothing was changed.
    """
    desk.require(May.MANAGE_USERS)
    parts, one = user_parts(desk), _one(desk, user)
    if not roles:
        raise RoleMissing
    if roles == one.roles:
        return
    if user == desk.person.id and roles - one.roles and not card.strip():
        raise OwnRoles
    require_others(parts.desk.people(), user, roles, keeps_keys=True)
    what = "change roles with card" if card.strip() else "change roles"
    store(desk, what, user, parts.desk.change_roles(user, roles, card.strip()))
    settle_users(desk)


def let_back(desk: Desk, user: UserId) -> None:
    """Let somebody in again who was away too long; their keys are as they were.

    Raises:
        NotAllowed: Not in one's roles.
        PersonLeft: They left for good.
    """
    desk.require(May.MANAGE_USERS)
    _one(desk, user)
    note_seen(desk, user, "let user back after absence")


def _require_removable(desk: Desk, user: UserId) -> None:
    desk.require(May.MANAGE_USERS)
    _one(desk, user)
    if user == desk.person.id:
        raise NotYourself
    require_others(user_parts(desk).desk.people(), user)


def _one(desk: Desk, user: UserId) -> Colleague:
    people = user_parts(desk).desk.people()
    found = next((one for one in people if one.id == user), None)
    if found is None or found.has_left:
        raise PersonLeft
    return found


def _once(given: Given, user_name: str, shown_name: str) -> OneTime:
    return OneTime(given.user, user_name, shown_name, given.passphrase)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()

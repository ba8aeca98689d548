"""What can be done about somebody's sign-in, and what each of it means."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from intake_app.domain.roles import Role
from intake_app.services.users.listing import Standing, User
from intake_app.words import mark


class Deed(StrEnum):
    """One thing that an administrator does."""

    ROLES = "roles"
    RENEW = "renew"
    DISABLE = "disable"
    LEAVE = "leave"
    LET_BACK = "let_back"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Decided:
    """What an administrator decided about somebody.

    Attributes:
        user: About whom.
        deed: What.
        roles: All roles that they shall have, for `Deed.ROLES`.
        card: Words of a recovery card, where they were typed.
    """

    user: User
    deed: Deed
    roles: frozenset[Role] = frozenset()
    card: str = ""

    def __repr__(self) -> str:
        """Without the card."""
        return f"Decided({self.deed})"


LABELS: Final = {
    Deed.RELEASE: mark("Release: let them try again"),
    Deed.LET_BACK: mark("Let in again"),
    Deed.ROLES: mark("Change roles"),
    Deed.RENEW: mark("Give a passphrase for one time"),
    Deed.DISABLE: mark("Disable for now"),
    Deed.LEAVE: mark("Has left for good"),
}
TOLD: Final = {
    Deed.RELEASE: mark("After too many wrong tries. Make sure that it was really this person."),
    Deed.LET_BACK: mark(
        "They were away too long. Their keys and unfinished work are as they were."
    ),
    Deed.ROLES: mark(
        "What a new role lets them read waits until a colleague who reads it says yes. What they "
        "may no longer read is shut on this computer now."
    ),
    Deed.RENEW: mark(
        "For a forgotten passphrase, one that others may know, or somebody who is back. You get "
        "four words for them. Colleagues give their keys back; then unfinished work is there again."
    ),
    Deed.DISABLE: mark(
        "They are shut out on this computer now, and on others with the next exchange. They come "
        "back with a passphrase for one time."
    ),
    Deed.LEAVE: mark(
        "They are shut out for ever, and new keys begin. What they began can be finished by "
        "colleagues who read the same records. Their name stays on what they did."
    ),
}


def deeds_for(one: User) -> list[Deed]:
    """What there is to do about somebody, the likeliest first."""
    found = [Deed.ROLES]
    if one.standing is Standing.LOCKED:
        found.insert(0, Deed.RELEASE)
    if one.standing is Standing.AWAY:
        found.insert(0, Deed.LET_BACK)
    if one.standing is Standing.DISABLED:
        found.insert(0, Deed.RENEW)
    elif not one.is_self:
        found.append(Deed.RENEW)
    if not one.is_self and one.standing is not Standing.DISABLED:
        found.append(Deed.DISABLE)
    if not one.is_self:
        found.append(Deed.LEAVE)
    return found

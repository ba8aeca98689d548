"""Keys that holders are asked for: what an administrator proposes, a holder says yes or no to.

An administrator lets people in and gives roles, and reads nothing. Whether somebody really gets the
key of `care`, `cases` or `sealed` is said by a person who holds it, who asks that somebody first.
Only what a holder gave already, at another computer, is sealed here without asking again.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.roles import Compartment, May
from intake_app.domain.staffing import Asked, Why
from intake_app.domain.user_errors import NobodyAsks
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carried_keys import give_keys
from intake_app.services.records.writing import fact
from intake_app.services.users.away import tell_others
from intake_app.services.users.signed import store, user_parts

ANSWER: Final = "key.answer"
"""Kind of a fact: a holder said no to a key, or an administrator asks once more."""

_NO, _AGAIN = "no", "again"


@dataclass(frozen=True, slots=True)
class KeyAsked:
    """A key that somebody is to get, as a holder or an administrator sees it.

    Attributes:
        asked: What is asked.
        name: Shown name of who is to get it.
        by: Shown name of who proposes it; empty: a recovery card.
        for_self: They propose it for themselves.
        refused_by: Shown name of a holder who said no; empty: nobody did.
    """

    asked: Asked
    name: str
    by: str
    for_self: bool
    refused_by: str = ""

    @property
    def why(self) -> Why:
        """What made it necessary."""
        return self.asked.why


def keys_asked(desk: Desk) -> list[KeyAsked]:
    """Keys that this person can give, and nobody has said no to.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.GRANT_KEYS)
    found = _told(desk, user_parts(desk).desk.asked())
    return [one for one in found if not one.refused_by]


def keys_waiting(desk: Desk) -> list[KeyAsked]:
    """All keys that wait for a holder, and those that were refused.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.MANAGE_USERS)
    return waiting_keys(desk)


def waiting_keys(desk: Desk) -> list[KeyAsked]:
    """The same, for acts that asked for another right."""
    return _told(desk, user_parts(desk).desk.waiting())


def give_key(desk: Desk, asked: Asked) -> None:
    """Say yes: the key is sealed to them on this computer, and at the others as holders sign in.

    Raises:
        NotAllowed: Not in one's roles.
        NobodyAsks: It was answered already, or is asked no more.
        DiskFull: It was not given.
    """
    desk.require(May.GRANT_KEYS)
    parts = user_parts(desk)
    if asked not in parts.desk.asked() or _refusers(desk).get(_name(asked)):
        raise NobodyAsks
    entries = parts.desk.grant(asked.user, asked.compartment)
    store(desk, f"give key of {asked.compartment}", asked.user, entries)
    if desk.stations is not None:
        with suppress(DiskFull, StorageFailed):  # it goes with the next sign-in
            give_keys(desk.station, desk.person.id, desk.stations.post)


def refuse_key(desk: Desk, asked: Asked) -> None:
    """Say no; an administrator may ask once more.

    Raises:
        NotAllowed: Not in one's roles.
        NobodyAsks: It was answered already, or is asked no more.
    """
    desk.require(May.GRANT_KEYS)
    if asked not in user_parts(desk).desk.asked():
        raise NobodyAsks
    _answer(desk, asked, _NO, f"refuse key of {asked.compartment}")


def ask_again(desk: Desk, asked: Asked) -> None:
    """Ask holders once more for what one of them refused.

    Raises:
        NotAllowed: Not in one's roles.
        NobodyAsks: It is asked no more.
    """
    desk.require(May.MANAGE_USERS)
    if asked not in user_parts(desk).desk.waiting():
        raise NobodyAsks
    _answer(desk, asked, _AGAIN, f"ask again for key of {asked.compartment}")


def settle_users(desk: Desk) -> None:
    """Seal here what holders gave elsewhere; who was shut out loses slot and keys.

    What the disk does not take waits for the next sign-in: the registry holds either way.
    """
    if desk.users is None:
        return
    with suppress(DiskFull, StorageFailed):
        if entries := desk.users.desk.settle():
            store(desk, "grant key", desk.person.id, entries)
        tell_others(desk)


def _told(desk: Desk, found: Iterable[Asked]) -> list[KeyAsked]:
    people = {one.id: one.shown_name for one in user_parts(desk).desk.people()}
    refusers = _refusers(desk)
    return [
        KeyAsked(
            one, people.get(one.user, ""), people.get(one.by, ""), one.by == one.user,
            people.get(refusers.get(_name(one), UserId("")), ""),
        )
        for one in found
    ]  # fmt: skip


def _answer(desk: Desk, asked: Asked, answer: str, what: str) -> None:
    told = {
        "asked": _name(asked), "user": asked.user, "compartment": asked.compartment,
        "answer": answer, **desk.entered(),
    }  # fmt: skip
    change = fact(desk.station, desk.person.id, ANSWER, new_record_id(), told)
    desk.station.apply([change], desk.act(what, RecordId(asked.user)))


def _refusers(desk: Desk) -> dict[str, UserId]:
    """Who said no last, by what was asked; nobody, where it was asked once more since."""
    found = dict[str, UserId]()
    for record in desk.station.of_kind(ANSWER):
        said = record.values
        name, by = str(said.get("asked", "")), UserId(str(said.get(facts.BY, "")))
        found[name] = by if said.get("answer") == _NO else UserId("")
    return found


def _name(asked: Asked) -> str:
    """Names what is asked: other keys or another role are another question."""
    return f"{asked.cause}/{asked.user}/{Compartment(asked.compartment)}"

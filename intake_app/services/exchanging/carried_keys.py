"""Keys that travel between stations: records in `station` that only those can open they are for.

At each sign-in what came is taken, and what somebody else lacks is given. Nothing here can be read
or made without the keys behind `KeyPost`; doing it again changes nothing.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.ids import UserId, new_record_id
from intake_app.domain.roles import Compartment
from intake_app.services.needs.files import Records
from intake_app.services.needs.stations import KeyPost, StationParts
from intake_app.services.records.writing import fact
from intake_app.services.signing.setting_up import add_entries

TRAVEL: Final = "key.travel"
"""Kind of a fact: the keys of a user, for one other station."""

INSIDE: Final = "key.inside"
"""Kind of a fact: the keys inside a compartment, for one holder or station."""

TEXT: Final = "text"
"""Its only field: what was signed and sealed."""


def take_travel(station: Records, post: KeyPost) -> int:
    """Let colleagues sign in here whose keys have come; how many are new."""
    return post.take_travel(_texts(station, TRAVEL))


def handed(station: Records, post: KeyPost) -> dict[Compartment, str]:
    """What is inside compartments, after all that was handed here; only where it is new."""
    return post.take_insides(_texts(station, INSIDE))


def take_generations(station: Records, parts: StationParts) -> None:
    """Use what other holders have begun, in files that are open here."""
    for compartment, text in handed(station, parts.post).items():
        if parts.generations.is_open(compartment):
            parts.generations.keep(compartment, text)


def give_keys(station: Records, user: UserId, post: KeyPost) -> int:
    """Give what colleagues and other stations lack; how many texts were written."""
    changes = [
        fact(station, user, kind, new_record_id(), {TEXT: text})
        for kind, due in _due(post)
        for text in due(_texts(station, kind))
    ]
    if changes:
        station.apply(changes, Act(user, "give keys"))
    return len(changes)


def renew_keys(station: Records, user: UserId, parts: StationParts) -> bool:
    """Begin a new generation where a struck station knows the present one, and give it on."""
    due = [one for one in Compartment if parts.generations.is_due(one)]
    for compartment in due:
        parts.generations.begin(compartment)
    give_keys(station, user, parts.post)
    return bool(due)


def begin_generation(
    station: Records, user: UserId, parts: StationParts, compartment: Compartment
) -> int:  # fmt: skip
    """Turn the page of a compartment: a new generation, given to all who shall have it."""
    number = parts.generations.begin(compartment)
    give_keys(station, user, parts.post)
    return number


def forget_generation(
    station: Records, user: UserId, parts: StationParts, compartment: Compartment, generation: int
) -> None:  # fmt: skip
    """Destroy a generation and all before it: in the file, and in what was handed to others.

    The newer ones are handed on first, so that nobody is left without any.

    Raises:
        ValueError: It is the newest.
    """
    parts.generations.forget(compartment, generation)
    give_keys(station, user, parts.post)
    drop_outdated(station, user, parts.post)


def drop_outdated(station: Records, user: UserId, post: KeyPost) -> int:
    """Purge texts that still hold destroyed generations; how many."""
    gone = set(post.outdated(_texts(station, INSIDE)))
    changes = [
        Change(station.stamp(), user, Action.PURGE, INSIDE, record.id, {})
        for record in station.of_kind(INSIDE)
        if str(record.values.get(TEXT, "")) in gone
    ]
    if changes:
        station.apply(changes, Act(user, "destroy old keys"))
    return len(changes)


def settle_keys(station: Records, user: UserId, parts: StationParts) -> None:
    """At sign-in: all of it.

    Raises:
        DiskFull: The rest waits for the next sign-in.
        StorageFailed: The same.
    """
    if entries := parts.desk.add_seal_key():
        add_entries(station, user, entries, "add seal key")
    renew_keys(station, user, parts)
    drop_outdated(station, user, parts.post)


class KeysThatCame:
    """Uses what bundles bring, while somebody is signed in; costs nothing where nothing came.

    Args:
        station: Where the texts lie.
        user: Who is signed in.
        parts: Keys, and who may have them.
    """

    def __init__(self, station: Records, user: UserId, parts: StationParts) -> None:
        self._station, self._user, self._parts = station, user, parts
        self._known = self._places()

    def settle(self, *, has_grown: bool) -> None:
        """After bundles were taken in: use the keys that came.

        Args:
            has_grown: The registry did; a station that is new is given some.
        """
        if not has_grown and self._places() == self._known:
            return
        with suppress(DiskFull, StorageFailed):  # it waits for the next sign-in
            take_travel(self._station, self._parts.post)
            take_generations(self._station, self._parts)
            if has_grown:
                renew_keys(self._station, self._user, self._parts)
        self._known = self._places()

    def _places(self) -> set[int]:
        return {n for kind in (TRAVEL, INSIDE) for n in self._station.order(kind)}


def _due(post: KeyPost) -> tuple[tuple[str, Callable[[Sequence[str]], list[str]]], ...]:
    return (TRAVEL, post.travel_due), (INSIDE, post.insides_due)


def _texts(station: Records, kind: str) -> list[str]:
    return [str(record.values.get(TEXT, "")) for record in station.of_kind(kind)]

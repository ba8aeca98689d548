"""The stores of this computer: which there are, adding and removing them, their passwords.

Nothing here touches a network: a child process does (`exchange.store_trial`), and what it brings
back is checked here, with the registry of who is signed in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlsplit

from intake_app.domain.carrying_errors import NothingIsExchanged
from intake_app.domain.errors import StorageFailed
from intake_app.domain.exchange_errors import MarkerRefused
from intake_app.domain.roles import May
from intake_app.domain.store_errors import StoresUnreadable, StoreUnknown
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import require_exchange
from intake_app.services.needs.stores import StoreParts
from intake_app.settings.stores import StoreEntry, forget_store, keep_store, read_stores
from intake_app.words import mark

STICK: Final = "stick"

KINDS: Final[Mapping[str, str]] = {
    "folder": mark("Shared folder"),
    "webdav": mark("WebDAV server"),
    "s3": mark("S3 store"),
    "azure": mark("Azure store"),
    STICK: mark("Stick"),
}
"""What people call each kind."""

ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "folder": ("name", "place"),
    "webdav": ("name", "place", "root", "user", "password"),
    "s3": ("name", "place", "region", "bucket", "root", "user", "password"),
    "azure": ("name", "place", "bucket", "root", "user", "password"),
}
"""What is asked of each kind that is added by hand; sticks are made ready in the stick page."""

OPTIONAL: Final = frozenset({"name", "root", "region"})


@dataclass(frozen=True, slots=True)
class NewStore:
    """A store as it was typed.

    Attributes:
        entry: Where it is; its `hub` is empty until a marker was read.
        secret: What opens it: "user" and "password"; empty of a folder.
    """

    entry: StoreEntry
    secret: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


@dataclass(frozen=True, slots=True)
class KnownStore:
    """A store of this computer.

    Attributes:
        entry: As the list has it.
        has_secret: Whether this computer has what opens it; true where nothing is needed.
    """

    entry: StoreEntry
    has_secret: bool


def stores(desk: Desk) -> list[KnownStore]:
    """All stores but sticks.

    Raises:
        NotAllowed: Not in this person's roles.
        StoresUnreadable: The list cannot be read.
    """
    desk.require(May.KEEP_STORES)
    parts = store_parts(desk)
    return [
        KnownStore(one, one.is_local or parts.secrets.has(one.hub))
        for one in _read(parts)
        if one.kind != STICK
    ]


def marker_for(desk: Desk, new: NewStore) -> tuple[NewStore, str]:
    """A signed marker for an empty store, and the store with the id that stands in it.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.KEEP_STORES)
    hub, data = require_exchange(desk).new_marker(new.entry.kind)
    return replace(new, entry=replace(new.entry, hub=hub)), data.decode()


def add_store(desk: Desk, new: NewStore, marker: str) -> StoreEntry:
    """Put a store on the list, with the marker that was read back from it.

    Raises:
        NotAllowed: Not in this person's roles.
        MarkerRefused: The store is not this department's, or of another kind.
        NoKeyring: Its password cannot be kept here.
        StoresUnreadable: The list cannot be read.
        StorageFailed: The disk refused.
    """
    desk.require(May.KEEP_STORES)
    parts = store_parts(desk)
    read = parts.markers.read(marker)
    if read.kind != new.entry.kind or new.entry.hub not in {"", read.hub}:
        raise MarkerRefused("kind")
    entry = replace(new.entry, hub=read.hub, marker=marker, issue=read.issue)
    if new.secret:
        parts.secrets.keep(read.hub, {**new.secret, "place": entry.place})
    keep_entry(parts, entry)
    desk.station.note(desk.act(f"add store {entry.kind}"))
    return entry


def renew_secret(desk: Desk, hub: str, secret: Mapping[str, str]) -> None:
    """Keep another password for a store.

    Raises:
        NotAllowed: Not in this person's roles.
        StoreUnknown: It is not on the list.
        NoKeyring: It cannot be kept here.
    """
    desk.require(May.KEEP_STORES)
    parts = store_parts(desk)
    parts.secrets.keep(hub, {**secret, "place": _one(parts, hub).place})
    desk.station.note(desk.act("renew password of a store"))


def pause_store(desk: Desk, hub: str, *, is_paused: bool) -> None:
    """Carry nothing to a store until somebody resumes.

    Raises:
        NotAllowed: Not in this person's roles.
        StoreUnknown: It is not on the list.
    """
    desk.require(May.KEEP_STORES)
    parts = store_parts(desk)
    keep_entry(parts, replace(_one(parts, hub), is_paused=is_paused))
    desk.station.note(desk.act("pause store" if is_paused else "resume store"))


def remove_store(desk: Desk, hub: str) -> None:
    """Take a store off the list and drop its password; what lies there stays there.

    Raises:
        NotAllowed: Not in this person's roles.
        StoreUnknown: It is not on the list.
    """
    desk.require(May.KEEP_STORES)
    parts = store_parts(desk)
    _one(parts, hub)
    parts.secrets.forget(hub)
    try:
        forget_store(parts.profile, hub)
    except OSError as error:
        raise StorageFailed(str(error.errno or "")) from error
    desk.station.note(desk.act("remove store"))


def renew_marker(desk: Desk, hub: str, text: str) -> bool:
    """Remember the marker that a store has now, if an administrator signed it after the known one.

    Whoever is signed in: it is compared with the registry, and nothing is chosen.

    Args:
        desk: Whose registry.
        hub: The store.
        text: hub.json as the carrier found it.

    Returns:
        Whether the store can be used with it.
    """
    if desk.stores is None:
        return False
    entry = _one(desk.stores, hub)
    try:
        known = desk.stores.markers.read(entry.marker) if entry.marker else None
        marker = desk.stores.markers.read(text, known)
    except MarkerRefused:
        return False
    keep_entry(desk.stores, replace(entry, marker=text, issue=marker.issue))
    return True


def store_parts(desk: Desk) -> StoreParts:
    """What keeping stores needs.

    Raises:
        NothingIsExchanged: Nothing is exchanged here.
    """
    if desk.stores is None:
        raise NothingIsExchanged
    return desk.stores


def keep_entry(parts: StoreParts, entry: StoreEntry) -> None:
    """Put a store on the list, or replace what was known of it.

    Raises:
        StoresUnreadable: The list cannot be read.
        StorageFailed: The disk refused.
    """
    try:
        keep_store(parts.profile, entry)
    except ValueError as error:
        raise StoresUnreadable from error
    except OSError as error:
        raise StorageFailed(str(error.errno or "")) from error


def missing_fields(new: NewStore) -> list[str]:
    """What was asked and not answered."""
    said = {**{name: getattr(new.entry, name, "") for name in ASKED[new.entry.kind]}, **new.secret}
    return [name for name in ASKED[new.entry.kind] if name not in OPTIONAL and not said.get(name)]


def is_safe_place(entry: StoreEntry) -> bool:
    """Whether no password is sent in the clear: a folder, https, or this computer itself."""
    address = urlsplit(entry.place)
    own = {"localhost", "127.0.0.1", "::1"}
    return (
        entry.is_local
        or address.scheme == "https"
        or (address.scheme == "http" and address.hostname in own)
    )


def _one(parts: StoreParts, hub: str) -> StoreEntry:
    found = [one for one in _read(parts) if one.hub == hub]
    if not found:
        raise StoreUnknown
    return found[0]


def _read(parts: StoreParts) -> Iterable[StoreEntry]:
    try:
        return read_stores(parts.profile)
    except (OSError, ValueError) as error:
        raise StoresUnreadable from error

"""stores.json of a profile: to which stores this computer goes. It holds no password.

A marker is remembered here because the carrier, which has no keys, compares the store's with it.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from intake_app.settings.private import write_private

NAME: Final = "stores.json"

LOCAL: Final = frozenset({"folder", "stick"})
"""Kinds that are a folder of this computer; the others are reached by network."""

KINDS: Final = (*sorted(LOCAL), "webdav", "s3", "azure")

_TEXTS: Final = ("hub", "kind", "place", "name", "bucket", "root", "region", "marker")
_HUB: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """A store, as this computer knows it.

    Attributes:
        hub: The store's own random id; it names the entry.
        kind: One of `KINDS`.
        place: A folder, or the address of a server (https://...).
        name: What people call it here.
        bucket: Of s3 and azure: the bucket or container.
        root: Where below the place or in the bucket the store lies; empty: at its top.
        region: Of s3; empty where the server has none.
        marker: hub.json as it was seen last and found good; empty: never.
        issue: Its number.
        is_paused: Nothing is carried to it until a person resumes.
    """

    hub: str
    kind: str
    place: str
    name: str = ""
    bucket: str = ""
    root: str = ""
    region: str = ""
    marker: str = ""
    issue: int = 0
    is_paused: bool = False

    @property
    def is_local(self) -> bool:
        """Whether it is a folder of this computer."""
        return self.kind in LOCAL


def read_stores(profile: Path) -> tuple[StoreEntry, ...]:
    """All stores of a profile, in their order; none where there is no list.

    Raises:
        ValueError: The list is there and cannot be read.
        OSError: The disk refused.
    """
    try:
        told: object = json.loads((profile / NAME).read_bytes())
    except FileNotFoundError:
        return ()
    except RecursionError as error:
        raise ValueError(NAME) from error
    stores = _members(told).get("stores")
    if not isinstance(stores, list):
        raise ValueError(NAME)
    return tuple(map(_entry, stores))  # pyright: ignore[reportUnknownArgumentType]


def keep_stores(profile: Path, stores: Iterable[StoreEntry]) -> None:
    """Write the whole list.

    Raises:
        OSError: The old one stands.
    """
    text = json.dumps({"v": 1, "stores": [asdict(one) for one in stores]}, indent=1)
    write_private(profile / NAME, text)


def keep_store(profile: Path, store: StoreEntry) -> None:
    """Add a store, or replace what was known of it.

    Raises:
        ValueError: The list cannot be read.
        OSError: The old one stands.
    """
    known = read_stores(profile)
    if any(one.hub == store.hub for one in known):
        keep_stores(profile, (store if one.hub == store.hub else one for one in known))
    else:
        keep_stores(profile, (*known, store))


def forget_store(profile: Path, hub: str) -> None:
    """Take a store off the list; nothing is removed in the store itself.

    Raises:
        ValueError: The list cannot be read.
        OSError: The old one stands.
    """
    keep_stores(profile, (one for one in read_stores(profile) if one.hub != hub))


def _entry(raw: object) -> StoreEntry:
    told = _members(raw)
    texts = {name: told.get(name, "") for name in _TEXTS}
    issue, is_paused = told.get("issue", 0), told.get("is_paused", False)
    is_sound = all(isinstance(text, str) for text in texts.values()) and texts["place"]
    if not is_sound or not _HUB.fullmatch(texts["hub"]) or texts["kind"] not in KINDS:
        raise ValueError(NAME)
    if type(issue) is not int or type(is_paused) is not bool:
        raise ValueError(NAME)
    return StoreEntry(**texts, issue=issue, is_paused=is_paused)


def _members(raw: object) -> dict[str, Any]:
    return raw if isinstance(raw, dict) else {}  # pyright: ignore[reportUnknownVariableType]

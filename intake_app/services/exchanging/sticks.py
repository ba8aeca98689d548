"""Carrying bundles on a stick: which one, whose it is, what goes on it, and what it brought.

The administrator can do all of it: a stick is a store, and nothing on it can be read by who carries
it. The stick itself is touched by child processes alone; what they say is checked here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from intake_app.disk.drives import Drive, removable_drives
from intake_app.domain.error_names import error_named
from intake_app.domain.errors import IntakeError
from intake_app.domain.exchange_errors import MarkerRefused
from intake_app.domain.ids import StationId
from intake_app.domain.roles import May, may
from intake_app.domain.store_errors import StickTooSmall, StoreReadOnly, StoreVanished
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carrying import Carriage, Way, note_carried
from intake_app.services.exchanging.exchanging import others, require_exchange
from intake_app.services.exchanging.stores import STICK, keep_entry, store_parts
from intake_app.settings.program import REQUESTS_TOO, carrier
from intake_app.settings.stores import StoreEntry, read_stores

ROOT: Final = "intake-bundles"
"""Folder of a stick that is made ready; other files on it are left alone."""

_MARKER: Final = "hub.json"


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick as it was looked at.

    Attributes:
        entry: Where it is; its `hub` is empty while it is not ready.
        may_prepare: It holds nothing yet, and who is signed in may make it ready.
        needs: Bytes that are to go on it.
        free: Bytes that are free on it.
        why: Why it cannot be used; None: it can, or it is empty.
    """

    entry: StoreEntry
    may_prepare: bool
    needs: int = 0
    free: int = 0
    why: IntakeError | None = None

    @property
    def is_ready(self) -> bool:
        """Whether bundles may go on it, and be taken from it."""
        return bool(self.entry.hub) and self.why is None


@dataclass(frozen=True, slots=True)
class Moved:
    """What went one way.

    Attributes:
        bundles: How many.
        receipts: How many.
        size: Bytes.
        stations: Whose they are.
    """

    bundles: int
    receipts: int
    size: int
    stations: tuple[StationId, ...]


@dataclass(frozen=True, slots=True)
class StickTold:
    """What became of a stick.

    Attributes:
        brought: What came from it.
        taken: What went on it.
        is_safe: All was written, read back and compared: it may be removed.
        error: What hindered it; None: nothing.
    """

    brought: Moved
    taken: Moved
    is_safe: bool
    error: IntakeError | None = None

    @property
    def is_nothing_new(self) -> bool:
        """Nothing moved at all: an old stick, a copied one, or one that was here just now."""
        counts = (self.brought.bundles, self.brought.receipts, self.taken.bundles,
                  self.taken.receipts)  # fmt: skip
        return self.error is None and not any(counts)


@dataclass(frozen=True, slots=True)
class StickErrand:
    """One way with a stick.

    Attributes:
        entry: The stick.
        to: Stations that it is for; empty: all.
    """

    entry: StoreEntry
    to: tuple[StationId, ...] = field(default=())


def stick_drives(desk: Desk) -> list[Drive]:
    """Sticks that are plugged in.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.CARRY_BUNDLES)
    return removable_drives()


def stick_question(desk: Desk, folder: Path, to: Sequence[StationId] = ()) -> StickErrand:
    """What to ask of a folder that a person chose: the place on it where bundles lie.

    Raises:
        NotAllowed: Not in this person's roles.
        StoreVanished: It is not there.
    """
    desk.require(May.CARRY_BUNDLES)
    try:
        if not folder.is_dir():
            raise StoreVanished
        root = "" if (folder / _MARKER).is_file() else ROOT
        is_begun = not root or (folder / root).is_dir()
    except OSError:
        raise StoreVanished from None
    return StickErrand(StoreEntry("", STICK, str(folder), root=root if is_begun else ""), tuple(to))


def asked_of_stick(desk: Desk, errand: StickErrand) -> dict[str, Any]:
    """The question as a child process reads it; see `exchange.store_trial`."""
    desk.require(May.CARRY_BUNDLES)
    here = next(one.station for one in require_exchange(desk).state().stations if one.is_here)
    return {
        "entry": asdict(errand.entry), "profile": str(store_parts(desk).profile),
        "station": here, "to": list(errand.to),
    }  # fmt: skip


def look_at_stick(desk: Desk, errand: StickErrand, said: Mapping[str, Any]) -> Stick:
    """What a child found there, judged by the registry.

    Raises:
        NotAllowed: Not in this person's roles.
        StoresUnreadable: The list of stores cannot be read.
        StorageFailed: The disk refused.
    """
    desk.require(May.CARRY_BUNDLES)
    entry, text = errand.entry, str(said.get("marker", ""))
    if not text:
        is_empty = bool(said.get("is_empty"))
        prepares = is_empty and may(desk.person.roles, May.KEEP_STORES)
        return Stick(entry, prepares, why=None if is_empty else MarkerRefused("none"))
    try:
        known = _known(desk, text, entry)
    except MarkerRefused as error:
        return Stick(entry, may_prepare=False, why=error)
    return Stick(known, may_prepare=False, needs=int(said.get("needs", 0)),
                 free=int(said.get("free", 0)))  # fmt: skip


def prepare_stick(desk: Desk, folder: Path) -> tuple[StickErrand, str]:
    """Make a folder for bundles on a stick, and a signed marker that a child writes into it.

    Raises:
        NotAllowed: Not in this person's roles.
        StoreReadOnly: The folder cannot be made.
        StoreVanished: The stick is not there.
    """
    desk.require(May.KEEP_STORES)
    if not folder.is_dir():
        raise StoreVanished
    try:
        (folder / ROOT).mkdir(exist_ok=True)
    except OSError:
        raise StoreReadOnly from None
    hub, data = require_exchange(desk).new_marker(STICK)
    return StickErrand(StoreEntry(hub, STICK, str(folder), root=ROOT)), data.decode()


def stick_command(desk: Desk, errand: StickErrand) -> list[str]:
    """The hidden command that carries to and from a stick.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.CARRY_BUNDLES)
    entry = errand.entry
    to = ("--to", *errand.to) if errand.to else ()
    profile, hub = store_parts(desk).profile, entry.hub
    return carrier(profile, "--store", hub, "--place", entry.place, REQUESTS_TOO, *to)


def note_stick(desk: Desk, errand: StickErrand, passes: Sequence[Mapping[str, Any]]) -> StickTold:
    """What the carrier said at its end; what moved is written into the carrier log.

    Args:
        desk: Whose.
        errand: The stick, and for whom it is.
        passes: The last line of each way that the carrier went, in order.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.CARRY_BUNDLES)
    last: Mapping[str, Any] = passes[-1] if passes else {}
    told = StickTold(
        _moved(said.get("in") for said in passes), _moved(said.get("out") for said in passes),
        bool(last.get("is_safe")), _error(last),
    )  # fmt: skip
    active = [one for one in others(require_exchange(desk).state()) if not one.is_struck]
    to = errand.to or tuple(one.station for one in active)
    for way, moved, stations in (
        (Way.IN, told.brought, told.brought.stations),
        (Way.OUT, told.taken, to),
    ):
        if moved.bundles or moved.receipts:
            note_carried(desk, Carriage(
                way, errand.entry.hub, tuple(stations), moved.bundles, moved.receipts, moved.size,
            ))  # fmt: skip
    return told


def _known(desk: Desk, text: str, entry: StoreEntry) -> StoreEntry:
    """The stick with the marker that it has now; remembered, so that an older one is seen.

    Raises:
        MarkerRefused: It is not this department's, or was put back.
    """
    parts = store_parts(desk)
    marker = parts.markers.read(text)
    if marker.kind != STICK:
        raise MarkerRefused("kind")
    before = _entry_of(read_stores(parts.profile), marker.hub)
    if before is not None and before.marker:
        parts.markers.read(text, parts.markers.read(before.marker))
    found = StoreEntry(
        marker.hub, STICK, entry.place, root=entry.root, marker=text, issue=marker.issue
    )
    keep_entry(parts, found)
    return found


def _entry_of(entries: Iterable[StoreEntry], hub: str) -> StoreEntry | None:
    return next((one for one in entries if one.hub == hub), None)


def _moved(ways: Iterable[object]) -> Moved:
    """All ways together."""
    told: list[dict[str, Any]] = [dict(way) for way in ways if isinstance(way, dict)]  # pyright: ignore[reportUnknownArgumentType]
    bundles, receipts, size = (
        sum(int(way.get(name, 0)) for way in told) for name in ("bundles", "receipts", "size")
    )
    stations = {StationId(str(one)) for way in told for one in way.get("stations", ())}
    return Moved(bundles, receipts, size, tuple(sorted(stations)))


def _error(said: Mapping[str, Any]) -> IntakeError | None:
    name = str(said.get("trouble", "StoreFailing"))
    if not name:
        return None
    room = said.get("room")
    if name == StickTooSmall.__name__ and isinstance(room, list) and len(room) == 3:  # pyright: ignore[reportUnknownArgumentType]
        return StickTooSmall(*map(int, room))  # pyright: ignore[reportUnknownArgumentType]
    return error_named(name)

"""Stores as tests make them: a folder with a marker, and stations that are carried to it."""

from pathlib import Path

from keyed_stations import Department
from post_rooms import StationHouse

from intake_app.domain.exchange import Marker
from intake_app.exchange.carried import Carried, Tally
from intake_app.exchange.carrier import Errand, carry, remembered
from intake_app.exchange.marker import write_marker
from intake_app.exchange.store import Store
from intake_app.exchange.stores import OpenedStore
from intake_app.exchange.trays import Trays
from intake_app.settings.stores import StoreEntry

HUB = "hub-1"


def marker_of(department: Department, kind: str = "folder", hub: str = HUB, issue: int = 1) -> str:
    """A marker as an administrator signs it."""
    sealing = department.sealing(next(iter(department.station_keys)))
    told = Marker(department.agency, hub, kind, 1, tuple(sorted(sealing.heads())), issue)
    return write_marker(sealing, told)


def founded(department: Department, folder: Path, kind: str = "folder") -> StoreEntry:
    """A folder that is a store of this department, as its stations know it."""
    folder.mkdir(parents=True, exist_ok=True)
    marker = marker_of(department, kind)
    entry = StoreEntry(HUB, kind, str(folder), marker=marker, issue=1)
    OpenedStore(entry).found(marker.encode())
    return entry


def trays_of(house: StationHouse) -> Trays:
    """What a carrier may see of a station."""
    return Trays.of(house.folder, house.department.agency, house.station)


def visit(
    house: StationHouse, entry: StoreEntry, store: Store | None = None, **errand: object
) -> Carried:
    """One round of the carrier of a station."""
    is_stick = entry.kind == "stick"
    told = {"stick": Path(entry.place) if is_stick else None, **errand}
    check = remembered(entry.marker)
    return carry(trays_of(house), store or OpenedStore(entry), Errand(entry.hub, check, **told))  # pyright: ignore[reportArgumentType]


def bounded(house: StationHouse, entry: StoreEntry, objects: int) -> Carried:
    """One round that brings no more than so many objects."""
    tally = Tally(Carried(entry.hub), most_objects=objects)
    check = remembered(entry.marker)
    return carry(trays_of(house), OpenedStore(entry), Errand(entry.hub, check), tally)


def lay(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip

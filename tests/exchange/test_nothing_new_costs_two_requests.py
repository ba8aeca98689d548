"""With nothing new a round asks a real web server twice, whatever lies there and however many."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.carrying import HUB, MARKER, receipt_of, settled, stream_of
from servers import PASSWORD, webdav

from intake_app.exchange.carried import Carried
from intake_app.exchange.carrier import Errand, carry, remembered
from intake_app.exchange.receipt_list import name_of
from intake_app.exchange.stores import OpenedStore
from intake_app.settings.stores import StoreEntry

STATIONS = 100


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, StoreEntry]]:
    folder = tmp_path_factory.mktemp("apache")
    with webdav(folder) as entry:
        store = OpenedStore(entry, PASSWORD)
        store.found(MARKER)
        yield folder, entry


@pytest.mark.system
def test_a_hundred_stations_are_two_requests(
    server: tuple[Path, StoreEntry], tmp_path: Path
) -> None:
    folder, entry = server
    station = settled(tmp_path / "station", STATIONS, STATIONS)
    place = Path(station.entry.place)
    for path in place.rglob("*"):
        copy = folder / "dav" / path.relative_to(place)
        if path.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())

    def visit() -> Carried:
        store = OpenedStore(replace(entry, hub=HUB), PASSWORD)
        return carry(station.trays, store, Errand(HUB, remembered(MARKER.decode())))

    visit()
    log = folder / "access.log"
    log.write_text("")
    assert visit().told()["trouble"] == ""
    assert log.read_text().splitlines() == ["GET /hub.json", "PROPFIND /r/"]

    newer = receipt_of(stream_of(7), 2, {}, counter=2)
    (folder / "dav" / name_of(stream_of(7), 2)).write_bytes(newer)
    log.write_text("")
    assert visit().came.receipts == 1
    assert len(log.read_text().splitlines()) > 2, "what is new is asked for"

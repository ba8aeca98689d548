"""A snapshot is written and read part by part; only its signed end makes it one."""

import tracemalloc
from collections.abc import Iterator

import pytest
from keyed_stations import BACK, FIRST, FRONT, Department

from intake_app.domain.exchange import SEGMENTS, Mark, Stream
from intake_app.domain.exchange_errors import Altered, Misplaced
from intake_app.domain.roles import Compartment
from intake_app.exchange.snapshots import (
    OpenedSnapshot,
    SnapshotFile,
    SnapshotWriter,
    parts_of,
    read_end,
)

CARE, CASES, STATION = Compartment.CARE, Compartment.CASES, Compartment.STATION
STREAM, NAME = Stream(FRONT, FIRST), "snap-1"
MEGABYTE = 1_000_000


def lines(word: str, count: int) -> Iterator[bytes]:
    return (f'{{"{word}":{number}}}'.encode() for number in range(count))


def write(department: Department, most: int) -> dict[str, bytes]:
    """A snapshot with many lines of care, some of the station, cases closed, nothing sealed."""
    writer = SnapshotWriter(department.sealing(FRONT), STREAM, NAME)
    files = {STATION: lines("s", 40), CARE: lines("c", 1000), CASES: None, Compartment.SEALED: ()}
    tray = dict(writer.part(part) for part in parts_of(files, most))
    told = {
        name: SnapshotFile(1, {STREAM.name: 7}, "ab" * 32, 1) for name in SEGMENTS if name != CASES
    }
    end, data = writer.end(told, {STREAM.name: Mark(7, "cd" * 32)})
    return {**tray, end: data}


def opened(department: Department, tray: dict[str, bytes]) -> OpenedSnapshot:
    return read_end(department.sealing(BACK), STREAM, NAME, tray[f"p/{NAME}/end"])


def test_a_new_station_gets_every_line_once_and_in_order(department: Department) -> None:
    tray = write(department, 2000)
    snapshot = opened(department, tray)
    assert len(snapshot.end.parts) == len(tray) - 1 > 3
    found: dict[Compartment, list[bytes]] = {name: [] for name in SEGMENTS}
    for number in range(len(snapshot.end.parts)):
        part = snapshot.part(number, tray[f"p/{NAME}/{number}"])
        for name in SEGMENTS:
            found[name] += part.open(name)
    assert found[CARE] == list(lines("c", 1000))
    assert found[STATION] == list(lines("s", 40))
    assert not found[CASES]
    assert not found[Compartment.SEALED]
    assert CASES not in snapshot.end.files


def test_an_empty_department_has_one_part(department: Department) -> None:
    assert list(parts_of(dict.fromkeys(SEGMENTS, ()))) == [{name: [] for name in SEGMENTS}]


def test_parts_are_not_exchanged_altered_or_taken_from_elsewhere(department: Department) -> None:
    tray = write(department, 2000)
    snapshot = opened(department, tray)
    with pytest.raises(Altered):
        snapshot.part(0, tray[f"p/{NAME}/1"])
    with pytest.raises(Altered):
        snapshot.part(0, tray[f"p/{NAME}/0"][:-1])
    with pytest.raises(Altered):
        snapshot.part(0, write(department, 2000)[f"p/{NAME}/0"])
    with pytest.raises(Misplaced):
        read_end(department.sealing(BACK), STREAM, "snap-2", tray[f"p/{NAME}/end"])
    with pytest.raises(Altered):
        read_end(department.sealing(FRONT), Stream(BACK, FIRST), NAME, tray[f"p/{NAME}/end"])


def test_a_large_department_needs_little_memory(department: Department) -> None:
    """16 MB of lines go through; a part of a tenth of a megabyte is in memory at a time."""
    writer = SnapshotWriter(department.sealing(FRONT), STREAM, NAME)
    long = b'{"c":"' + b"x" * 4000 + b'"}'
    files = dict.fromkeys(SEGMENTS, ()) | {CARE: (long for _ in range(4000))}
    tracemalloc.start()
    count = sum(len(writer.part(part)[1]) > 0 for part in parts_of(files, MEGABYTE // 10))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count > 100
    assert most < 4 * MEGABYTE

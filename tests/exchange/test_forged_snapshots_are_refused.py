"""A newcomer believes a snapshot whole: its end and each part must be what its station signed."""

from collections.abc import Callable
from typing import Any

import pytest
from forging import STREAM, flipped, is_one_sentence, said_in, signed
from hypothesis import given
from hypothesis import strategies as st
from keyed_stations import BACK, FIRST, FRONT, STRANGER, Department

from intake_app.domain.exchange import SEGMENTS, Mark, Stream
from intake_app.domain.exchange_errors import (
    Altered,
    Misplaced,
    NotExchanged,
    Oversized,
    StationUnknown,
    TooNew,
)
from intake_app.domain.plain_json import canonical
from intake_app.exchange.snapshots import (
    MOST_END,
    OpenedSnapshot,
    SnapshotFile,
    SnapshotWriter,
    read_end,
)
from intake_app.vault.jose import PrivateKey

NAME, HASH = "snap-1", "ab" * 32


class Tray:
    """Two parts and the end of a snapshot of the front, and the same of another one."""

    def __init__(self, department: Department) -> None:
        self.department = department
        self.back = department.sealing(BACK)
        self.parts, self.end = self.write(NAME)
        self.other_parts, self.other_end = self.write("snap-2")

    def write(self, name: str) -> tuple[list[bytes], bytes]:
        writer = SnapshotWriter(self.department.sealing(FRONT), STREAM, name)
        parts = [writer.part({one: [b'{"n":%d}' % n] for one in SEGMENTS})[1] for n in range(2)]
        told = {one: SnapshotFile(1, {STREAM.name: 4}, HASH, 2) for one in SEGMENTS}
        return parts, writer.end(told, {STREAM.name: Mark(4, HASH)})[1]

    def said(self) -> dict[str, Any]:
        return said_in(self.end.decode())

    def saying(self, by: PrivateKey | None = None, **other: object) -> bytes:
        pen = by or self.department.station_keys[FRONT]
        return signed(pen, canonical({**self.said(), **other})).encode()

    def read(self, data: bytes, stream: Stream = STREAM, name: str = NAME) -> OpenedSnapshot:
        return read_end(self.back, stream, name, data)


@pytest.fixture(scope="module")
def tray(department: Department) -> Tray:
    return Tray(department)


def test_a_snapshot_that_nobody_touched_is_read(tray: Tray) -> None:
    for end in (tray.end, tray.saying()):
        snapshot = tray.read(end)
        for number, data in enumerate(tray.parts):
            part = snapshot.part(number, data)
            assert [part.open(one) for one in SEGMENTS] == [[b'{"n":%d}' % number]] * 4


ENDS: dict[str, tuple[Callable[[Tray], bytes], type[NotExchanged]]] = {
    "of another snapshot": (lambda t: t.other_end, Misplaced),
    "by another station": (lambda t: t.saying(t.department.station_keys[BACK]), Altered),
    "by a person": (lambda t: t.saying(t.department.ada.sign), Altered),
    "a part in place of the end": (lambda t: t.parts[0], Altered),
    "cut": (lambda t: t.end[:-4], Altered),
    "with a line end": (lambda t: t.end + b"\n", Altered),
    "not ASCII": (lambda t: t.end + b"\xff", Altered),
    "nothing": (lambda _: b"", Altered),
    "larger than it may be": (lambda _: bytes(MOST_END + 1), Oversized),
    "in a newer format": (lambda t: t.saying(v=2), TooNew),
    "of another department": (lambda t: t.saying(agency="agency-02"), Altered),
    "of another epoch": (lambda t: t.saying(epoch="bbbb02"), Misplaced),
    "a path as a name": (lambda t: t.saying(snapshot="../snap-1"), Altered),
    "a member more": (lambda t: t.saying(more=1), Altered),
    "a part of negative length": (lambda t: t.saying(parts=[[HASH, -1]]), Altered),
    "a part of terabytes": (lambda t: t.saying(parts=[[HASH, 2**42]]), Altered),
    "more parts than there may be": (lambda t: t.saying(parts=[[HASH, 1]] * 20_001), Altered),
    "parts that are an object": (lambda t: t.saying(parts={"0": HASH}), Altered),
    "a file that is none": (lambda t: t.saying(files={"secrets": {}}), Altered),
    "a file without digest": (lambda t: _file(t, digest=""), Altered),
    "a file under no key": (lambda t: _file(t, generation=0), Altered),
    "applied that is negative": (lambda t: _file(t, applied={STREAM.name: -4}), Altered),
    "applied of a path": (lambda t: _file(t, applied={"../../x.aaaa": 4}), Altered),
    "a mark without hash": (lambda t: t.saying(marks={STREAM.name: [4, ""]}), Altered),
}


@pytest.mark.parametrize("name", ENDS)
def test_an_end_that_is_not_what_its_station_signed_is_none(tray: Tray, name: str) -> None:
    forge, error = ENDS[name]
    with pytest.raises(error) as told:
        tray.read(forge(tray))
    assert is_one_sentence(told.value)


def test_a_snapshot_of_a_stranger_waits_for_the_registry(tray: Tray) -> None:
    with pytest.raises(StationUnknown):
        tray.read(tray.end, Stream(STRANGER, FIRST))


def test_parts_are_the_ones_that_the_end_tells_of(tray: Tray) -> None:
    snapshot, first = tray.read(tray.end), tray.parts[0]
    lines = first.split(b"\n")
    forged = [
        tray.parts[1], tray.other_parts[0], first[:-1], first + b"\n", b"",
        b"\n".join([lines[0], lines[2], lines[1], *lines[3:]]),
        *(flipped(first, bit) for bit in range(0, len(first) * 8, 4001)),
    ]  # fmt: skip
    for data in forged:
        with pytest.raises(Altered):
            snapshot.part(0, data)


def test_an_end_that_lists_parts_of_elsewhere_makes_them_no_part_of_it(tray: Tray) -> None:
    """An insider may sign any list; a part still says where it belongs."""
    elsewhere = tray.read(tray.other_end, name="snap-2")
    told = [[one.sha256, one.length] for one in elsewhere.end.parts]
    snapshot = tray.read(tray.saying(parts=told))
    with pytest.raises(Misplaced):
        snapshot.part(0, tray.other_parts[0])
    twice = tray.read(tray.saying(parts=[tray.said()["parts"][0]] * 2))
    twice.part(0, tray.parts[0])
    with pytest.raises(Misplaced):
        twice.part(1, tray.parts[0])


@given(st.binary(max_size=300))
def test_noise_is_refused_with_our_errors_alone(tray: Tray, noise: bytes) -> None:
    with pytest.raises(NotExchanged):
        tray.read(noise)
    with pytest.raises(NotExchanged):
        tray.read(tray.end).part(1, noise)


def _file(tray: Tray, **other: object) -> bytes:
    return tray.saying(files={"care": {**tray.said()["files"]["care"], **other}})

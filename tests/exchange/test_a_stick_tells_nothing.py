"""Who finds a stick, or a computer that is switched off, reads no value and does not see a walk-in.

Every file is searched: the stick, `in/` and `out/`, and the whole profile, as it is, after taking
base64 apart, and after unpacking what is packed.
"""

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import zstandard
from forging import said_in
from keyed_stations import BACK, FRONT, Department
from places import founded, visit
from post_rooms import Desk, StationHouse, agree

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch
from intake_app.domain.roles import Compartment

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SECRETS = ("Quillfeather", "quillfeather", "1987-03-14", "304-555-0147", "Halewood")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{8,}")


def told_in(folder: Path) -> list[str]:
    """Which secrets a file below a folder tells, and where."""
    return [
        f"{secret} in {path.relative_to(folder)}"
        for path in folder.rglob("*") if path.is_file()
        for secret in SECRETS
        if any(secret.encode() in form for form in forms_of(path.read_bytes()))
    ]  # fmt: skip


def forms_of(data: bytes) -> list[bytes]:
    """The bytes themselves, base64 in them taken apart, and frames of zstd unpacked."""
    plain = [data]
    for found in _BASE64.findall(data):
        text = found.translate(bytes.maketrans(b"-_", b"+/"))
        plain += [base64.b64decode(text[at:][: len(text[at:]) // 4 * 4]) for at in range(4)]
    return plain + [unpacked(one) for one in plain]


def unpacked(data: bytes) -> bytes:
    start = data.find(b"\x28\xb5\x2f\xfd")
    if start < 0:
        return b""
    try:
        return zstandard.ZstdDecompressor().decompress(data[start:], max_output_size=1 << 20)
    except zstandard.ZstdError:
        return b""


class Trip:
    """Two houses, a stick, and a clock that both go by."""

    def __init__(self, department: Department, folder: Path) -> None:
        self.clock, self.folder = FixedClock(AT), folder
        self.houses = [
            StationHouse.made(department, one, folder / one, self.clock, epoch)
            for one, epoch in ((FRONT, Epoch("aaaa01")), (BACK, Epoch("bbbb01")))
        ]
        self.stick = founded(department, folder / "stick", "stick")
        self.desks: list[Desk] = [house.desk() for house in self.houses]

    def goes(self) -> None:
        for desk in self.desks:
            desk.round()
            assert not visit(desk.house, self.stick).trouble
            desk.round()
        self.clock.at += timedelta(minutes=15)

    def close(self) -> None:
        for desk in self.desks:
            desk.close()

    def seen(self) -> list[tuple[str, int]]:
        """What a finder sees of the bundles on the stick: how many, and how large."""
        place = self.folder / "stick" / "s"
        return sorted(
            (path.relative_to(place).as_posix(), path.stat().st_size) for path in place.rglob("*")
            if path.is_file()
        )  # fmt: skip


@pytest.fixture
def trip(department: Department, quick: Path) -> Iterator[Trip]:
    made = Trip(department, quick)
    yield made
    made.close()


def walk_in(desk: Desk, number: int = 0) -> None:
    desk.write(
        first_name="Zora", last_name=SECRETS[0], born=SECRETS[2], phone=SECRETS[3],
        note=f"spoke with {SECRETS[4]} {number}",
    )  # fmt: skip


def test_nothing_is_in_the_clear_wherever_it_lies(trip: Trip) -> None:
    for desk in trip.desks:
        walk_in(desk)
        desk.write(to=Compartment.CASES, last_name=SECRETS[1])
    for _ in range(3):
        trip.goes()
    assert agree(*trip.desks)
    for house in trip.houses:
        assert (house.folder / "out").is_dir()
        assert (house.folder / "in").is_dir()
    assert len(list((trip.folder / "stick").rglob("*"))) > 4
    assert told_in(trip.folder) == []


def test_the_search_finds_what_lies_open(tmp_path: Path) -> None:
    """The negative control: as it is, in base64 at any place, and packed in base64."""
    secret = SECRETS[0].encode()
    (tmp_path / "plain").write_bytes(b"x" + secret)
    for at in range(3):
        text = base64.urlsafe_b64encode(b"." * at + secret + b"...")
        (tmp_path / f"base64 {at}").write_bytes(b"a.b." + text)
    packed = zstandard.ZstdCompressor().compress(b'{"last":"' + secret + b'"}' + b"x" * 99)
    (tmp_path / "packed").write_bytes(b"a." + base64.urlsafe_b64encode(b"\0\0\0\x50" + packed))
    assert {one.split(" in ")[1] for one in told_in(tmp_path)} == {
        "plain", "base64 0", "base64 1", "base64 2", "packed",
    }  # fmt: skip


def test_a_day_with_many_walk_ins_looks_like_a_day_with_one_change(
    department: Department, quick: Path
) -> None:
    """What was done, and in which file, does not show: only that the station was at work."""
    seen: list[list[tuple[str, int]]] = []
    for day, count in enumerate((1, 12)):
        trip = Trip(department, quick / str(day))
        for hour in range(4):
            for number in range(count):
                if count > 1:
                    walk_in(trip.desks[0], number)
            trip.desks[0].write(to=Compartment.STATION, name=f"a setting {hour}")
            trip.goes()
        trip.close()
        seen.append(trip.seen())
    assert seen[0] == seen[1]
    assert seen[0]


def test_receipts_do_not_tell_in_which_file_something_was_done(trip: Trip) -> None:
    """What stands open in them is new with each bundle, whatever was in it."""
    said = list[dict[str, dict[str, str]]]()
    for hour in range(4):
        if hour % 2:
            walk_in(trip.desks[0], hour)
        trip.desks[0].write(to=Compartment.STATION, name=f"a setting {hour}")
        trip.goes()
        text = next(one for one in (trip.folder / "stick" / "r").glob("front.*")).read_text("ascii")
        said.append(said_in(text)["files"])
    for before, after in pairwise(said):
        for name in Compartment:
            assert before[name]["digest"] != after[name]["digest"]
            assert before[name]["audit"] != after[name]["audit"]


def test_a_large_paper_does_show_and_that_is_known(trip: Trip) -> None:
    """The negative control: sizes are compared, and a block of the next size is another size."""
    trip.desks[0].write(last_name="Boggs")
    trip.goes()
    before = trip.seen()
    trip.desks[0].write(note=str([*range(9000)]))
    trip.goes()
    assert {size for _, size in trip.seen()} > {size for _, size in before}

"""A stick: room is said in numbers before, and "safe to remove" only after all was read back."""

import hashlib
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from keyed_stations import Department
from places import founded, lay, visit
from post_rooms import Desk, agree

from intake_app.domain.store_errors import StickTooSmall, StickUntrue, StoreVanished
from intake_app.exchange.stick import check_kept, check_room
from intake_app.exchange.stores import OpenedStore
from intake_app.settings.stores import StoreEntry


def hashes(**files: bytes) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


@pytest.fixture
def front(desks: list[Desk]) -> Desk:
    """It has something to say."""
    desks[0].write(last_name="Boggs")
    desks[0].round()
    return desks[0]


@pytest.fixture
def back(desks: list[Desk]) -> Desk:
    return desks[1]


@pytest.fixture
def stick(department: Department, tmp_path: Path) -> StoreEntry:
    return founded(department, tmp_path / "stick", kind="stick")


def test_all_was_read_back_before_it_is_safe_to_remove(front: Desk, stick: StoreEntry) -> None:
    told = visit(front.house, stick)
    assert (told.trouble, told.is_safe, told.went.bundles, told.went.receipts) == ("", True, 1, 1)
    assert told.went.size == sum(
        len(data) for name, data in lay(Path(stick.place)).items() if name != "hub.json"
    )


def test_nothing_new_is_safe_too(front: Desk, stick: StoreEntry) -> None:
    visit(front.house, stick)
    told = visit(front.house, stick)
    assert (told.is_safe, told.went.objects) == (True, 0)


def test_the_other_side_takes_it_and_sends_its_receipt_back(
    front: Desk, back: Desk, stick: StoreEntry
) -> None:
    visit(front.house, stick)
    visit(back.house, stick)
    back.round()
    assert agree(front, back)
    assert front.room.state().unconfirmed == 1
    assert visit(back.house, stick).is_safe
    visit(front.house, stick)
    front.round()
    assert front.room.state().unconfirmed == 0


def test_an_old_or_copied_stick_changes_nothing(
    front: Desk, back: Desk, stick: StoreEntry, tmp_path: Path
) -> None:
    visit(front.house, stick)
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", stick.place, str(copy)], check=True)
    front.write(last_name="Lowe")
    front.round()
    for place in (stick.place, str(copy), stick.place, str(copy)):
        entry = StoreEntry(stick.hub, "stick", place, marker=stick.marker, issue=1)
        for desk in (front, back, front):
            assert visit(desk.house, entry).trouble == ""
            desk.round()
    assert agree(front, back)


def test_a_stick_that_changes_a_byte_is_not_called_safe(front: Desk, stick: StoreEntry) -> None:
    class Untrue(OpenedStore):
        """What it gives back at once is from memory; later it is not what was written."""

        def get(self, name: str, most: int = 1 << 30) -> bytes | None:
            data = super().get(name, most)
            if name.startswith("r/"):
                [bundle] = Path(stick.place).glob("s/*/1")
                bundle.write_bytes(bundle.read_bytes()[:-1] + b"\0")
            return data

    told = visit(front.house, stick, Untrue(stick))
    assert (told.trouble, told.is_safe) == ("StickUntrue", False)


def test_a_stick_that_was_pulled_is_not_called_safe(front: Desk, stick: StoreEntry) -> None:
    class Pulled(OpenedStore):
        def put(self, name: str, data: bytes) -> None:
            super().put(name, data)
            Path(stick.place).rename(f"{stick.place}-pulled")

    told = visit(front.house, stick, Pulled(stick))
    assert (told.trouble, told.is_safe) == ("StoreVanished", False)
    assert not Path(stick.place).exists()
    Path(f"{stick.place}-pulled").rename(stick.place)
    assert visit(front.house, stick).is_safe


def test_what_is_gone_or_altered_afterwards_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    check_kept(tmp_path, hashes(a=b"one"))
    with pytest.raises(StickUntrue):
        check_kept(tmp_path, hashes(a=b"two"))
    with pytest.raises(StoreVanished):
        check_kept(tmp_path, hashes(a=b"one", b=b"two"))


def test_no_room_is_said_in_numbers_and_nothing_is_written(
    front: Desk, stick: StoreEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def usage(_place: Path) -> SimpleNamespace:
        return SimpleNamespace(free=5000)

    monkeypatch.setattr("intake_app.exchange.stick.shutil.disk_usage", usage)
    told = visit(front.house, stick)
    assert told.trouble == "StickTooSmall"
    assert told.room is not None
    needs, free, trash = told.room
    assert (needs > 5000, free, trash) == (True, 5000, 0)
    assert list(lay(Path(stick.place))) == ["hub.json"]


@pytest.mark.system
def test_the_trash_of_a_real_stick_is_counted(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("the kernel lets nobody mount here")
    try:
        (disk / ".Trash-1000" / "files").mkdir(parents=True)
        (disk / ".Trash-1000" / "files" / "old").write_bytes(b"x" * 300_000)
        (disk / "store").mkdir()
        with pytest.raises(StickTooSmall) as told:
            check_room(disk / "store", 5_000_000, 3)
        assert told.value.trash == 300_000
        assert 1_000_000 < told.value.free < 2_000_000 < 5_000_000 < told.value.needs
        check_room(disk / "store", 1000, 1)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("part", ["r/front*", "s/*/1"])
def test_what_a_pulled_stick_lost_is_given_again(
    front: Desk, back: Desk, stick: StoreEntry, part: str
) -> None:
    """The directory was on the stick already, the bytes were not."""
    visit(front.house, stick)
    for _ in range(2):
        lost = next(Path(stick.place).glob(part))
        lost.write_bytes(lost.read_bytes()[:100])
        for desk in (back, back, front):
            desk.round()
            assert visit(desk.house, stick).trouble == ""
            desk.round()
    visit(back.house, stick)
    back.round()
    assert agree(front, back)

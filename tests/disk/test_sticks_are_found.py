"""Sticks are found among the mounts of Linux; disks, shares and read-only images are left out."""

from pathlib import Path

import pytest

from intake_app.disk.drives import mounted, removable_drives

MOUNTS = """
22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:44 / /mnt/share rw - nfs4 server:/share rw
31 22 8:17 / /media/desk/PINE\\040HOLLOW rw - vfat /dev/sdb1 rw
32 22 8:33 / /srv/stick rw - vfat /dev/sdc1 rw
33 22 8:2 / /home rw - ext4 /dev/sda2 rw
34 22 7:1 / /media/image ro - squashfs /dev/loop1 ro
""".lstrip()


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """Block devices by number: 8:17 and 8:33 are of disks that can be removed."""
    devices, numbers = tmp_path / "devices", tmp_path / "block"
    numbers.mkdir()
    for number, disk, part, removable in (
        ("8:1", "sda", "sda1", "0"), ("8:2", "sda", "sda2", "0"), ("8:17", "sdb", "sdb1", "1"),
        ("8:33", "usb2/sdc", "sdc1", "0"), ("7:1", "loop1", "", "0"),
    ):  # fmt: skip
        folder = devices / disk / part
        folder.mkdir(parents=True, exist_ok=True)
        (devices / disk / "removable").write_text(f"{removable}\n")
        (numbers / number).symlink_to(folder)
    return numbers


def test_sticks_and_what_is_mounted_like_one_are_found(tmp_path: Path, blocks: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    found = list(mounted(mounts, blocks))
    assert found == [Path("/media/desk/PINE HOLLOW"), Path("/srv/stick")]


def test_this_computer_can_be_asked() -> None:
    assert all(one.free <= one.size for one in removable_drives())

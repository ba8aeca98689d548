"""Disk encryption, swap and spool, as three systems show them; what is not seen is None."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from intake_app.disk.machine import (
    Kernel,
    ThisMachine,
    ask_system,
    is_ours_alone,
    look,
    mac_is_encrypted,
    mac_memory_is_safe,
    spool_keeps_pages,
    windows_is_encrypted,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and rights of Linux")


class World:
    """A small /proc and /sys; the profile's own disk is put into it by number."""

    def __init__(self, tmp_path: Path) -> None:
        self.proc, self.sys = tmp_path / "proc", tmp_path / "sys"
        self.home = tmp_path / "home"
        for folder in (self.home, self.proc / "self", self.sys / "dev" / "block"):
            folder.mkdir(parents=True)
        self.swaps()
        self.number = self.number_of(self.home.stat().st_dev)

    @staticmethod
    def number_of(device: int) -> str:
        return f"{os.major(device)}:{os.minor(device)}"

    def disk(self, number: str, name: str, uuid: str = "", *below: str) -> None:
        block = self.sys / "devices" / name
        block.mkdir(parents=True)
        if uuid:
            (block / "dm").mkdir()
            (block / "dm" / "uuid").write_text(f"{uuid}\n")
        for one in below:
            (block / "slaves").mkdir(exist_ok=True)
            (block / "slaves" / one).symlink_to(self.sys / "devices" / one)
        (self.sys / "dev" / "block" / number).symlink_to(block)

    def swaps(self, *lines: str) -> None:
        head = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority"
        (self.proc / "swaps").write_text("\n".join((head, *lines)) + "\n")

    def sleeps_to(self, number: str) -> None:
        power = self.sys / "power"
        power.mkdir()
        (power / "state").write_text("freeze mem disk\n")
        (power / "resume").write_text(f"{number}\n")

    @property
    def kernel(self) -> Kernel:
        return Kernel(self.proc, self.sys)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_disk_behind_luks_is_encrypted(world: World) -> None:
    world.disk(world.number, "dm-0", "CRYPT-LUKS2-0123456789abcdef-home")
    assert world.kernel.is_encrypted(world.home) is True


def test_a_volume_on_top_of_luks_is_encrypted_too(world: World) -> None:
    world.disk("253:0", "dm-0", "CRYPT-LUKS2-0123")
    world.disk(world.number, "dm-1", "LVM-0123", "dm-0")
    assert world.kernel.is_encrypted(world.home) is True


def test_a_plain_disk_is_not_and_one_plain_disk_of_two_is_enough(world: World) -> None:
    world.disk("253:0", "dm-0", "CRYPT-LUKS2-0123")
    world.disk("8:1", "sda1")
    world.disk(world.number, "dm-1", "LVM-0123", "dm-0", "sda1")
    assert world.kernel.is_encrypted(world.home) is False


def test_what_the_kernel_does_not_show_is_not_guessed(world: World) -> None:
    assert world.kernel.is_encrypted(world.home) is None
    line = f"30 22 {world.number} / /home rw - nfs4 server:/share rw\n"
    (world.proc / "self" / "mountinfo").write_text(line)
    assert world.kernel.is_encrypted(world.home) is None
    assert world.kernel.is_encrypted(world.home / "nowhere") is None


def test_memory_that_is_put_nowhere_is_safe(world: World) -> None:
    assert world.kernel.is_memory_safe() is True
    world.swaps("/dev/zram0 partition 4194300 0 100")
    assert world.kernel.is_memory_safe() is True


def test_a_swap_file_is_as_safe_as_its_disk(world: World) -> None:
    swap = world.home / "swapfile"
    swap.touch()
    world.swaps(f"{swap} file 2097148 0 -2")
    assert world.kernel.is_memory_safe() is None
    world.disk(world.number, "sda2")
    assert world.kernel.is_memory_safe() is False


def test_a_swap_partition_that_cannot_be_asked_is_not_called_safe(world: World) -> None:
    world.swaps("/dev/no-such-swap partition 2097148 0 -2")
    assert world.kernel.is_memory_safe() is None


@pytest.mark.parametrize(("uuid", "is_safe"), [("CRYPT-LUKS2-0123", True), ("", False)])
def test_hibernation_is_as_safe_as_the_disk_it_goes_to(
    world: World, uuid: str, is_safe: bool
) -> None:
    world.disk("259:3", "sleep", uuid)
    world.sleeps_to("259:3")
    assert world.kernel.is_memory_safe() is is_safe


def test_a_computer_that_is_not_set_up_to_hibernate_is_safe(world: World) -> None:
    world.sleeps_to("0:0")
    assert world.kernel.is_memory_safe() is True


# --- others -----------------------------------------------------------------------------------


def says(answer: str) -> "object":
    def ask(words: Sequence[str]) -> str:
        assert Path(words[0]).is_absolute() or ":\\" in words[0]
        return answer

    return ask


@pytest.mark.parametrize(
    ("answer", "found"), [("1", True), ("2", False), ("5", False), ("", None), ("nonsense", None)]
)
def test_windows_says_it_in_a_number(answer: str, found: bool | None) -> None:
    assert windows_is_encrypted(says(answer), "C:") is found  # pyright: ignore[reportArgumentType]


def test_a_share_of_windows_is_not_asked_about() -> None:
    assert windows_is_encrypted(says("1"), "\\\\server\\share") is None  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("answer", "found"),
    [("FileVault is On.", True), ("FileVault is Off.", False), ("", None),
     ("FileVault is On.\nEncryption in progress: 3 %", True)],
)  # fmt: skip
def test_a_mac_says_it_in_a_sentence(answer: str, found: bool | None) -> None:
    assert mac_is_encrypted(says(answer)) is found  # pyright: ignore[reportArgumentType]


def test_a_mac_says_whether_its_swap_is_encrypted() -> None:
    said = "vm.swapusage: total = 2048.00M  used = 1.00M  free = 2047.00M"
    for answer, found in ((f"{said}  (encrypted)", True), (said, False), ("", None)):
        assert mac_memory_is_safe(says(answer)) is found  # pyright: ignore[reportArgumentType]


def test_a_program_that_is_not_there_or_fails_says_nothing() -> None:
    assert ask_system(["/nowhere/at/all"]) == ""
    assert ask_system([sys.executable, "-c", "print('on'); raise SystemExit(1)"]) == ""
    assert ask_system([sys.executable, "-c", "print('on')"]) == "on"


# --- spool and folder -------------------------------------------------------------------------


def test_a_spool_with_documents_keeps_pages(tmp_path: Path) -> None:
    spool = tmp_path / "cups"
    assert spool_keeps_pages(spool) is False
    spool.mkdir()
    (spool / "c00012").touch()
    assert spool_keeps_pages(spool) is False
    (spool / "d00012-001").touch()
    assert spool_keeps_pages(spool) is True


def test_a_spool_that_may_not_be_read_is_not_called_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*_: object) -> bool:
        return False

    monkeypatch.setattr("intake_app.disk.machine.os.access", no)
    assert spool_keeps_pages(tmp_path) is None


def test_a_folder_that_others_may_look_into_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert is_ours_alone(tmp_path) is True
    tmp_path.chmod(0o750)
    assert is_ours_alone(tmp_path) is False


def test_a_folder_that_a_service_copies_away_is_said(tmp_path: Path) -> None:
    for name in ("OneDrive - Pine Hollow", "Dropbox"):
        folder = tmp_path / name / "department"
        folder.mkdir(parents=True)
        assert look(folder).is_carried_off
    assert not look(tmp_path).is_carried_off


def test_this_computer_is_looked_at_once_and_anew_when_asked(tmp_path: Path) -> None:
    machine = ThisMachine(tmp_path)
    first = machine.facts()
    tmp_path.chmod(0o755)
    assert machine.facts() is first
    assert machine.facts(anew=True).is_private is False

"""What can be seen of this computer without rights: disk encryption, swap, print spool.

Each answer is True, False, or None: it cannot be seen from this account. A program that a system
has to be asked with may hang, so it is given a few seconds.
"""

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intake_app.disk import windows_registry as registry

LONGEST: Final = 10
"""Seconds that a program of the system may take to answer."""

_CARRIED_OFF: Final = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud")
"""Names of folders whose content a service copies to somebody else's computers."""

_SPOOLS: Final = Path("/var")
"""Where Linux keeps what waits for a printer."""

_KEEPS_PAGES: Final = 0x100  # PRINTER_ATTRIBUTE_KEEPPRINTEDJOBS
_PRINTERS: Final = r"SYSTEM\CurrentControlSet\Control\Print\Printers"
_POWER: Final = r"SYSTEM\CurrentControlSet\Control\Power"
_BITLOCKER: Final = (
    "(New-Object -ComObject Shell.Application).NameSpace('{drive}').Self"
    ".ExtendedProperty('System.Volume.BitLockerProtection')"
)
"""What Windows shows about a drive; unlike manage-bde it needs no administrator."""


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """What was seen.

    Attributes:
        is_encrypted: The disks under the profile and under the system's print spool are
            encrypted by the system.
        is_memory_safe: What the system writes of its memory to disk (swap, hibernation) is
            encrypted, or it writes none.
        keeps_pages: The print spooler keeps pages that were printed.
        is_private: Nobody else on this computer may look into the profile's folder.
        is_carried_off: The profile lies in a folder that a service copies elsewhere.
    """

    is_encrypted: bool | None
    is_memory_safe: bool | None
    keeps_pages: bool | None
    is_private: bool | None
    is_carried_off: bool


class ThisMachine:
    """Looks at this computer once, and again when asked to.

    Args:
        folder: Of the profile.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: MachineFacts | None = None

    def facts(self, *, anew: bool = False) -> MachineFacts:
        """What is seen of it; seconds on some systems where it was not looked at before."""
        if anew or self._seen is None:
            self._seen = look(self._folder)
        return self._seen


def look(folder: Path) -> MachineFacts:
    """Look at the computer under a folder."""
    parts = folder.resolve().parts
    is_carried_off = any(part.lower().startswith(_CARRIED_OFF) for part in parts)
    is_private = is_ours_alone(folder)
    if sys.platform == "win32":
        drives = {folder.resolve().drive, os.environ.get("SYSTEMDRIVE", "C:")}
        encrypted = _all([windows_is_encrypted(ask_system, one) for one in sorted(drives)])
        return MachineFacts(
            encrypted, encrypted or _windows_memory(), _windows_spooler(), is_private,
            is_carried_off,
        )  # fmt: skip
    if sys.platform == "darwin":
        encrypted, safe = mac_is_encrypted(ask_system), mac_memory_is_safe(ask_system)
        return MachineFacts(encrypted, safe, None, is_private, is_carried_off)
    kernel = Kernel()
    encrypted = _all([kernel.is_encrypted(folder), kernel.is_encrypted(_SPOOLS)])
    return MachineFacts(
        encrypted, kernel.is_memory_safe(),
        spool_keeps_pages(Path("/var/spool/cups")), is_private, is_carried_off,
    )  # fmt: skip


def is_ours_alone(folder: Path) -> bool | None:
    """Whether nobody else may look into a folder; None on Windows, where lists of rights decide."""
    if sys.platform == "win32":
        return None
    return not stat.S_IMODE(folder.stat().st_mode) & 0o077


def spool_keeps_pages(spool: Path) -> bool | None:
    """Whether CUPS keeps the documents of jobs that are done (files "d00012-001")."""
    try:
        if not spool.is_dir():
            return False
        if not os.access(spool, os.R_OK | os.X_OK):
            return None
        return any(spool.glob("d[0-9]*"))
    except OSError:
        return None


def ask_system(words: Sequence[str]) -> str:
    """What a program of the system prints; empty where it does not answer."""
    try:
        done = subprocess.run(  # noqa: S603 (whole paths, nothing of a user)
            list(words), capture_output=True, text=True, timeout=LONGEST, check=False,
            stdin=subprocess.DEVNULL, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


Ask = Callable[[Sequence[str]], str]
"""Like `ask_system`."""


# --- Linux ------------------------------------------------------------------------------------


class Kernel:
    """What Linux shows of its disks.

    Args:
        proc: proc(5).
        sysfs: sysfs(5).
    """

    def __init__(self, proc: Path = Path("/proc"), sysfs: Path = Path("/sys")) -> None:
        self._proc, self._sys = proc, sysfs

    def is_encrypted(self, folder: Path) -> bool | None:
        """Whether all disks under a folder are behind dm-crypt (LUKS)."""
        try:
            number = folder.stat().st_dev
        except OSError:
            return None
        return self._is_crypt(_as_number(number), folder)

    def is_memory_safe(self) -> bool | None:
        """Whether swap and hibernation go to encrypted disks, to memory, or nowhere."""
        try:
            lines = (self._proc / "swaps").read_text("utf-8").splitlines()[1:]
        except OSError:
            return None
        seen = [self._is_safe_swap(*line.split()[:2]) for line in lines if line.split()]
        return _all([*seen, self._is_safe_sleep()])

    def _is_safe_swap(self, name: str, kind: str) -> bool | None:
        path = Path(name.replace("\\040", " "))
        if path.name.startswith("zram"):
            return True  # compressed, in memory
        if kind != "partition":
            return self.is_encrypted(path)
        try:
            return self._is_crypt(_as_number(path.stat().st_rdev), None)
        except OSError:
            return None

    def _is_safe_sleep(self) -> bool | None:
        power = self._sys / "power"
        try:
            sleeps = "disk" in (power / "state").read_text("ascii").split()
            place = (power / "resume").read_text("ascii").strip()
        except OSError:
            return True  # this kernel cannot hibernate
        if not sleeps or place == "0:0":
            return True
        return self._is_crypt(place, None)

    def _is_crypt(self, number: str, folder: Path | None) -> bool | None:
        block = self._sys / "dev" / "block" / number
        if not block.exists():
            source = self._source_of(number) if folder is not None else ""
            if not source.startswith("/dev/"):
                return None  # a network, a container, a file system of several disks
            try:
                block = block.with_name(_as_number(Path(source).stat().st_rdev))
            except OSError:
                return None
        return self._is_crypt_block(block.resolve())

    def _is_crypt_block(self, block: Path) -> bool | None:
        if not block.exists():
            return None
        kind = block / "dm" / "uuid"
        if kind.is_file() and kind.read_text("ascii").startswith("CRYPT-"):
            return True
        below = list((block / "slaves").glob("*"))
        return _all([self._is_crypt_block(one.resolve()) for one in below]) if below else False

    def _source_of(self, number: str) -> str:
        """The device of a mount whose number is none of a disk (btrfs)."""
        try:
            lines = (self._proc / "self" / "mountinfo").read_text("utf-8").splitlines()
        except OSError:
            return ""
        for line in lines:
            if line.split(" ")[2] == number:
                return line.partition(" - ")[2].split(" ")[1]
        return ""


def _as_number(device: int) -> str:
    return f"{os.major(device)}:{os.minor(device)}"


def _all(seen: Sequence[bool | None]) -> bool | None:
    """False if any is; else None if any is; else True."""
    if False in seen:
        return False
    return None if None in seen else True


# --- Windows and macOS ------------------------------------------------------------------------


def windows_is_encrypted(ask: Ask, drive: str) -> bool | None:
    """Whether BitLocker protects a drive ("C:")."""
    root = os.environ.get("SYSTEMROOT", r"C:\Windows")
    shell = rf"{root}\System32\WindowsPowerShell\v1.0\powershell.exe"
    query = _BITLOCKER.format(drive=drive) if len(drive) == 2 else ""
    said = ask([shell, "-NoProfile", "-NonInteractive", "-Command", query]) if query else ""
    # 1: on; 3: being encrypted; 2: off; 4: being decrypted; 5: its key lies open on the disk
    return {"1": True, "6": True, "2": False, "3": False, "4": False, "5": False}.get(said)


def mac_is_encrypted(ask: Ask) -> bool | None:
    """Whether FileVault is on."""
    said = ask(["/usr/bin/fdesetup", "status"])
    return {"FileVault is On.": True, "FileVault is Off.": False}.get(said.partition("\n")[0])


def mac_memory_is_safe(ask: Ask) -> bool | None:
    """Whether swap is encrypted; macOS says so itself."""
    said = ask(["/usr/sbin/sysctl", "vm.swapusage"])
    return "(encrypted)" in said if said else None


def _windows_memory() -> bool | None:
    """On a drive that is not encrypted: false where it hibernates, else unknown."""
    return False if registry.number(_POWER, "HibernateEnabled") else None


def _windows_spooler() -> bool | None:
    names = registry.keys_below(_PRINTERS)
    if names is None:
        return None
    said = [registry.number(rf"{_PRINTERS}\{name}", "Attributes") for name in names]
    return any(one is not None and one & _KEEPS_PAGES for one in said)

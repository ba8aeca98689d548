"""The .deb of Debian in a bare system: installed, started, upgraded with data, removed, purged.

By option and as root: `python3 build/test --only tests -- -m long -n 0 tests/packages`. It needs
debootstrap and Xvfb, makes both packages unless INTAKE_DEB and INTAKE_OLDER_DEB name them, and
prints what it measured.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from packages.source import ROOT, WORK, version_of

pytestmark = [pytest.mark.long, pytest.mark.system, pytest.mark.timeout(5400)]

SYSTEM = "bookworm"
OLDER = "0.1.0"
OLDER_COMMIT = "91b75d643d6f3eaae7742efccb4438271da877ef"
"""The last one before packages were made; where it is not there, this tree under that number."""
OURS = ("/usr/bin/intake-app", "/usr/lib/intake-app/intake-app")


class Bare:
    """A bare Debian system in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, user: str = "root", **more: str) -> str:
        """Run a program inside; returns what it printed."""
        told = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": f"/home/{user}",
                "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **more}  # fmt: skip
        done = subprocess.run(
            ["chroot", f"--userspec={user}", self.folder, *words], env=told, capture_output=True,
            text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, package: Path) -> str:
        """Put a package in by apt, which brings what it needs."""
        shutil.copyfile(package, self.folder / "tmp" / package.name)
        put = "/tmp/" + package.name  # noqa: S108 (inside the bare system)
        return self.run("apt-get", "install", "-y", "--no-install-recommends", put)

    def has(self, name: str) -> bool:
        """Whether there is such a file inside."""
        return os.path.lexists(self.folder / name.lstrip("/"))

    def named_after_us(self) -> list[str]:
        """All that is named after the program, but what lies in somebody's home."""
        found = subprocess.run(
            ["find", self.folder, "-xdev", "-path", self.folder / "home", "-prune", "-o", "-path",
             self.folder / "tmp", "-prune", "-o", "-iname", "*intake*", "-print"],
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()  # fmt: skip
        return [one for one in found if "/var/log/" not in one]


class Clerk:
    """An ordinary user who starts the program inside the bare system."""

    def __init__(self, system: Bare) -> None:
        self.system = system
        system.run("useradd", "--create-home", "clerk")
        self.home = system.folder / "home" / "clerk"
        self.screen = {"QT_QPA_PLATFORM": "offscreen"}

    def program(self, *words: str, **more: str) -> str:
        """Run it."""
        return self.system.run("intake-app", *words, user="clerk", **(more or self.screen))

    def made(self) -> dict[str, str]:
        """Make a training profile; returns one who may sign in."""
        told = json.loads(self.program("demo", "--people", "5", "--json"))
        user = next(one for one in told["users"] if one["role"] == "coordinator")
        (self.home / "secret").write_text(user["passphrase"])
        return {"profile": told["profile"], "user": user["user_name"]}

    def digest(self, who: dict[str, str]) -> str:
        """What the records come to, read with the keys of a user."""
        return self.program(
            "digest", "--profile", who["profile"], "--user", who["user"], "--passphrase-file",
            "/home/clerk/secret", "--json",
        )  # fmt: skip

    def kept(self) -> dict[str, str]:
        """Every file of the home folder, by its hash."""
        return {
            str(path.relative_to(self.home)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.home.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="module")
def packages() -> tuple[Path, Path]:
    """The older package, and that of this tree."""
    assert os.geteuid() == 0, "this test installs into a system of its own: run it as root"
    older, newer = os.environ.get("INTAKE_OLDER_DEB"), os.environ.get("INTAKE_DEB")
    known = subprocess.run(["git", "cat-file", "-e", OLDER_COMMIT], cwd=ROOT, check=False)
    source = () if known.returncode else ("--commit", OLDER_COMMIT)
    return (
        Path(older) if older else built("older", "--version", OLDER, *source),
        Path(newer) if newer else built("newer"),
    )


def built(name: str, *words: str) -> Path:
    place = WORK / "tried" / name
    shutil.rmtree(place, ignore_errors=True)
    command = [ROOT / "build" / "package", "deb", "--quick", "--to", place, *words]
    subprocess.run([sys.executable, *command], check=True)
    [made] = place.glob("*.deb")
    return made


@pytest.fixture
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    """A fresh copy of a bare Debian, kept under .work once it was fetched."""
    kept = WORK / SYSTEM
    if not (kept / "usr/bin/apt-get").exists():
        subprocess.run(["debootstrap", "--variant=minbase", SYSTEM, kept], check=True)
    folder = WORK / "tried" / "root"
    with mounted(folder, kept):
        yield Bare(folder)


@contextmanager
def mounted(folder: Path, kept: Path) -> Generator[None]:
    """Copied, with the system's own folders; all of it goes again."""
    unmount(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", kept, folder], check=True)
    shutil.copyfile("/etc/resolv.conf", folder / "etc/resolv.conf")
    subprocess.run(["mount", "-t", "proc", "proc", folder / "proc"], check=True)
    subprocess.run(["mount", "--bind", "/dev", folder / "dev"], check=True)
    try:
        yield
    finally:
        unmount(folder)
        shutil.rmtree(folder, ignore_errors=True)


def unmount(folder: Path) -> None:
    for name in ("proc", "dev"):
        if (folder / name).is_mount():
            subprocess.run(["umount", folder / name], check=True)


@pytest.fixture
def display() -> Iterator[str]:
    """A screen that nobody sees; the bare system reaches it by its abstract socket."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"]
    screen = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        yield f":{told.readline().strip()}"
    screen.kill()
    screen.wait(10)


def test_installed_started_upgraded_removed_and_purged(
    packages: tuple[Path, Path], system: Bare, display: str
) -> None:
    older, newer = packages
    on_screen = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
    system.run("apt-get", "update")
    began = time.monotonic()
    system.install(older)
    told = [f"installed in {time.monotonic() - began:.0f} s, with all that it needs"]

    clerk = Clerk(system)
    assert clerk.program("--version").split()[-1] == OLDER
    clerk.program("--profile", "/home/clerk/new/department", "--paint-and-exit")
    clerk.program("--profile", "/home/clerk/new/department", "--paint-and-exit", **on_screen)
    who = clerk.made()
    before = clerk.digest(who)

    began = time.monotonic()
    said = system.install(newer)
    told.append(f"upgraded in {time.monotonic() - began:.0f} s")
    assert re.search(rf"over \({re.escape(OLDER)}\)", said)
    assert clerk.program("--version").split()[-1] == version_of(ROOT)
    assert clerk.digest(who) == before
    clerk.program("--profile", who["profile"], "--paint-and-exit", **on_screen)

    for way in ("remove", "purge"):  # as nothing is left to purge, it is installed in between
        kept = clerk.kept()
        system.run("apt-get", way, "-y", "intake-app")
        assert not any(map(system.has, OURS))
        assert system.named_after_us() == []
        assert clerk.kept() == kept
        if way == "remove":
            system.install(newer)
            assert clerk.digest(who) == before
    told.append(f"{newer.name}: {newer.stat().st_size / 1e6:.0f} MB")
    print(*told, sep="\n")

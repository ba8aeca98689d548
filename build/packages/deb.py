"""The package for Debian and Ubuntu. It has no maintainer scripts: removing it leaves nothing."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from system_packages import WINDOW

from packages import icons
from packages.source import HERE, WORK, Source
from packages.third_party import PARTS

TEMPLATES = HERE / "debian"
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")
ALWAYS = ("libstdc++6", "libgcc-s1", "zlib1g")
RECOMMENDED = ("tzdata", "cups-client", "at-spi2-core", "pkexec | policykit-1",
               "gnome-keyring | kwalletmanager")  # fmt: skip
"""For local times, printing, screen readers, updates, and the computer's own share of the keys."""

CONTROL = """Package: intake-app
Version: {version}
Architecture: {architecture}
Maintainer: {name} <{mail}>
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: misc
Priority: optional
Homepage: {home}
Description: offline intake for pre-arrest diversion
 Takes people who ask for help, or are offered it, from the first question to a
 printed letter and through the months after it. Records stay on this computer,
 encrypted; no internet is needed.
 .
 The program is one folder that holds its own Python and Qt; other libraries
 are those of the system.
"""


def build(folder: Path, out: Path, source: Source, *, is_quick: bool = False) -> Path:
    """Put the package together.

    Args:
        folder: What `freezing` made.
        out: Where the finished file goes.
        source: What was packed.
        is_quick: Hardly compress.

    Returns:
        The finished file.
    """
    root = WORK / "deb"
    shutil.rmtree(root, ignore_errors=True)
    program = root / "usr/lib/intake-app"
    program.parent.mkdir(parents=True)
    shutil.copytree(folder, program, symlinks=True)
    (root / "usr/bin").mkdir()
    (root / "usr/bin/intake-app").symlink_to("../lib/intake-app/intake-app")
    _put_shared(root / "usr/share", source)
    architecture = _said("dpkg", "--print-architecture")
    _even_out(root)
    _put_control(root, source, architecture)
    made = out / f"{source.name}_{architecture}.deb"
    ways = ["-Zzstd", "-z1" if is_quick else "-z12"]
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", *ways, "--build", str(root), str(made)],
        check=True, stdout=subprocess.DEVNULL,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(source.moment)},
    )  # fmt: skip
    return made


def _put_shared(share: Path, source: Source) -> None:
    day = datetime.fromtimestamp(source.moment, UTC).date().isoformat()
    news = (TEMPLATES / "intake-app.metainfo.xml").read_text("utf-8")
    texts = {
        "applications/intake-app.desktop": (TEMPLATES / "intake-app.desktop").read_text("utf-8"),
        "mime/packages/intake-app.xml": (TEMPLATES / "intake-app.xml").read_text("utf-8"),
        "metainfo/io.github.intake_app.metainfo.xml": news.replace("@VERSION@", source.version)
        .replace("@DATE@", day),
        "doc/intake-app/copyright": (TEMPLATES / "copyright").read_text("utf-8"),
    }  # fmt: skip
    for name, text in texts.items():
        place = share / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    _put_icons(share / "icons/hicolor")
    _zip((source.tree / "CHANGELOG.md").read_bytes(), share / "doc/intake-app/changelog.gz")
    _zip(_manual(source), share / "man/man1/intake-app.1.gz")


def _put_icons(hicolor: Path) -> None:
    drawn = WORK / "icons"  # `freezing` drew them
    for size in icons.SIZES:
        place = hicolor / f"{size}x{size}/apps/intake-app.png"
        place.parent.mkdir(parents=True)
        shutil.copyfile(drawn / f"{size}.png", place)
    place = hicolor / "scalable/apps/intake-app.svg"
    place.parent.mkdir(parents=True)
    shutil.copyfile(icons.SVG, place)


def _manual(source: Source) -> bytes:
    paths = os.pathsep.join([str(source.tree), str(HERE.parent)])
    asked = [sys.executable, "-m", "packages.manual", source.version, str(source.moment)]
    done = subprocess.run(
        asked, check=True, capture_output=True, cwd=WORK, env=os.environ | {"PYTHONPATH": paths}
    )
    return done.stdout


def _zip(data: bytes, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(gzip.compress(data, mtime=0))


def _even_out(root: Path) -> None:
    """Rights as packages have them, whatever the mask of who builds."""
    for path in (root, *root.rglob("*")):
        if path.is_symlink():
            continue
        is_open = path.is_dir() or path == root / "usr/lib/intake-app/intake-app"
        path.chmod(0o755 if is_open else 0o644)


def _put_control(root: Path, source: Source, architecture: str) -> None:
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    told = PARTS["publisher"]
    if told["mail"].endswith(".invalid"):
        print("Nobody is named as publisher yet: see build/packages/parts.toml.", file=sys.stderr)
    (root / "DEBIAN").mkdir(mode=0o755)
    (root / "DEBIAN/control").write_text(CONTROL.format(
        version=source.version, architecture=architecture, size=size,
        depends=", ".join(depends(root)), recommends=", ".join(RECOMMENDED), **told,
    ), "utf-8")  # fmt: skip


def depends(root: Path) -> Iterator[str]:
    """What the package needs; of a library with two names, either (newest first)."""
    yield f"libc6 (>= {newest_glibc(root)})"
    yield from ALWAYS
    for name in WINDOW:
        yield " | ".join(reversed(name.split("|")))


def newest_glibc(root: Path) -> str:
    """The oldest glibc with which every library of a folder starts."""
    found = {(2, 34)}
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink() and _is_elf(path):
            read = subprocess.run(["objdump", "-T", str(path)], capture_output=True, check=False)
            said = read.stdout.decode(errors="replace")
            found |= {(int(major), int(minor)) for major, minor in _GLIBC.findall(said)}
    major, minor = max(found)
    return f"{major}.{minor}"


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _said(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()

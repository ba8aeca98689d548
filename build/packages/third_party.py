"""Who else's work is in the folder that PyInstaller made, and the texts of their licenses.

What is listed is what lies there: a package of the environment counts when one of its files was
packed. The list is written where the program reads it (`_data/licenses`), so that the page About
shows it without internet, and as one file for people, `THIRD-PARTY.txt`.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packages.parts_inside import ASKED
from packages.source import HERE, Source

Listed = dict[str, Any]
"""One entry of `licenses.json`."""

TEXTS = HERE / "license_texts"
PARTS: dict[str, Any] = tomllib.loads((HERE / "parts.toml").read_text("utf-8"))
_SAID = ("licen", "copying", "notice", "copyright")
_NOT_SHIPPED = {"pyinstaller-hooks-contrib", "intake-app", "setuptools", "pip"}
_LONGEST_NAME = 60
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LIBRARY = re.compile(r"(?P<name>lib[A-Za-z0-9_+]+)(-[0-9a-f]{8})?\.so\.(?P<version>[0-9.]+)")
"""A library file as wheels name it: its own name, a mark of the wheel's maker, its version."""


@dataclass(frozen=True)
class Shipped:
    """One piece of somebody else's work.

    Attributes:
        name: As its makers call it.
        version: Of this copy.
        license: As its makers say it, an SPDX expression where they say one.
        texts: Its license in full; from files of the package, or of ours where it carries none.
        home: Where it lives.
        source: Where its source is.
        about: How it is in our package.
        of: Name of the package that holds it; empty: it stands for itself.
        requires: Names of the packages that it needs.
    """

    name: str
    version: str
    license: str
    texts: tuple[str, ...] = ()
    home: str = ""
    source: str = ""
    about: str = ""
    of: str = ""
    requires: tuple[str, ...] = ()


def shipped_in(folder: Path) -> list[Shipped]:
    """All of it, in the order of names."""
    lib = next(path for path in (folder / "lib", folder) if (path / "intake_app").is_dir())
    packed = {path.relative_to(lib).as_posix() for path in lib.rglob("*") if path.is_file()}
    found = [_package(one) for one in distributions() if _is_in(one, packed)]
    names = {_plain(one.name) for one in found}
    found += [_inside(part) for part in PARTS["inside"] if part["of"] in names]
    found += _beside(lib, found)
    found += [_python(), _bootloader(), *_of_the_system(lib)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.version))


def _beside(lib: Path, found: Sequence[Shipped]) -> list[Shipped]:
    """Libraries that packages bring as files of their own; the packages carry their texts."""
    owners = {_plain(one.name): one for one in found}
    named = {(one.of, one.name) for one in found}
    files = [(path.parent.name.removesuffix(".libs"), path) for path in lib.glob("*.libs/*.so*")]
    files += [("qt", path) for path in (lib / "PySide6/Qt/lib").glob("libicu*.so*")]
    beside: list[Shipped] = []
    for of, path in sorted(files):
        owner, read = owners.get(_plain(of)), _LIBRARY.match(path.name)
        if owner is None or read is None or path.is_symlink():
            continue
        holder = owner.of or _plain(owner.name)
        if (holder, read["name"].removeprefix("lib")) not in named:
            beside.append(Shipped(
                f"{read['name']} (of {owner.name})", read["version"], "see the text", owner.texts,
                owner.home, owner.home, "a separate library file", holder,
            ))  # fmt: skip
    return beside


def write(folder: Path, shipped: Sequence[Shipped], source: Source) -> list[str]:
    """Write the list and the texts into the folder. Returns the names that have no text."""
    data = next(folder.rglob("intake_app/_data"))
    place = data / "licenses"
    place.mkdir()
    (place / "texts").mkdir()
    known: dict[str, str] = {}
    listed = [_listed(one, place / "texts", known) for one in shipped]
    pairs = list(zip(shipped, listed, strict=True))
    (place / "licenses.json").write_text(
        json.dumps(
            {"version": source.version, "made": _day(source), "shipped": listed},
            indent=1,
            ensure_ascii=False,
        ),
        "utf-8",
    )
    for name in ("LICENSE", "NOTICE"):
        (place / f"{name}.txt").write_bytes((source.tree / name).read_bytes())
    (place / "SOURCES.txt").write_text(_sources(shipped), "utf-8")
    (place / "THIRD-PARTY.txt").write_text(_in_one(pairs, len(known)), "utf-8")
    return without_text(shipped)


def _day(source: Source) -> str:
    """When it was made, as the page About says it."""
    return datetime.fromtimestamp(source.moment, UTC).date().isoformat()


def without_text(shipped: Sequence[Shipped]) -> list[str]:
    """Names of those whose license is not there in full."""
    return [one.name for one in shipped if not any(text.strip() for text in one.texts)]


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-").replace(".", "-")


def _is_in(one: Distribution, packed: set[str]) -> bool:
    if _plain(one.name) in _NOT_SHIPPED:
        return False
    return any(
        name in packed or (name.endswith(".py") and f"{name}c" in packed)
        for name in (file.as_posix() for file in one.files or ())
        if ".dist-info/" not in name
    )


def _package(one: Distribution) -> Shipped:
    name = one.name
    homes = [line.partition(",")[2].strip() for line in one.metadata.get_all("Project-URL") or ()]
    own = [str(file.locate()) for file in one.files or () if _is_license(str(file))]
    ours = [str(TEXTS / text) for text in PARTS["texts"].get(_plain(name), ())]
    return Shipped(
        name, one.version, _license(one), tuple(map(_read, [*own, *ours])),
        _said(one, "Home-page") or next(iter(homes), ""),
        f"pkg:pypi/{_plain(name)}@{one.version}", "a package of Python", "", _needs(one),
    )  # fmt: skip


def _needs(one: Distribution) -> tuple[str, ...]:
    """Names of the packages that it asks for without being told to."""
    lines = [line for line in one.requires or () if "extra ==" not in line]
    found = map(_NAME.match, lines)
    return tuple(_plain(name[0]) for name in found if name)


def _said(one: Distribution, field: str) -> str:
    return one.metadata[field] or "" if field in one.metadata else ""


def _is_license(name: str) -> bool:
    last = name.rpartition("/")[2].casefold()
    inside = ".dist-info/" in name
    is_text = not last.endswith((".py", ".pyc", ".json"))
    return is_text and ("/licenses/" in name.casefold() if inside and "/" in name.partition(
        ".dist-info/")[2] else any(word in last for word in _SAID))  # fmt: skip


def _license(one: Distribution) -> str:
    said = _said(one, "License-Expression") or _said(one, "License")
    named = [
        line.rpartition(" :: ")[2]
        for line in one.metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    short = said.strip().splitlines()[0] if said.strip() else ""
    if short and len(short) <= _LONGEST_NAME and short not in {"UNKNOWN", "Dual License"}:
        return short
    return " and ".join(named) or PARTS["licenses"].get(_plain(one.name), "")


def _inside(part: dict[str, Any]) -> Shipped:
    texts = tuple(_read(str(TEXTS / text)) for text in part["texts"])
    return Shipped(
        part["name"], ASKED[part["name"]](), part["license"], texts, part["home"], part["source"],
        part["about"], part["of"],
    )  # fmt: skip


def _python() -> Shipped:
    base = Path(sys.base_prefix)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    places = (
        base / "LICENSE.txt", base / "lib" / f"python{version}" / "LICENSE.txt",
        Path(os.__file__).parent / "LICENSE.txt",
        Path(f"/usr/share/doc/python{version}/copyright"),
    )  # fmt: skip
    texts = tuple(_read(str(path)) for path in places if path.is_file())[:1]
    return Shipped(
        "Python", sys.version.split()[0], "PSF-2.0", texts, "https://www.python.org",
        "https://www.python.org/downloads/source/", "interpreter and its standard library",
    )  # fmt: skip


def _bootloader() -> Shipped:
    [one] = [each for each in distributions() if _plain(each.metadata["Name"]) == "pyinstaller"]
    said = _package(one)
    return Shipped(
        "PyInstaller bootloader", said.version,
        "GPL-2.0-or-later WITH Bootloader-exception", said.texts, "https://pyinstaller.org",
        "https://github.com/pyinstaller/pyinstaller", "the program that starts Python",
    )  # fmt: skip


def _of_the_system(lib: Path) -> Iterator[Shipped]:
    """Libraries that came along from Debian, by package; elsewhere they are Python's own."""
    if sys.platform != "linux":
        return
    seen: set[str] = set()
    for path in sorted(lib.glob("*.so*")):
        is_ours = path.is_symlink() or path.name.startswith("libpython")
        package = "" if is_ours else _debian_package(path.name)
        if package and package not in seen:
            seen.add(package)
            yield _debian(package)


def _debian_package(library: str) -> str:
    asked = ["dpkg-query", "-S", f"*-linux-gnu/{library}"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return said.partition(":")[0]


def _debian(package: str) -> Shipped:
    asked = ["dpkg-query", "-W", "-f=${Version}\n${source:Package}", package]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    version, source = said.splitlines()[:2]
    text = Path("/usr/share/doc", package, "copyright")
    return Shipped(
        source, version, "see the text", (_read(str(text)),) if text.is_file() else (),
        f"https://tracker.debian.org/pkg/{source}", f"https://sources.debian.org/src/{source}/",
        f"a separate library file, from Debian's package {package}",
    )  # fmt: skip


def _read(path: str) -> str:
    return Path(path).read_text("utf-8", errors="replace")


def _listed(one: Shipped, place: Path, known: dict[str, str]) -> Listed:
    names: list[str] = []
    for text in one.texts:
        mark = hashlib.sha256(text.encode()).hexdigest()
        if mark not in known:
            known[mark] = f"{len(known) + 1:03}-{_plain(one.name).replace(' ', '-')}.txt"
            (place / known[mark]).write_text(text, "utf-8")
        names.append(known[mark])
    return {
        "name": one.name, "version": one.version, "license": one.license, "home": one.home,
        "source": one.source, "about": one.about, "inside": one.of, "texts": names,
    }  # fmt: skip


def _in_one(pairs: Sequence[tuple[Shipped, Listed]], texts: int) -> str:
    lines = ["What this package holds of others, and under which licenses.", ""]
    for one, listed in pairs:
        inside = f" (inside {one.of})" if one.of else ""
        names = ", ".join(listed["texts"])
        lines += [f"{one.name} {one.version}{inside}: {one.license}", f"    texts: {names}"]
        lines += [f"    {line}" for line in (one.about, one.home) if line]
    lines += ["", f"The {texts} texts lie in the folder `texts` beside this file.", ""]
    return "\n".join(lines)


def _sources(shipped: Sequence[Shipped]) -> str:
    publisher = PARTS["publisher"]
    qt = next(one for one in shipped if one.name == "Qt")
    pyside = next(one for one in shipped if _plain(one.name) == "pyside6-essentials")
    mpl = ", ".join(one.name for one in shipped if "MPL" in one.license)
    series = qt.version.rpartition(".")[0]
    return (HERE / "SOURCES.txt").read_text("utf-8").format(
        qt=qt.version, series=series, pyside=pyside.version, mpl=mpl, **publisher
    )  # fmt: skip

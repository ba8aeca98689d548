"""Whose work is in this program, and under which licenses: read where it runs, without internet.

A package brings a list of what was packed, with all texts (`build/packages`). A checkout, or what
pip installed, has none: there the libraries are asked themselves.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

from intake_app.settings.resources import path
from intake_app.settings.version import NAME

_LIST: Final = "licenses.json"
_PLACE: Final = "licenses"
_LOCK: Final = Path(__file__).resolve().parents[2] / "requirements" / "run.lock"
_LOCKED: Final = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_NEEDED: Final = re.compile(r"[A-Za-z0-9._-]+")
_TEXTS: Final = re.compile(r"(licen[sc]e|copying|notice|copyright)", re.IGNORECASE)
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Library:
    """One piece of somebody else's work.

    Attributes:
        name: As its makers call it.
        version: Of this copy.
        license: As its makers say it.
        home: Where it lives; empty: not said.
        source: Where its source is; empty: not said.
        texts: Files with its license in full.
    """

    name: str
    version: str
    license: str
    home: str
    source: str
    texts: tuple[Path, ...]

    def read_texts(self) -> str:
        """Its license in full; empty where it carries none."""
        return "\n\n".join(filter(None, map(_read, self.texts)))


def libraries() -> tuple[Library, ...]:
    """All of them, by name."""
    place = path(_PLACE)
    with suppress(OSError, ValueError, KeyError, TypeError):
        told: dict[str, Any] = json.loads((place / _LIST).read_text("utf-8"))
        return tuple(_listed(one, place / "texts") for one in told["shipped"])
    found = {one.name.casefold(): one for one in map(_asked, _needed())}
    return tuple(found[name] for name in sorted(found))


def made() -> date | None:
    """The day on which the package was made; None: no package put this program here."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return date.fromisoformat(json.loads((path(_PLACE) / _LIST).read_text("utf-8"))["made"])
    return None


def own_text(name: str) -> str:
    """A text about the program itself: "LICENSE", "NOTICE", "SOURCES"; empty where it has none."""
    return _read(path(_PLACE, f"{name}.txt")) or _read(_LOCK.parents[1] / name)


def _listed(told: dict[str, Any], texts: Path) -> Library:
    return Library(
        str(told["name"]), str(told["version"]), str(told["license"]), str(told["home"]),
        str(told["source"]), tuple(texts / Path(str(name)).name for name in told["texts"]),
    )  # fmt: skip


def _needed() -> Iterator[Distribution]:
    """What the program needs, and what that needs, as far as it is installed."""
    waiting, seen = list(_first()), set[str]()
    while waiting:
        name = waiting.pop()
        plain = re.sub(r"[-_.]+", "-", name).casefold()
        if plain in seen:
            continue
        seen.add(plain)
        with suppress(PackageNotFoundError):
            one = distribution(name)
            waiting += _names(one)
            yield one


def _first() -> Iterator[str]:
    try:
        yield from _names(distribution(NAME))
    except PackageNotFoundError:
        yield from _LOCKED.findall(_read(_LOCK))


def _names(one: Distribution) -> Iterator[str]:
    for line in one.requires or ():
        found = _NEEDED.match(line)
        if found and "extra ==" not in line:
            yield found[0]


def _asked(one: Distribution) -> Library:
    name, said = str(one.metadata["Name"]), _said(one)
    homes = [line.partition(",")[2].strip() for line in said("Project-URL")]
    texts = [Path(str(file.locate())) for file in one.files or () if _is_text(str(file))]
    return Library(
        name, one.version, _license(said), next(iter([*said("Home-page"), *homes]), ""),
        f"pkg:pypi/{name}@{one.version}", tuple(texts),
    )  # fmt: skip


def _said(one: Distribution) -> Callable[[str], list[str]]:
    """Asks what its metadata say under a name, each time that it stands there."""
    metadata = one.metadata

    def said(name: str) -> list[str]:
        return [str(value) for value in metadata.get_all(name) or ()]

    return said


def _license(said: Callable[[str], list[str]]) -> str:
    short = next(iter([*said("License-Expression"), *said("License")]), "")
    named = [line.rpartition(" :: ")[2] for line in said("Classifier") if "License ::" in line]
    return short if 0 < len(short) <= _LONGEST else ", ".join(named)


def _is_text(name: str) -> bool:
    return ".dist-info/" in name and _TEXTS.search(name.rpartition(".dist-info/")[2]) is not None


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError:
        return ""

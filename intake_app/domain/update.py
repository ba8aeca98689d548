"""What an update says of itself, and whether it fits here. Pure: nothing is read, nothing written.

An update is a file ending in `.update` and the packages beside it, in any folder. The file is a
signed text (JWS); what it says is one JSON object (docs/updates.md). Nothing of it is believed
before its signature was checked, and no package before its length and hash were.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from intake_app.domain.plain_json import canonical, read_canonical
from intake_app.domain.text import FALLBACK
from intake_app.domain.update_errors import (
    RunsFromSource,
    UpdateForOthers,
    UpdateIsHere,
    UpdateIsOlder,
    UpdateIsTooFar,
    UpdateUnreadable,
)

KIND: Final = "intake-app update"
FORMAT: Final = 1
ENDING: Final = ".update"
MOST_TEXT: Final = 256 * 1024
"""Bytes of the signed text."""
MOST_PACKAGE: Final = 2 * 1024**3
"""Bytes of one package."""

_VERSION: Final = re.compile(r"(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})")
_NAME: Final = re.compile(r"intake-app[A-Za-z0-9._+~-]{0,80}\.(deb|exe|dmg)")
_SYSTEM: Final = re.compile(r"(debian|windows|macos)-(amd64|arm64)")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MOST_PACKAGES: Final = 12
_MOST_NOTES: Final = 40
_MOST_LETTERS: Final = 600
_BAD_SHAPE: Final = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Package:
    """A file that a system's installer takes.

    Attributes:
        name: Of the file; never a path.
        systems: For which: "debian-amd64".
        size: In bytes.
        sha256: Of its bytes (hex).
    """

    name: str
    systems: tuple[str, ...]
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """What the publisher signed.

    Attributes:
        version: "0.2.0".
        made: The day.
        oldest: The oldest version that it may be put on.
        schema: Number of the last migration of the files of records that it brings.
        packages: One for each system.
        notes: What is new, in sentences, by language; English is always there.
    """

    version: str
    made: date
    oldest: str
    schema: int
    packages: tuple[Package, ...]
    notes: Mapping[str, tuple[str, ...]]

    def told(self) -> bytes:
        """As it is signed."""
        return canonical({
            "kind": KIND, "v": FORMAT, "version": self.version, "made": self.made.isoformat(),
            "oldest": self.oldest, "schema": self.schema,
            "packages": [
                {"name": one.name, "systems": list(one.systems), "size": one.size,
                 "sha256": one.sha256}
                for one in self.packages
            ],
            "notes": {language: list(lines) for language, lines in self.notes.items()},
        })  # fmt: skip

    def package_for(self, system: str) -> Package:
        """The package of a kind of computer.

        Raises:
            UpdateForOthers: There is none.
        """
        for one in self.packages:
            if system in one.systems:
                return one
        raise UpdateForOthers

    def notes_in(self, language: str) -> Sequence[str]:
        """What is new, in a language or else in English."""
        return self.notes.get(language) or self.notes[FALLBACK]


@dataclass(frozen=True, slots=True)
class Here:
    """The program as it runs on this computer.

    Attributes:
        version: Of the installed package; empty: it was not put here by one.
        system: "debian-amd64"; another where there are no packages for it.
        schema: Number of the last migration that it knows.
    """

    version: str
    system: str
    schema: int


def read_release(data: bytes) -> Release:
    """What a signed text says, once its signature was checked.

    Raises:
        UpdateUnreadable: It does not say what it should. What a newer program says besides is
            passed over.
    """
    try:
        said = read_canonical(data, MOST_TEXT)
        if said["kind"] != KIND or said["v"] != FORMAT:
            raise ValueError("kind")
        found = Release(
            _matched(_VERSION, said["version"]), date.fromisoformat(_text(said["made"], 10)),
            _matched(_VERSION, said["oldest"]), _number(said["schema"], 100_000),
            tuple(_package(one) for one in _list(said["packages"], _MOST_PACKAGES)),
            _notes(said["notes"]),
        )  # fmt: skip
        _require_each_once(found.packages)
    except _BAD_SHAPE as error:
        raise UpdateUnreadable from error
    return found


def order(version: str) -> tuple[int, int, int]:
    """A version as it is compared: 0.10.0 comes after 0.9.0.

    Raises:
        UpdateUnreadable: It is none.
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        raise UpdateUnreadable
    return int(found[1]), int(found[2]), int(found[3])


def is_newer(version: str, than: str) -> bool:
    """Whether a version comes after another; of what is no version nothing is known."""
    try:
        return order(version) > order(than)
    except UpdateUnreadable:
        return False


def require_newer(release: Release, here: Here) -> Package:
    """Refuse what may not be put over what runs here; the package that may.

    Raises:
        RunsFromSource: No package put this program here.
        UpdateIsHere: It is the same version.
        UpdateIsOlder: It is an older one: an old fault must not come back with it.
        UpdateIsTooFar: Versions in between may not be left out.
        UpdateForOthers: It has no package for this kind of computer.
    """
    if not here.version:
        raise RunsFromSource
    if release.version == here.version:
        raise UpdateIsHere
    if order(release.version) < order(here.version):
        raise UpdateIsOlder
    if order(here.version) < order(release.oldest):
        raise UpdateIsTooFar
    return release.package_for(here.system)


# --- inside -----------------------------------------------------------------------------------


def _package(said: object) -> Package:
    told = _object(said)
    systems = tuple(_matched(_SYSTEM, one) for one in _list(told["systems"], _MOST_PACKAGES))
    return Package(
        _matched(_NAME, told["name"]), systems, _number(told["size"], MOST_PACKAGE),
        _matched(_SHA256, told["sha256"]),
    )  # fmt: skip


def _require_each_once(packages: Sequence[Package]) -> None:
    """A system has one package, and a name is one file, also where letters have no case."""
    systems = [system for one in packages for system in one.systems]
    names = [one.name.lower() for one in packages]
    if not systems or len({*systems}) < len(systems) or len({*names}) < len(names):
        raise ValueError("packages")


def _notes(said: object) -> Mapping[str, tuple[str, ...]]:
    found = {
        _text(language, 12): tuple(_text(one, _MOST_LETTERS) for one in _list(lines, _MOST_NOTES))
        for language, lines in _object(said).items()
    }
    if not found.get(FALLBACK):
        raise ValueError("notes")
    return found


def _object(said: object) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise TypeError("object")
    return cast("Mapping[str, Any]", said)


def _list(said: object, most: int) -> Sequence[object]:
    if not isinstance(said, list) or len(found := cast("list[object]", said)) > most:
        raise ValueError("list")
    return found


def _text(said: object, most: int) -> str:
    if not isinstance(said, str) or len(said) > most or not said.isprintable():
        raise ValueError("text")
    return said


def _matched(pattern: re.Pattern[str], said: object) -> str:
    text = _text(said, 200)
    if not pattern.fullmatch(text):
        raise ValueError("text")
    return text


def _number(said: object, most: int) -> int:
    if type(said) is not int or not 0 < said <= most:
        raise ValueError("number")
    return said

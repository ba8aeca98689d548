"""Reads a pack of forms: a folder or a zip file of texts that lie over those of the program.

A pack comes from anywhere. Nothing of it is unpacked to the disk, no name of it is ever a path, it
is read no further than a pack can be large, and a file that this program does not know refuses it.
"""

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from intake_app.domain.decision_errors import (
    BadPack,
    PackHasStrangers,
    PackPointsOutside,
    PackTooLarge,
)
from intake_app.domain.outside_file import PACK_ENDING

MOST_FILES: Final = 300
MOST_BYTES: Final = 1_000_000  # of one text: as long as a form can be (`toml_source`)
MOST_IN_ALL: Final = 8_000_000
MOST_PACKED: Final = 20_000_000

_IS_TEXT: Final = re.compile(
    r"(?:(?:programs|papers|screenings|screenings/packs|legal|exports|measures)/)?[a-z][a-z0-9_]{0,59}\.toml"
    r"|(?:codes|offenses)/[a-z][a-z0-9_]{0,59}\.csv"
).fullmatch
_TOPS: Final = ("forms/", "resources/")
_PARTS: Final = ("programs", "papers", "codes", "offenses", "legal")
"""Folders by which a pack is known."""

_OWN_WAYS: Final = ("legal/retention", "legal/system_use_banner.", "legal/cjis_", "pack.toml")
"""What is decided another way (a schedule, by two people), or read before anybody signs in."""

_SCHEDULE: Final = "legal/retention_agency.toml"

_NOTES: Final = re.compile(
    r"(?:.*/)?(?:\.DS_Store|Thumbs\.db|desktop\.ini|[^/]*\.(?:md|txt)|LICENSE|NOTICE)"
    r"|__MACOSX/.*", re.IGNORECASE,
).fullmatch  # fmt: skip
"""What comes with packs and is no text; it is not read."""

_LIKE_A_PATH: Final = re.compile(r"^[/\\~]|^[A-Za-z]:|\\|\x00|(?:^|/)\.\.(?:/|$)")


def read_pack(path: Path) -> Mapping[str, str]:
    """The texts of a pack, by name.

    Raises:
        BadPack: It cannot be read, or holds no text.
        PackPointsOutside: A name leads out of it, or a link does.
        PackTooLarge: It is larger than forms can be.
        PackHasStrangers: It has files that are no texts of forms.
    """
    try:
        found = dict(_texts(path))
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError,
            UnicodeDecodeError, ValueError) as error:  # fmt: skip
        raise BadPack(type(error).__name__) from None
    if not found:
        raise BadPack("empty")
    return found


def is_pack(path: Path) -> bool:
    """Whether this is to be read as a pack: a zip file, or a folder of folders without a form.

    A folder with forms of its own stands for itself; the texts of a pack lie over the program's.
    """
    if path.suffix in {".zip", PACK_ENDING}:
        return path.is_file()
    has_parts = any((path / name).is_dir() for name in _PARTS)
    return has_parts and not any(path.glob("*.toml"))


def is_own_name(name: str) -> bool:
    """Whether a department can have a text of this name: none that the program itself needs."""
    return name == _SCHEDULE or (_IS_TEXT(name) is not None and not name.startswith(_OWN_WAYS))


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    parts = list(_in_folder(path) if path.is_dir() else _in_zip(path))
    top = _top_of([name for name, _ in parts])
    total, seen = 0, set[str]()
    for name, data in parts:
        total += len(data)
        if len(data) > MOST_BYTES or total > MOST_IN_ALL:
            raise PackTooLarge
        called = _called(name.removeprefix(top))
        if called in seen:
            raise PackHasStrangers(called)  # two files of one name: which one is meant?
        seen.add(called)
        yield called, data.decode("utf-8-sig").replace("\r\n", "\n")


def _called(name: str) -> str:
    """The name of a text, as the program knows it."""
    for top in _TOPS:
        name = name.removeprefix(top)
    if not _IS_TEXT(name) or name.startswith(_OWN_WAYS):
        raise PackHasStrangers
    return name


def _top_of(names: list[str]) -> str:
    """The one folder in which a zip file holds all, or nothing."""
    tops = {name.split("/")[0] for name in names if "/" in name}
    top = next(iter(tops), "")
    is_all_in = len(tops) == 1 and all(name.startswith(f"{top}/") for name in names)
    is_known = f"{top}/" in _TOPS or top in {
        "programs", "papers", "screenings", "legal", "codes", "offenses", "exports",
        "measures",
    }  # fmt: skip
    return f"{top}/" if is_all_in and not is_known else ""


def _refuse_paths(name: str) -> None:
    if _LIKE_A_PATH.search(name):
        raise PackPointsOutside


def _in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    count = 0
    for where, folders, files in os.walk(folder, followlinks=False):
        for name in sorted((*folders, *files)):
            place = Path(where, name)
            kind = place.lstat().st_mode
            if not stat.S_ISDIR(kind) and not stat.S_ISREG(kind):
                raise PackPointsOutside  # a link, or something that is no file
            count += 1
            if count > MOST_FILES:
                raise PackTooLarge
            called = place.relative_to(folder).as_posix()
            if stat.S_ISREG(kind) and not _NOTES(called):
                _refuse_paths(called)
                with place.open("rb") as file:
                    yield called, file.read(MOST_BYTES + 1)
        folders[:] = [name for name in folders if name != "__MACOSX"]


def _in_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    kind = path.stat()
    if not stat.S_ISREG(kind.st_mode):
        raise BadPack("no file")
    if kind.st_size > MOST_PACKED:
        raise PackTooLarge
    with zipfile.ZipFile(path) as packed:
        members = packed.infolist()
        if len(members) > MOST_FILES:
            raise PackTooLarge
        left = MOST_IN_ALL
        for one in members:
            _refuse_paths(one.orig_filename)
            _refuse_paths(one.filename)
            if stat.S_ISLNK(one.external_attr >> 16):
                raise PackPointsOutside
            if one.is_dir() or _NOTES(one.filename):
                continue
            with packed.open(one) as file:  # whatever it says of its size, no more is read
                data = file.read(min(MOST_BYTES, left) + 1)
            left -= len(data)
            if left < 0:
                raise PackTooLarge
            yield one.filename, data

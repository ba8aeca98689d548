"""The words of forms, papers and lists: files with `en` and other languages side by side.

A language that is added as files does not touch them: its words for their English ones stand in a
catalog of their own, `files.po` (docs/languages.md).
"""

import csv
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parent.parent


def file_messages() -> dict[str, list[str]]:
    """English words of all files, with the files that say them."""
    found: dict[str, list[str]] = {}
    for file in _files():
        for said in english_in(file):
            places = found.setdefault(said, [])
            place = file.relative_to(ROOT).as_posix()
            if place not in places:
                places.append(place)
    return found


def lacking(code: str) -> list[str]:
    """Words of files that the files themselves do not have in a language: "file: English"."""
    return [
        f"{file.relative_to(ROOT).as_posix()}: {words['en']}"
        for file in _files() for words in _spoken(file)
        if words.get("en", "").strip() and not words.get(code, "").strip()
    ]  # fmt: skip


def english_in(file: Path) -> list[str]:
    """The English words of one file."""
    return [said for words in _spoken(file) if (said := words.get("en", "").strip())]


def all_words() -> Iterator[dict[str, str]]:
    """Words by language, one for each text of all files."""
    for file in _files():
        yield from _spoken(file)


def in_one_language(keys: Collection[str]) -> Iterator[tuple[str, str]]:
    """Texts that a file says once for all languages, with the file: names, laws.

    Args:
        keys: Under which such a text is shown to people.
    """
    for file in _files():
        if file.suffix == ".toml":
            place = file.relative_to(ROOT).as_posix()
            found = _once(tomllib.loads(file.read_text("utf-8")), keys)
            yield from ((place, said) for said in found)


def _once(node: object, keys: Collection[str]) -> Iterator[str]:
    if isinstance(node, list):
        for inside in cast("list[object]", node):
            yield from _once(inside, keys)
    if not isinstance(node, dict):
        return
    for key, inside in cast("dict[str, object]", node).items():
        if isinstance(inside, str) and key in keys:
            yield inside
        yield from _once(inside, keys)


def _files() -> Iterator[Path]:
    for place in (ROOT / "forms", ROOT / "resources"):
        yield from sorted(place.rglob("*.toml"))
        yield from sorted(place.rglob("*.csv"))


def _spoken(file: Path) -> Iterator[dict[str, str]]:
    """Words by language, one for each text of a file."""
    if file.suffix == ".toml":
        yield from _tables(tomllib.loads(file.read_text("utf-8")))
        return
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if "en" in (rows.fieldnames or ()):
            for row in rows:
                yield {key: said for key, said in row.items()
                       if len(key or "") == 2 and isinstance(said, str)}  # fmt: skip


def _tables(node: object) -> Iterator[dict[str, str]]:
    if isinstance(node, list):
        for inside in cast("list[object]", node):
            yield from _tables(inside)
    if not isinstance(node, dict):
        return
    table = cast("dict[str, object]", node)
    if isinstance(table.get("en"), str):
        yield {key: said for key, said in table.items() if isinstance(said, str)}
        return
    for inside in table.values():
        yield from _tables(inside)

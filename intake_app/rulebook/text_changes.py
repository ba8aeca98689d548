"""What is new in a text, told by its parts: questions, words, choices; not by lines of a file."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from intake_app.domain.form_change import FileChange, Kind, PartChange
from intake_app.domain.text import FALLBACK
from intake_app.rulebook.codes import LINE, read_rows
from intake_app.rulebook.mistake import Mistaken
from intake_app.rulebook.toml_source import TomlSource
from intake_app.rulebook.value_kind import is_list, is_table

Leaves = dict[tuple[str, ...], str]
"""What a text says, by where; things in lists are named by their ids."""

_NAMES: Final = ("label", "title", "text", "name", "says")
_ORDER: Final = "order"


def difference(
    name: str, before: str | None, after: str | None, language: str = FALLBACK
) -> FileChange:
    """What differs between two texts of one name; one that is gone has no words.

    Args:
        name: Of both.
        before: Where it was there before.
        after: Where it is there still.
        language: In which it is called.
    """
    if name.endswith(".csv"):
        parts = tuple(_rows_differ(name, before or "", after or "", language))
        return FileChange(name, _table_title(name), before is None, parts)
    old, new = _read(name, before), _read(name, after)
    title = _title(new or old, name, language)
    return FileChange(name, title, before is None, tuple(_differ(old, new, language)))


# --- lists --------------------------------------------------------------------------------


def _table_title(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".csv").replace("_", " ")


def _rows_differ(name: str, before: str, after: str, language: str) -> Iterator[PartChange]:
    old, new = (
        {row["id"]: row for row in read_rows(name, text, (), [])} for text in (before, after)
    )
    for ident, row in new.items():
        words = _row_words(row, language)
        if ident not in old:
            yield PartChange(Kind.ADDED, words, after=row["active_from"])
        elif row["active_to"] and row["active_to"] != old[ident]["active_to"]:
            yield PartChange(Kind.RETIRED, words, after=row["active_to"])
        for head in sorted({*row, *old.get(ident, row)} - {LINE, "id", "active_to"}):
            if ident in old and row[head] != old[ident][head]:
                yield PartChange(Kind.CHANGED, f"{words} ({head})", old[ident][head], row[head])
    for ident, row in old.items():
        if ident not in new:
            yield PartChange(Kind.REMOVED, _row_words(row, language))


def _row_words(row: Mapping[str, str], language: str) -> str:
    return row.get(language) or row[FALLBACK] or row["id"]


# --- forms, papers, words -----------------------------------------------------------------


def _read(name: str, text: str | None) -> Mapping[str, Any]:
    try:
        return TomlSource(name, text).data if text is not None else {}
    except Mistaken:
        return {}


def _title(data: Mapping[str, Any], name: str, language: str) -> str:
    for place in ("form", "program", "paper", "screening"):
        if is_table(data.get(place)):
            data = data[place]
    for key in ("title", "name"):
        said = data.get(key)
        if is_table(said) and said.get(FALLBACK):
            return str(said.get(language) or said[FALLBACK])
    return name


def _differ(
    before: Mapping[str, Any], after: Mapping[str, Any], language: str
) -> Iterator[PartChange]:
    old, new = _leaves(before), _leaves(after)
    yield from _whole(new, old, Kind.ADDED, language)
    yield from _whole(old, new, Kind.REMOVED, language)
    for path in new.keys() & old.keys():
        if old[path] != new[path] and not _is_mere_order(path, old[path], new[path]):
            yield PartChange(Kind.CHANGED, _said(path, new, language), old[path], new[path])


def _whole(here: Leaves, there: Leaves, kind: Kind, language: str) -> Iterator[PartChange]:
    """What is in one of two texts alone; of a thing that is new as a whole, its name once."""
    known = {path[:n] for path in there for n in range(len(path) + 1)}
    told: set[tuple[str, ...]] = set()
    for path in here:
        if path in there:
            continue
        if path[-1] == _ORDER:
            continue
        news = (path[:n] for n in range(1, len(path) + 1) if path[:n] not in known)
        top = next(one for one in news if (*one, _ORDER) not in here)  # of a list, each thing
        if top in told:
            continue
        told.add(top)
        words = next(filter(None, (_called(top, key, here, language) for key in _NAMES)), "")
        value = here[path] if top == path else ""
        shown = {"after": value} if kind is Kind.ADDED else {"before": value}
        yield PartChange(kind, words or _said(top, here, language), **shown)


def _is_mere_order(path: tuple[str, ...], before: str, after: str) -> bool:
    """What was added or taken out moves the others; only another order of the same is told."""
    return path[-1] == _ORDER and sorted(before.split()) != sorted(after.split())


def _leaves(data: Mapping[str, Any]) -> Leaves:
    return dict(_walk((), data))


def _walk(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    if is_table(value):
        for key, inner in value.items():
            yield from _walk((*path, str(key)), inner)
    elif is_list(value) and any(is_table(one) for one in value):
        names = _names(value)
        yield (*path, _ORDER), " ".join(names)
        for name, inner in zip(names, value, strict=True):
            yield from _walk((*path, name), inner)
    elif is_list(value):
        yield path, ", ".join(map(str, value))
    else:
        yield path, str(value)


def _names(things: list[Any]) -> list[str]:
    named = [str(one.get("id") or "") if is_table(one) else "" for one in things]
    is_good = all(named) and len(set(named)) == len(named)
    return named if is_good else [str(n) for n in range(1, len(things) + 1)]


def _called(path: tuple[str, ...], key: str, leaves: Leaves, language: str) -> str:
    """What a thing is called in this language, or else in the one that each text has."""
    return leaves.get((*path, key, language)) or leaves.get((*path, key, FALLBACK), "")


def _said(path: tuple[str, ...], leaves: Leaves, language: str) -> str:
    """Where something stands: things are called as people know them, where they have a label."""
    tops = (path[:n] for n in range(1, len(path) + 1))
    return ": ".join(_called(top, "label", leaves, language) or top[-1] for top in tops)

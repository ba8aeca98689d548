"""Takes the good entries of the registry out of what lies in `station`, and leaves the others.

Whoever holds the key of `station`, at any station, can send something that is no entry. It must
lock nobody out, and it must not keep good entries away: also not one that names a good entry as
its past before that has come, and so waits for it.
"""

import contextlib
from collections.abc import Collection, Iterable, Sequence

from intake_app.domain.errors import BadRegistry
from intake_app.vault.entry import Entry, read_entry
from intake_app.vault.registry import Registry


def sift(texts: Iterable[str], genesis: str, pinned: Collection[str] = ()) -> Registry:
    """The registry of all good entries.

    Args:
        texts: The signed texts, and perhaps others.
        genesis: The pinned hash.
        pinned: Heads that were known before: all of them and what lies before must be here.

    Raises:
        BadRegistry: The genesis is missing, or the registry is older than the pinned heads.
    """
    found = set(texts)
    try:
        return Registry.from_entries(found, genesis, pinned)
    except BadRegistry:
        roots = [one.text for one in _readable(found) if one.id == genesis]
    for root in sorted(roots):
        with contextlib.suppress(BadRegistry):
            registry = sift_more(Registry.from_entries([root], genesis), found)
            if registry.knows(pinned):
                return registry
    raise BadRegistry("older than what was known")


def sift_more(registry: Registry, texts: Iterable[str]) -> Registry:
    """This registry with all good ones of more entries; itself if there is none."""
    fresh = set(texts) - set(registry.texts)
    if not fresh:
        return registry
    with contextlib.suppress(BadRegistry):
        return registry.joined(fresh)
    return _one_by_one(registry, fresh)


def _one_by_one(registry: Registry, fresh: Collection[str]) -> Registry:
    """What waits is laid aside first: one that is bad shows only when its past has come."""
    sure = registry.texts[: len(registry.texts) - len(registry.waiting)]
    grown = Registry.from_entries(sure, registry.genesis_hash)
    left = _readable({*registry.texts, *fresh} - set(sure))
    while ready := [entry for entry in left if grown.knows(entry.previous)]:
        grown = _with(grown, list(filter(grown.has_signer_of, ready)))
        left = [entry for entry in left if entry not in ready]
    grown = _with(grown, left)  # they wait for more
    return registry if set(grown.texts) == set(registry.texts) else grown


def _with(registry: Registry, entries: Sequence[Entry]) -> Registry:
    """All at once; where one is bad, each half for itself: there may be thousands."""
    if not entries:
        return registry
    with contextlib.suppress(BadRegistry):
        return registry.joined([entry.text for entry in entries])
    if len(entries) == 1:
        return registry
    half = len(entries) // 2
    return _with(_with(registry, entries[:half]), entries[half:])


def _readable(texts: Iterable[str]) -> list[Entry]:
    found: list[Entry] = []
    for text in sorted(texts):
        with contextlib.suppress(BadRegistry):
            found.append(read_entry(text))
    return found

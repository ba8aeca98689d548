"""Lets the registry of who is signed in grow by entries that came from other stations.

Whoever holds the key of `station` can put anything into its file. What is no good entry is left
where it is and counts nowhere; it must not keep good ones away.
"""

from collections.abc import Iterable

from intake_app.vault.keys import Keys
from intake_app.vault.sifting import sift_more


class RegistryGrowth:
    """The registry, and the entries that were looked at.

    Args:
        keys: Of the signed-in person.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._seen: set[str] = set(keys.registry.texts)

    def take(self, texts: Iterable[str]) -> bool:
        """Take new entries; whether there was a good one."""
        fresh = [text for text in texts if text not in self._seen]
        self._seen.update(fresh)
        before = self._keys.registry
        grown = sift_more(before, fresh)
        if grown is not before:
            self._keys.follow(grown)
        return grown is not before

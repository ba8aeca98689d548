"""Turning the page of a compartment's keys: a new generation, and forgetting an old one.

Each of the two is written into the compartment's file and read back before it is used; who is
killed in between has the old state or the new one.
"""

from collections.abc import Mapping
from typing import Final, Protocol

from intake_app.domain.errors import NoGrant, StorageFailed
from intake_app.domain.roles import Compartment
from intake_app.vault.inside import Inside, with_generation, without_generation
from intake_app.vault.key_post import may_hand
from intake_app.vault.keys import Keys

KEPT_AS: Final = "keys inside"
"""Meta line of a compartment's file."""


class MetaFile(Protocol):
    """What is asked of an open file: `storage.compartment.Compartment`."""

    def meta(self, name: str) -> str:
        """A line about the file itself; empty where there is none."""
        ...

    def set_meta(self, name: str, value: str) -> None:
        """Write it, durably."""
        ...

    def leave_no_older(self) -> None:
        """Make sure that what was replaced lies nowhere any more."""
        ...


class Generations:
    """Generations of the files that are open here.

    Args:
        keys: Of the signed-in person.
        files: Open files by compartment, and it may grow; what is not open stays as it is.
    """

    def __init__(self, keys: Keys, files: Mapping[str, MetaFile]) -> None:
        self._keys, self._files = keys, files

    def is_open(self, compartment: Compartment) -> bool:
        """Whether a file is open here."""
        return compartment in self._files

    def is_due(self, compartment: Compartment) -> bool:
        """Whether one may begin anew, and somebody who may no more knows the newest.

        A struck station, a person who left or lost a role, keys that were replaced.
        """
        registry = self._keys.registry
        if compartment not in self._files or not may_hand(registry, compartment, self._keys.user):
            return False
        return bool(self._gone(compartment) - self._keys.opened(compartment).without)

    def begin(self, compartment: Compartment) -> int:
        """Begin a new generation; bundles are sealed under it from now on.

        Others get it with the next `services.exchanging.carried_keys.give_keys`.

        Raises:
            NoGrant: The file is not open here.
            DiskFull: The old one goes on.
            StorageFailed: The old one goes on.
        """
        found = with_generation(self._opened(compartment), self._gone(compartment))
        self.keep(compartment, found.text)
        return found.newest

    def forget(self, compartment: Compartment, generation: int) -> None:
        """Destroy a generation and all before it; what was sealed under them is noise here.

        Raises:
            NoGrant: The file is not open here.
            ValueError: It is the newest.
            DiskFull: It is still there.
            StorageFailed: It is still there.
        """
        self.keep(compartment, without_generation(self._opened(compartment), generation).text)

    def keep(self, compartment: Compartment, text: str) -> None:
        """Write what is inside a file, read it back, and use it."""
        file = self._files[compartment]
        if file.meta(KEPT_AS) != text:
            file.set_meta(KEPT_AS, text)
        if file.meta(KEPT_AS) != text:
            raise StorageFailed("read back")
        file.leave_no_older()
        self._keys.take_inside(compartment, text)

    def _gone(self, compartment: Compartment) -> frozenset[str]:
        """Struck stations, people who left, and revocations of holders: all may have kept keys."""
        registry = self._keys.registry
        left = (person.id for person in registry.people if person.is_revoked)
        return frozenset((*registry.stations.struck(), *left, *registry.cuts(compartment)))

    def _opened(self, compartment: Compartment) -> Inside:
        if compartment not in self._files:
            raise NoGrant(compartment)
        return self._keys.opened(compartment)

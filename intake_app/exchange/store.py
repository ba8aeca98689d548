"""What the carrier needs of a store, as a Protocol: so that who only names one loads no OpenDAL."""

from typing import Final, Protocol

MOST: Final = 384 * 1024 * 1024
"""Bytes of one object; a bundle of four full segments is smaller."""


class Store(Protocol):
    """What the carrier needs of a store. Names are those of `exchange.names`.

    All raise a `StoreError`.
    """

    def get(self, name: str, most: int = MOST) -> bytes | None:
        """An object, if it is there.

        Raises:
            Oversized: It is larger than `most`; no more of it was taken.
        """
        ...

    def put(self, name: str, data: bytes) -> None:
        """Write an object; what was there under this name is replaced.

        Raises:
            MarkerRefused: `trust` was not called, or the marker is another one by now.
        """
        ...

    def names(self, folder: str) -> list[str]:
        """Names (with the folder) of the objects in a folder, sorted; none where it is absent."""
        ...

    def remove(self, name: str) -> None:
        """Take an object away, if it is there.

        Raises:
            MarkerRefused: As for `put`.
        """
        ...

    def trust(self, marker: bytes) -> None:
        """The store's marker was read and found good: it may be written to while that stands."""
        ...

"""Sealed drafts that the disk refused, kept in memory until it takes them.

When nobody is there to be asked, the program locks although the disk is full. What was typed last
is sealed by then: it stays in this process, unreadable to it, and is written at the next sign-in.
"""

from contextlib import suppress
from pathlib import Path

from intake_app.domain.draft import DraftEntry
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.ids import RecordId
from intake_app.services.needs.everyday import DraftStore


class UnsavedDrafts:
    """One for each process; it outlives the sessions in it."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[Path, RecordId], DraftEntry] = {}

    def over(self, store: DraftStore, folder: Path) -> DraftStore:
        """A store that remembers what could not be written, and has just tried again.

        Args:
            store: Where drafts lie.
            folder: The profile; what waits for another one stays out of this.
        """
        made = _Remembering(store, self._waiting, folder)
        for (where, ident), entry in [*self._waiting.items()]:
            if where == folder:
                with suppress(DiskFull, StorageFailed):
                    store.put(entry)
                    self._waiting.pop((where, ident))
        return made

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self._waiting)


class _Remembering:
    """Fits `needs.everyday.DraftStore`."""

    def __init__(
        self, store: DraftStore, waiting: dict[tuple[Path, RecordId], DraftEntry], folder: Path
    ) -> None:
        self._store, self._waiting, self._folder = store, waiting, folder

    def put(self, entry: DraftEntry) -> None:
        """See `DraftStore.put`."""
        at = self._folder, entry.id
        self._waiting[at] = entry
        try:
            self._store.put(entry)
        except (DiskFull, StorageFailed):
            raise
        except BaseException:
            self._waiting.pop(at)
            raise
        self._waiting.pop(at)

    def get(self, ident: RecordId) -> DraftEntry | None:
        """See `DraftStore.get`; what waits is newer."""
        return self._waiting.get((self._folder, ident)) or self._store.get(ident)

    def all(self) -> list[DraftEntry]:
        """See `DraftStore.all`."""
        known = {entry.id: entry for entry in self._store.all()}
        known |= {i: entry for (where, i), entry in self._waiting.items() if where == self._folder}
        return sorted(known.values(), key=lambda entry: (entry.started, entry.id))

    def remove(self, ident: RecordId) -> None:
        """See `DraftStore.remove`."""
        self._store.remove(ident)
        self._waiting.pop((self._folder, ident), None)

    def mark_submitted(self, ident: RecordId, at: str) -> None:
        """See `DraftStore.mark_submitted`."""
        self._flush(ident)
        self._store.mark_submitted(ident, at)

    def put_paper(self, draft: RecordId, ident: RecordId, body: bytes) -> None:
        """See `DraftStore.put_paper`."""
        self._flush(draft)
        self._store.put_paper(draft, ident, body)

    def papers(self, draft: RecordId) -> list[tuple[RecordId, bytes]]:
        """See `DraftStore.papers`."""
        return self._store.papers(draft)

    def _flush(self, ident: RecordId) -> None:
        if entry := self._waiting.get((self._folder, ident)):
            self.put(entry)

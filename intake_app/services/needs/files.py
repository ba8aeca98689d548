"""What the services ask of one encrypted file of records, as Protocols."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from intake_app.domain.act import Act, AuditLine
from intake_app.domain.change import Change
from intake_app.domain.ids import ChangeId, RecordId
from intake_app.domain.likeness import Identity
from intake_app.domain.listing import Row
from intake_app.domain.record import Record


class Stamps(Protocol):
    """Where the ids of new changes come from: a file, or the drop box of one that is not held."""

    def stamp(self) -> ChangeId:
        """The id of a new change."""
        ...


class Reads(Protocol):
    """Reads records one by one: a file, or a few records that were loaded together."""

    def record(self, ident: RecordId) -> Record | None:
        """One record with its register."""
        ...

    def about(self, ident: RecordId, kind: str = "") -> list[Record]:
        """The records that belong to another, oldest first; of one kind, where given."""
        ...


class Records(Protocol):  # noqa: PLR0904 (one file, one protocol)
    """One encrypted file of records: `storage.compartment.Compartment`."""

    def stamp(self) -> ChangeId:
        """The id of a new change here."""
        ...

    def apply(
        self, changes: Iterable[Change], act: Act, blobs: Mapping[str, bytes] | None = None
    ) -> int:
        """The one door for writes: all of it in one transaction. Returns how many were new."""
        ...

    def note(self, act: Act) -> None:
        """Write an audit line for something that changes nothing: reading, printing, saving."""
        ...

    def record(self, ident: RecordId) -> Record | None:
        """One record with its register."""
        ...

    def about(self, ident: RecordId, kind: str = "") -> list[Record]:
        """The records that belong to another, oldest first; of one kind, where given."""
        ...

    def of_kind(self, kind: str) -> list[Record]:
        """All standing records of a kind, oldest first (for short lists: providers, roster)."""
        ...

    def whole(self, ident: RecordId) -> list[Record]:
        """A record and all that belongs to it, and to that in turn; hidden ones too.

        Each comes after what it belongs to; purged ones are left out.
        """
        ...

    def audit_of(self, records: Collection[RecordId]) -> list[AuditLine]:
        """The audit lines of some records, in the order of the chain."""
        ...

    def history(self, ident: RecordId) -> list[Change]:
        """All changes of a record, oldest first."""
        ...

    def blob(self, sha256: str) -> bytes | None:
        """Archived bytes, by their hash."""
        ...

    def order(
        self, kind: str, by: str = "name", limit: int = -1, pathway: str = ""
    ) -> Sequence[int]:
        """Position keys of standing records of a kind, in order of "name" or "opened".

        All of them, or the first so many; of one pathway, where it is given.
        """
        ...

    def rows(self, keys: Sequence[int]) -> list[Row]:
        """Lines of a list, in the order of the keys."""
        ...

    def newest(self, kind: str, limit: int = 50, since: str = "") -> list[Row]:
        """The latest lines of a kind, newest first; since a moment, where given."""
        ...

    def due(self, kind: str, until: str, limit: int = 50, by: str = "") -> list[Row]:
        """Lines that are owed something up to a day (YYYY-MM-DD), the oldest first.

        Of all, of one person who is to do it (user id), or of `NOBODY`.
        """
        ...

    def of_person(self, person: str, kind: str, *, or_hidden: bool = False) -> list[Row]:
        """Standing lines of a kind that are of one person, the oldest first; or hidden ones too."""
        ...

    def lines(self, idents: Sequence[str]) -> dict[str, Row]:
        """The lines of some records, hidden ones too, by their ids."""
        ...

    def without(self, kind: str, others: Sequence[str], since: str) -> list[Row]:
        """Standing lines of a kind since a moment that have none of these kinds about them.

        The oldest first.
        """
        ...

    def next_due(self, abouts: Sequence[str], kind: str) -> dict[str, str]:
        """The next day (YYYY-MM-DD) on which something about some records is due, by their ids."""
        ...

    def kinds_about(self, abouts: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many standing records of each kind are about some records, by their ids."""
        ...

    def find(self, text: str, kind: str, limit: int = 50) -> list[Row]:
        """Lines in which each typed word begins a word."""
        ...

    def alike(
        self, keys: Collection[str], kind: str, limit: int = 500
    ) -> list[tuple[RecordId, Identity]]:
        """Standing records of a kind that share a key of `domain.likeness`; newest first."""
        ...

    def counts(self, kinds: Sequence[str]) -> dict[str, int]:
        """How many standing records there are of some kinds."""
        ...

    def differing(self, limit: int = 500) -> list[Record]:
        """Standing records of which some fields have several values, or whose acts contradict.

        Also those that one person took out of all lists while another changed them.
        """
        ...

    def numbers_twice(self, limit: int = 50) -> list[list[Row]]:
        """Intakes that carry one number although they are several."""
        ...

    def taken_elsewhere(self, kind: str, here: str, since: str, limit: int) -> list[Row]:
        """The newest standing lines of a kind that began at another station, since a moment."""
        ...

    def highest_number(self, beginning: str) -> str:
        """The highest number of an intake that begins so; empty: there is none."""
        ...

    def unfolded(self, kinds: Sequence[str]) -> tuple[list[RecordId], int]:
        """Whose acts came since `folded_through`, and the position up to which was looked."""
        ...

    def folded_through(self, position: int) -> None:
        """Note that all acts up to a position were looked at."""
        ...

    def next_serial(self, series: str, count: int = 1, above: int = 0) -> int:
        """Reserve the next serial numbers of a series, never given twice; returns the first.

        All of them are greater than `above`, which is known from elsewhere to be taken.
        """
        ...

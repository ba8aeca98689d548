"""What several departments need of adapters, as Protocols; `wiring.county` joins them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from intake_app.domain.county import Taken
from intake_app.domain.disclosure import Cover
from intake_app.domain.figure import Figure
from intake_app.domain.measure import Question


class CountyKeys(Protocol):
    """Makes and reads county keys: `vault.county_key.CountyKeys`. A key is handed around as hex."""

    def make(self) -> str:
        """A new key."""
        ...

    def words(self, key: str) -> tuple[str, ...]:
        """Its sixteen words."""
        ...

    def from_words(self, words: Sequence[str]) -> str:
        """The key that was typed.

        Raises:
            BadCountyKey: A word is wrong.
        """
        ...

    def name(self, key: str) -> str:
        """Four words that name a key and say nothing of it."""
        ...

    def tokens(self, key: str, texts: Iterable[str]) -> list[str]:
        """A token for each text; empty for an empty one."""
        ...

    def close(self, key: str, passphrase: str) -> bytes:
        """The key as a file that a passphrase opens.

        Raises:
            WeakPassphrase: Too short or too common.
        """
        ...

    def open(self, data: bytes, passphrase: str) -> str:
        """The key in such a file.

        Raises:
            WrongPassphrase, WeakKeyFile, BadCountyKey: It does not open.
        """
        ...


class CountyRows(Protocol):
    """The rows of several departments: `tables.county_merge.CountyTable`."""

    def people(self, since: str, until: str) -> tuple[int, int, int]:
        """People, each once; of them known to several departments; sounding alike, still apart."""
        ...

    def ask(self, question: Question) -> Figure:
        """Compute a measure over all departments."""
        ...

    def ask_each(self, question: Question) -> dict[str, Figure]:
        """The same of each department by itself, by its opaque id."""
        ...


class Letter(Protocol):
    """A sealed file that was opened and compared whole: `exchange.disclosure.OpenedLetter`."""

    @property
    def cover(self) -> Cover:
        """What its sender signed."""
        ...

    @property
    def documents(self) -> tuple[Mapping[str, Any], ...]:
        """What is in it."""
        ...

    @property
    def agency(self) -> str:
        """The sender's opaque id."""
        ...

    @property
    def words(self) -> tuple[str, ...]:
        """Eight words by which the sender is known."""
        ...


class Inbox(Protocol):
    """The merger's own key, open: what is sealed to it is read here (`wiring.county`)."""

    def read(self, data: bytes) -> Letter:
        """Open a file that may come from anywhere.

        Raises:
            NotForYou: It is not sealed to this key.
            BadBundle: It is no such file, or was altered.
        """
        ...

    def is_known(self, words: Sequence[str]) -> bool:
        """Whether the words of a sender were compared by phone."""
        ...

    def know(self, words: Sequence[str]) -> None:
        """Note that they were."""
        ...


@dataclass(frozen=True, slots=True)
class CountyParts:
    """What extracts and merges need.

    Attributes:
        keys: County keys.
        columns: Name and type of each column of an extract with these cuts.
        parquet: Columns and rows as a Parquet file.
        table: The rows of some extracts, as long as they are asked; the cuts that are known here.
        open_inbox: Opens the merger's key: bytes of the key file, its passphrase, and the path
            beside which it is noted who is known.
    """

    keys: CountyKeys
    columns: Callable[[Sequence[str]], list[tuple[str, str]]]
    parquet: Callable[[Sequence[tuple[str, str]], Iterable[Sequence[object]]], bytes]
    table: Callable[[Taken, Sequence[str]], AbstractContextManager[CountyRows]]
    open_inbox: Callable[[bytes, str, str], Inbox] = field(repr=False)

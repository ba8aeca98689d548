"""What recovery cards and changes of file keys need from adapters, as Protocols."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from intake_app.domain.act import Act
from intake_app.domain.ids import StationId
from intake_app.domain.roles import Compartment


class OpenFile(Protocol):
    """An open file: `storage.compartment.Compartment`."""

    def meta(self, name: str) -> str:
        """A line about the file itself; empty where there is none."""
        ...


class KeyBook(Protocol):
    """The keys of the files here, for who is signed in: `vault.file_keys.FileKeys`."""

    def is_begun(self, name: Compartment) -> bool:
        """Whether a new key waits beside the present one."""
        ...

    def present(self, name: Compartment) -> bytes | None:
        """The key that this person holds; None: none here."""
        ...

    def waiting(self, name: Compartment) -> bytes | None:
        """The new key that waits; None: there is none, or not for this person."""
        ...

    def is_waiting(self, name: Compartment, key: bytes) -> bool:
        """Whether a key is the one that waits."""
        ...

    def hold(self, name: Compartment, key: bytes) -> None:
        """Open the file with this key from now on."""
        ...

    def cuts(self, name: Compartment) -> Mapping[str, str]:
        """Revocations that took a file's key from somebody: when, by their id."""
        ...

    def new_key(self) -> bytes:
        """A fresh file key."""
        ...

    def propose(self, name: Compartment, key: bytes) -> None:
        """Seal a new key to all holders and cards, beside the old; read it back."""
        ...

    def accept(self, name: Compartment) -> None:
        """The file has its new key: the grants of the old one go."""
        ...

    def give_up(self, name: Compartment) -> None:
        """The old key holds: what waits goes."""
        ...


class FileSwap(Protocol):
    """Puts a file under another key: `storage.rekey.FileSwap`."""

    def opens(self, name: Compartment, key: bytes) -> bool:
        """Whether a key opens the file that stands in its place."""
        ...

    def copy(
        self, name: Compartment, keys: tuple[bytes, bytes], lines: Mapping[str, str], act: Act
    ) -> None:
        """Make a copy beside a file under another key, and prove that it says the same."""
        ...

    def swap(self, name: Compartment) -> None:
        """Put the copy in the place of the file."""
        ...

    def sweep(self, name: Compartment) -> None:
        """Take away what is left of a change."""
        ...


class ListedCard(Protocol):
    """A card as the registry lists it: `vault.listed_cards.ListedCard`."""

    @property
    def id(self) -> str:
        """Its commitment: names it, and says nothing of its words."""
        ...

    @property
    def number(self) -> int:
        """As printed on it."""
        ...

    @property
    def needed(self) -> int:
        """How many cards it takes."""
        ...

    @property
    def at(self) -> str:
        """When it was made (`stamp`)."""
        ...


class PrintedCard(Protocol):
    """What is printed on a card: `vault.cards.Card`."""

    @property
    def number(self) -> int:
        """1, 2 (or 3)."""
        ...

    @property
    def needed(self) -> int:
        """How many cards it takes."""
        ...

    @property
    def words(self) -> Sequence[str]:
        """Its words, in order."""
        ...

    @property
    def department(self) -> Sequence[str]:
        """Words that stand for this department."""
        ...


class CardDesk(Protocol):
    """Recovery cards, for who is signed in: `vault.card_desk.CardDesk`."""

    @property
    def department_words(self) -> Sequence[str]:
        """Eight words that stand for the department."""
        ...

    def all(self) -> Sequence[ListedCard]:
        """The cards that stand."""
        ...

    def check(self, words: str) -> ListedCard:
        """The drill: one card alone.

        Raises:
            BadRecoveryCard: A word is wrong, or it is none of the cards that stand.
        """
        ...

    def begin(self, words: str, plan: str) -> Sequence[PrintedCard]:
        """Make new cards with a card on the table; the old ones go on until `finish`.

        Raises:
            BadRecoveryCard: A word is wrong, or another card is needed.
        """
        ...

    def give_up(self) -> None:
        """Forget new cards that do not count yet."""
        ...

    def finish(self, rows: Mapping[int, str], store: Callable[[Sequence[str]], object]) -> None:
        """New cards count from now on; the old ones count no more.

        Raises:
            NoNewCards: None were begun.
            BadRecoveryCard: A row is not that of the card; the detail is "card 2".
        """
        ...

    def settle(self) -> int:
        """Bring the key file of this station in step with the cards that stand."""
        ...


@dataclass(frozen=True, slots=True)
class CardParts:
    """What a desk needs for recovery cards, and to tell about file keys.

    Attributes:
        desk: The cards.
        book: The keys of the files here.
        here: This station.
        files: The files that are open here, as they lie on the disk.
    """

    desk: CardDesk
    book: KeyBook
    here: StationId
    files: Mapping[Compartment, OpenFile]

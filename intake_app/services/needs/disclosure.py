"""What disclosures to people outside need, as Protocols; `wiring` brings it on the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from intake_app.domain.disclosure import Came, Cover, Recipient, RecipientCard, SealedFile


class Recipients(Protocol):
    """The signed list of those outside: `vault.recipients.Recipients`."""

    def all(self) -> Sequence[Recipient]:
        """Everybody who was ever entered, by name; who was taken back comes last."""
        ...

    def read_card(self, data: bytes) -> RecipientCard:
        """A card with its eight words.

        Raises:
            BadCard: It is none.
        """
        ...

    def add(self, card: RecipientCard, party: str = "") -> tuple[str, Sequence[str]]:
        """Sign a card into the list: its id, and the signed entries to be stored.

        Raises:
            NotAllowed: No administrator is signed in.
            CardKnown, KeysTakenBack: One of its keys is in the list already, or was.
        """
        ...

    def take_back(self, ident: str) -> Sequence[str]:
        """Take one back for good: the signed entries to be stored.

        Raises:
            NotAllowed: No administrator is signed in.
            RecipientGone: There is none, or it was taken back already.
        """
        ...

    def keys_of(self, ident: str) -> Mapping[str, str]:
        """The public key (JWK) that files for a recipient are sealed to.

        Raises:
            RecipientGone: There is none, or it was taken back.
        """
        ...

    def signed_by(self, token: str) -> tuple[frozenset[str], bytes]:
        """Which recipient (its ids) signed a text, and what it says.

        Raises:
            BadReceipt: None that stands in the list, or it was altered.
        """
        ...


class Letters(Protocol):
    """Makes sealed files: `exchange.disclosure.Letters`."""

    def words(self, department: str) -> tuple[str, ...]:
        """Eight words by which recipients know this station."""
        ...

    def seal(
        self, cover: Cover, documents: Sequence[Mapping[str, Any]],
        keys: Sequence[Mapping[str, str]],
    ) -> SealedFile:  # fmt: skip
        """A file of these documents for these public keys.

        Raises:
            BundleTooLarge: It is more than a recipient would open.
        """
        ...

    def save(self, folder: Path, file: SealedFile) -> Path:
        """Write a file into a folder outside of this program, and read it back.

        Raises:
            DiskFull, StorageFailed: It could not be written.
            NotReadBack: It was, and is not what was written.
        """
        ...

    def read_receipt(self, payload: bytes) -> Came:
        """What a receipt says whose signature was checked.

        Raises:
            BadReceipt: It is none, or of another department.
        """
        ...


@dataclass(frozen=True, slots=True)
class Outsiders:
    """All that disclosures to people outside need.

    Attributes:
        recipients: To whom.
        letters: What is made for them.
    """

    recipients: Recipients
    letters: Letters

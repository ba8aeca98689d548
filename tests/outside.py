"""Somebody outside of the department, for stories: their keys, and how they are entered.

And a station without a profile, for what only a signature is needed of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from intake_app.domain.disclosure import RecipientCard, RecipientKind
from intake_app.exchange.disclosure import OpenedLetter, open_letter, write_receipt
from intake_app.services.desk import Desk
from intake_app.services.recipients import CardShown, add_recipient, read_card
from intake_app.vault.disclosure_seal import RecipientKeys, seal_to, words_of
from intake_app.vault.jose import PrivateKey, PublicKey
from intake_app.vault.recipient_card import new_recipient, open_key_file, write_card

WORDS_TO_OPEN = "copper lantern quiet meadow"
OPENED = "2026-11-24T08:30:00-05:00"


@dataclass(frozen=True)
class Outsider:
    """Their key file, card and keys."""

    key_file: bytes
    card: RecipientCard
    keys: RecipientKeys

    def open(self, data: bytes) -> OpenedLetter:
        return open_letter(self.keys, data)

    def receipt(self, data: bytes, at: str = OPENED) -> str:
        return write_receipt(self.keys, self.open(data), at)


@cache
def outsider(name: str, kind: RecipientKind) -> Outsider:
    """Keys are slow on purpose; each name has its own, made once."""
    key_file, card = new_recipient(name, kind, WORDS_TO_OPEN)
    return Outsider(key_file, card, open_key_file(key_file, WORDS_TO_OPEN))


def as_heard(shown: CardShown) -> dict[int, str]:
    """The covered words as they are read aloud."""
    return {place: shown.card.words[place - 1] for place in shown.places}


def entered(administrator: Desk, who: Outsider, party: str = "") -> str:
    """The card is read, the words are compared by phone, and it is signed; the recipient's id."""
    shown = read_card(administrator, write_card(who.card))
    return add_recipient(administrator, shown, as_heard(shown), party)


def files_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.iterdir())]


@dataclass(frozen=True)
class BareStation:
    """Signs and seals without a profile; fits `exchange.disclosure.Closing`."""

    key: PrivateKey = field(default_factory=PrivateKey.make)
    agency: str = "a1b2c3d4"

    @property
    def sender(self) -> dict[str, str]:
        return self.key.jwk

    def words(self, department: str) -> tuple[str, ...]:
        return words_of(self.sender, self.agency, department)

    def sign(self, payload: bytes) -> str:
        return self.key.sign(payload)

    def seal(self, keys: Sequence[Mapping[str, str]], plain: bytes) -> bytes:
        return seal_to([PublicKey.load(key) for key in keys], plain)

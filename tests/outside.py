"""Somebody outside of the department, for stories: their keys, and how they are entered.

And a station without a profile, for what only a signature is needed of.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from intake_app.domain.disclosure import Recipient, RecipientCard, RecipientKind
from intake_app.domain.disclosure_errors import BadReceipt
from intake_app.domain.errors import CannotOpen
from intake_app.exchange.disclosure import Letters, OpenedLetter, open_letter, write_receipt
from intake_app.services.desk import Desk
from intake_app.services.needs.disclosure import Outsiders
from intake_app.services.sharing.recipients import CardShown, add_recipient, read_card
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


class ListOfOutsiders:
    """The signed list without a registry; fits `services.needs.disclosure.Recipients`."""

    def __init__(self, *people: Outsider) -> None:
        self._people = {f"r{n}": one for n, one in enumerate(people)}
        self.taken_back = set[str]()

    def all(self) -> tuple[Recipient, ...]:
        return tuple(
            Recipient(
                ident, one.card.kind, one.card.name, "", one.card.words, one.keys.name,
                ident in self.taken_back,
            )
            for ident, one in self._people.items()
        )  # fmt: skip

    def read_card(self, data: bytes) -> RecipientCard:
        raise NotImplementedError

    def add(self, card: RecipientCard, party: str = "") -> tuple[str, tuple[str, ...]]:
        raise NotImplementedError

    def take_back(self, ident: str) -> tuple[str, ...]:
        self.taken_back.add(ident)
        return ()

    def keys_of(self, ident: str) -> Mapping[str, str]:
        return self._people[ident].card.seal

    def signed_by(self, token: str) -> tuple[frozenset[str], bytes]:
        for ident, one in self._people.items():
            with contextlib.suppress(CannotOpen):
                return frozenset({ident}), one.keys.signer.verify(token)
        raise BadReceipt


def outsiders(*people: Outsider) -> Outsiders:
    """What a desk without a profile seals with."""
    return Outsiders(ListOfOutsiders(*people), Letters(BareStation()))

"""Recovery cards: the way back in when a passphrase, a computer or a person is gone.

A recovery key opens every file of the department, and signs as an administrator and as a holder.
Its private half exists only on paper. The chief picks a plan: either of two whole cards (each with
a recovery key of its own), or any two of three cards (one recovery key; each pair of cards carries
it as two halves that mean nothing alone). The registry holds a commitment for each card, so one
card can be checked alone, without joining it to another.
"""

import hashlib
import itertools
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from intake_app.domain.errors import BadRecoveryCard
from intake_app.domain.plain_json import canonical
from intake_app.vault import kdf, wordlist
from intake_app.vault.jose import PrivateKey

_PAIRS: Final = tuple(itertools.permutations((1, 2, 3), 2))
_CODE_OF_PAIR: Final = {pair: 3 + place for place, pair in enumerate(_PAIRS)}
_PAIR_OF_CODE: Final = {code: pair for pair, code in _CODE_OF_PAIR.items()}
_WHOLE: Final = (1, 2)


class CardPlan(StrEnum):
    """How many cards there are, and how many it takes."""

    EITHER = "either"  # two cards, one is enough
    PAIRS = "pairs"  # three cards, any two are needed


@dataclass(frozen=True, slots=True)
class Strip:
    """Sixteen words of a card.

    Attributes:
        code: 1 or 2 for a whole card; 3 to 8 for a half that this card shares with another.
        secret: 16 bytes.
    """

    code: int
    secret: bytes = field(repr=False)

    @property
    def card(self) -> int:
        """The number of the card it stands on, or 0."""
        if self.code in _WHOLE:
            return self.code
        return _PAIR_OF_CODE.get(self.code, (0, 0))[0]


@dataclass(frozen=True, slots=True)
class Card:
    """A card, to be printed and put away. Nothing of it is kept on the computer.

    Attributes:
        number: 1, 2 (or 3).
        plan: "either" or "pairs".
        needed: How many cards it takes to open the department's files.
        words: 16 or 32 words, printed in rows of four.
        department: Eight words that stand for this department; compare them on screen.
    """

    number: int
    plan: CardPlan
    needed: int
    words: tuple[str, ...] = field(repr=False)
    department: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecoveryKeys:
    """What a recovery secret becomes.

    Attributes:
        seal: Opens the file keys.
        sign: Signs registry entries.
        pin: Opens the department's pinned hash.
    """

    seal: PrivateKey
    sign: PrivateKey
    pin: bytes = field(repr=False)


def new_cards(plan: CardPlan) -> list[tuple[bytes, list[tuple[Strip, ...]]]]:
    """Fresh recovery secrets, each with the cards that carry it."""
    if plan is CardPlan.EITHER:
        wholes = [(code, os.urandom(wordlist.SECRET_BYTES)) for code in _WHOLE]
        return [(secret, [(Strip(code, secret),)]) for code, secret in wholes]
    secret = os.urandom(wordlist.SECRET_BYTES)
    halves: dict[tuple[int, int], bytes] = {}
    for one, other in itertools.combinations((1, 2, 3), 2):
        halves[one, other] = os.urandom(wordlist.SECRET_BYTES)
        halves[other, one] = _xor(secret, halves[one, other])
    cards = [
        tuple(Strip(_CODE_OF_PAIR[pair], halves[pair]) for pair in _PAIRS if pair[0] == card)
        for card in (1, 2, 3)
    ]
    return [(secret, cards)]


def print_card(plan: CardPlan, strips: Sequence[Strip], genesis: str) -> Card:
    """The words of a card."""
    words = tuple(word for s in strips for word in wordlist.to_words(s.code, s.secret))
    needed = 1 if plan is CardPlan.EITHER else 2
    return Card(strips[0].card, plan, needed, words, wordlist.fingerprint(genesis))


def read_cards(words: str | Iterable[str]) -> tuple[Strip, ...]:
    """The words of one or more cards, as typed; numbers in front of words are passed over.

    Raises:
        BadRecoveryCard: A word is wrong; the detail says which.
    """
    typed = words if isinstance(words, str) else " ".join(words)
    parts = [part for part in typed.split() if not part.strip(".,:)").isdigit()]
    if not parts:
        raise BadRecoveryCard("number of words")
    strips: list[Strip] = []
    for start in range(0, len(parts), wordlist.STRIP_WORDS):
        piece = parts[start : start + wordlist.STRIP_WORDS]
        strips.append(Strip(*wordlist.from_words(piece, start + 1)))
    return tuple(strips)


def join(strips: Iterable[Strip]) -> bytes:
    """The recovery secret that these cards carry.

    Raises:
        BadRecoveryCard: They are not enough.
    """
    by_code = {strip.code: strip.secret for strip in strips}
    for code in _WHOLE:
        if code in by_code:
            return by_code[code]
    for (one, other), code in _CODE_OF_PAIR.items():
        partner = _CODE_OF_PAIR[other, one]
        if code in by_code and partner in by_code:
            return _xor(by_code[code], by_code[partner])
    raise BadRecoveryCard("another card is needed")


def commitment(agency: str, strips: Sequence[Strip]) -> str:
    """What the registry holds of a card: enough to check it, nothing to make it from."""
    told = [[strip.code, strip.secret.hex()] for strip in strips]
    return hashlib.sha256(canonical(["recovery card", agency, told])).hexdigest()


def recovery_keys(secret: bytes, agency: str) -> RecoveryKeys:
    """The key pairs of a recovery secret, the same each time."""
    parts = [kdf.derive(secret, canonical(["recovery", part, agency]), 48) for part in ("o", "s")]
    pin = kdf.derive(secret, canonical(["recovery", "pin", agency]))
    return RecoveryKeys(PrivateKey.from_seed(parts[0]), PrivateKey.from_seed(parts[1]), pin)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))

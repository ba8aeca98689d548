"""Secrets as words: sixteen words carry 128 bits, and one wrong word is found by its place.

Twelve words carry the secret and a small code; four are computed from them (a Reed-Solomon code
over 2048 words), so that any single slip is named and two or three slips are at least noticed. The
words are the English list of BIP-39 (MIT License).
"""

import itertools
import secrets
from collections.abc import Sequence
from functools import cache
from typing import Final

from intake_app.domain.errors import BadRecoveryCard
from intake_app.settings import resources

STRIP_WORDS: Final = 16
SECRET_BYTES: Final = 16
_CHECKS = 4
_DATA = STRIP_WORDS - _CHECKS
_BITS = 11
_SIZE = 1 << _BITS
_POLYNOMIAL = 0x805  # x^11 + x^2 + 1, primitive


@cache
def word_list() -> tuple[str, ...]:
    """The 2048 words, in order."""
    return tuple(resources.path("resources", "words", "english.txt").read_text("utf-8").split())


@cache
def _places() -> dict[str, int]:
    return {word: place for place, word in enumerate(word_list())}


def some_words(count: int) -> tuple[str, ...]:
    """Random words, 11 bits each."""
    return tuple(secrets.choice(word_list()) for _ in range(count))


def fingerprint(sha256: str) -> tuple[str, ...]:
    """Eight words for a hash (88 bits), to be compared by people."""
    number = int(sha256, 16) >> (256 - 8 * _BITS)
    return tuple(word_list()[_digit(number, 7 - place)] for place in range(8))


def to_words(code: int, secret: bytes) -> tuple[str, ...]:
    """Sixteen words for a code (0 to 15) and 16 secret bytes."""
    number = code << 128 | int.from_bytes(secret, "big")
    data = [_digit(number, _DATA - 1 - place) for place in range(_DATA)]
    return tuple(word_list()[symbol] for symbol in data + _checks(data))


def from_words(words: Sequence[str], first: int = 1) -> tuple[int, bytes]:
    """The code and the secret.

    Args:
        words: Sixteen words as typed.
        first: Number of the first word on the card, for the message.

    Raises:
        BadRecoveryCard: A word is wrong; the detail says which, if only one is.
    """
    symbols: list[int] = []
    for place, word in enumerate(words):
        symbol = _places().get(word.casefold())
        if symbol is None:
            raise BadRecoveryCard(f"word {first + place}")
        symbols.append(symbol)
    if len(symbols) != STRIP_WORDS:
        raise BadRecoveryCard("number of words")
    syndromes = _syndromes(symbols)
    if any(syndromes):
        place = _one_error(syndromes)
        raise BadRecoveryCard("several words" if place is None else f"word {first + place}")
    number = 0
    for symbol in symbols[:_DATA]:
        number = number << _BITS | symbol
    return number >> 128, (number & ((1 << 128) - 1)).to_bytes(SECRET_BYTES, "big")


def _digit(number: int, place: int) -> int:
    return number >> (place * _BITS) & (_SIZE - 1)


# --- arithmetic of the field with 2048 elements ---------------------------------------------


@cache
def _tables() -> tuple[list[int], dict[int, int]]:
    powers, element = list[int](), 1
    for _ in range(_SIZE - 1):
        powers.append(element)
        element <<= 1
        element ^= _POLYNOMIAL if element & _SIZE else 0
    return powers, {element: power for power, element in enumerate(powers)}


def _power(exponent: int) -> int:
    return _tables()[0][exponent % (_SIZE - 1)]


def _times(one: int, other: int) -> int:
    if not one or not other:
        return 0
    logs = _tables()[1]
    return _power(logs[one] + logs[other])


def _checks(data: Sequence[int]) -> list[int]:
    generator = [1]
    for root in range(_CHECKS):  # multiply by (x - power(root))
        scaled = [0, *(_times(_power(root), term) for term in generator)]
        generator = [a ^ b for a, b in zip([*generator, 0], scaled, strict=True)]
    rest = [*data, *([0] * _CHECKS)]
    for place in range(len(data)):
        factor = rest[place]
        for offset, term in enumerate(generator):
            rest[place + offset] ^= _times(factor, term)
    return rest[len(data) :]


def _syndromes(symbols: Sequence[int]) -> list[int]:
    found: list[int] = []
    for root in range(_CHECKS):
        value = 0
        for symbol in symbols:
            value = _times(value, _power(root)) ^ symbol
        found.append(value)
    return found


def _one_error(syndromes: Sequence[int]) -> int | None:
    if not all(syndromes):
        return None
    logs = _tables()[1]
    steps = {
        (logs[after] - logs[before]) % (_SIZE - 1)
        for before, after in itertools.pairwise(syndromes)
    }
    place = STRIP_WORDS - 1 - steps.pop()
    return place if not steps and place >= 0 else None

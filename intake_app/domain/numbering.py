"""Receipt numbers: unique without a network, spoken on the phone, and safe against a typo.

"PH-26-A00017-K": department, year, station letter and serial, check character. It holds nothing
of the person, not even an initial.
"""

from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def receipt_number(prefix: str, year: int, station: str, serial: int) -> str:
    """Make a number.

    Args:
        prefix: The department's letters.
        year: For example 2026; two digits are printed.
        station: The station's letter; two stations never share one.
        serial: Counts up at this station, from 1 each year.
    """
    body = f"{prefix}-{year % 100:02d}-{station}{serial:05d}"
    return f"{body}-{check_character(body)}"


def check_character(text: str) -> str:
    """The ISO 7064 MOD 37,36 check character of the letters and digits of a text.

    It catches every single wrong character and every pair of swapped neighbors.
    """
    total = 36
    for sign in text.upper():
        if sign in _ALPHABET:
            total = (total + _ALPHABET.index(sign)) % 36 or 36
            total = total * 2 % 37
    return _ALPHABET[(37 - total) % 36]


def is_number(text: str) -> bool:
    """Whether the check character of a typed number is right."""
    body, _, check = text.strip().upper().rpartition("-")
    return bool(body) and check == check_character(body)

"""A driver license's barcode: name, birth date and address, and nothing else of it.

The PDF417 on the back of North American licenses holds a text by the AAMVA DL/ID card standard
(versions 1 to 10): elements of three letters, a line each ("DCSSAMPLE"). A keyboard-wedge scanner
types it, and may lose or change its control characters, so that this reader trusts no position.
What else is in it (number, height, donor, ...) is never looked at.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from intake_app.domain.errors import NotALicense

LONGEST: Final = 6000
"""Characters; a PDF417 cannot hold more than a third of it."""

_HEAD: Final = re.compile(r"(?:ANSI|AAMVA) ?\d{6}")
_LINE: Final = re.compile(r"[\r\n\x1c\x1d\x1e\x1f]+")
_FIRST: Final = re.compile(r"(?:DL|ID|EN)(?=D[A-Z]{2})")
_ELEMENT: Final = re.compile(r"(D[A-Z]{2})(.*)", re.DOTALL).fullmatch
_DAY: Final = re.compile(r"(\d{2})[/-]?(\d{2})[/-]?(\d{4})").fullmatch
_DAY_BACKWARDS: Final = re.compile(r"(\d{4})[/-]?(\d{2})[/-]?(\d{2})").fullmatch
_EMPTY: Final = frozenset({"", "NONE", "UNAVL", "UNAVAILABLE", "N/A"})
_YEARS: Final = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class License:
    """What is taken from a license; a part that could not be read is empty.

    Attributes:
        last_name: Family name.
        first_name: First given name.
        born: YYYY-MM-DD.
        address: "12 Mill Street, Pine Hollow, WV 26999".
    """

    last_name: str = field(default="", repr=False)
    first_name: str = field(default="", repr=False)
    born: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


def read_license(text: str) -> License:
    """Read what a scanner typed.

    Raises:
        NotALicense: It is no license's barcode, or neither name nor birth date could be read.
    """
    if len(text) > LONGEST or not _HEAD.search(text[:200]):
        raise NotALicense
    said = dict(_elements(text))
    last, first = _names(said)
    found = License(last, first, _born(said.get("DBB", "")), _address(said))
    if not (found.last_name or found.born):
        raise NotALicense
    return found


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Elements with what they hold; the first that is there counts."""
    seen = set[str]()
    for line in _LINE.split(text):
        body = line.strip()
        if start := _HEAD.search(body):
            body = body[start.end() :]
        # the first element stands right behind the name of its part: "...DLDAQ1234"
        parts = _FIRST.split(body, maxsplit=1)
        found = _ELEMENT(parts[-1])
        if found and found[1] not in seen:
            seen.add(found[1])
            value = " ".join(found[2].split())
            yield found[1], "" if value.upper() in _EMPTY else value


def _names(said: Mapping[str, str]) -> tuple[str, str]:
    last, first = said.get("DCS") or said.get("DAB", ""), said.get("DAC", "")
    if not first:
        first = re.split(r"[, ]", said.get("DCT", ""), maxsplit=1)[0]  # versions 2 and 3
    if not last:  # version 1: "LAST,FIRST,MIDDLE"
        whole = [part.strip() for part in re.split(r"[,@$]", said.get("DAA", ""))]
        last, first = whole[0], first or (whole[1] if len(whole) > 1 else "")
    return _as_written(last), _as_written(first)


def _born(said: str) -> str:
    """A birth date; a month is never 19 or 20, so that both orders can be told apart."""
    plain = said.replace(" ", "")
    if found := _DAY(plain):
        month, day, year = (int(part) for part in found.groups())
        if good := _day(year, month, day):
            return good
    if found := _DAY_BACKWARDS(plain):
        year, month, day = (int(part) for part in found.groups())
        return _day(year, month, day)
    return ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if year in _YEARS else ""
    except ValueError:
        return ""


def _address(said: Mapping[str, str]) -> str:
    """Mailing address; of version 1, where that is missing, the residence."""
    for names in (("DAG", "DAH", "DAI", "DAJ", "DAK"), ("DAL", "DAM", "DAN", "DAO", "DAP")):
        street, more, city, state, code = (said.get(name, "") for name in names)
        if not (street or city):
            continue
        last = " ".join(part for part in (state.upper(), _postal(code)) if part)
        parts = (_as_written(street), _as_written(more), _as_written(city), last)
        return ", ".join(part for part in parts if part)
    return ""


def _postal(code: str) -> str:
    """A ZIP code without its empty second part: "269990000" is 26999."""
    digits = code.replace(" ", "").replace("-", "")
    if not digits.isdigit() or len(digits) < 5:
        return code
    return digits[:5] if not digits[5:].strip("0") else f"{digits[:5]}-{digits[5:9]}"


def _as_written(words: str) -> str:
    """Capitals of a card as people write a name; what has small letters already stays."""
    return words.title() if words.isupper() else words

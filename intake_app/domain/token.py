"""What a participation token is made of: a name and a birth date, written in one way.

A token answers one question, "did this person take part before?", long after a case was sealed,
and says nothing else. One is exact; up to three more are only possible: the first alias, day and
month the other way round, and names that sound alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final
from unicodedata import normalize

from intake_app.domain.case_status import CaseStatus


class OutcomeClass(StrEnum):
    """How it ended, as coarse as a participation limit needs it."""

    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    OTHER = "other"


_NOT_COMPLETED: Final = frozenset({
    CaseStatus.NOT_COMPLETED, CaseStatus.RETURNED, CaseStatus.WITHDREW,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A name and a birth date.

    Attributes:
        last: Last name.
        first: First name.
        born: Birth date, YYYY-MM-DD.
    """

    last: str
    first: str
    born: str

    @property
    def is_whole(self) -> bool:
        """Whether all three are there, and the day is one."""
        try:
            is_day = date.fromisoformat(self.born).isoformat() == self.born
        except ValueError:
            return False
        return is_day and bool(_plain(self.last)) and bool(_plain(self.first))


def exact(who: Named) -> str:
    """LAST|FIRST|YYYY-MM-DD, in capitals, letters and their accents apart (NFKD)."""
    return "|".join((_plain(who.last), _plain(who.first), who.born))


def sounding(who: Named) -> str:
    """How it sounds, with the birth date; empty where a name has no Latin letter."""
    last, first = soundex(who.last), soundex(who.first)
    return f"~{last}|{first}|{who.born}" if last and first else ""


def possible(who: Named, aliases: Sequence[str] = ()) -> tuple[str, ...]:
    """What else the same person may be found by, at most three; none of them the exact one.

    Args:
        who: The person; the name is whole.
        aliases: Other whole names, "First Last"; the first one counts.
    """
    told = (*(exact(alias) for alias in _aliases(who, aliases)), _swapped(who), sounding(who))
    found = dict.fromkeys(text for text in told if text and text != exact(who))
    return tuple(found)[:3]


def outcome_class(status: CaseStatus) -> OutcomeClass:
    """The class of a closed case."""
    if status is CaseStatus.COMPLETED:
        return OutcomeClass.COMPLETED
    return OutcomeClass.NOT_COMPLETED if status in _NOT_COMPLETED else OutcomeClass.OTHER


_CODES: Final = {
    letter: code
    for code, letters in enumerate(("BFPV", "CGJKQSXZ", "DT", "L", "MN", "R"), 1)
    for letter in letters
}


def soundex(name: str) -> str:
    """The American Soundex of a name (U.S. National Archives rules): "R163"; accents are nothing.

    Empty where there is no Latin letter.
    """
    letters = [c for c in _plain(name) if "A" <= c <= "Z"]
    if not letters:
        return ""
    # H and W between two letters of one code do not part them; vowels do
    heard = [_CODES.get(c, 0) for n, c in enumerate(letters) if n == 0 or c not in "HW"]
    codes = [code for code, _ in groupby(heard)]
    digits = "".join(str(code) for code in codes[1:] if code)
    return (letters[0] + digits + "000")[:4]


def _aliases(who: Named, aliases: Iterable[str]) -> list[Named]:
    for alias in aliases:
        *first, last = alias.split() or [""]
        if first:
            return [Named(last, " ".join(first), who.born)]
    return []


def _swapped(who: Named) -> str:
    year, month, day = who.born.split("-")
    if day > "12" or day == month:
        return ""
    return exact(Named(who.last, who.first, f"{year}-{day}-{month}"))


def _plain(name: str) -> str:
    """Capitals, accents after their letters, single spaces."""
    return " ".join(normalize("NFKD", normalize("NFKD", name).upper()).split())

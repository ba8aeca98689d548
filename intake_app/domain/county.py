"""Several departments: what an extract says of itself, which ones a merge takes, and what it lacks.

An extract holds journeys as codes and days, no name and no id that stands anywhere else. Two
agencies know the same person again by a token, made with a key that agencies hold and the merger
does not (`vault.county_key`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, cast
from unicodedata import combining, normalize

from intake_app.domain.county_errors import (
    BadExtract,
    CountyKeysDiffer,
    ExtractsMissing,
    ScopesDiffer,
)
from intake_app.domain.token import Named

EXTRACT: Final = "county extract"
"""Type of the first document in a sealed extract."""

TABLE: Final = "county table"
"""Type of the second one: the rows."""

MOST_ROWS: Final = 500_000
"""Of one extract; more would not fit into one sealed file."""

LEFT_OUT: Final = ("record", "intake", "person", "by", "provider")
"""Columns of a journey that never leave: they name records, people and colleagues here."""

NUMBERS_OF_AGENCY: Final = (
    "booking_cents", "jail_day_cents", "jail_days_tenths", "arrest_minutes",
)  # fmt: skip
"""An agency's own numbers that sums may be multiplied by; they come with its extract."""

_MOST_CODES: Final = 200
_SUFFIXES: Final = frozenset({"JR", "SR", "II", "III", "IV"})
_IS_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}").fullmatch
_PARTS: Final = frozenset({
    "type", "v", "generation", "since", "until", "made_on", "files", "cuts", "rows", "people",
    "unlinked", "numbers", "definitions",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an extract says of itself; signed with it.

    Attributes:
        generation: Name of the county key that its tokens were made with.
        since: First day of the period (YYYY-MM-DD).
        until: Last day, included.
        made_on: The day on which it was made: windows had run until then.
        files: The compartments that it covers ("care", "cases").
        cuts: What its rows may be cut by.
        rows: How many there are.
        people: How many people they are of, within each file.
        unlinked: People without a whole name and birth date: nobody can know them again elsewhere.
        numbers: The agency's own numbers by name (`NUMBERS_OF_AGENCY`); 0 where nobody has said.
        definitions: Digest of the measures that the agency uses.
    """

    generation: str
    since: str
    until: str
    made_on: str
    files: tuple[str, ...]
    cuts: tuple[str, ...] = ()
    rows: int = 0
    people: int = 0
    unlinked: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict[str, int])
    definitions: str = ""

    def said(self) -> dict[str, object]:
        """As a document."""
        return {
            "type": EXTRACT, "v": 1, "generation": self.generation, "since": self.since,
            "until": self.until, "made_on": self.made_on, "files": list(self.files),
            "cuts": list(self.cuts), "rows": self.rows, "people": self.people,
            "unlinked": self.unlinked, "numbers": dict(self.numbers),
            "definitions": self.definitions,
        }  # fmt: skip


def read_manifest(said: Mapping[str, object]) -> Manifest:
    """A manifest that may come from anywhere.

    Raises:
        BadExtract: It is none.
    """
    if frozenset(said) != _PARTS or (said["type"], said["v"]) != (EXTRACT, 1):
        raise BadExtract("parts")
    if not isinstance(said["numbers"], dict):
        raise BadExtract("numbers")
    numbers = cast("dict[str, object]", said["numbers"])
    found = Manifest(
        _text(said, "generation"), _day(said, "since"), _day(said, "until"), _day(said, "made_on"),
        _codes(said, "files"), _codes(said, "cuts"), _whole(said, "rows"), _whole(said, "people"),
        _whole(said, "unlinked"),
        {name: _whole(numbers, name) for name in NUMBERS_OF_AGENCY},
        _text(said, "definitions"),
    )  # fmt: skip
    if found.since > found.until or not found.files or found.rows > MOST_ROWS:
        raise BadExtract("bounds")
    if set(found.files) - {"care", "cases"}:
        raise BadExtract("files")
    return found


@dataclass(frozen=True, slots=True)
class Came:
    """An extract that was opened, whose sender is known.

    Attributes:
        agency: The sender's opaque id.
        department: Its name.
        at: When it was made: local time with offset.
        manifest: What it says of itself.
        table: Its rows, Parquet.
    """

    agency: str
    department: str
    at: str
    manifest: Manifest
    table: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """Which extracts a merge takes.

    Attributes:
        extracts: Oldest first.
        replaced: How many were left out because their agency sent a newer one for the same days.
        today: The day until which all of them know what happened.
    """

    extracts: tuple[Came, ...]
    replaced: int
    today: str

    @property
    def departments(self) -> tuple[str, ...]:
        """Names of the agencies, each once."""
        names = {one.agency: one.department for one in self.extracts}
        return tuple(sorted(names.values(), key=str.casefold))


def taken(came: Iterable[Came], since: str, until: str) -> Taken:
    """The extracts that a merge of some days takes: an agency once a period, the newest.

    Args:
        came: In any order; the same file may be there twice.
        since: First day of the period (YYYY-MM-DD).
        until: Last day, included.

    Raises:
        CountyKeysDiffer: Their tokens were made with different keys.
        ScopesDiffer: An agency's extracts are of different files.
        ExtractsMissing: There are none, or those of an agency do not cover the period.
    """
    newest: dict[tuple[str, str, str], Came] = {}
    seen = sorted(came, key=lambda one: (one.at, one.agency, one.table))
    for one in seen:
        newest[one.agency, one.manifest.since, one.manifest.until] = one
    found = [
        one for one in sorted(newest.values(), key=lambda one: (one.at, one.agency))
        if one.manifest.since <= until and since <= one.manifest.until
    ]  # fmt: skip
    if not found:
        raise ExtractsMissing
    if len({one.manifest.generation for one in found}) > 1:
        raise CountyKeysDiffer("; ".join(sorted({one.department for one in found})))
    _check_each(found, since, until)
    distinct = {(one.agency, one.at, one.table) for one in seen}
    left = len(distinct) - len(newest)
    return Taken(tuple(found), left, min(one.manifest.made_on for one in found))


def county_name(who: Named) -> str:
    """A name and a birth date as tokens are made of them: letters alone, accents and suffix gone.

    Empty where the name or the day is not whole.
    """
    last, first = _letters(who.last), _letters(who.first)
    return f"{last}|{first}|{who.born}" if who.is_whole and last and first else ""


def code(text: str) -> str:
    """A text that leaves as a code; what has not the shape of one is not told."""
    return text if not text or _IS_CODE(text) else "other"


def _letters(name: str) -> str:
    plain = normalize("NFKD", normalize("NFKD", name).upper())
    plain = "".join(sign for sign in plain if not combining(sign))
    words = ["".join(filter(str.isalpha, word)) for word in plain.replace("-", " ").split()]
    kept = [word for word in words if word]
    if len(kept) > 1 and kept[-1] in _SUFFIXES:
        kept.pop()
    return "".join(kept)


def _check_each(found: Sequence[Came], since: str, until: str) -> None:
    by_agency: dict[str, list[Came]] = {}
    for one in found:
        by_agency.setdefault(one.agency, []).append(one)
    for mine in by_agency.values():
        if len({one.manifest.files for one in mine}) > 1:
            raise ScopesDiffer(mine[0].department)
    short = [mine[0].department for mine in by_agency.values() if not _covers(mine, since, until)]
    if short:
        raise ExtractsMissing("; ".join(sorted(short)))


def _covers(mine: Sequence[Came], since: str, until: str) -> bool:
    """Whether their periods, one after the other, leave no day out."""
    reached = since
    for one in sorted(mine, key=lambda one: one.manifest.since):
        if one.manifest.since > reached:
            return False
        reached = max(reached, _next(one.manifest.until))
    return reached > until


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _text(said: Mapping[str, object], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or len(found) > 200:
        raise BadExtract(name)
    return found


def _day(said: Mapping[str, object], name: str) -> str:
    found = _text(said, name)
    try:
        is_day = date.fromisoformat(found).isoformat() == found
    except ValueError:
        is_day = False
    if not is_day or not "2000" <= found < "2200":
        raise BadExtract(name)
    return found


def _codes(said: Mapping[str, object], name: str) -> tuple[str, ...]:
    if not isinstance(said.get(name), list):
        raise BadExtract(name)
    found = cast("list[object]", said[name])
    texts = tuple(one for one in found if isinstance(one, str) and _IS_CODE(one))
    if len(texts) != len(found) or len(set(texts)) != len(texts) or len(texts) > _MOST_CODES:
        raise BadExtract(name)
    return texts


def _whole(said: Mapping[str, object], name: str) -> int:
    found = said.get(name)
    if type(found) is not int or not 0 <= found < 1 << 40:
        raise BadExtract(name)
    return found

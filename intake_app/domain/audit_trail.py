"""The audit trail as data: how a line is bound to the one before, where a chain stands, and whose.

Each encrypted file of each station has a chain of its own. What stands here is pure, so that a
signed export is checked with the same words as the file that it came from.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from intake_app.domain.act import Act, AuditLine
from intake_app.domain.errors import AuditBroken
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId
from intake_app.domain.roles import Compartment

FIRST: Final = ""
"""What the first line of a chain is bound to."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a chain: all lines up to it are meant.

    Attributes:
        n: Number of its line; 0: before the first.
        chain: What the next line is bound to (SHA-256, hex); empty before the first.
    """

    n: int = 0
    chain: str = FIRST

    @property
    def text(self) -> str:
        """As a file keeps it: "412 9f86…"."""
        return f"{self.n} {self.chain}"

    @classmethod
    def of_text(cls, text: str) -> "Place":
        """Read what `text` wrote; the beginning, where it is none."""
        number, _, chain = text.partition(" ")
        return cls(int(number), chain) if number.isdigit() and number.isascii() else BEGINNING


BEGINNING: Final = Place()


class Standing(StrEnum):
    """How the chain of a file stands; the last one is the worst."""

    WHOLE = "whole"
    PUT_BACK = "put back"  # an older copy took the place of the file: lines since then are missing
    BROKEN = "broken"  # a line was altered, removed or put in


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found when a chain was looked at.

    Attributes:
        standing: How it stands.
        lines: Number of its last line.
        at_line: The first line that does not fit; 0: none.
    """

    standing: Standing
    lines: int
    at_line: int = 0


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A line, and where it was written.

    Attributes:
        station: On which station.
        epoch: In which run of that station; after a backup was put back there is another.
        file: In which file.
        line: The line.
        before: What it is bound to: the line before it (SHA-256, hex).
    """

    station: StationId
    epoch: Epoch
    file: Compartment
    line: AuditLine
    before: str = FIRST

    @property
    def begin(self) -> Place:
        """The place before it."""
        return Place(self.line.n - 1, self.before)

    @property
    def week(self) -> date:
        """The Monday of its week, on the wall of its station."""
        return week_of(date.fromisoformat(self.line.at[:10]))


def placed(
    where: tuple[StationId, Epoch, Compartment], begin: Place, lines: Iterable[AuditLine]
) -> list[TrailLine]:
    """Lines that follow one another, each with where it was written and what it is bound to."""
    found, before = list[TrailLine](), begin.chain
    for line in lines:
        found.append(TrailLine(*where, line, before))
        before = line.chain
    return found


def week_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def link(previous: str, line: AuditLine) -> str:
    """What binds a line to the one before (SHA-256, hex)."""
    act = line.act
    parts = (previous, line.at, act.user, act.what, act.record, act.outcome)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def follow(begin: Place, lines: Iterable[AuditLine]) -> Place:
    """Walk lines from a place.

    Returns:
        Where they end.

    Raises:
        AuditBroken: A line does not fit; the detail is its number.
    """
    here = begin
    for line in lines:
        if line.n != here.n + 1 or link(here.chain, line) != line.chain:
            raise AuditBroken(str(line.n))
        here = Place(line.n, line.chain)
    return here


def unchained(begin: Place, rows: Iterable[tuple[str, str, str, str, str]]) -> list[AuditLine]:
    """Lines of which only (at, user, act, record, outcome) is kept, numbered and bound again."""
    found, here = list[AuditLine](), begin
    for at, user, what, record, outcome in rows:
        act = Act(UserId(user), what, RecordId(record), outcome)
        chain = link(here.chain, AuditLine(0, at, act, ""))
        here = Place(here.n + 1, chain)
        found.append(AuditLine(here.n, at, act, chain))
    return found

"""Grows one training profile to a million intakes, as unevenly as departments grow.

People come through the same doors as real ones, with what came of them: referrals, tries, later
looks. Some come again and again; three of twelve computers take most; a few providers are asked
for half of all, and hundreds for the rest; winters are fuller, weekends emptier, and each year is
larger than the one before. What other computers took is merged, as a bundle of theirs would be.
"""

import gc
import random
import shutil
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.full_profile import desk_of, make_profile
from benchmarks.measurement import CannotMeasure
from intake_app.domain.change import Change
from intake_app.domain.exchange import Stream
from intake_app.domain.ids import ChangeId, Epoch, StationId
from intake_app.domain.numbering import receipt_number
from intake_app.domain.pathway import Pathway
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.drafts import begin_draft
from intake_app.services.records.veil import Veil
from intake_app.services.records.ways_in import ways_in
from intake_app.services.training.past import Past, Visitor
from intake_app.services.training.past_cases import take_past_cases
from intake_app.services.training.patterns import SYLLABLES, Pattern, drawn, pattern_of
from intake_app.services.training.training import take_fictional_intakes
from intake_app.storage.compartment import Compartment
from intake_app.storage.streams import Streams

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
BATCH: Final = 2_000
_NOW: Final = 50
"""One in so many came lately, and something is owed to them."""

_CASES: Final = 50
"""One held case for so many intakes."""

_YEARS: Final = 9
_YOUNG: Final = 1.7
"""How much fuller the last years are than the first."""

_AGAIN, _REMEMBERED = 0.22, 20_000
"""Who came again, and among how many of those who came last they are looked for."""

_SHARE: Final = {
    "self_referral": 47, "officer_referral": 24, "naloxone_plus": 14, "active_outreach": 9,
    "community_response": 6,
}  # fmt: skip
_MONTHS: Final = (12, 11, 10, 8, 7, 6, 6, 7, 8, 9, 10, 12)
_DAYS: Final = (10, 10, 9, 9, 10, 4, 3)
_PROVIDERS, _ROWS = 400, 6_000
_PATTERNS: Final = 40


_Way: TypeAlias = tuple[Guide, Sequence[Pattern]]


@dataclass(slots=True)
class Computers:
    """Who takes how many: the first is the profile's own, the others are merged.

    Attributes:
        letters: Of each computer's numbers, and how often it takes a batch.
        taken: The last serial of each letter and year.
        bundles: The last bundle of each letter.
    """

    letters: dict[str, int] = field(
        default_factory=lambda: dict(zip("ABCDEFGHJKLM", (40, 22, 12, 7, 5, 4, 3, 2, 2, 1, 1, 1),
                                         strict=True))
    )  # fmt: skip
    taken: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    bundles: Counter[str] = field(default_factory=Counter[str])

    def number(self, prefix: str, letter: str, year: int) -> str:
        """The next number of a computer."""
        self.taken[letter, year] += 1
        return receipt_number(prefix, year, letter, self.taken[letter, year])


class Town:
    """What decides how a department grows.

    Args:
        desk: Whose.
        seed: The same seed gives the same people.
    """

    def __init__(self, desk: Desk, seed: int) -> None:
        self._dice = random.Random(f"town {seed}")  # noqa: S311 (fiction, not secrets)
        self._desk = desk
        self._visitors: deque[Visitor] = deque(maxlen=_REMEMBERED)
        self._computers = Computers()
        self._places = long_tail(self._dice)
        forms = {str(way.pathway): way.form for way in ways_in(desk)}
        self._ways = dict[str, _Way]()
        for pathway in (name for name in _SHARE if name in forms):
            begin_draft(desk, forms[pathway])  # keeps the text of the form version
            guide = desk.library.guide(forms[pathway])
            patterns = [pattern_of(desk, guide, self._dice) for _ in range(_PATTERNS)]
            self._ways[pathway] = guide, patterns

    def at(self, desk: Desk) -> None:
        """Somebody signed in anew."""
        self._desk = desk

    def grow(self, people: int) -> None:
        """Take so many more of the years before."""
        veil = self._desk.care_file
        file = veil.behind if isinstance(veil, Veil) else veil
        if not isinstance(file, Compartment):
            raise CannotMeasure("no real file")
        for start in range(0, people, BATCH):
            letter = drawn(self._computers.letters, self._dice)
            changes = list(self._batch(letter, min(BATCH, people - start)))
            if letter == "A":
                file.apply(changes, self._desk.act("take fictional intakes"))
            else:
                self._merge(file, letter, changes)

    def _batch(self, letter: str, count: int) -> Iterator[Change]:
        for _ in range(count):
            guide, patterns = self._ways[drawn({k: _SHARE[k] for k in self._ways}, self._dice)]
            opened = day_of(self._dice, self._desk.clock.local())
            number = self._computers.number(self._desk.agency.prefix, letter, opened.year)
            pattern = self._dice.choice(patterns)
            past = Past(self._desk, guide, self._dice, pattern, number, opened)
            past.places = self._places
            if self._visitors and self._dice.random() < _AGAIN:
                past.same_as = self._dice.choice(self._visitors)
            yield from past.changes()
            if past.status:  # who came often is remembered often
                self._visitors.append(past.same_as or past.visitor)

    def _merge(self, file: Compartment, letter: str, changes: Sequence[Change]) -> None:
        station, epoch = StationId(f"0000000{letter.lower()}"), Epoch("000000")
        lines = [
            replace(one, id=ChangeId(f"{one.id[:16]}.{station}.{epoch}")).line for one in changes
        ]
        self._computers.bundles[letter] += 1
        act = self._desk.act("merge fictional intakes")
        taken = Streams(file, lambda _: True).take(
            Stream(station, epoch), self._computers.bundles[letter], lines, act
        )
        if taken.new != len(lines):
            raise CannotMeasure(f"{len(lines) - taken.new} lines were not merged")


def day_of(dice: random.Random, now: datetime) -> datetime:
    """When somebody came: rather lately, rather in winter, rather on a working day."""
    while True:
        ago = 1 + int(365 * _YEARS * dice.random() ** _YOUNG)
        opened = now - timedelta(days=ago)
        weight = _MONTHS[opened.month - 1] * _DAYS[opened.weekday()]
        if dice.random() * max(_MONTHS) * max(_DAYS) < weight:
            hour = int(dice.triangular(7, 22, 11))
            return opened.replace(hour=hour, minute=dice.randrange(60), second=0, microsecond=0)


def long_tail(dice: random.Random) -> tuple[str, ...]:
    """Names of providers, each as often as it is asked: the second half as often as the first."""
    names = [f"{''.join(dice.choices(SYLLABLES, k=3)).title()} House" for _ in range(_PROVIDERS)]
    whole = sum(1 / n for n in range(1, _PROVIDERS + 1))
    rows = ([name] * max(1, round(_ROWS / n / whole)) for n, name in enumerate(names, 1))
    return tuple(name for row in rows for name in row)


@dataclass(frozen=True, slots=True)
class Stage:
    """The profile at one size.

    Attributes:
        people: Intakes in it.
        folder: Where it lies.
        seconds: Processor time that growing from the size before took.
    """

    people: int
    folder: Path
    seconds: float


def grow(folder: Path, sizes: Sequence[int] = SIZES, seed: int = 1) -> Iterator[Stage]:
    """Grow one profile, and keep a copy at each size.

    Args:
        folder: Empty or new; a folder named after the number of intakes comes to lie there for
            each size, and `growing` while it goes on.
        sizes: From small to large.
        seed: The same seed gives the same people.
    """
    profile = make_profile(folder / "growing", 20)
    town: Town | None = None
    had = 20
    for size in sizes:
        begun = time.process_time()
        gc.disable()  # nothing here refers to itself
        more = size - had
        with desk_of(profile, "officer") as desk:
            cases = take_past_cases(desk, more // _CASES, size + seed)
        with desk_of(profile, "front_desk") as desk:
            lately = take_fictional_intakes(desk, more // _NOW, size + seed, Pathway.SELF_REFERRAL)
            town = town or Town(desk, seed)
            town.at(desk)
            town.grow(more - cases - lately)
        gc.enable()
        had = size
        kept = folder / str(size)
        if size == sizes[-1]:
            profile.folder.rename(kept)
        else:
            shutil.copytree(profile.folder, kept)
        yield Stage(size, kept, time.process_time() - begun)


def main(folder: Path, sizes: Sequence[int]) -> None:
    """Grow, and say how far it is."""
    for stage in grow(folder, sizes):
        print(f"{stage.people:>9,} intakes: {stage.seconds:8,.0f} s of processor", flush=True)

"""A year of a department: people come in at twelve computers, and all agree in the end.

Everything is real but the clock: services, encrypted files, post rooms, the carrier, a folder as
the store. It takes hours, so it runs only where it is asked for: `--only year`.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.department import Post, Wire, founded, settle
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import RecordMissing
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment
from intake_app.exchange.outgoing import BETWEEN_CUTS
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import exchange_state, turn_page
from intake_app.services.follow_up.follow_ups import finish, follow_ups_of
from intake_app.services.intakes.intakes import INTAKE, amend_intake, finish_intake
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.training.fiction import FIRST_NAMES, LAST_NAMES, fictional_answer

FORM: Final = "self_referral"
ZONE: Final = timezone(timedelta(hours=-5))
FIRST_DAY: Final = date(2026, 1, 5)
OPENS: Final = timedelta(hours=8)
TURNS: Final = 34
"""Quarters of an hour from 8:00 to 16:30; in each, every computer that is on exchanges."""

MONTH: Final = 21
"""Working days."""

WEEK: Final = 5
BUSY: Final = (4, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1)
"""How people spread over the computers."""

IS_ON: Final = 0.85
"""How likely a computer is on, of a day; the last two, in other places, are on two days in five."""

FAR_IS_ON: Final = 0.4
SECOND_EDIT: Final = 0.5
LONGEST: Final = 30
"""Working days until somebody is called."""

PATTERNS: Final = 60
LEAST: Final = 20
"""Answers of an intake; who leaves at once is not one of the 20,000."""

_QUIET: Final = 10

LAST_NIGHT: Final = 3
"""Times that everybody signs in on the evening when the page is turned."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played.

    Attributes:
        stations: Computers that share a store.
        people: Who works there.
        days: Working days.
        intakes: In all.
        month: Working days after which the page is turned.
    """

    stations: int
    people: int
    days: int
    intakes: int
    month: int = MONTH


YEAR: Final = Plan(12, 40, 250, 20_000)
DAYS_OF_FOUR: Final = Plan(4, 10, 4, 100, 4)


@dataclass(slots=True)
class Lived:
    """What it came to.

    Attributes:
        intakes: That were taken.
        edits: That followed.
        wire: What went to the store, and what came from it.
        wall: Seconds.
        processor: Seconds.
        before: Bytes in the store before the page was turned last.
        after: Bytes in it when all had gone over.
        trays: Bytes in both trays of the fullest profile, at the end.
        file: Bytes of the largest encrypted file, at the end.
        quiet_at_first: Milliseconds of processor for a round with nothing new, on the first day.
        quiet_at_last: The same on the last.
        problem: Why it does not count; empty: all agree.
    """

    intakes: int = 0
    edits: int = 0
    wire: Wire = field(default_factory=Wire)
    wall: float = 0
    processor: float = 0
    before: int = 0
    after: int = 0
    trays: int = 0
    file: int = 0
    quiet_at_first: float = 0
    quiet_at_last: float = 0
    problem: str = ""


def live(folder: Path, plan: Plan) -> Lived:
    """Play it all; stations that do not agree are told in the answer."""
    clock = FixedClock(_morning(FIRST_DAY), ZONE)
    department = founded(folder, plan.stations, plan.people, clock)
    posts = department.posts
    life = Life(posts, plan)
    try:
        department.let_in(posts[1:])
        department.begin(posts[1:])
        settle(posts)
        life.run()
        _check(posts, life.lived)
    except CannotMeasure as error:
        life.lived.problem = str(error)
    finally:
        for post in posts:
            post.leave()
    return life.lived


class Life:
    """Days of a department.

    Args:
        posts: Its computers, at rest.
        plan: How many days.
    """

    def __init__(self, posts: Sequence[Post], plan: Plan) -> None:
        self._posts, self._plan = posts, plan
        self._store = Path(posts[0].entry.place)
        self._dice = random.Random(1)  # noqa: S311 (fiction, not secrets)
        self._answers = list(_patterns(posts[0].desk, self._dice))
        self._due: defaultdict[int, list[RecordId]] = defaultdict(list)
        self.lived = Lived()

    def run(self) -> None:
        """All of it; what it took to let the computers in is not counted."""
        self.lived.quiet_at_first = _quiet(self._posts[0])
        wire, begun, worked = self._posts[0].wire, time.perf_counter(), time.process_time()
        wire.clear()
        for day in range(self._plan.days):
            self._live_day(day)
            if (day + 1) % self._plan.month == 0 or day + 1 == self._plan.days:
                self._turn_page()
            self._say(day, begun)
        self.lived.wire = replace(wire, kinds=dict(wire.kinds))
        self.lived.wall = time.perf_counter() - begun
        self.lived.processor = time.process_time() - worked
        self.lived.quiet_at_last = _quiet(self._posts[0])
        self.lived.trays = max(map(_trays, self._posts))
        self.lived.file = max(path.stat().st_size for post in self._posts
                              for path in post.folder.glob("*.db"))  # fmt: skip

    # --- a day --------------------------------------------------------------------------------

    def _live_day(self, day: int) -> None:
        clock, opened = self._posts[0].clock, _morning(_working_day(day)) + OPENS
        clock.at = opened
        there = self._who_is_there()
        if day and day % WEEK == 0:  # nobody stays signed in for ever
            for post in there:
                post.sign_in()
        work = self._work_of(day, there)
        for turn in range(TURNS):
            clock.at = opened + turn * BETWEEN_CUTS
            for post in there:
                for record in work[turn, post.folder.name]:
                    self._do(post, day, record)
                post.exchange()

    def _who_is_there(self) -> list[Post]:
        """The front desk, and who else is on today."""
        far = len(self._posts) - 2
        return [
            post for n, post in enumerate(self._posts)
            if n == 0 or self._dice.random() < (FAR_IS_ON if n >= far else IS_ON)
        ]  # fmt: skip

    def _work_of(
        self, day: int, there: Sequence[Post]
    ) -> defaultdict[tuple[int, str], list[RecordId | None]]:
        """By quarter of an hour and computer: records to go on with; None: somebody comes in."""
        work: defaultdict[tuple[int, str], list[RecordId | None]] = defaultdict(list)
        weights = [BUSY[self._posts.index(post)] for post in there]
        done = self._plan.intakes * day // self._plan.days
        new = self._plan.intakes * (day + 1) // self._plan.days - done
        for record in [*[None] * new, *self._due.pop(day, [])]:
            [post] = self._dice.choices(there, weights)
            first = 0 if record is None else 1  # what came over night is taken in first
            work[self._dice.randrange(first, TURNS), post.folder.name].append(record)
        return work

    def _do(self, post: Post, day: int, record: RecordId | None) -> None:
        if record is None:
            taken = self._take(post.desk)
            self.lived.intakes += 1
            times = 1 + (self._dice.random() < SECOND_EDIT)
            for _ in range(times):
                self._due[day + self._dice.randint(1, min(LONGEST, self._plan.days))].append(taken)
            return
        try:
            self._go_on(post.desk, record)
            self.lived.edits += 1
        except RecordMissing:  # the computer where it was taken has been off since
            self._due[day + 1].append(record)

    def _take(self, desk: Desk) -> RecordId:
        """Somebody comes in."""
        draft = begin_draft(desk, FORM)
        born = date(1940, 1, 1) + timedelta(days=self._dice.randrange(65 * 365))
        name = "".join(self._dice.choices(LAST_NAMES, k=2))
        draft.answers = self._dice.choice(self._answers) | {
            "first_name": self._dice.choice(FIRST_NAMES), "last_name": name.capitalize(),
            "born": born.isoformat(), "phone": self._phone(),
        }  # fmt: skip
        save_draft(desk, draft)
        return finish_intake(desk, draft).record

    def _go_on(self, desk: Desk, record: RecordId) -> None:
        """What is owed next is done; where nothing is, they have another telephone."""
        owed = [one for one in follow_ups_of(desk, record) if one.due]
        if owed:
            finish(desk, owed[0].record, "Spoke with them; they are well and will come again.")
        else:
            amend_intake(desk, record, {"phone": self._phone()}, "They called from a new number.")

    def _phone(self) -> str:
        return f"+1304555{self._dice.randrange(10_000):04}"

    # --- an evening ---------------------------------------------------------------------------

    def _turn_page(self) -> None:
        """All computers are on for an evening, and everybody signs in until all have gone over."""
        for post in self._posts:
            post.sign_in()
        settle(self._posts)
        before, old = _size(self._store), _generations(self._posts[0])
        turn_page(self._posts[0].desk)
        for _ in range(LAST_NIGHT):
            settle(self._posts)
            for post in self._posts:
                post.sign_in()
        settle(self._posts)
        new = [_generations(post) for post in self._posts]
        if any(one != new[0] for one in new) or not new[0] > old:
            raise CannotMeasure(f"the page was not turned: {old}, {new}")
        self.lived.before, self.lived.after = before, _size(self._store)

    def _say(self, day: int, begun: float) -> None:
        """A long run tells how far it is."""
        wire, taken = self._posts[0].wire, max(1, self.lived.intakes)
        print(
            f"  day {day + 1} of {self._plan.days}: {self.lived.intakes:,} intakes, "
            f"{wire.put / taken / 1000:,.0f} kB put for each, "
            f"{time.perf_counter() - begun:,.0f} s", file=sys.stderr, flush=True,
        )  # fmt: skip


def _patterns(desk: Desk, dice: random.Random) -> Iterator[Answers]:
    """Answers with which an intake can be finished, question by question."""
    guide, found = desk.library.guide(FORM), 0
    while found < PATTERNS:
        answers = guide.defaults()
        asked = guide.visible(answers)
        for one in guide.form.fields():
            if one.id in asked and (one.is_required or dice.random() < 0.5):
                answers[one.id] = fictional_answer(one, dice, desk.clock.local().date())
                asked = guide.visible(answers)
        if len(answers) >= LEAST and not guide.problems(answers):
            found += 1
            yield answers


def _check(posts: Sequence[Post], lived: Lived) -> None:
    """All hold the same, all of it, and nothing waits.

    Raises:
        CannotMeasure: They do not.
    """
    held = [post.digests() for post in posts]
    if len(held[0]) < 3 or any(one != held[0] for one in held):
        raise CannotMeasure("the stations do not agree")
    for post in posts:
        told = exchange_state(post.desk)
        if told is None or told.state.waits or told.state.aside or told.state.stopped:
            raise CannotMeasure(f"something waits: {told and told.state}")
        if len(post.desk.care_file.order(INTAKE)) != lived.intakes:
            raise CannotMeasure("intakes are missing")


def _generations(post: Post) -> list[int]:
    return [post.generation(name) for name in (Compartment.CARE, Compartment.CASES)]


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def _working_day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number // WEEK * 7 + number % WEEK)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _quiet(post: Post) -> float:
    """Milliseconds of processor for a round of the post room and the carrier, nothing being new."""
    begun = time.process_time()
    for _ in range(_QUIET):
        if post.exchange():
            raise CannotMeasure("something is new")
    return (time.process_time() - begun) * 1000 / _QUIET


def _trays(post: Post) -> int:
    return _size(post.folder / "in") + _size(post.folder / "out")


def _line(
    what: str, unit: str, figure: Callable[[Lived], float],
    reference: Callable[[Lived], float] | None = None,
) -> Measurement:  # fmt: skip
    """A line of the table; the year is lived once in a run, and each line tells one thing of it."""

    @contextmanager
    def prepare(room: Room) -> Generator[Sides]:
        plan = DAYS_OF_FOUR if room.is_quick else YEAR
        lived = room.once("year", lambda folder: live(folder, plan))
        if lived.problem:
            raise CannotMeasure(lived.problem)
        yield Sides(partial(figure, lived), partial(reference, lived) if reference else None)

    return Measurement(f"a year of 12 stations: {what}", unit, Goal(), prepare)


def _each(lived: Lived, size: int) -> float:
    """Thousands of bytes for an intake."""
    return size / lived.intakes / 1000


MEASUREMENTS = (
    _line("put into the store, for an intake", "kB", lambda one: _each(one, one.wire.put)),
    _line("fetched from it, for an intake", "kB", lambda one: _each(one, one.wire.fetched)),
    _line("bundles put, for an intake", "kB", lambda one: _each(one, one.wire.kinds["s"])),
    _line("receipts put, for an intake", "kB", lambda one: _each(one, one.wire.kinds["r"])),
    _line("objects put, for an intake", "", lambda one: one.wire.objects / one.intakes),
    _line("store before the page is turned", "MB", lambda one: one.before / 1e6),
    _line("store after the page is turned", "MB", lambda one: one.after / 1e6),
    _line("both trays of one computer, at most", "MB", lambda one: one.trays / 1e6),
    _line("the largest encrypted file", "MB", lambda one: one.file / 1e6),
    _line(
        "a round with nothing new, at the end / at the beginning", "ms",
        lambda one: one.quiet_at_last, lambda one: one.quiet_at_first,
    ),
    _line("wall time", "s", lambda one: one.wall),
    _line("processor time", "s", lambda one: one.processor),
)  # fmt: skip
"""All that one year tells; a year that ends with stations that differ tells nothing."""

"""What the weekly review of the audit trail points out: about ten lines instead of ten thousand.

Pure: lines in, exceptions out. An exception tells who, what and how often, never what stands in a
record or whose it is.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from intake_app.domain.audit_kind import LOOKS, ActKind, kind_of
from intake_app.domain.audit_trail import TrailLine
from intake_app.domain.ids import UserId


class Near(StrEnum):
    """How near the person of a record is to who opened it, by their names."""

    OWN = "own"  # somebody with the reader's own name
    RELATIVE = "relative"  # somebody with the reader's last name
    COLLEAGUE = "colleague"  # somebody with the name of another who works here


class Notable(StrEnum):
    """Why something is pointed out; in the order of the list."""

    BROKEN = "broken"  # the trail of a file does not hold
    OWN_RECORD = "own record"
    RELATIVE_RECORD = "relative's record"
    COLLEAGUE_RECORD = "colleague's record"
    REFUSED = "refused"
    FAILED_SIGN_IN = "failed sign-in"
    KEYS = "keys"
    ACCOUNT = "account"
    EXPORT = "export"
    OVERRIDE = "override"
    MANY_READS = "many reads"
    NIGHT = "night"
    END = "end of records"
    POLICY = "policy"
    VEIL = "kept apart"
    CLOCK = "clock"
    LATE = "late"  # lines of a week that was signed off, which came afterwards


_NEAR: Final = {
    Near.OWN: Notable.OWN_RECORD,
    Near.RELATIVE: Notable.RELATIVE_RECORD,
    Near.COLLEAGUE: Notable.COLLEAGUE_RECORD,
}
_BY_KIND: Final = {
    ActKind.SIGN_IN_FAILED: Notable.FAILED_SIGN_IN,
    ActKind.KEYS: Notable.KEYS,
    ActKind.ACCOUNT: Notable.ACCOUNT,
    ActKind.EXPORT: Notable.EXPORT,
    ActKind.OVERRIDE: Notable.OVERRIDE,
    ActKind.END: Notable.END,
    ActKind.POLICY: Notable.POLICY,
    ActKind.VEIL: Notable.VEIL,
}
_ORDER: Final = {one: place for place, one in enumerate(Notable)}


@dataclass(frozen=True, slots=True)
class Seen:
    """One exception.

    Attributes:
        why: Why it is pointed out.
        user: Who; empty: nobody whom the program knows.
        count: How many lines it stands for.
        first: When the first of them was written (`stamp`).
        last: When the last.
        keys: Of its lines (see `key_of`), so that they can be shown.
    """

    why: Notable
    user: UserId
    count: int
    first: str
    last: str
    keys: frozenset[str] = frozenset()


def key_of(line: TrailLine) -> str:
    """What names a line among all of the department: two copies of it have the same."""
    return f"{line.station}.{line.file}.{line.line.n}.{line.line.chain}"


def notables(
    lines: Collection[TrailLine],
    near: Mapping[str, Near],
    limits: "Limits",
) -> list[Seen]:
    """The exceptions among some lines, the gravest first.

    Args:
        lines: Of one week.
        near: By the key of a line, how near its record's person is to the reader.
        limits: The numbers of the department.
    """
    found: dict[tuple[Notable, UserId], list[TrailLine]] = defaultdict(list)
    for line in lines:
        for why in _reasons(line, near, limits):
            found[why, line.line.act.user].append(line)
    for user, some in _many(lines, limits.many_a_day):
        found[Notable.MANY_READS, user] += some
    for line in clock_steps(lines, timedelta(minutes=limits.clock_minutes)):
        found[Notable.CLOCK, UserId("")].append(line)
    seen = [_seen(why, user, some) for (why, user), some in found.items()]
    return sorted(seen, key=lambda one: (_ORDER[one.why], one.first, one.user))


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as many, as night, as late.

    Attributes:
        is_night: Whether a moment (`stamp`) is at night.
        many_a_day: Records that one person opened on one day.
        clock_minutes: So much back in time is a step of the clock.
        is_late: Whether a line is of a week that was signed off before it came.
    """

    is_night: Callable[[str], bool]
    many_a_day: int
    clock_minutes: int
    is_late: Callable[[TrailLine], bool] = lambda _: False


def clock_steps(lines: Iterable[TrailLine], least: timedelta) -> Iterator[TrailLine]:
    """Lines that claim to be so much older than the line before them in their chain."""
    chains: dict[tuple[str, str, str], list[TrailLine]] = defaultdict(list)
    for line in lines:
        chains[line.station, line.epoch, line.file].append(line)
    for chain in chains.values():
        chain.sort(key=lambda one: one.line.n)
        for before, line in pairwise(chain):
            if line.line.n == before.line.n + 1:
                was, now = _moment(before.line.at), _moment(line.line.at)
                if was and now and now <= was - least:
                    yield line


def _reasons(line: TrailLine, near: Mapping[str, Near], limits: Limits) -> Iterator[Notable]:
    act = line.line.act
    kind = kind_of(act.what)
    if (how := near.get(key_of(line))) is not None:
        yield _NEAR[how]
    if act.outcome == "refused" and kind is not ActKind.SIGN_IN_FAILED:
        yield Notable.REFUSED
    elif kind is ActKind.AUDIT and act.outcome == "failed":
        yield Notable.BROKEN
    elif kind in _BY_KIND:
        yield _BY_KIND[kind]
    if kind in LOOKS and act.record and act.outcome == "done" and limits.is_night(line.line.at):
        yield Notable.NIGHT
    if limits.is_late(line):
        yield Notable.LATE


def _many(lines: Iterable[TrailLine], many: int) -> Iterator[tuple[UserId, list[TrailLine]]]:
    """Who opened so many records on one day, with the lines of those days."""
    days: dict[tuple[UserId, str], list[TrailLine]] = defaultdict(list)
    for line in lines:
        act = line.line.act
        if act.record and kind_of(act.what) is ActKind.READ and act.outcome == "done":
            days[act.user, line.line.at[:10]].append(line)
    for (user, _), some in sorted(days.items()):
        if len({line.line.act.record for line in some}) > many:
            yield user, some


def _seen(why: Notable, user: UserId, some: Collection[TrailLine]) -> Seen:
    times = [line.line.at for line in some]
    keys = frozenset(key_of(line) for line in some)
    return Seen(why, user, len(keys), min(times), max(times), keys)


def _moment(at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at)
    except ValueError:
        return None

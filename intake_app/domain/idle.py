"""Who has not signed in for so long that the sign-in is turned off (CJIS AC-2(3): 90 days).

A clock that jumped must disable nobody. So days are not simply counted from one date to the next:
they are added up between days on which somebody of the department signed in, and a gap of more than
`LONGEST_GAP` days counts for nothing. Somebody must have signed in on several days meanwhile. Where
anything known is later than today, today is not believed.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from intake_app.domain.ids import UserId
from intake_app.domain.roles import RECORDS
from intake_app.domain.staffing import Colleague

LONGEST_GAP: Final = 30
"""Days without any sign-in: a longer one is a closed department, or a clock that jumped."""

FEWEST_DAYS: Final = 5
"""Days on which somebody signed in since: fewer prove nothing."""

_SLACK: Final = timedelta(days=1)
"""A colleague's computer in another time zone, or a little ahead."""


def idle_days(last: date, days: Collection[date], today: date) -> int:
    """How many days somebody was away, as far as is sure.

    Args:
        last: When they last signed in.
        days: When anybody did, or otherwise worked.
        today: By the clock of this computer.
    """
    if any(day > today + _SLACK for day in days):
        return 0
    since = sorted({day for day in days if last < day < today})
    if len(since) < FEWEST_DAYS:
        return 0
    gaps = [(after - before).days for before, after in pairwise([last, *since, today])]
    return sum(gap for gap in gaps if gap <= LONGEST_GAP)


def idle_people(
    people: Iterable[Colleague], last: Mapping[UserId, date], days: Collection[date],
    today: date, limit: int,
) -> frozenset[UserId]:  # fmt: skip
    """Whose sign-in is off for being away too long; never all who can do something.

    Args:
        people: Everybody.
        last: When each last signed in; who is not named is not judged.
        days: When anybody did.
        today: By the clock of this computer.
        limit: Days after which a sign-in is turned off.
    """
    working = [one for one in people if one.is_working]
    idle = {
        one.id
        for one in working
        if one.id in last and idle_days(last[one.id], days, today) >= limit
    }  # fmt: skip
    kept = set[UserId]()
    groups = [[one for one in working if one.is_administrator]]
    groups += [[one for one in working if file in one.holds] for file in RECORDS]
    for group in groups:
        if group and all(one.id in idle for one in group):
            kept |= {one.id for one in group}
    return frozenset(idle - kept)

"""The weekly review: about ten lines that stand out, and one signature (CJIS AU-6).

The privacy officer sees who did what and when, at every station, and never what stands in a record.
A signature names the batches that were looked at: lines that come later are shown in a later week.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from intake_app.domain.audit_errors import LinesMissing, SignedAlready, WeekNotOver
from intake_app.domain.audit_trail import TrailLine, week_of
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.notable import Limits, Near, Seen, key_of, notables
from intake_app.domain.roles import Compartment, May
from intake_app.services.audit.batches import (
    BATCH,
    Batch,
    Opened,
    claimed,
    claimed_batches,
    gaps,
    holds_good,
    open_batches,
    open_tails,
    seal_now,
)
from intake_app.services.audit.parts import read_fact, signed_fact
from intake_app.services.desk import Desk
from intake_app.settings.audit_policy import AuditPolicy, read_audit_policy

REVIEW: Final = "audit.review"
"""Kind of the fact that signs a week off."""

_WEEK: Final = timedelta(days=7)
_FIRST: Final = 40
"""Among so many of the oldest batches the first that holds good is looked for."""

_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class SignOff:
    """A week that was signed off.

    Attributes:
        week: Its Monday.
        by: Who.
        at: When (`stamp`).
        note: What they wrote, or empty.
        seen: Ids of the batches that were looked at.
    """

    week: date
    by: UserId
    at: str
    note: str
    seen: frozenset[RecordId]


@dataclass(frozen=True, slots=True)
class Week:
    """A week, and whether it was reviewed.

    Attributes:
        week: Its Monday.
        signed: By whom and when; None: it waits.
        is_over: Only then it can be signed off.
        is_late: It waits longer than the policy allows.
    """

    week: date
    signed: SignOff | None
    is_over: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What there is to look at in a week.

    Attributes:
        week: Its Monday.
        seen: The exceptions, the gravest first.
        lines: How many lines there are in all.
        unreadable: Batches that do not open here.
        gaps: Batches before which lines are missing.
        batches: Ids of what was looked at.
    """

    week: date
    seen: Sequence[Seen]
    lines: int
    unreadable: int
    gaps: int
    batches: frozenset[RecordId] = field(default=frozenset())


def weeks(desk: Desk) -> list[Week]:
    """All weeks since the trail began, the newest first.

    Raises:
        NotAllowed: This person does not review the trail.
    """
    desk.require(May.REVIEW_AUDIT)
    return list(_weeks(desk))


def unreviewed(desk: Desk) -> tuple[int, int]:
    """How many weeks wait for their review, and how many of them are late; for everybody."""
    waiting = [week for week in _weeks(desk) if week.is_over and week.signed is None]
    return len(waiting), sum(week.is_late for week in waiting)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a privacy officer.

    Attributes:
        weeks: Weeks that are over and not signed off.
        late: How many of them are late.
        alerts: How often somebody opened a record of somebody with their own name, their last
            name, or a colleague's, in weeks that are not signed off.
    """

    weeks: int
    late: int
    alerts: int


def waiting(desk: Desk) -> Waiting:
    """What waits for who reviews the trail.

    Raises:
        NotAllowed: This person does not review it.
        NoGrant: They do not hold the key that batches are sealed to.
    """
    desk.require(May.REVIEW_AUDIT)
    known = list(_weeks(desk))
    unsigned = {one.week for one in known if one.signed is None}
    some = [one for one in claimed_batches(desk) if any(_touches(one, week) for week in unsigned)]
    opened, tails = open_batches(desk, some), open_tails(desk)
    near = {**opened.near, **tails.near}
    alerts = sum(
        key_of(line) in near and line.week in unsigned for line in (*opened.lines, *tails.lines)
    )
    over = [one for one in known if one.is_over and one.signed is None]
    return Waiting(len(over), sum(one.is_late for one in over), alerts)


def review_week(desk: Desk, week: date) -> Review:
    """What stands out in a week.

    Raises:
        NotAllowed: This person does not review the trail.
        NoGrant: They do not hold the key that batches are sealed to.
    """
    desk.require(May.REVIEW_AUDIT)
    desk.station.note(desk.act("read audit trail"))
    return _review(desk, week)[0]


def lines_of_week(
    desk: Desk, week: date, user: UserId | None = None, keys: Collection[str] = ()
) -> list[TrailLine]:
    """The lines of a week, the oldest first; of one person, or those of an exception.

    Raises:
        NotAllowed: This person does not review the trail.
        NoGrant: They do not hold the key that batches are sealed to.
    """
    desk.require(May.REVIEW_AUDIT)
    desk.station.note(desk.act("read audit lines"))
    _, opened = _review(desk, week)
    found = [
        line for line in opened.lines
        if (user is None or line.line.act.user == user) and (not keys or key_of(line) in keys)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.line.at, one.station, one.file, one.line.n))


def sign_off(desk: Desk, week: date, note: str = "") -> SignOff:
    """Say that a week was reviewed; what is signed can be added to and never be taken back.

    Raises:
        NotAllowed: This person does not review the trail.
        NoGrant: They do not hold the key that batches are sealed to.
        WeekNotOver: It goes on.
        SignedAlready: Somebody did.
        LinesMissing: Batches of this week do not open here.
    """
    desk.require(May.REVIEW_AUDIT)
    if any(one.week == week for one in sign_offs(desk)):
        raise SignedAlready
    if not _is_over(desk, week):
        raise WeekNotOver
    seal_now(desk)  # what is signed names batches
    review, _ = _review(desk, week)
    if review.unreadable:
        raise LinesMissing
    said = {
        "week": week.isoformat(), "lines": review.lines, "exceptions": len(review.seen),
        "note": note.strip(), "seen": sorted(review.batches), "policy": _policy().version,
    }  # fmt: skip
    change = signed_fact(desk, REVIEW, said, {"week": week.isoformat()})
    desk.station.apply([change], desk.act("sign off audit week", change.record))
    return next(one for one in sign_offs(desk) if one.week == week)


def sign_offs(desk: Desk) -> list[SignOff]:
    """All weeks that were signed off by who may, each once."""
    found: dict[date, SignOff] = {}
    for record in desk.station.of_kind(REVIEW):
        read = read_fact(desk, record, May.REVIEW_AUDIT)
        if read is None:
            continue
        by, said = read
        try:
            week = week_of(date.fromisoformat(str(said["week"])))
            seen = frozenset(RecordId(str(one)) for one in said["seen"])
            found.setdefault(week, SignOff(week, by, str(said["at"]), str(said["note"]), seen))
        except _FAILED:
            continue
    return list(found.values())


# --- inside ---------------------------------------------------------------------------------


def _weeks(desk: Desk) -> Iterator[Week]:
    first = _first_day(desk)
    if first is None:
        return
    signed = {one.week: one for one in sign_offs(desk)}
    today = desk.clock.local().date()
    week = week_of(today)
    while week >= week_of(first):
        is_over = _is_over(desk, week)
        is_late = week not in signed and today > week + _WEEK + _due_after()
        yield Week(week, signed.get(week), is_over, is_late)
        week -= _WEEK


def _first_day(desk: Desk) -> date | None:
    """The day of the first line: of the first batch that holds good, or of what is open here."""
    keys = desk.station.order(BATCH, "opened")  # the newest first
    for row in reversed(desk.station.rows(keys[-_FIRST:])):
        record = desk.station.record(row.record)
        batch = claimed(desk, record) if record else None
        if batch is not None and holds_good(desk, batch):
            return date.fromisoformat(batch.first_day)
    trail = desk.audit.trails[Compartment.STATION] if desk.audit else None
    first = trail.after(trail.anchor().n, 1) if trail else []
    return date.fromisoformat(first[0].at[:10]) if first else None


def _due_after() -> timedelta:
    return timedelta(days=_policy().review_days)


def _is_over(desk: Desk, week: date) -> bool:
    return desk.clock.local().date() >= week + _WEEK


def _review(desk: Desk, week: date) -> tuple[Review, Opened]:
    every = claimed_batches(desk)
    signed = sign_offs(desk)
    mine = [one for one in every if _touches(one, week)]
    late = [] if any(one.week == week for one in signed) else _late(every, signed, week)
    opened, tails = open_batches(desk, [*mine, *late]), open_tails(desk)
    opened.lines.extend(tails.lines)
    opened.near.update(tails.near)
    known = {one.id for one in late}
    is_late = {key_of(line) for line in open_batches(desk, late).lines} if known else set[str]()
    before = {one.week for one in signed if one.week < week}
    opened.lines[:] = [
        line for line in opened.lines
        if line.week == week or (key_of(line) in is_late and line.week in before)
    ]  # fmt: skip
    near: dict[str, Near] = opened.near
    seen = notables(opened.lines, near, _limits(week))
    ids = frozenset(one.id for one in (*mine, *late) if holds_good(desk, one))
    missing = len(gaps(desk, mine, every))
    review = Review(week, seen, len(opened.lines), len(opened.unreadable), missing, ids)
    return review, opened


def _touches(batch: Batch, week: date) -> bool:
    first, last = batch.first_day, batch.until[:10]
    return first < (week + _WEEK).isoformat() and last >= week.isoformat()


def _late(every: Collection[Batch], signed: Collection[SignOff], week: date) -> list[Batch]:
    """Batches of weeks that were signed off before these batches came."""
    seen = {ident for one in signed for ident in one.seen}
    before = [one.week for one in signed if one.week < week]
    return [
        one for one in every
        if one.id not in seen and any(_touches(one, other) for other in before)
    ]  # fmt: skip


def _limits(week: date) -> Limits:
    policy = _policy()
    return Limits(
        policy.is_night, policy.many_a_day, policy.clock_minutes, lambda line: line.week < week
    )


def _policy() -> AuditPolicy:
    return read_audit_policy()

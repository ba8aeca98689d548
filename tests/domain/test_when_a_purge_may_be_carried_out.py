"""Orders, approvals, holds and liftings in any order: the same standing, and a hold always wins."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.purge import (
    Hold,
    Known,
    Order,
    Said,
    Scope,
    Standing,
    State,
    Waits,
    Way,
    fold,
)
from intake_app.domain.roles import Compartment

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WAITS = Waits(at_once=frozenset({"court_order"}))
PEOPLE = [UserId(name) for name in ("ann", "bob", "cy")]
RECORDS = [RecordId(name) for name in ("r1", "r2", "r3")]
HOURS = st.integers(0, 400).map(lambda hours: NOW - timedelta(hours=hours))


def order(
    ident: str = "o1", *, records: int = 1, by: str = "ann", at: datetime = NOW,
    basis: str = "request",
) -> Order:  # fmt: skip
    named = {RecordId(f"{ident}-{n}"): RecordId(f"p{n}") for n in range(records)}
    return Order(
        RecordId(ident), f"text of {ident}", Compartment.CARE, Way.PURGE, basis, named, (),
        {"intake": records}, keeps_token=True, by=UserId(by), at=at,
    )  # fmt: skip


def said(about: str, by: str, at: datetime) -> Said:
    return Said(RecordId(about), f"{about} by {by}", UserId(by), at)


def stands(known: Known, now: datetime = NOW) -> Standing:
    (one,) = fold(known, WAITS, now)
    return one


def approved(at: datetime, **more: object) -> Known:
    made = order(at=at - timedelta(hours=1), **more)  # type: ignore[arg-type]
    return Known((made,), (said("o1", "bob", at),))


@st.composite
def anything(draw: st.DrawFn) -> Known:
    """Whatever people may have signed, at whatever moments."""
    orders = [
        Order(
            RecordId(f"o{n}"), f"text {n}", Compartment.CARE, Way.PURGE,
            draw(st.sampled_from(["request", "court_order"])),
            {r: RecordId(f"p{r[1]}") for r in draw(st.sets(st.sampled_from(RECORDS), min_size=1))},
            (), {}, keeps_token=True, by=draw(st.sampled_from(PEOPLE)), at=draw(HOURS),
        )
        for n in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    holds = [
        Hold(RecordId(f"h{n}"), scope, target, draw(st.sampled_from(PEOPLE)), draw(HOURS))
        for n, (scope, target) in enumerate(draw(st.lists(st.sampled_from([
            (Scope.ALL, ""), (Scope.RECORD, "r1"), (Scope.PERSON, "p2"), (Scope.RECORD, "r9"),
        ]), max_size=3)))
    ]  # fmt: skip

    def about(names: Sequence[str], most: int) -> tuple[Said, ...]:
        if not names:
            return ()
        return tuple(
            said(draw(st.sampled_from(names)), draw(st.sampled_from(PEOPLE)), draw(HOURS))
            for _ in range(draw(st.integers(0, most)))
        )

    named = [one.id for one in orders]
    return Known(
        tuple(orders), about(named, 4), about(named, 1), tuple(holds),
        about([one.id for one in holds], 2),
    )  # fmt: skip


def shuffled(known: Known, seed: int) -> Known:
    """The same facts as they may arrive elsewhere: in another order, some of them twice."""
    dice = Random(seed)

    def mixed(facts: tuple[object, ...]) -> tuple[object, ...]:
        more = [*facts, *dice.sample(facts, len(facts) // 2)]
        dice.shuffle(more)
        return tuple(more)

    return Known(*(mixed(facts) for facts in (  # type: ignore[arg-type]
        known.orders, known.approvals, known.withdrawals, known.holds, known.lifts,
    )))  # fmt: skip


@given(anything(), st.integers(0, 10_000))
def test_the_order_of_arrival_does_not_matter(known: Known, seed: int) -> None:
    assert fold(known, WAITS, NOW) == fold(shuffled(known, seed), WAITS, NOW)


@given(anything())
def test_nothing_is_due_without_another_person_its_wait_and_the_absence_of_a_hold(
    known: Known,
) -> None:
    for one in fold(known, WAITS, NOW):
        if one.state is not State.DUE:
            continue
        assert one.approval
        assert one.approval.by != one.order.by
        waited = NOW - one.approval.at
        assert one.order.basis in WAITS.at_once or waited >= timedelta(hours=WAITS.hours)
        standing = {hold.id for hold in known.holds} - {lift.about for lift in known.lifts}
        for hold in known.holds:
            if hold.id in standing:
                assert not any(hold.covers(r, p) for r, p in one.order.records.items())
        assert one.order.id not in {w.about for w in known.withdrawals}


@given(anything())
def test_one_more_hold_on_everything_stops_all_that_was_not_carried_out(known: Known) -> None:
    more = Hold(RecordId("late"), Scope.ALL, "", PEOPLE[0], NOW)
    held = Known(known.orders, known.approvals, known.withdrawals, (*known.holds, more),
                 known.lifts)  # fmt: skip
    states = {one.state for one in fold(held, WAITS, NOW)}
    assert states <= {State.HELD, State.PROPOSED, State.WITHDRAWN}


@pytest.mark.parametrize(("hours", "state"), [(71, State.WAITING), (72, State.DUE)])
def test_it_waits_seventy_two_hours_from_the_approval(hours: int, state: State) -> None:
    assert stands(approved(NOW - timedelta(hours=hours))).state is state


def test_an_approval_dated_before_its_order_shortens_no_wait() -> None:
    """A clock that was set back for a moment would."""
    known = Known((order(at=NOW),), (said("o1", "bob", NOW - timedelta(days=30)),))
    assert stands(known).not_before == NOW + timedelta(hours=72)


def test_an_order_of_a_court_does_not_wait() -> None:
    assert stands(approved(NOW, basis="court_order")).state is State.DUE


def test_the_proposer_alone_approves_nothing() -> None:
    made = order()
    assert stands(Known((made,), (said("o1", "ann", NOW),))).state is State.PROPOSED


def test_a_lifted_hold_makes_it_wait_anew() -> None:
    known = approved(NOW - timedelta(hours=200))
    hold = Hold(RecordId("h"), Scope.PERSON, "p0", UserId("cy"), NOW - timedelta(hours=100))
    lift = said("h", "cy", NOW - timedelta(hours=10))
    lifted = Known(known.orders, known.approvals, (), (hold,), (lift,))
    one = stands(lifted)
    assert (one.state, one.not_before) == (State.WAITING, NOW + timedelta(hours=62))
    assert stands(Known(known.orders, known.approvals, (), (hold,))).state is State.HELD


@pytest.mark.parametrize(("each", "is_mass"), [(10, False), (11, True)])
def test_more_than_twenty_records_a_day_wait_seven_days(each: int, *, is_mass: bool) -> None:
    early = NOW - timedelta(hours=90)
    orders = [order(f"o{n}", records=each, at=early - timedelta(hours=1)) for n in (1, 2)]
    approvals = [said("o1", "bob", early), said("o2", "bob", early + timedelta(hours=5))]
    found = fold(Known(tuple(orders), tuple(approvals)), WAITS, NOW)
    assert {one.is_mass for one in found} == {is_mass}
    assert {one.state for one in found} == {State.WAITING if is_mass else State.DUE}


def test_a_mass_is_counted_over_midnight_and_also_for_a_court() -> None:
    night = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
    orders = [
        order(f"o{n}", records=15, at=night - timedelta(hours=9), basis="court_order")
        for n in (1, 2)
    ]
    approvals = [said("o1", "bob", night), said("o2", "bob", night + timedelta(minutes=2))]
    found = fold(Known(tuple(orders), tuple(approvals)), WAITS, NOW)
    assert {one.state for one in found} == {State.WAITING}


def test_what_was_carried_out_stays_so_whatever_comes_after_it() -> None:
    known = approved(NOW - timedelta(hours=100))
    hold = Hold(RecordId("h"), Scope.ALL, "", UserId("cy"), NOW)
    done = Known(known.orders, known.approvals, (), (hold,), (), frozenset({RecordId("o1")}))
    assert stands(done).state is State.DONE

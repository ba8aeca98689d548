"""What is left of aid is what came less what went, in whatever order it was noted."""

from collections.abc import Sequence
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.stock import (
    Lot,
    StockAct,
    StockEntry,
    first_to_give,
    given_by_month,
    left_of,
    lots_of,
)

TODAY = date(2026, 11, 23)
ENTRIES = st.lists(
    st.builds(
        StockEntry,
        item=st.sampled_from(["kit", "pass"]),
        do=st.sampled_from(StockAct),
        count=st.integers(0, 50),
        at=st.sampled_from(["2026-10-02T09:00:00-05:00", "2026-11-03T09:00:00-05:00"]),
        lot=st.sampled_from(["", "A", "B"]),
        cost=st.integers(0, 5000),
        expected=st.integers(-5, 50),
    ),
    max_size=40,
)


def counted(entries: Sequence[StockEntry], *acts: StockAct) -> int:
    return sum(one.count for one in entries if one.do in acts)


@given(ENTRIES)
def test_the_sum_of_all_lots_is_received_less_what_went(entries: list[StockEntry]) -> None:
    off = sum(e.count - e.expected for e in entries if e.do is StockAct.COUNTED)
    came = counted(entries, StockAct.RECEIVED, StockAct.RETURNED)
    went = counted(entries, StockAct.GIVEN, StockAct.DISCARDED, StockAct.MOVED)
    assert sum(lot.left for lot in lots_of(entries).values()) == came - went + off


@given(ENTRIES, st.integers(0, 9))
def test_notes_of_two_stations_add_up_in_any_order(entries: list[StockEntry], seed: int) -> None:
    mixed = list(entries)
    Random(seed).shuffle(mixed)
    left = {key: lot.left for key, lot in lots_of(entries).items()}
    assert {key: lot.left for key, lot in lots_of(mixed).items()} == left


@given(ENTRIES, st.integers(0, 40))
def test_one_note_more_is_seen(entries: list[StockEntry], at: int) -> None:
    """Negative control: a giving that is lost, or counted twice, changes the sum."""
    more = StockEntry("kit", StockAct.GIVEN, 1, "2026-11-03T09:00:00-05:00", "A")
    before = left_of(lots_of(entries).values(), "kit")
    after = left_of(lots_of([*entries[:at], more, *entries[at:]]).values(), "kit")
    assert after == before - 1


def test_the_lot_that_expires_first_is_given_first_and_an_expired_one_never() -> None:
    old, soon, later = (
        Lot("kit", name, day, 3)
        for name, day in (("old", "2026-11-22"), ("soon", "2026-11-23"), ("later", "2027-01-01"))
    )
    empty = Lot("kit", "empty", "2026-11-23", 0)
    assert first_to_give([later, old, soon, empty], "kit", TODAY) == soon
    assert first_to_give([old, empty], "kit", TODAY) is None
    assert first_to_give([soon], "pass", TODAY) is None


def test_costs_are_summed_by_month_and_taken_back_again() -> None:
    october, november = "2026-10-31T09:00:00-05:00", "2026-11-01T09:00:00-05:00"
    entries = [
        StockEntry("kit", StockAct.GIVEN, 2, october, cost=4500),
        StockEntry("kit", StockAct.GIVEN, 3, november, cost=4000),
        StockEntry("kit", StockAct.RETURNED, 1, november, cost=4000),
        StockEntry("kit", StockAct.DISCARDED, 9, november, cost=4000),
    ]
    assert given_by_month(entries) == {
        ("2026-10", "kit"): (2, 9000), ("2026-11", "kit"): (2, 8000),
    }  # fmt: skip

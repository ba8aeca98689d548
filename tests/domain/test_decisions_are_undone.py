"""What holds is folded from decisions in any order; undoing is undone, and rings undo nothing."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.decision import GONE, Decision, in_force, later_ones, undone
from intake_app.domain.ids import ChangeId, RecordId, UserId


def made(n: int, undoes: int = 0, starts: str = "2026-11-01", **texts: str) -> Decision:
    return Decision(
        RecordId(f"d{n}"), ChangeId(f"{n:016x}.a.b"), "words", "", UserId("u"), texts=texts,
        starts=starts, undoes=RecordId(f"d{undoes}") if undoes else RecordId(""),
    )  # fmt: skip


DAY = "2026-11-23"


def test_the_later_of_two_holds_and_undoing_brings_the_earlier_back() -> None:
    first, second = made(1, x="one"), made(2, x="two")
    assert in_force([second, first], DAY) == {"x": "two"}
    assert in_force([first, second, made(3, undoes=2)], DAY) == {"x": "one"}
    assert in_force([first, second, made(3, undoes=2), made(4, undoes=3)], DAY) == {"x": "two"}
    assert in_force([first, made(2, x=GONE)], DAY) == {}


def test_what_starts_later_holds_from_its_day() -> None:
    soon, now = made(1, starts="2026-12-01", x="soon"), made(2, x="now")
    assert in_force([soon, now], "2026-11-30") == {"x": "now"}
    assert in_force([soon, now], "2026-12-01") == {"x": "soon"}


def test_half_of_a_pack_holds_nothing() -> None:
    pack = made(1, x="one", y="two")
    assert in_force([pack], DAY, {"one": "…"}) == {}
    assert in_force([pack], DAY, {"one": "…", "two": "…"}) == {"x": "one", "y": "two"}


def test_what_two_decided_is_taken_back_by_two() -> None:
    by_two = replace(made(1, x="one"), needs_approval=True)
    assert in_force([by_two], DAY) == {}
    agreed = replace(by_two, approved_by="u2")
    assert in_force([agreed], DAY) == {"x": "one"}
    back = made(2, undoes=1)
    assert in_force([agreed, back], DAY) == {"x": "one"}, "one person alone"
    assert in_force([agreed, replace(back, needs_approval=True)], DAY) == {"x": "one"}
    both = replace(back, needs_approval=True, approved_by="u2")
    assert in_force([agreed, both], DAY) == {}
    assert in_force([by_two, back], DAY) == {}


def test_a_ring_or_a_look_ahead_undoes_nothing() -> None:
    one, two = made(1, undoes=2, x="one"), made(2, undoes=1, x="two")
    assert set(undone([one, two])) == {"d1"}, "only the later can take back the earlier"
    assert undone([made(3, undoes=3, x="x")]) == {}
    assert undone([made(4, undoes=9)]) == {}


def test_what_was_decided_again_is_named() -> None:
    first, second, other = made(1, x="one"), made(2, x="two"), made(3, y="three")
    assert later_ones([first, second, other], first) == [second]
    assert later_ones([first, second, made(4, undoes=2)], first) == []


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 12)), max_size=12), st.randoms())
def test_any_order_of_arrival_gives_the_same(
    said: list[tuple[str, int]], order: random.Random
) -> None:
    decisions = [
        made(n, undoes=back if back < n else 0, **({} if 0 < back < n else {name: f"h{n}"}))
        for n, (name, back) in enumerate(said, 1)
    ]
    shuffled = list(decisions)
    order.shuffle(shuffled)
    assert in_force(shuffled, DAY) == in_force(decisions, DAY)
    assert set(undone(shuffled)) == set(undone(decisions))

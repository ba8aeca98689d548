"""A solver that knows every told number and every sum finds no small number out."""

import random
from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.measure import Clause, Exclusion, Kind
from intake_app.domain.rolling_up import small_groups
from intake_app.domain.suppression import told_together
from intake_app.domain.text import NOTHING
from intake_app.domain.told_web import Draft
from tests.domain.small_cell_attack import (
    ACCEPTED,
    ENGAGED,
    LEAST,
    LOST,
    OFFERED,
    Asked,
    Known,
    World,
    ask,
    barely,
    broken,
    measure,
)

CASES = measure("cases")
OFFERS = measure("offers", of=OFFERED)
TOOK = measure("took", Kind.RATE, of=OFFERED, where=ACCEPTED)
CAME = measure("came", Kind.RATE, of=ACCEPTED, where=ENGAGED)
WHY = measure("why", Kind.PARTS, of=LOST, column="why_declined")
DONE = measure(
    "done", Kind.RATE, of=ACCEPTED, where=((Clause("outcome", is_in=("completed",)),),),
    exclusions=(
        Exclusion("active", NOTHING, ((Clause("outcome", known=False),),)),
        Exclusion("deceased", NOTHING, ((Clause("outcome", is_in=("deceased",)),),)),
    ),
)  # fmt: skip

YES = {"offered_on": "x", "accepted_on": "x"}
STEPS = (
    {}, {"offered_on": "x", "why_declined": "no_time"}, {"offered_on": "x", "why_declined": "fear"},
    *({**YES, **came, **out} for came in ({}, {"engaged_on": "x"})
      for out in ({}, *({"outcome": code} for code in ("completed", "not_completed", "deceased")))),
)  # fmt: skip
"""Any way that somebody could go: who died may have come before, or not."""
KINDS = {"race": ("a", "b", "c"), "gender": ("f", "m"), "opened_on": ("2026-02-01", "2026-05-01")}
FEW = st.one_of(st.integers(0, 3), st.integers(0, 14), st.just(0))
PEOPLE = st.lists(FEW, min_size=7, max_size=132)

REPORT = (
    (CASES, ()), (CASES, ("race",)), (CASES, ("race", "gender")), (OFFERS, ("gender",)),
    (TOOK, ("race",)), (CAME, ("race",)), (WHY, ()), (DONE, ("race",)), (CASES, ("quarter",)),
)  # fmt: skip


SEVERAL = {**KINDS, "race": ("a", "b", "c", "a+b", "a+c", "b+c", "a+b+c")}
DAYS = {
    "race": ("a", "b"),
    "opened_on": tuple(f"2026-{month:02d}-05" for month in range(1, 7)),
}  # fmt: skip
FIRST, SECOND = ("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")
HALF, ACROSS = ("2026-01-01", "2026-06-30"), ("2026-02-01", "2026-05-31")
BETWEEN = [("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-03-31"),
           ("2026-04-01", "2026-05-31"), ("2026-06-01", "2026-06-30")]  # fmt: skip


def a_world(seed: int, kinds: Mapping[str, Sequence[str]] = KINDS) -> World:
    """Many or few people, thin or thick."""
    chance = random.Random(seed)
    share, most = chance.choice((0.05, 0.2, 0.5, 0.9)), chance.choice((2, 4, 12, 40))
    size = len(World.of(kinds, STEPS, [0]).atoms)
    return World.of(kinds, STEPS, [
        chance.randint(1, most) if chance.random() < share else 0 for _ in range(size)
    ])  # fmt: skip


def known_of(asked: list[Asked], drafts: list[Draft] | None = None) -> Known:
    """What somebody knows who reads all of it side by side."""
    made = drafts or [Draft(one.figure) for one in asked]
    known, told = Known(), iter(told_together(made, LEAST))
    for one, draft in zip(asked, made, strict=True):
        if draft.is_shown:
            known.learn(one, next(told))
    return known


SEEDS = st.integers(0, 100_000)


@settings(max_examples=8, deadline=None)
@given(PEOPLE)
def test_a_whole_report_tells_of_nobody(people: list[int]) -> None:
    world = World.of(KINDS, STEPS, people)
    asked = [ask(world, one, cuts) for one, cuts in REPORT]
    assert broken(world, asked, known_of(asked)) == []


@settings(max_examples=6, deadline=None)
@given(SEEDS)
def test_nor_does_one_of_many_people(seed: int) -> None:
    world = a_world(seed)
    asked = [ask(world, one, cuts) for one, cuts in REPORT]
    assert broken(world, asked, known_of(asked)) == []


@settings(max_examples=4, deadline=None)
@given(SEEDS)
def test_nor_does_a_cut_in_which_somebody_is_twice(seed: int) -> None:
    world = a_world(seed, SEVERAL)
    tables = ((CASES, ("race",)), (TOOK, ("race",)), (CAME, ("race", "gender")), (WHY, ("race",)))
    asked = [ask(world, one, cuts) for one, cuts in tables]
    assert broken(world, asked, known_of(asked)) == []


@settings(max_examples=4, deadline=None)
@given(SEEDS)
def test_nor_do_periods_that_overlap(seed: int) -> None:
    world = a_world(seed, DAYS)
    shown = [ask(world, one, ("race",), days)
             for one in (CASES, TOOK) for days in (FIRST, SECOND, HALF, ACROSS)]  # fmt: skip
    between = [ask(world, one, ("race",), days) for one in (CASES, TOOK) for days in BETWEEN]
    drafts = [*(Draft(one.figure) for one in shown),
              *(Draft(one.figure, is_shown=False) for one in between)]  # fmt: skip
    assert broken(world, [*shown, *between], known_of([*shown, *between], drafts)) == []


@settings(max_examples=4, deadline=None)
@given(SEEDS)
def test_nor_do_small_groups_as_one(seed: int) -> None:
    world = a_world(seed)
    tables = ((CASES, ("race",)), (TOOK, ("race",)), (DONE, ("race", "gender")))
    asked = [ask(world, one, cuts) for one, cuts in tables]
    drafts = [Draft(one.figure, merged=small_groups(one.figure, LEAST)) for one in asked]
    assert broken(world, asked, known_of(asked, drafts)) == []


# --- negative controls: the same attack breaks what is hidden less well ------------------------


def test_hiding_small_numbers_alone_is_broken() -> None:
    """Without anything hidden beside them."""
    found = 0
    for seed in range(6):
        world, known = a_world(seed), Known()
        asked = [ask(world, one, cuts) for one, cuts in REPORT]
        for one in asked:
            known.learn(one, barely(one.figure))
        found += bool(broken(world, asked, known))
    assert found >= 2


def test_telling_each_table_by_itself_is_broken() -> None:
    """Tables of one report share totals and steps."""
    found = 0
    for seed in range(6):
        world, known = a_world(seed), Known()
        asked = [ask(world, one, cuts) for one, cuts in REPORT]
        for one in asked:
            known.learn(one, told_together([Draft(one.figure)], LEAST)[0])
        found += bool(broken(world, asked, known))
    assert found >= 2

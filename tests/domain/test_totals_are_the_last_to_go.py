"""What is hidden beside a small number: reasons first, totals last, nothing without need."""

from hypothesis import given, settings

from intake_app.domain.suppression import told_together
from intake_app.domain.told_web import Draft
from intake_app.domain.web import Cell, Web
from tests.domain.small_cell_attack import LEAST, World, ask, broken
from tests.domain.test_no_report_gives_anybody_away import (
    CAME,
    CASES,
    DONE,
    KINDS,
    OFFERS,
    SEEDS,
    TOOK,
    WHY,
    a_world,
    known_of,
)

CUTS = ((), ("race",), ("gender",), ("race", "gender"), ("quarter",), ("race", "quarter"))
LINKED = tuple((one, cuts) for one in (CASES, OFFERS, TOOK, CAME, DONE) for cuts in CUTS)
MANY = {
    "race": tuple("abcdef"), "gender": ("f", "m", "x"),
    "opened_on": ("2026-02-01", "2026-05-01", "2026-08-01"),
}  # fmt: skip


def hidden_beside(first: Cell, second: Cell) -> tuple[bool, bool]:
    """Which of two goes where a small number is in a sum with each, and one has to."""
    web = Web(LEAST)
    small = web.add(Cell(3))
    cells = web.add(first), web.add(second)
    web.bind(web.add(Cell(3 + first.value + second.value)), (small, *cells))
    web.protect()
    return web.is_hidden(cells[0]), web.is_hidden(cells[1])


def test_a_reason_goes_before_a_total() -> None:
    total, reason = Cell(20), Cell(60, is_apart=True)
    assert hidden_beside(total, reason) == (False, True)
    assert hidden_beside(Cell(20), Cell(60)) == (True, False)  # else the smaller one


def test_what_many_figures_need_goes_last() -> None:
    assert hidden_beside(Cell(20, shows=6), Cell(60)) == (False, True)


def test_a_reason_that_is_a_total_elsewhere_is_one() -> None:
    web = Web(LEAST)
    cell = web.add(Cell(40, is_apart=True))
    web.show(cell)
    assert not web.cells[cell].is_apart
    assert web.cells[cell].shows == 2


def test_the_steps_of_a_funnel_stand_where_only_reasons_are_few() -> None:
    """Why some said no is told of a few; how many were asked and said yes is not."""
    world = World.of(KINDS, ({"offered_on": "x", "why_declined": "fear"},
                             {"offered_on": "x", "why_declined": "no_time"},
                             {"offered_on": "x", "accepted_on": "x"}), [1, 2, 30])  # fmt: skip
    asked = [ask(world, one) for one in (CASES, OFFERS, TOOK, WHY)]
    *steps, why = told_together([Draft(one.figure) for one in asked], LEAST)
    assert all(not one.whole.is_hidden for one in steps)
    assert why.whole.number is not None


def test_what_was_given_up_on_the_way_and_is_in_no_proof_is_told_after_all() -> None:
    world = a_world(4, MANY)
    told = told_together([Draft(ask(world, one, cuts).figure) for one, cuts in LINKED], LEAST)
    places = sum(1 + len(one.rows) for one in told)
    assert sum(one.hidden for one in told) < 0.7 * places
    assert sum(one.whole.number is None for one in told) < 10


@settings(max_examples=3, deadline=None)
@given(SEEDS)
def test_tables_that_are_linked_many_times_tell_of_nobody(seed: int) -> None:
    world = a_world(seed)
    asked = [ask(world, one, cuts) for one, cuts in LINKED[:14]]
    assert broken(world, asked, known_of(asked)) == []

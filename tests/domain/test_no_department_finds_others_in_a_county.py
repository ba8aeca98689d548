"""A department subtracts its own from all that a county tells, with a solver, and finds nobody."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from intake_app.domain.figure import Count, Figure, added
from intake_app.domain.measure import Clause, Kind, Measure
from intake_app.domain.suppression import told_together
from intake_app.domain.text import NOTHING
from intake_app.domain.told import Told, ToldFigure
from intake_app.domain.told_web import Draft

LEAST = 11
CODES = ("a", "b", "c")
RATE = Measure(
    "m", "f", Kind.RATE, NOTHING, NOTHING, where=((Clause("engaged_on", known=True),),)
)  # fmt: skip
Share = Sequence[tuple[int, int]]
"""Of one department for each code: how many hit, and how many missed."""

SHARES = st.lists(
    st.tuples(*[st.tuples(st.integers(0, 30), st.integers(0, 30)) for _ in CODES]),
    min_size=2, max_size=3,
)  # fmt: skip
run = settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip


def figure_of(share: Share) -> Figure:
    rows = {
        (code,): Count(hit, hit + missed)
        for code, (hit, missed) in zip(CODES, share, strict=True) if hit + missed
    }  # fmt: skip
    return Figure(RATE, "2026-01-01", "2026-03-31", ("race",), added(rows.values()), rows)


def county_of(shares: Sequence[Share], *, are_known: bool = True) -> ToldFigure:
    each = [figure_of(one) for one in shares]
    places = {place for one in each for place in one.rows}
    whole = Figure(
        RATE, "2026-01-01", "2026-03-31", ("race",), added(one.whole for one in each),
        {place: added(one.rows.get(place, Count()) for one in each) for place in places},
    )  # fmt: skip
    return told_together([Draft(whole, known=tuple(each) if are_known else ())], LEAST)[0]


def found_out(told: ToldFigure, shares: Sequence[Share], who: int) -> list[str]:
    """What a department knows for sure of a small group of the others.

    Unknown are the others' hits and misses of each code. Known are its own, what is told, and that
    nothing that is hidden is zero.
    """
    own = shares[who]
    rest = [sum(one[n][k] for m, one in enumerate(shares) if m != who)
            for n in range(len(CODES)) for k in (0, 1)]  # fmt: skip
    lines, low, high = list[np.ndarray](), list[float](), list[float]()
    for place, cell in [((), told.whole), *told.rows.items()]:
        picked = [n for n, code in enumerate(CODES) if place in {(), (code,)}]
        hits, all_of = np.zeros(len(rest)), np.zeros(len(rest))
        for n in picked:
            hits[2 * n] = all_of[2 * n] = all_of[2 * n + 1] = 1
        mine = sum(own[n][0] for n in picked)
        for line, value, less in (
            (hits, cell.number, mine), (all_of, cell.base, mine + sum(own[n][1] for n in picked)),
        ):  # fmt: skip
            lines.append(line)
            low.append((1 if value is None else value) - less)
            high.append(np.inf if value is None else value - less)
    known = LinearConstraint(np.array(lines), low, high)  # pyright: ignore[reportArgumentType]
    return [
        f"{name} is at most {most}" for name, line, true in _of_others(rest)
        if 0 < true < LEAST and (most := _most(line, known)) < LEAST
    ]  # fmt: skip


def _of_others(rest: Sequence[int]) -> list[tuple[str, np.ndarray, int]]:
    found = list[tuple[str, np.ndarray, int]]()
    for n, code in enumerate(CODES):
        for name, picked in (
            ("hits", [2 * n]),
            ("misses", [2 * n + 1]),
            ("all", [2 * n, 2 * n + 1]),
        ):
            line = np.zeros(len(rest))
            line[picked] = 1
            found.append((f"{name} of {code}", line, int(line @ np.array(rest))))
    return found


def _most(line: np.ndarray, known: LinearConstraint) -> float:
    solved = milp(
        -line, constraints=known, bounds=Bounds(0, 1000), integrality=np.ones(len(line))
    )  # fmt: skip
    assert solved.success
    return round(-solved.fun)


@run
@given(SHARES)
@example([((0, 0), (0, 0), (0, 11)), ((0, 1), (0, 10), (0, 0))])  # its own cannot be taken away
def test_no_department_is_left_with_a_few_of_the_others(shares: list[Share]) -> None:
    told = county_of(shares)
    for who in range(len(shares)):
        assert found_out(told, shares, who) == []


def test_without_the_rule_the_same_attack_finds_them() -> None:
    shares = [((37, 58), (15, 25), (20, 40)), ((3, 2), (25, 15), (20, 20))]
    found = partial(found_out, shares=shares, who=0)
    assert found(county_of(shares, are_known=False)) == [
        "hits of a is at most 3", "misses of a is at most 2", "all of a is at most 5",
    ]  # fmt: skip
    assert found(county_of(shares)) == []


def test_what_many_gave_is_told() -> None:
    shares = [((60, 50), (40, 45), (50, 60)), ((55, 65), (35, 50), (45, 70))]
    told = county_of(shares)
    assert not any(one.is_hidden for one in told.places())
    assert isinstance(told.whole, Told)

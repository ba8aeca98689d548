"""Medians are values that occurred; intervals hold the share and never leave 0 to 100 %."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.spread import Spread, spread_of
from intake_app.domain.wilson import wilson


def test_the_median_of_four_is_the_lower_of_the_two_in_the_middle() -> None:
    assert spread_of({0: 1, 3: 2, 31: 1}) == Spread(0, 3, 3)
    assert spread_of({1: 1, 2: 1, 3: 1, 4: 1, 5: 1}) == Spread(2, 3, 4)
    assert spread_of({7: 1}) == Spread(7, 7, 7)
    assert spread_of({}) is None


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_at_least_the_share_lies_at_or_below_and_less_lies_below(values: list[int]) -> None:
    found = spread_of(Counter(values))
    assert found is not None
    for share, value in zip(
        (0.25, 0.5, 0.75),
        (found.first_quartile, found.median, found.third_quartile),
        strict=True,
    ):
        assert value in values
        assert sum(one <= value for one in values) >= share * len(values)
        assert sum(one < value for one in values) < share * len(values)


@pytest.mark.parametrize(
    ("number", "base", "low", "high"),
    [
        # Newcombe 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_intervals_are_those_that_were_published(
    number: int, base: int, low: float, high: float
) -> None:
    assert wilson(number, base) == pytest.approx((low, high), abs=0.0001)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_the_share(pair: tuple[int, int]) -> None:
    number, base = pair
    low, high = wilson(number, base)
    assert 0 <= low <= number / base <= high <= 1
    assert low < high


@pytest.mark.parametrize(("number", "base"), [(0, 0), (-1, 5), (6, 5)])
def test_no_share_of_nothing(number: int, base: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        wilson(number, base)

"""A store that does not answer is tried for ever, at growing distances."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.backoff import FIRST_SECONDS, LONGEST_SECONDS, Backoff


@given(st.integers(), st.integers(min_value=0, max_value=5000))
def test_every_wait_lies_between_the_shortest_and_the_longest(seed: int, failed: int) -> None:
    wait = Backoff(Random(seed), failed).after_failure()
    assert FIRST_SECONDS * 0.75 <= wait <= LONGEST_SECONDS


def test_waits_grow_until_they_are_long_and_shrink_when_it_went_well() -> None:
    backoff = Backoff(Random(1))
    waits = [backoff.after_failure() for _ in range(12)]
    assert waits[0] < 20 < waits[3] < waits[6]
    assert min(waits[7:]) > LONGEST_SECONDS * 0.7
    backoff.reset()
    assert backoff.after_failure() < 20


def test_two_stations_do_not_come_back_in_one_second() -> None:
    first, second = Backoff(Random(1), 5), Backoff(Random(2), 5)
    assert abs(first.after_failure() - second.after_failure()) > 1

"""A count that would tell who somebody is, is not told, and follows from nothing that is."""

from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.small_cells import told_counts

LEAST = 11
COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), min_size=1)


def could_be(counts: dict[str, int], told: dict[str, int | None]) -> dict[str, range]:
    """What somebody who knows the sum can say of each hidden count, by pencil."""
    hidden = [name for name, count in told.items() if count is None]
    left = sum(counts.values()) - sum(count for count in told.values() if count is not None)
    others = len(hidden) - 1
    if all(count is None for count in told.values()):
        return {name: range(left + 1) for name in hidden}  # some of them may be nobody
    lowest = 1 if others else left
    return {name: range(lowest, left - others + 1) for name in hidden}


@given(COUNTS)
def test_no_small_count_is_told(counts: dict[str, int]) -> None:
    told = told_counts(counts, LEAST)
    assert not [one for one in told.values() if one is not None and 0 < one < LEAST]
    assert all(told[name] in {None, counts[name]} for name in counts)


@given(COUNTS)
def test_none_follows_from_the_sum(counts: dict[str, int]) -> None:
    told = told_counts(counts, LEAST)
    for name, values in could_be(counts, told).items():
        assert counts[name] in values
        assert len(values) > 1 or told[name] is not None or sum(counts.values()) == 0


@given(COUNTS)
def test_nothing_is_hidden_without_need(counts: dict[str, int]) -> None:
    if not any(0 < one < LEAST for one in counts.values()):
        assert told_counts(counts, LEAST) == counts


def test_by_pen() -> None:
    assert told_counts({"a": 40, "b": 25, "c": 3, "d": 0}, LEAST) == {
        "a": 40, "b": None, "c": None, "d": 0,
    }  # fmt: skip
    assert told_counts({"a": 40, "b": 6, "c": 7}, LEAST) == {"a": 40, "b": None, "c": None}
    assert told_counts({"a": 40, "b": 1, "c": 1}, LEAST) == dict.fromkeys("abc")
    assert told_counts({"a": 0, "b": 10}, LEAST) == dict.fromkeys("ab")


def test_hiding_the_small_one_alone_would_tell_it() -> None:
    """Negative control."""
    counts = {"a": 40, "c": 3}
    assert could_be(counts, {"a": 40, "c": None})["c"] == range(3, 4)

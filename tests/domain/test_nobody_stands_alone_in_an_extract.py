"""Rows without names: rare codes are rolled up, numbers capped, and k people are alike."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.anonymity import NOT_TOLD, OTHER, Line, alike, capped, rolled_up

COLUMNS = ("language", "race", "pathway")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(("en", "es", "vi", "")), st.sampled_from(("white", "black", "asian")),
        st.sampled_from(("sr", "oi")), st.integers(0, 40),
    ),
    max_size=120,
)  # fmt: skip


def lines_of(rows: list[tuple[str, str, str, int]]) -> tuple[list[Line], list[str]]:
    return [dict(zip(COLUMNS, row[:3], strict=True)) for row in rows], [
        f"p{row[3]}" for row in rows
    ]


def alone(lines: list[Line], who: list[str], k: int) -> int:
    """The attack: how many rows are of a group that fewer than k people share."""
    people: dict[tuple[str, ...], set[str]] = {}
    for line, person in zip(lines, who, strict=True):
        people.setdefault(tuple(line[name] for name in COLUMNS), set()).add(person)
    return sum(
        len(people[tuple(line[name] for name in COLUMNS)]) < k for line in lines
    )  # fmt: skip


@given(ROWS, st.integers(2, 11))
def test_each_row_that_stays_is_shared_by_k_people(
    rows: list[tuple[str, str, str, int]], k: int
) -> None:
    lines, who = lines_of(rows)
    result = alike(lines, who, COLUMNS, k)
    kept = [lines[n] for n in result.kept]
    assert alone(kept, [who[n] for n in result.kept], k) == 0
    assert len(kept) + result.left_out == len(rows)


def test_the_same_attack_finds_people_in_rows_as_they_were() -> None:
    lines, who = lines_of(
        [("en", "white", "sr", n) for n in range(20)] + [("vi", "asian", "oi", 99)]
    )
    assert alone(lines, who, 11) == 1
    result = alike(lines, who, COLUMNS, 11)
    assert result.left_out == 1  # even blank it stands alone


def test_what_is_needed_least_is_blanked_first_and_no_more_than_has_to_be() -> None:
    lines, who = lines_of([("en", "white", "sr", n) for n in range(20)]
                          + [("vi", "white", "sr", 50 + n) for n in range(11)]
                          + [("es", "white", "sr", 90 + n) for n in range(11)])  # fmt: skip
    lines[-1]["language"] = "fr"
    result = alike(lines, who, COLUMNS, 11)
    assert result.blanked == {"language": 11, "race": 0, "pathway": 0}
    assert result.left_out == 0
    assert Counter(line["language"] for line in lines) == {"en": 20, "vi": 11, NOT_TOLD: 11}


def test_one_person_with_many_rows_is_not_many() -> None:
    lines, who = lines_of([("en", "white", "sr", 1)] * 30)
    assert alike(lines, who, COLUMNS, 2).kept == ()


def test_rare_codes_become_other_where_others_are_enough() -> None:
    who = [f"p{n}" for n in range(40)]
    values = ["a"] * 20 + ["b"] * 6 + ["c"] * 6 + [""] * 8
    assert Counter(rolled_up(values, who, 11)) == {"a": 20, OTHER: 12, "": 8}
    few = ["a"] * 20 + ["b"] * 6 + [""] * 14
    assert Counter(rolled_up(few, who, 11)) == {"a": 20, "": 20}


def test_numbers_are_capped_at_what_k_people_reach() -> None:
    who = [f"p{n}" for n in range(14)]
    values: list[int | None] = [*range(1, 13), 400, None]
    assert capped(values, who, 11)[:4] == [1, 2, 3, 3]
    assert capped(values, who, 11)[-2:] == [3, None]
    assert capped(values[:5], who[:5], 11) == [None] * 5

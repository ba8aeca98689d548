"""Told numbers in words, as a page, a paper and a chart say them."""

import pytest

from intake_app.domain.measure import Kind, Measure
from intake_app.domain.text import Text
from intake_app.domain.told import Told
from intake_app.services.measures.saying import whole_in_words
from intake_app.words import Words

WORDS = Words("en")
HIDDEN = Told(is_hidden=True)


def measure(kind: Kind, said_in: str = "") -> Measure:
    return Measure("kept", "outcomes", kind, Text(), Text(), said_in=said_in)


@pytest.mark.parametrize(("kind", "said_in", "told", "words"), [
    (Kind.COUNT, "", Told(1234), "1,234"),
    (Kind.RATE, "", Told(134, 216, 62.0, 55.4, 68.2), "62% (134 of 216)"),
    (Kind.RATIO, "percent", Told(14, 20, percent=70.0, ratio=0.7), "70% (14 over 20)"),
    (Kind.RATIO, "", Told(30, 20, percent=150.0, ratio=1.5), "1.5 (30 over 20)"),
    (Kind.SUM, "cents", Told(325_000), "$3,250"),
    (Kind.SPREAD, "days", Told(96, 96, median=14, first_quartile=7, third_quartile=30),
     "14 days (middle half: 7 to 30, of 96)"),
    (Kind.RATE, "", Told(0, is_hidden=True), "not shown (0 of a number that is not shown)"),
])  # fmt: skip
def test_a_number_is_said_with_what_it_is_of(
    kind: Kind, said_in: str, told: Told, words: str
) -> None:
    assert whole_in_words(told, measure(kind, said_in), WORDS) == words


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_not_told_is_said_in_the_same_words(kind: Kind) -> None:
    assert whole_in_words(HIDDEN, measure(kind), WORDS) == "not shown"

"""What a token is made of: one spelling for the exact name, at most three for who it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.case_status import CaseStatus
from intake_app.domain.token import (
    Named,
    OutcomeClass,
    exact,
    outcome_class,
    possible,
    soundex,
    sounding,
)

WHO = Named("Whitfield", "Jordan", "1991-04-07")
names = st.text(min_size=1, max_size=12)
people = st.builds(Named, names, names, st.dates().map(lambda day: day.isoformat()))


@pytest.mark.parametrize(
    ("last", "first"),
    [("whitfield", "jordan"), (" WHITFIELD ", "Jordan"), ("Whit\ufb01eld", "JORDAN")],
)
def test_one_person_is_spelled_in_one_way(last: str, first: str) -> None:
    assert exact(Named(last, first, WHO.born)) == exact(WHO) == "WHITFIELD|JORDAN|1991-04-07"


def test_a_letter_with_its_accent_is_one_letter_however_it_was_typed() -> None:
    composed, apart = (
        Named("Pe\u00f1a", "Ana", "1990-01-01"),
        Named("Pen\u0303a", "Ana", "1990-01-01"),
    )
    assert exact(composed) == exact(apart)
    assert exact(composed) != exact(Named("Pena", "Ana", "1990-01-01"))
    assert sounding(composed) == sounding(Named("Pena", "Ana", "1990-01-01"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Robert", "R163"), ("Rupert", "R163"), ("Ashcraft", "A261"), ("Tymczak", "T522"),
        ("Pfister", "P236"), ("Honeyman", "H555"), ("Washington", "W252"), ("Lee", "L000"),
        ("O'Brien", "O165"), ("李", ""), ("", ""),
    ],
)  # fmt: skip
def test_it_sounds_as_the_national_archives_say(name: str, code: str) -> None:
    assert soundex(name) == code


def test_the_possible_ones_are_alias_swapped_date_and_sound() -> None:
    assert possible(WHO, ["Jo Ann Reyes", "Kit Lowe"]) == (
        "REYES|JO ANN|1991-04-07",
        "WHITFIELD|JORDAN|1991-07-04",
        "~W314|J635|1991-04-07",
    )


def test_a_day_that_is_no_month_is_not_swapped() -> None:
    told = possible(Named("Whitfield", "Jordan", "1991-04-17"))
    assert told == ("~W314|J635|1991-04-17",)
    assert len(possible(Named("Whitfield", "Jordan", "1991-04-04"))) == 1


def test_one_word_is_no_alias() -> None:
    assert len(possible(WHO, ["Jojo"])) == 2


@pytest.mark.parametrize("born", ["", "1991", "1991-02-30", "04/17/1991"])
def test_without_a_birth_date_there_is_nothing_to_ask(born: str) -> None:
    assert not Named("Whitfield", "Jordan", born).is_whole


@given(people, st.lists(names, max_size=3))
def test_never_more_than_three_and_never_the_exact_one(who: Named, aliases: list[str]) -> None:
    if who.is_whole:
        told = possible(who, aliases)
        assert len(told) <= 3
        assert exact(who) not in told
        assert len(set(told)) == len(told)


def test_every_status_has_its_class() -> None:
    assert outcome_class(CaseStatus.COMPLETED) is OutcomeClass.COMPLETED
    assert outcome_class(CaseStatus.RETURNED) is OutcomeClass.NOT_COMPLETED
    assert outcome_class(CaseStatus.DECEASED) is OutcomeClass.OTHER
    assert {outcome_class(status) for status in CaseStatus} == set(OutcomeClass)

"""How near somebody is to who opened their record, as far as names tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.ids import UserId
from intake_app.domain.likeness import Identity, plain
from intake_app.domain.notable import Near
from intake_app.domain.roles import Role
from intake_app.services.audit.nearness import nearness
from intake_app.services.desk import Person


def person(shown: str, ident: str = "u1") -> Person:
    return Person(UserId(ident), "x", shown, frozenset({Role.FRONT_DESK}))


def who(last: str, first: str, *others: str) -> Identity:
    return Identity(plain(last), plain(first), others=tuple(map(plain, others)))


HALE, LOWE = person("M. Hale"), person("J. Lowe", "u2")


@pytest.mark.parametrize(
    ("last", "first", "near"),
    [
        ("Hale", "Mary", Near.OWN),
        ("HALE", "m", Near.OWN),
        ("Hale", "Tom", Near.RELATIVE),
        ("Hale-Boggs", "Tom", Near.RELATIVE),
        ("Boggs Hale", "Mary", Near.OWN),
        ("Lowe", "Jim", Near.COLLEAGUE),
        ("Lowe", "Mary", None),  # a colleague's last name alone is a name of many
        ("Whitfield", "Mary", None),
        ("Hal", "Mary", None),
        ("", "Mary", None),
        ("Hale", "", Near.RELATIVE),
        ("H", "M", None),
    ],
)
def test_names_tell(last: str, first: str, near: Near | None) -> None:
    assert nearness(who(last, first), HALE, [LOWE]) is near


def test_a_slip_in_a_long_name_does_not_hide_it() -> None:
    reader = person("A. Whitfield")
    assert nearness(who("Whitfeild", "Anna"), reader, []) is Near.OWN
    assert nearness(who("Whitman", "Anna"), reader, []) is None


def test_another_name_counts_too() -> None:
    assert nearness(who("Boggs", "Mary", "Mary Hale"), HALE, []) is Near.OWN


def test_accents_and_signs_do_not_matter() -> None:
    reader = person("I. Núñez-O'Brien")
    assert nearness(who("Nunez", "Inés"), reader, []) is Near.OWN
    assert nearness(who("O\u2019Brien", "Pat"), reader, []) is Near.RELATIVE


def test_who_is_shown_by_one_name_only_has_relatives_and_no_own_record() -> None:
    assert nearness(who("Hale", "Mary"), person("Hale"), []) is Near.RELATIVE


@given(last=st.text(max_size=12), first=st.text(max_size=12), shown=st.text(max_size=15))
def test_any_name_has_an_answer(last: str, first: str, shown: str) -> None:
    assert nearness(who(last, first), person(shown), [HALE, LOWE]) in {None, *Near}

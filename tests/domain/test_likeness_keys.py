"""Two entries about one person share a key, however a slip or a nickname changed one of them."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake_app.domain.likeness import (
    Identity,
    asked_keys,
    identity_in,
    kept_keys,
    plain,
    sound,
    swapped,
)

NAMES = st.text(string.ascii_lowercase, min_size=6, max_size=12)
LONG = st.text(string.ascii_lowercase, min_size=7, max_size=12)
"""A slip leaves one end of them as it was: three letters, whatever two next ones are swapped."""
CONSONANT = st.sampled_from("bdfklmnprst")
DAYS = st.dates().map(str)


def shares(asked: Identity, kept: Identity) -> bool:
    strong, weak = asked_keys(asked)
    return bool((strong | weak) & kept_keys(kept))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vazquez", "basques"), ("hernandez", "ernandes"), ("whitfield", "witfeild"),
        ("knight", "night"), ("schmidt", "smith"), ("jimenez", "gimenes"), ("steven", "stephen"),
        ("philips", "filips"), ("catherine", "katherine"), ("obrien", "obryan"),
    ],
)  # fmt: skip
def test_names_that_sound_alike_have_one_code(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize(("one", "other"), [("keene", "price"), ("boggs", "carter"), ("", "lee")])
def test_negative_control_others_have_another(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("O'Brien-Núñez", "obrien nunez"), ("  De  La Cruz ", "de la cruz"), ("ÁLVAREZ", "alvarez"),
        ("李", ""), ("3", ""),
    ],
)  # fmt: skip
def test_a_name_is_read_without_accents_and_signs(written: str, read: str) -> None:
    assert plain(written) == read


def test_day_and_month_swap_only_where_both_are_days() -> None:
    assert swapped("1990-04-05") == "1990-05-04"
    assert [swapped(day) for day in ("1990-04-25", "1990-04-04", "", "soon")] == [""] * 4


@given(last=LONG, first=NAMES, slip=st.integers(0, 10), letter=CONSONANT)
@example(last="aaabbab", first="aaaaaa", slip=2, letter="b")
def test_one_slip_in_seven_letters_of_a_last_name_is_found(
    last: str, first: str, slip: int, letter: str
) -> None:
    """A letter more, another letter, a letter less, or two letters swapped."""
    at = slip % len(last)
    slips = {
        last[:at] + letter + last[at:], last[:at] + letter + last[at + 1 :],
        last[:at] + last[at + 1 :], last[:at] + last[at : at + 2][::-1] + last[at + 2 :],
    }  # fmt: skip
    kept = Identity(last, first)
    for wrong in slips:
        if kept_keys(kept) and kept_keys(Identity(wrong, first)):
            assert shares(Identity(wrong, first), kept)


@given(last=NAMES, first=NAMES, born=DAYS)
def test_what_is_kept_is_found_by_the_same_and_by_both_names_swapped(
    last: str, first: str, born: str
) -> None:
    kept = Identity(last, first, born=born)
    assert shares(kept, kept)
    if kept_keys(Identity(last, first)) and kept_keys(Identity(first, last)):
        assert shares(Identity(first, last), kept)


@given(born=DAYS, names=st.tuples(NAMES, NAMES, NAMES, NAMES))
def test_a_birth_date_finds_whatever_the_names_are_now(
    born: str, names: tuple[str, str, str, str]
) -> None:
    kept = Identity(*names[:2], born=born)
    assert shares(Identity(*names[2:], born=born), kept)
    if day := swapped(born):
        assert shares(Identity(*names[2:], born=day), kept)


@given(line=st.builds(
    Identity, st.text(), st.text(), st.text(), st.tuples(st.text()), st.text(), st.text()
))  # fmt: skip
def test_an_identity_goes_into_a_line_and_comes_out_of_it(line: Identity) -> None:
    assert Identity.from_line(line.line) == line


def test_nobody_without_a_name_is_kept() -> None:
    assert kept_keys(Identity(born="1990-04-05", phone="3045550142")) == frozenset()
    assert kept_keys(Identity()) == frozenset()
    assert not Identity("keene").is_enough
    assert not Identity(born="1990-04-05").is_enough


def test_answers_of_any_kind_are_read() -> None:
    named = {"last_name": "a", "first_name": "b", "aliases": "c", "born": "d", "phone": "e"}
    odd = {"a": ["x"], "b": None, "c": 3, "d": "soon", "e": {"n": 1}}
    assert identity_in(odd, named) == Identity()
    said = {
        "a": "Keene",
        "b": "Wren",
        "c": "Bo Keene; formerly Hale (née Price)",
        "e": "+13045550142",
    }
    who = identity_in(said, named)
    assert who.others == ("bo keene", "hale", "price")
    assert ("hale", "wren") in who.pairs
    assert who.phone == "3045550142"

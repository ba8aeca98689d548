"""Participation tokens: one name, one hash; useless without the key inside `cases`."""

import json
import time
from dataclasses import replace

import pytest
from vault_world import Department

from intake_app.domain.errors import NoGrant
from intake_app.domain.roles import Compartment
from intake_app.vault.inside import new_inside, read_inside, with_tokens
from intake_app.vault.tokens import TokenMaker, add_token_key, token

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
NAME = "WHITFIELD|JORDAN|1991-04-17"
CASES = Compartment.CASES
KNOWN = "77a6ba3821fe14279b30ad4c8ee093f2959ee2bbc7786bdad2b2f49c1740ba61"


def test_one_name_gives_one_token_and_another_key_another() -> None:
    made = token(KEY, NAME)
    assert made == token(KEY, NAME)
    assert len(made) == 64
    assert made not in {token(OTHER, NAME), token(KEY, NAME.replace("04-17", "04-18"))}
    assert "whitfield" not in made.lower()


def test_this_version_of_tokens_stays_as_it_is() -> None:
    """Other numbers would match nothing that was kept before."""
    assert token(KEY, NAME) == KNOWN


def test_a_guess_costs_real_time() -> None:
    before = time.process_time()
    token(KEY, NAME)
    assert time.process_time() - before > 0.02


@pytest.mark.parametrize("key", [b"", KEY[:16]])
def test_without_a_whole_key_there_is_no_token(key: bytes) -> None:
    with pytest.raises(NoGrant):
        token(key, NAME)


def test_only_who_holds_cases_can_make_one(department: Department) -> None:
    officer, clerk = (department.sign_in(name) for name in ("otto.ficer", "mhale.desk"))
    officer.take_inside(CASES, department.insides[CASES])
    assert len(TokenMaker(officer).made_of(NAME)) == 64
    with pytest.raises(NoGrant):
        TokenMaker(clerk).made_of(NAME)


def test_a_profile_without_a_token_key_gets_one_once(department: Department) -> None:
    officer = department.sign_in("otto.ficer")
    old = replace(read_inside(CASES, department.insides[CASES]), tokens=b"")
    officer.take_inside(CASES, old.text)
    text = add_token_key(officer)
    found = read_inside(CASES, text)
    assert len(found.tokens) == 32
    assert replace(found, tokens=b"").text == old.text
    assert officer.inside(CASES) == text
    assert add_token_key(officer) == ""


def test_no_other_compartment_holds_a_token_key() -> None:
    for name in set(Compartment) - {CASES}:
        made = new_inside(name)
        assert with_tokens(made) is made
        assert not json.loads(made.text)["tokens"]

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vault_world import Department, set_up

from intake_app.domain.errors import BadRecoveryCard, NotAllowed
from intake_app.domain.roles import Compartment
from intake_app.vault import cards, wordlist
from intake_app.vault.cards import CardPlan, Strip
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.vault import NewDepartment, Vault


@pytest.mark.parametrize("number", [1, 2])
def test_either_of_two_cards_opens_every_file_alone(department: Department, number: int) -> None:
    keys = department.by_card(number)
    assert keys.is_card
    assert keys.user_name == "recovery card"
    desk = department.sign_in("mhale.desk")
    assert keys.file_key(Compartment.CARE) == desk.file_key(Compartment.CARE)
    assert all(keys.holds(compartment) for compartment in Compartment)


def test_a_card_can_be_typed_with_numbers_capitals_and_line_breaks(department: Department) -> None:
    words = department.cards[0].words
    typed = "\n".join(f"{n}. {word.upper()}" for n, word in enumerate(words, 1))
    assert department.vault().unlock_with_card(typed).is_card


def test_a_card_of_another_department_is_refused_and_logged(
    department: Department, tmp_path: Path
) -> None:
    _, _, others = Vault.create(
        tmp_path / "other", NewDepartment("", set_up().people[:1]), department.clock
    )
    vault = department.vault()
    with pytest.raises(BadRecoveryCard):
        vault.unlock_with_card(others[0].words)
    assert [f.what for f in vault.failures(department.sign_in("sue.visor", vault))] == [
        "wrong card"
    ]


def test_a_card_says_which_department_it_is_of(department: Department) -> None:
    genesis = department.sign_in("sue.visor").genesis
    assert department.cards[0].department == wordlist.fingerprint(genesis)
    assert len(department.cards[0].department) == 8
    assert {card.needed for card in department.cards} == {1}


def test_the_drill_checks_one_card_alone(department: Department) -> None:
    registry = department.sign_in("sue.visor").registry
    assert [registry.cards.check(card.words).number for card in department.cards] == [1, 2]
    stranger = wordlist.to_words(1, bytes(16))
    with pytest.raises(BadRecoveryCard):
        registry.cards.check(stranger)


def test_a_damaged_pin_is_passed_over(department: Department) -> None:
    file = KeyFile.load(department.folder)
    content = file.content
    content["recovery"] = {ident: {"nonce": "%"} for ident in content["recovery"]}
    file.save(content)
    with pytest.raises(BadRecoveryCard):
        department.vault().unlock_with_card(department.cards[0].words)


def test_a_revoked_card_is_refused_and_the_other_still_works(department: Department) -> None:
    vault = department.vault()
    keys = department.by_card(2, vault)
    lost = next(i for i in KeyFile.load(department.folder).content["grants"] if
                i.startswith("recovery") and i != keys.user)  # fmt: skip
    more = vault.revoke(keys, lost)
    with pytest.raises(BadRecoveryCard):
        keys.registry.cards.check(department.cards[0].words)
    assert keys.registry.cards.check(department.cards[1].words).number == 2
    card = vault.unlock_with_card(department.cards[0].words)
    with pytest.raises(NotAllowed):
        card.take_registry([*department.entries, *more])
    again = vault.unlock_with_card(department.cards[1].words)
    again.take_registry([*department.entries, *more])


def test_any_two_of_three_cards_open_and_one_alone_does_not(
    tmp_path: Path, department: Department
) -> None:
    setup = NewDepartment("", set_up().people[:1], card_plan="pairs")
    vault, keys, made = Vault.create(tmp_path / "pairs", setup, department.clock)
    assert [(card.number, card.needed, len(card.words)) for card in made] == [
        (1, 2, 32), (2, 2, 32), (3, 2, 32),
    ]  # fmt: skip
    for one in made:
        assert keys.registry.cards.check(one.words).number == one.number
        with pytest.raises(BadRecoveryCard, match="another card"):
            vault.unlock_with_card(one.words)
        for other in made:
            if other is not one:
                opened = vault.unlock_with_card([*one.words, *other.words])
                opened.take_registry(keys.registry_entries())
                assert opened.file_key(Compartment.SEALED) == keys.file_key(Compartment.SEALED)


def test_one_of_three_alone_says_nothing_of_the_secret() -> None:
    secret, drawn = cards.new_cards(CardPlan.PAIRS)[0]
    for one in drawn:
        halves = [strip.secret for strip in one]
        assert secret not in halves
        assert bytes(a ^ b for a, b in zip(*halves, strict=True)) != secret
    assert cards.join([*drawn[0], *drawn[2]]) == secret


@given(st.integers(0, 15), st.binary(min_size=16, max_size=16))
def test_words_carry_any_secret(code: int, secret: bytes) -> None:
    assert wordlist.from_words(wordlist.to_words(code, secret)) == (code, secret)


@given(st.binary(min_size=16, max_size=16), st.integers(0, 15), st.integers(1, 2047))
def test_one_wrong_word_is_named(secret: bytes, place: int, shift: int) -> None:
    words = list(wordlist.to_words(3, secret))
    every = wordlist.word_list()
    words[place] = every[(every.index(words[place]) + shift) % 2048]
    with pytest.raises(BadRecoveryCard) as caught:
        wordlist.from_words(words)
    assert caught.value.detail == f"word {place + 1}"


@given(st.binary(min_size=16, max_size=16), st.data())
def test_two_or_three_wrong_words_are_noticed(secret: bytes, data: st.DataObject) -> None:
    words = list(wordlist.to_words(3, secret))
    every = wordlist.word_list()
    places = data.draw(st.lists(st.integers(0, 15), min_size=2, max_size=3, unique=True))
    for place in places:
        shift = data.draw(st.integers(1, 2047))
        words[place] = every[(every.index(words[place]) + shift) % 2048]
    with pytest.raises(BadRecoveryCard):
        wordlist.from_words(words)


def test_words_without_checks_would_let_a_slip_through() -> None:
    """Negative control: had the four check words no meaning, the slips above would pass."""
    words, every, generator = list(wordlist.to_words(3, bytes(16))), wordlist.word_list(), 0
    unchecked = random.Random(generator).sample(every, 4)
    with pytest.raises(BadRecoveryCard):
        wordlist.from_words([*words[:12], *unchecked])


def test_a_word_that_is_no_word_is_named_on_the_second_strip_too(tmp_path: Path) -> None:
    _, drawn = cards.new_cards(CardPlan.PAIRS)[0]
    words = [*cards.print_card(CardPlan.PAIRS, drawn[0], "0" * 64).words]
    words[20] = "zzzzz"
    with pytest.raises(BadRecoveryCard) as caught:
        cards.read_cards(words)
    assert caught.value.detail == "word 21"


@pytest.mark.parametrize("words", ["", "1. 2. 3.", "abandon", "abandon " * 15])
def test_too_few_words_are_refused(words: str) -> None:
    with pytest.raises(BadRecoveryCard, match="number of words"):
        cards.read_cards(words)


def test_a_strip_with_an_unknown_code_opens_nothing() -> None:
    assert Strip(15, bytes(16)).card == 0
    with pytest.raises(BadRecoveryCard):
        cards.join([Strip(15, bytes(16))])


def test_the_word_list_is_whole() -> None:
    every = wordlist.word_list()
    assert len(set(every)) == 2048
    assert list(every) == sorted(every)
    assert len({word[:4] for word in every}) == 2048

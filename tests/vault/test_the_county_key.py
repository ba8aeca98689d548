"""The county key: given as words or a file, and useless to whoever does not hold it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.county_errors import BadCountyKey
from intake_app.domain.errors import WeakKeyFile, WeakPassphrase, WrongPassphrase
from intake_app.vault.county_key import CountyKeys
from intake_app.vault.wordlist import SECRET_BYTES, to_words

KEYS = CountyKeys()
OPENS = "copper lantern quiet meadow"


@given(st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES))
def test_its_words_give_it_back(secret: bytes) -> None:
    key = secret.hex()
    assert KEYS.from_words(KEYS.words(key)) == key
    assert KEYS.from_words([f" {word.upper()} " for word in KEYS.words(key)]) == key


def test_a_wrong_word_is_named_by_its_place() -> None:
    words = list(KEYS.words(KEYS.make()))
    words[4] = "zoo" if words[4] != "zoo" else "zone"
    with pytest.raises(BadCountyKey) as error:
        KEYS.from_words(words)
    assert error.value.args == ("word 5",)
    with pytest.raises(BadCountyKey):
        KEYS.from_words(words[:15])


def test_a_recovery_card_is_not_taken_for_it() -> None:
    with pytest.raises(BadCountyKey):
        KEYS.from_words(to_words(1, bytes(SECRET_BYTES)))


def test_tokens_are_equal_under_one_key_alone() -> None:
    one, other = KEYS.make(), KEYS.make()
    names = ["care|DAY|JO|1990-04-02", "care|DAY|JO|1990-04-03", ""]
    tokens = KEYS.tokens(one, names)
    assert tokens == KEYS.tokens(one, names)
    assert len(set(tokens)) == 3
    assert tokens[2] == ""
    assert not set(tokens[:2]) & set(KEYS.tokens(other, names))
    assert KEYS.name(one) != KEYS.name(other)
    assert "DAY" not in " ".join(tokens)


def test_care_and_cases_have_tokens_of_their_own() -> None:
    key = KEYS.make()
    care, cases = KEYS.tokens(key, ["care|DAY|JO|1990-04-02", "cases|DAY|JO|1990-04-02"])
    assert care != cases


def test_it_travels_as_a_file_under_a_passphrase() -> None:
    key = KEYS.make()
    data = KEYS.close(key, OPENS)
    assert key.encode() not in data
    assert KEYS.open(data, OPENS) == key
    with pytest.raises(WrongPassphrase):
        KEYS.open(data, "other words than those")
    with pytest.raises(WeakPassphrase):
        KEYS.close(key, "short")


def test_a_spoiled_file_is_refused() -> None:
    said = json.loads(KEYS.close(KEYS.make(), OPENS))
    weak = {**said, "params": {**said["params"], "passes": 1}}
    with pytest.raises(WeakKeyFile):
        KEYS.open(json.dumps(weak).encode(), OPENS)
    for bad in (b"", b"[]", b"{}", b"x" * 9000, json.dumps({**said, "v": 2}).encode()):
        with pytest.raises(BadCountyKey):
            KEYS.open(bad, OPENS)
    with pytest.raises(BadCountyKey):
        KEYS.tokens("not hex", ["a"])

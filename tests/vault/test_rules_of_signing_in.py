"""Policy files: what ships, what is raised to the floor, and what a passphrase must be by them."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.errors import WeakPassphrase
from intake_app.domain.roles import Role
from intake_app.domain.sign_in_errors import (
    HolderPassphraseShort,
    PassphraseCommon,
    PassphraseNamesYou,
    PassphrasePattern,
    PassphraseShort,
)
from intake_app.settings import resources, sign_in_policy
from intake_app.settings.sign_in_policy import (
    DEFAULT,
    SignInPolicy,
    asks_for_code,
    policy_ids,
    policy_titles,
    read_policy,
)
from intake_app.vault.passphrase import PassphraseRule, check_passphrase, suggest_passphrase
from intake_app.vault.passphrase_rules import rule_of

USUAL = read_policy(DEFAULT)
HOLDER = PassphraseRule(USUAL, is_holder=True)
TOWN = PassphraseRule(USUAL, names=("M. Hale", "Pine Hollow Police Department"))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A department's own policy file beside those that ship."""
    for name in policy_ids():
        text = resources.path("resources", "policies", f"{name}.toml").read_text("utf-8")
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")

    def path(*parts: str) -> Path:
        return tmp_path.joinpath(*parts[2:])

    monkeypatch.setattr(sign_in_policy, "path", path)
    sign_in_policy._policy.cache_clear()
    yield tmp_path / "ours.toml"
    sign_in_policy._policy.cache_clear()


def usual_text() -> str:
    return resources.path("resources", "policies", "cjis_6_0.toml").read_text("utf-8")


def test_two_policies_ship_with_version_date_and_source() -> None:
    assert policy_ids() == ("cjis_6_0", "cjis_5_9_5")
    for name in policy_ids():
        found = read_policy(name)
        assert found.id == name
        assert found.version
        assert found.date.startswith("2026-")
        assert "CJIS" in found.source
    assert (USUAL.expires_days, USUAL.not_again, USUAL.may_show) == (0, 0, True)
    older = read_policy("cjis_5_9_5")
    assert (older.expires_days, older.not_again, older.may_show) == (90, 10, False)
    assert dict(policy_titles("es")) != dict(policy_titles("en"))


def test_a_file_may_be_stricter(own: Path) -> None:
    text = usual_text().replace("least_characters = 8", "least_characters = 12")
    own.write_text(text.replace("limit = 5", "limit = 3"), "utf-8")
    assert (read_policy("ours").least_characters, read_policy("ours").tries) == (12, 3)


@pytest.mark.parametrize(
    ("line", "weaker", "name", "holds"),
    [
        ("least_characters = 8", "least_characters = 4", "least_characters", 8),
        ("holder_characters = 14", "holder_characters = 8", "holder_characters", 14),
        ("holder_words = 4", "holder_words = 1", "holder_words", 4),
        ("limit = 5", "limit = 500", "tries", 5),
        ("minutes = 15", "minutes = 1", "minutes", 15),
        ("idle_days = 90", "idle_days = 4000", "idle_days", 90),
        ("shift_hours = 12", "shift_hours = 900", "shift_hours", 12),
        ("window_steps = 1", "window_steps = 90", "window_steps", 1),
        ("limit = 5", "limit = 0", "tries", 3),
        ("least_characters = 8", "least_characters = 5000", "least_characters", 64),
    ],
)
def test_what_is_weaker_or_absurd_is_not_taken(
    own: Path, line: str, weaker: str, name: str, holds: int
) -> None:
    assert line in usual_text()
    own.write_text(usual_text().replace(line, weaker), "utf-8")
    assert getattr(read_policy("ours"), name) == holds


@pytest.mark.parametrize(
    "text",
    ["", "[[", 'least_characters = "many"', "tries = 3", '[tries]\nlimit = "5"', "\x00"],
)
def test_a_ruined_file_leaves_the_default(own: Path, text: str) -> None:
    own.write_text(text, "utf-8")
    assert read_policy("ours") == read_policy(DEFAULT)


@pytest.mark.parametrize(
    "name", ["../cjis_6_0", "nothing", "", "a/b", "x" * 300, "\udcff", ["cjis_6_0"], {}, None, 5]
)
def test_a_name_is_never_a_path_and_may_be_anything(name: object) -> None:
    assert read_policy(cast("str", name)) == USUAL


def test_without_any_file_the_floor_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_policy, "path", lambda *_parts: tmp_path / "gone")  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    sign_in_policy._policy.cache_clear()
    assert read_policy(DEFAULT) == SignInPolicy()
    assert read_policy("cjis_5_9_5") == SignInPolicy()
    sign_in_policy._policy.cache_clear()


@pytest.mark.parametrize(
    ("choice", "reason", "is_asked"),
    [("required", "", True), ("off", "", True), ("off", "  ", True), ("off", "No phones", False),
     ("", "", True), ("OFF", "No phones", True)],
)  # fmt: skip
def test_the_second_proof_is_off_only_with_a_reason(
    choice: str, reason: str, is_asked: bool
) -> None:
    assert asks_for_code(choice, reason) is is_asked


# --- passphrases --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("seven!", PassphraseShort),
        ("P@ssw0rd2024!", PassphraseCommon),
        ("Summer2026!!", PassphraseCommon),
        ("Winter 2026", PassphraseCommon),
        ("$unshine99", PassphraseCommon),
        ("Christopher1", PassphraseCommon),
        ("backtheblue!1", PassphraseCommon),
        ("policeofficer", PassphraseCommon),
        ("letmein letmein", PassphraseCommon),
        ("correct horse battery staple", PassphraseCommon),
        ("qwertyuiop", PassphrasePattern),
        ("1qaz2wsx3edc", PassphrasePattern),
        ("abcdefgh12345678", PassphrasePattern),
        ("zzzzzzzzzzzzzz", PassphrasePattern),
        ("abcabcabcabc", PassphrasePattern),
        ("PineHollow2026", PassphraseNamesYou),
        ("pine hollow police", PassphraseNamesYou),
        ("p1ne h0llow", PassphraseNamesYou),
        ("mhale.desk1", PassphraseNamesYou),
        ("ksed.elahm", PassphraseNamesYou),
    ],
)
def test_what_is_guessed_first_is_refused_and_says_why(
    passphrase: str, why: type[WeakPassphrase]
) -> None:
    with pytest.raises(why):
        check_passphrase(passphrase, "mhale.desk", TOWN)


@pytest.mark.parametrize(
    "passphrase",
    ["seven gray geese", "my dog eats blue socks", "zx9#Kw!p", "Tr0ub4dor&3", "   eight x",
     "пароль из слов", "pine trees in the hollow moonlight", "police dogs like tall ladders"],
)  # fmt: skip
def test_what_is_not_guessed_first_is_taken(passphrase: str) -> None:
    check_passphrase(passphrase, "mhale.desk", TOWN)


def test_who_opens_peoples_records_needs_14_characters_or_four_words() -> None:
    with pytest.raises(HolderPassphraseShort):
        check_passphrase("zx9#Kw!pq2Ln7", "m", HOLDER)
    check_passphrase("zx9#Kw!pq2Ln7", "m", PassphraseRule(USUAL))  # negative control
    check_passphrase("zx9#Kw!pq2Ln7v", "m", HOLDER)
    check_passphrase("arm act egg ox", "m", HOLDER)
    strict = PassphraseRule(read_policy(DEFAULT), is_holder=True)
    check_passphrase("aim-act-egg", "m", PassphraseRule(USUAL))
    with pytest.raises(HolderPassphraseShort):
        check_passphrase("aim-act-egg", "m", strict)  # three words, eleven characters


@pytest.mark.parametrize(
    ("role", "is_holder"),
    [(Role.FRONT_DESK, True), (Role.OFFICER, True), (Role.SUPERVISOR, True),
     (Role.COORDINATOR, True), (Role.PRIVACY_OFFICER, True), (Role.ADMINISTRATOR, False),
     (Role.RECEPTION, False)],
)  # fmt: skip
def test_whose_role_opens_records(role: Role, is_holder: bool) -> None:
    assert rule_of(frozenset({role}), ()).is_holder is is_holder


def test_suggested_words_are_always_good_enough() -> None:
    for _ in range(200):
        check_passphrase(suggest_passphrase(), "mhale.desk", HOLDER)


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=40))
def test_any_text_is_taken_or_refused_and_nothing_else(
    passphrase: str, user_name: str, department: str
) -> None:
    rule = PassphraseRule(USUAL, is_holder=True, names=(department,))
    try:
        check_passphrase(passphrase, user_name, rule)
    except WeakPassphrase as refused:
        told = str(refused)
    else:
        told = ""
    assert told == ""  # nothing of it stands in the error


@pytest.mark.parametrize("typed", ["Summer2026Summer2026", "dragon99 dragon99", "qazwsx1!qazwsx1!"])
def test_a_common_passphrase_is_common_twice_too(typed: str) -> None:
    with pytest.raises(WeakPassphrase):
        check_passphrase(typed, "mhale")


def test_four_words_twice_are_no_common_word() -> None:
    check_passphrase("lantern maple orbit velvet lantern maple orbit velvet", "mhale")

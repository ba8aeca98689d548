"""Passwords of stores lie in the keyring of the computer, and nowhere in the clear."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked
from remembering_keyring import RememberingKeyring

from intake_app.domain.store_errors import NoKeyring, PasswordMissing
from intake_app.vault.store_credentials import StoreCredentials

SECRET = {"user": "station", "password": "open-sesame-42"}


class Forgetful(RememberingKeyring):
    """Takes and forgets, as the null backend does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Nothing."""


class Locked(RememberingKeyring):
    """Does not open."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> Iterator[KeyringBackend]:
    before, made = keyring.get_keyring(), getattr(request, "param", RememberingKeyring)()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_what_was_kept_comes_back_for_its_profile_and_store(backend: RememberingKeyring) -> None:
    ours = StoreCredentials("profile-1")
    ours.keep("hub-1", SECRET)
    assert ours.recall("hub-1") == SECRET
    assert ours.has("hub-1")
    assert not ours.has("hub-2")
    assert not StoreCredentials("profile-2").has("hub-1")
    ours.forget("hub-1")
    ours.forget("hub-1")
    with pytest.raises(PasswordMissing):
        ours.recall("hub-1")


@pytest.mark.usefixtures("backend")
def test_a_password_is_sent_nowhere_but_where_it_was_entered_for() -> None:
    """Whoever changes an address in stores.json gets none."""
    ours = StoreCredentials("profile-1")
    ours.keep("hub-1", {**SECRET, "place": "https://cloud.example"})
    assert ours.recall("hub-1", "https://cloud.example") == SECRET
    for place in ("http://cloud.example", "https://cloud.example.evil", "https://elsewhere"):
        with pytest.raises(PasswordMissing):
            ours.recall("hub-1", place)


@pytest.mark.parametrize("backend", [Forgetful, Locked], indirect=True)
def test_a_keyring_that_keeps_nothing_is_said(backend: KeyringBackend, tmp_path: Path) -> None:
    with pytest.raises(NoKeyring) as told:
        StoreCredentials("profile-1").keep("hub-1", SECRET)
    assert "sesame" not in f"{told.value!r} {told.value.__cause__}"
    assert not StoreCredentials("profile-1").has("hub-1")
    assert list(tmp_path.iterdir()) == []


def test_without_any_keyring_the_sentence_says_so() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    try:
        with pytest.raises(NoKeyring):
            StoreCredentials("profile-1").recall("hub-1")
        with pytest.raises(NoKeyring):
            StoreCredentials("profile-1").forget("hub-1")
    finally:
        keyring.set_keyring(before)
    assert "cannot be used here" in NoKeyring.sentence()


def test_more_than_every_keyring_takes_is_refused_at_once(backend: RememberingKeyring) -> None:
    with pytest.raises(NoKeyring):
        StoreCredentials("profile-1").keep("hub-1", {"user": "u", "password": "x" * 2000})
    assert backend.kept == {}


def test_what_somebody_altered_is_as_if_it_were_not_there(backend: RememberingKeyring) -> None:
    ours = StoreCredentials("profile-1")
    ours.keep("hub-1", SECRET)
    [name] = backend.kept
    for text in ("", "{", "[]", '{"user": "station"}'):
        backend.kept[name] = text
        with pytest.raises(PasswordMissing):
            ours.recall("hub-1")

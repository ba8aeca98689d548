from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import null
from keyring.errors import InitError, KeyringLocked
from remembering_keyring import RememberingKeyring
from vault_world import Department, set_up

from intake_app.domain.errors import DeviceSecretMissing, WrongPassphrase
from intake_app.domain.roles import Compartment
from intake_app.vault import device
from intake_app.vault.cards import Card
from intake_app.vault.device import DeviceState
from intake_app.vault.keys import Keys
from intake_app.vault.vault import NewDepartment, Vault

PEOPLE = set_up().people[:1]
NAME, PASSPHRASE = PEOPLE[0].user_name, PEOPLE[0].passphrase


class LockedKeyring(KeyringBackend):
    priority = 1  # pyright: ignore[reportAssignmentType]

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("locked")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked("locked")


class BrokenKeyring(LockedKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise InitError("no bus")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise InitError("no bus")


class UndeletingKeyring(RememberingKeyring):
    def delete_password(self, service: str, username: str) -> None:
        raise InitError("no")


def make(tmp_path: Path, department: Department) -> tuple[Vault, Keys, tuple[Card, ...]]:
    return Vault.create(tmp_path / "p", NewDepartment("", PEOPLE), department.clock)


@pytest.mark.parametrize(
    ("backend", "state"),
    [
        (None, DeviceState.NO_KEYRING),
        (null.Keyring(), DeviceState.DROPS_VALUES),
        (LockedKeyring(), DeviceState.LOCKED),
        (BrokenKeyring(), DeviceState.NO_KEYRING),
    ],
)
def test_without_a_keyring_that_keeps_nothing_is_lost(
    tmp_path: Path, department: Department, backend: KeyringBackend | None, state: DeviceState
) -> None:
    if backend:
        keyring.set_keyring(backend)
    vault, _, _ = make(tmp_path, department)
    assert vault.device_state() == state
    assert not vault.needs_device(NAME)
    assert Vault.load(tmp_path / "p").unlock(NAME, PASSPHRASE).file_key(Compartment.STATION)


def test_a_secret_that_is_kept_is_needed(tmp_path: Path, department: Department) -> None:
    keyring.set_keyring(RememberingKeyring())
    vault, keys, made = make(tmp_path, department)
    assert vault.device_state() == DeviceState.KEPT
    assert vault.needs_device(NAME)
    assert not vault.needs_device("nobody")
    assert vault.unlock(NAME, PASSPHRASE)
    again = device.keep_secret(vault._file.text("profile"))
    assert again[1] is DeviceState.KEPT  # and the same secret as before:
    assert vault.unlock(NAME, PASSPHRASE)
    keyring.set_keyring(RememberingKeyring())  # another computer
    before = (tmp_path / "p" / "attempts.json").read_bytes()
    with pytest.raises(DeviceSecretMissing):
        vault.unlock(NAME, PASSPHRASE)
    assert (tmp_path / "p" / "attempts.json").read_bytes() == before  # not this person's fault
    card = vault.unlock_with_card(made[0].words)
    card.take_registry(keys.registry_entries())
    assert card.file_key(Compartment.STATION) == keys.file_key(Compartment.STATION)
    more = vault.renew_person(card, keys.user, "marble kite seven")
    fresh = vault.unlock(NAME, "marble kite seven")
    fresh.take_registry([*keys.registry_entries(), *more])
    assert fresh.file_key(Compartment.STATION) == keys.file_key(Compartment.STATION)


def test_another_secret_in_the_keyring_does_not_open(
    tmp_path: Path, department: Department
) -> None:
    kept = RememberingKeyring()
    keyring.set_keyring(kept)
    vault, _, _ = make(tmp_path, department)
    for place in kept.kept:
        kept.kept[place] = "00" * 32
    with pytest.raises(WrongPassphrase):
        vault.unlock(NAME, PASSPHRASE)


@pytest.mark.parametrize("value", ["", "zz", "00"])
def test_a_damaged_secret_is_said_and_replaced_only_for_new_slots(
    tmp_path: Path, department: Department, value: str
) -> None:
    kept = RememberingKeyring()
    keyring.set_keyring(kept)
    vault, _, _ = make(tmp_path, department)
    for place in kept.kept:
        kept.kept[place] = value
    with pytest.raises(DeviceSecretMissing):
        vault.unlock(NAME, PASSPHRASE)
    secret, state = device.keep_secret(vault._file.text("profile"))
    assert secret is not None
    assert (len(secret), state) == (32, DeviceState.KEPT)


@pytest.mark.parametrize("backend", [LockedKeyring(), BrokenKeyring()])
def test_a_keyring_that_fails_later_is_said(
    tmp_path: Path, department: Department, backend: KeyringBackend
) -> None:
    keyring.set_keyring(RememberingKeyring())
    vault, _, _ = make(tmp_path, department)
    keyring.set_keyring(backend)
    with pytest.raises(DeviceSecretMissing):
        vault.unlock(NAME, PASSPHRASE)


def test_a_training_department_leaves_the_keyring_alone(
    tmp_path: Path, department: Department
) -> None:
    kept = RememberingKeyring()
    keyring.set_keyring(kept)
    setup = NewDepartment("", PEOPLE, use_keyring=False)
    vault, keys, _ = Vault.create(tmp_path / "p", setup, department.clock)
    vault.change_passphrase(keys, PASSPHRASE, "marble kite seven")
    assert not kept.kept
    assert vault.unlock(NAME, "marble kite seven")


def test_the_probe_leaves_nothing_behind_and_survives_a_keyring_that_cannot_delete() -> None:
    kept = RememberingKeyring()
    keyring.set_keyring(kept)
    assert device.probe("p") is DeviceState.KEPT
    assert not kept.kept
    keyring.set_keyring(UndeletingKeyring())
    assert device.probe("p") is DeviceState.KEPT

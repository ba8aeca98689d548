import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from vault_world import PASSPHRASES, ROLES, Department, set_up

from intake_app.domain.errors import (
    BadEntry,
    BadRegistry,
    LockedOut,
    NoGrant,
    NotAllowed,
    VaultDamaged,
    VaultExists,
    VaultMissing,
    WeakPassphrase,
    WrongPassphrase,
)
from intake_app.domain.roles import KEYS, Compartment
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.passphrase import check_passphrase, suggest_passphrase
from intake_app.vault.vault import NewDepartment, NewPerson, Vault


@pytest.mark.parametrize("user_name", ROLES)
def test_each_person_gets_exactly_the_keys_of_their_role(
    department: Department, user_name: str
) -> None:
    keys = department.ready(department.vault().unlock(user_name, PASSPHRASES[user_name]))
    held = {c for c in Compartment if keys.holds(c)}
    assert held == set(KEYS[ROLES[user_name]])
    assert keys.registry.person(keys.user).user_name == user_name
    assert keys.roles == {ROLES[user_name]}
    for compartment in set(Compartment) - held:
        with pytest.raises(NoGrant):
            keys.file_key(compartment)


def test_all_holders_of_a_file_get_the_same_key_and_files_have_different_ones(
    department: Department,
) -> None:
    vault = department.vault()
    desk, coordinator = (department.sign_in(n, vault) for n in ("mhale.desk", "coral.ord"))
    assert desk.file_key(Compartment.CARE) == coordinator.file_key(Compartment.CARE)
    assert len({coordinator.file_key(c) for c in KEYS[ROLES["coral.ord"]]}) == 3


def test_a_user_name_may_be_typed_in_capitals_and_a_passphrase_may_not(
    department: Department,
) -> None:
    vault = department.vault()
    assert vault.unlock(" MHALE.desk ", PASSPHRASES["mhale.desk"]).user
    for wrong in ("SEVEN GRAY GEESE", "seven gray geese ", "", "x" * 5000):
        with pytest.raises(WrongPassphrase) as caught:
            vault.unlock("mhale.desk", wrong)
        assert "mhale" not in str(caught.value)
    with pytest.raises(WrongPassphrase):
        vault.unlock("nobody", PASSPHRASES["mhale.desk"])


def test_an_unknown_user_takes_as_long_as_a_known_one(department: Department) -> None:
    vault, spent = department.vault(), list[float]()
    for name in ("nobody", "mhale.desk"):
        start = time.process_time()  # of this process: others may be busy
        with pytest.raises(WrongPassphrase):
            vault.unlock(name, "not the passphrase")
        spent.append(time.process_time() - start)
    assert spent[0] > spent[1] / 5  # the slow step was taken, whatever else the machine does


def test_care_does_not_open_before_the_registry_was_checked(department: Department) -> None:
    keys = department.vault().unlock("mhale.desk", PASSPHRASES["mhale.desk"])
    assert keys.file_key(Compartment.STATION)
    with pytest.raises(NoGrant):
        keys.file_key(Compartment.CARE)
    keys.take_registry(department.entries)
    assert keys.file_key(Compartment.CARE)


def test_signing_out_drops_the_keys(department: Department) -> None:
    keys = department.sign_in("mhale.desk")
    sealer, held = keys.sealer(), keys._held.files[Compartment.CARE]
    draft = keys.own.draft
    keys.drop()
    assert held == bytes(32)
    assert draft == bytes(32)
    with pytest.raises(NoGrant):
        keys.sign(b"after the end")
    with pytest.raises(NoGrant):
        _ = keys.author
    keys.drop()  # twice is no error
    with pytest.raises(NoGrant):
        keys.file_key(Compartment.STATION)
    with pytest.raises(NoGrant):
        keys.inside(Compartment.STATION)
    with pytest.raises(NoGrant):
        keys.take_registry(department.entries)
    with pytest.raises(Exception, match="signed out"):
        sealer.new_keys("r")  # pyright: ignore[reportArgumentType]


def test_who_was_revoked_cannot_come_back_with_an_old_slot(department: Department) -> None:
    slot_before = (department.folder / "vault.json").read_bytes()
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    user = next(p.id for p in admin.registry.people if p.user_name == "mhale.desk")
    more = vault.revoke(admin, user)
    with pytest.raises(WrongPassphrase):
        vault.unlock("mhale.desk", PASSPHRASES["mhale.desk"])
    (department.folder / "vault.json").write_bytes(slot_before)
    keys = department.vault().unlock("mhale.desk", PASSPHRASES["mhale.desk"])
    with pytest.raises(NotAllowed):
        keys.take_registry([*department.entries, *more])
    with pytest.raises(NoGrant):
        keys.file_key(Compartment.CARE)


def test_a_passphrase_can_be_changed_and_the_keys_stay(department: Department) -> None:
    vault = department.vault()
    keys = department.sign_in("mhale.desk", vault)
    with pytest.raises(WeakPassphrase):
        vault.change_passphrase(keys, PASSPHRASES["mhale.desk"], "short")
    with pytest.raises(WrongPassphrase):
        vault.change_passphrase(keys, "not the old one", "marble kite seven")
    vault.change_passphrase(keys, PASSPHRASES["mhale.desk"], "marble kite seven")
    with pytest.raises(WrongPassphrase):
        department.vault().unlock("mhale.desk", PASSPHRASES["mhale.desk"])
    again = department.ready(department.vault().unlock("mhale.desk", "marble kite seven"))
    assert again.user == keys.user
    assert again.file_key(Compartment.CARE) == keys.file_key(Compartment.CARE)


def test_one_cannot_change_the_passphrase_of_somebody_else(department: Department) -> None:
    vault = department.vault()
    keys = department.sign_in("mhale.desk", vault)
    keys.user_name = "otto.ficer"
    with pytest.raises(WrongPassphrase):
        vault.change_passphrase(keys, PASSPHRASES["otto.ficer"], "marble kite seven")
    assert vault.unlock("otto.ficer", PASSPHRASES["otto.ficer"])


def test_a_passphrase_sign_in_with_pbkdf2_works(department: Department, tmp_path: Path) -> None:
    people = set_up().people[:1]
    made = NewDepartment("", people, kdf="pbkdf2-sha512", use_keyring=False)
    vault, keys, _ = Vault.create(tmp_path / "fips", made, department.clock)
    assert vault.unlock(people[0].user_name, people[0].passphrase).user == keys.user
    with pytest.raises(WrongPassphrase):
        vault.unlock(people[0].user_name, "something else")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"kdf": "md5"}, BadEntry),
        ({"card_plan": "one"}, BadEntry),
        ({"people": ()}, BadEntry),
        ({"people": set_up().people[1:]}, BadEntry),
        ({"people": (*set_up().people, set_up().people[0])}, BadEntry),
    ],
)
def test_a_department_that_would_not_work_is_not_made(
    tmp_path: Path, change: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        Vault.create(tmp_path / "new", set_up_with(**change))
    assert not Vault.exists(tmp_path / "new")


def set_up_with(**change: object) -> NewDepartment:
    made = NewDepartment("", set_up().people)
    return replace(made, **change)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "person",
    [
        NewPerson("adele", "A", "walnut harbor tin", frozenset()),
        NewPerson(" ", "A", "walnut harbor tin", set_up().people[0].roles),
    ],
)
def test_a_person_without_name_or_role_is_not_made(tmp_path: Path, person: NewPerson) -> None:
    with pytest.raises(BadEntry):
        Vault.create(tmp_path / "new", set_up_with(people=(*set_up().people[:1], person)))


@pytest.mark.parametrize("ruin", ["vault.json", "vault.json.previous", "care.db"])
def test_a_department_is_never_made_over_another_or_over_its_ruins(
    tmp_path: Path, ruin: str
) -> None:
    (tmp_path / ruin).write_bytes(b"x")
    with pytest.raises(VaultExists):
        Vault.create(tmp_path, set_up())
    assert (tmp_path / ruin).read_bytes() == b"x"


def test_a_missing_vault_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(VaultMissing):
        Vault.load(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("passphrase", "is_good"),
    [
        ("short", False),
        ("1234567", False),
        ("12345678", False),
        ("Password123", False),
        ("mhale.desk", False),
        ("MHALE.DESK", False),
        ("ksed.elahm", False),
        ("aaaaaaaaaaaa", False),
        ("seven gray geese", True),
        ("pässwörter", True),
        (" eight   x", True),
    ],
)
def test_weak_passphrases_are_refused(passphrase: str, is_good: bool) -> None:
    if is_good:
        check_passphrase(passphrase, "mhale.desk")
        return
    with pytest.raises(WeakPassphrase):
        check_passphrase(passphrase, "mhale.desk")


def test_a_suggested_passphrase_is_four_words_and_not_the_same_twice() -> None:
    suggested = {suggest_passphrase() for _ in range(20)}
    assert len(suggested) == 20
    for one in suggested:
        check_passphrase(one, "mhale.desk")
        assert len(one.split()) == 4


def test_the_key_file_of_another_department_is_refused_before_anybody_signs_in(
    department: Department, tmp_path: Path
) -> None:
    people = set_up().people[:1]
    Vault.create(tmp_path / "other", NewDepartment("", people), department.clock)
    stolen = (tmp_path / "other" / "vault.json").read_bytes()
    (department.folder / "vault.json").write_bytes(stolen)
    with pytest.raises(VaultDamaged):
        department.vault()
    assert (department.folder / "vault.json").read_bytes() == stolen


def test_the_key_file_of_another_station_of_the_same_profile_is_refused(
    department: Department,
) -> None:
    file = KeyFile.load(department.folder)
    file.save({**file.content, "station": "deadbeef"})
    with pytest.raises(VaultDamaged):
        department.vault()


def test_a_restored_folder_has_no_identity_and_says_so(department: Department) -> None:
    (department.folder / "identity.json").unlink()
    keys = department.sign_in("mhale.desk")
    with pytest.raises(VaultMissing):
        _ = keys.identity


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"v":1}', b"\xff"])
def test_a_damaged_identity_is_said(department: Department, text: bytes) -> None:
    (department.folder / "identity.json").write_bytes(text)
    with pytest.raises(VaultDamaged):
        department.vault()


def test_the_station_signs_with_the_key_that_the_registry_lists(department: Department) -> None:
    keys = department.sign_in("otto.ficer")
    signed = keys.station_signer().sign(b"bundle")
    assert keys.registry.stations.key(keys.identity.station).verify(signed) == b"bundle"
    assert keys.identity.letter == "A"


def test_an_identity_with_a_wrong_type_is_refused(department: Department) -> None:
    path = department.folder / "identity.json"
    raw = json.loads(path.read_bytes())
    path.write_text(json.dumps({**raw, "letter": 1}))
    with pytest.raises(VaultDamaged):
        department.vault()


def test_the_fifth_wrong_try_locks_and_the_right_passphrase_no_longer_helps(
    department: Department,
) -> None:
    vault = department.vault()
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            vault.unlock("mhale.desk", "wrong wrong wrong")
    with pytest.raises(LockedOut):
        vault.unlock("mhale.desk", "wrong wrong wrong")
    for again in (vault, department.vault()):  # a new start changes nothing
        assert again.is_locked("mhale.desk")
        with pytest.raises(LockedOut):
            again.unlock("mhale.desk", PASSPHRASES["mhale.desk"])
    assert vault.unlock("otto.ficer", PASSPHRASES["otto.ficer"])


@pytest.mark.parametrize("releaser", ["adele.quill", "sue.visor", "card"])
def test_an_administrator_a_supervisor_or_a_card_releases(
    department: Department, releaser: str
) -> None:
    vault = department.vault()
    slot_id = KeyFile.load(department.folder).slot_id("mhale.desk")
    for _ in range(5):
        vault.sign_in.lockout.begin(slot_id)
    keys = (
        department.by_card(1, vault) if releaser == "card" else department.sign_in(releaser, vault)
    )
    vault.release(keys, "mhale.desk")
    assert vault.unlock("mhale.desk", PASSPHRASES["mhale.desk"])


def test_nobody_else_releases(department: Department) -> None:
    vault = department.vault()
    with pytest.raises(NotAllowed):
        vault.release(department.sign_in("coral.ord", vault), "mhale.desk")


def test_failed_sign_ins_are_logged_sealed_and_readable_after_the_next_sign_in(
    department: Department,
) -> None:
    vault = department.vault()
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            vault.unlock("mhale.desk", "wrong wrong wrong")
    with pytest.raises(WrongPassphrase):
        vault.unlock("no such person", "wrong wrong wrong")
    keys = department.sign_in("otto.ficer", vault)
    found = vault.failures(keys)
    assert [one.what for one in found] == ["wrong passphrase"] * 3
    assert [bool(one.user) for one in found] == [True, True, False]
    assert found[0].at == "2026-11-23T09:30:00.00+0000"
    vault.clear_failures()
    assert vault.failures(keys) == ()


def test_a_swapped_log_key_is_noticed(department: Department) -> None:
    file = KeyFile.load(department.folder)
    other = department.sign_in("otto.ficer").sign_key.jwk
    file.save({**file.content, "station_key": other})
    keys = department.vault().unlock("mhale.desk", PASSPHRASES["mhale.desk"])
    with pytest.raises(BadRegistry):
        keys.take_registry(department.entries)


def test_the_key_file_names_the_department_by_an_opaque_id(department: Department) -> None:
    vault, keys = department.vault(), department.sign_in("otto.ficer")
    assert vault.agency == keys.registry.agency
    assert vault.genesis == keys.genesis

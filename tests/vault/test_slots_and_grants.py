"""Pieces of the key file moved, swapped or weakened by somebody who can write to the folder."""

import inspect
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from vault_world import PASSPHRASES, Department, set_up

from intake_app.domain.errors import (
    BadRegistry,
    CannotOpen,
    IntakeError,
    NoGrant,
    VaultDamaged,
    WeakKeyFile,
    WrongPassphrase,
)
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.vault import grants, kdf
from intake_app.vault.entry import Author
from intake_app.vault.founding import _Founding
from intake_app.vault.grants import Place, make_grant, open_grant
from intake_app.vault.jose import PrivateKey
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.keys import Keys
from intake_app.vault.slots import Owner, make_slot, new_secrets, open_slot
from intake_app.vault.vault import Vault

DESK, OFFICER = "mhale.desk", "otto.ficer"


def tamper(department: Department, change: Callable[[KeyFile, dict[str, Any]], None]) -> None:
    """Write to the key file as an attacker would: with a good checksum."""
    file = KeyFile.load(department.folder)
    content = file.content
    change(file, content)
    file.save(content)


def setting(name: str, value: str) -> Callable[[KeyFile, dict[str, Any]], None]:
    def change(_: KeyFile, content: dict[str, Any]) -> None:
        content[name] = value

    return change


def granting(user: str, compartment: str, text: str) -> Callable[[KeyFile, dict[str, Any]], None]:
    def change(_: KeyFile, content: dict[str, Any]) -> None:
        content["grants"][user][compartment] = text

    return change


def user_of(department: Department, user_name: str) -> str:
    file = KeyFile.load(department.folder)
    return file.content["slots"][file.slot_id(user_name)]["user"]


# --- slots --------------------------------------------------------------------------------


def test_a_slot_pasted_under_another_user_opens_for_neither_passphrase(
    department: Department,
) -> None:
    def paste(file: KeyFile, content: dict[str, Any]) -> None:
        content["slots"][file.slot_id("adele.quill")] = content["slots"][file.slot_id(DESK)]

    tamper(department, paste)
    vault = department.vault()
    for passphrase in (PASSPHRASES[DESK], PASSPHRASES["adele.quill"]):
        with pytest.raises(WrongPassphrase):
            vault.unlock("adele.quill", passphrase)


@pytest.mark.parametrize("also", [(), ("slot_id",), ("slot_id", "user")])
def test_nor_when_its_labels_are_changed_to_fit(
    department: Department, also: tuple[str, ...]
) -> None:
    def paste(file: KeyFile, content: dict[str, Any]) -> None:
        target = content["slots"][file.slot_id("adele.quill")]
        pasted = {**content["slots"][file.slot_id(DESK)], **{name: target[name] for name in also}}
        content["slots"][file.slot_id("adele.quill")] = pasted

    tamper(department, paste)
    with pytest.raises(WrongPassphrase):
        department.vault().unlock("adele.quill", PASSPHRASES[DESK])


@pytest.mark.parametrize(
    ("name", "value"),
    [("user", "00000000"), ("v", 2), ("device_required", 0), ("profile", "x"), ("agency", "x")],
)
def test_every_label_of_a_slot_is_authenticated(
    department: Department, name: str, value: object
) -> None:
    def change(file: KeyFile, content: dict[str, Any]) -> None:
        content["slots"][file.slot_id(DESK)][name] = value

    tamper(department, change)
    with pytest.raises(WrongPassphrase):
        department.vault().unlock(DESK, PASSPHRASES[DESK])


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("argon2id", {"memory_kib": 65535, "passes": 3, "lanes": 4}),
        ("argon2id", {"memory_kib": 65536, "passes": 2, "lanes": 4}),
        ("argon2id", {"memory_kib": 1024 * 1024 + 1, "passes": 3, "lanes": 4}),
        ("argon2id", {"memory_kib": 65536, "passes": 11, "lanes": 4}),
        ("argon2id", {"memory_kib": 65536, "passes": 3, "lanes": 17}),
        ("argon2id", {"memory_kib": 65536, "passes": 3, "lanes": 0}),
        ("argon2id", {"memory_kib": 65536, "passes": 3}),
        ("argon2id", {"memory_kib": 65536.0, "passes": 3, "lanes": 4}),
        ("argon2id", {"memory_kib": 65536, "passes": True, "lanes": 4}),
        ("argon2id", None),
        ("pbkdf2-sha512", {"rounds": 999_999}),
        ("pbkdf2-sha512", {"rounds": 10_000_001}),
        ("plain", {}),
        (None, {}),
    ],
)
def test_parameters_below_the_floor_or_above_the_ceiling_are_refused(
    department: Department, method: str | None, params: object
) -> None:
    def change(file: KeyFile, content: dict[str, Any]) -> None:
        content["slots"][file.slot_id(DESK)].update(kdf=method, params=params)

    tamper(department, change)
    before = (department.folder / "attempts.json").read_bytes()
    with pytest.raises(WeakKeyFile):
        department.vault().unlock(DESK, PASSPHRASES[DESK])
    assert (department.folder / "attempts.json").read_bytes() == before


def test_what_a_new_slot_uses_is_within_the_bounds() -> None:
    for method, known in kdf.METHODS.items():
        assert kdf.check(method, dict(known.usual)) == known.usual


def test_stretch_itself_refuses_weak_parameters() -> None:
    with pytest.raises(WeakKeyFile):
        kdf.stretch("x", bytes(16), "pbkdf2-sha512", {"rounds": 1})


def test_the_same_passphrase_composed_otherwise_is_the_same() -> None:
    usual = kdf.METHODS["argon2id"].usual
    one = kdf.stretch("pa\u0308ssword", bytes(16), "argon2id", usual)
    assert one == kdf.stretch("p\u00e4ssword", bytes(16), "argon2id", usual)
    assert one != kdf.stretch("password", bytes(16), "argon2id", usual)


@pytest.mark.parametrize("name", ["salt", "nonce", "ct"])
@pytest.mark.parametrize("value", [None, 7, "%", ""])
def test_a_slot_of_another_shape_is_said_to_be_damaged(
    department: Department, name: str, value: object
) -> None:
    def change(file: KeyFile, content: dict[str, Any]) -> None:
        content["slots"][file.slot_id(DESK)][name] = value

    tamper(department, change)
    with pytest.raises((VaultDamaged, WrongPassphrase)):
        department.vault().unlock(DESK, PASSPHRASES[DESK])


def test_each_person_of_a_new_department_has_a_salt_of_their_own(
    department: Department, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where two chose the same words; in other tests one salt is used again, to be quick."""
    monkeypatch.setattr(_Founding, "_enter", inspect.unwrap(_Founding._enter))
    alike = [replace(one, passphrase=PASSPHRASES[DESK]) for one in set_up().people]
    setup = replace(set_up(), people=tuple(alike))
    Vault.create(tmp_path / "founded", setup, department.clock)
    slots = KeyFile.load(tmp_path / "founded").content["slots"].values()
    assert len({one["salt"] for one in slots}) == len(slots) == len(alike) > 1


def test_salts_and_nonces_are_fresh_and_of_the_right_length() -> None:
    owner, held = Owner("a", "p", "u", "s"), new_secrets("g")
    one, other = (make_slot(owner, held, "x", "argon2id", None) for _ in range(2))
    assert one["salt"] != other["salt"]
    assert one["nonce"] != other["nonce"]
    assert (len(one["salt"]), len(one["nonce"])) == (22, 16)  # 16 and 12 bytes in base64url
    found = open_slot(one, owner, "x", None)
    assert (found.draft, found.genesis) == (held.draft, "g")
    assert (found.totp, found.recovery_codes) == ("", ())
    with pytest.raises(WrongPassphrase):
        open_slot(one, owner, "x", bytes(32))


def test_a_slot_with_a_short_draft_key_is_damaged() -> None:
    owner, held = Owner("a", "p", "u", "s"), new_secrets("g")
    short = type(held)(held.seal, held.sign, b"short", "g")
    with pytest.raises(VaultDamaged):
        open_slot(make_slot(owner, short, "x", "argon2id", None), owner, "x", None)


# --- grants -------------------------------------------------------------------------------


def signed_in(department: Department, user_name: str = OFFICER) -> Keys:
    return department.vault().unlock(user_name, PASSPHRASES[user_name])


def test_a_grant_of_another_user_is_refused(department: Department) -> None:
    officer, desk = user_of(department, OFFICER), user_of(department, DESK)

    def steal(_: KeyFile, content: dict[str, Any]) -> None:
        content["grants"][officer]["care"] = content["grants"][desk]["care"]

    tamper(department, steal)
    keys = signed_in(department)
    keys.take_registry(department.entries)  # it is well signed; it is only not for this user
    with pytest.raises(CannotOpen):
        keys.file_key(Compartment.CARE)


def test_a_grant_of_another_compartment_is_refused(department: Department) -> None:
    officer = user_of(department, OFFICER)

    def move(_: KeyFile, content: dict[str, Any]) -> None:
        content["grants"][officer]["care"] = content["grants"][officer]["cases"]

    tamper(department, move)
    keys = signed_in(department)
    keys.take_registry(department.entries)
    with pytest.raises(CannotOpen):
        keys.file_key(Compartment.CARE)


def test_a_grant_of_another_station_is_refused(department: Department) -> None:
    (department.folder / "identity.json").unlink()
    tamper(department, setting("station", "deadbeef"))
    with pytest.raises(CannotOpen):
        signed_in(department).file_key(Compartment.STATION)


def test_a_grant_with_its_labels_changed_is_refused_even_if_somebody_signs_it_again(
    department: Department,
) -> None:
    keys, other = signed_in(department), PrivateKey.make()
    content = KeyFile.load(department.folder).content
    text = content["grants"][keys.user]["cases"]
    said = json.loads(grants.unverified(text)[1])
    place = Place(said["agency"], said["station"], "cases", keys.user)
    assert open_grant(text, place, keys.own.seal)
    for name in ("agency", "station", "compartment", "user"):
        moved = other.sign(canonical({**said, name: "elsewhere"}))
        there = Place(**{**{n: getattr(place, n) for n in place.__slots__}, name: "elsewhere"})
        with pytest.raises(CannotOpen):
            open_grant(moved, there, keys.own.seal)
    for name, value in (("fk_id", "0" * 32), ("user_key_id", "x"), ("sealed", "x.y.z")):
        with pytest.raises(CannotOpen):
            open_grant(other.sign(canonical({**said, name: value})), place, keys.own.seal)


@pytest.mark.parametrize("text", ["", "a.b.c", "....", "x"])
def test_what_is_no_grant_is_refused(text: str) -> None:
    with pytest.raises(CannotOpen):
        open_grant(text, Place("a", "s", "care", "u"), PrivateKey.make())


@pytest.mark.parametrize("payload", [b"[]", b"{}", b"7", b"[" * 100_000, b"\xff"])
def test_a_signed_text_that_is_no_grant_is_refused(payload: bytes) -> None:
    key = PrivateKey.make()
    with pytest.raises(CannotOpen):
        open_grant(key.sign(payload), Place("a", "s", "care", "u"), key)


def test_a_file_key_of_the_wrong_length_is_refused_before_the_store_sees_it() -> None:
    key, place = PrivateKey.make(), Place("a", "s", "care", "u")
    text = make_grant(place, b"short", key.public, Author("u", key), "head")
    with pytest.raises(CannotOpen):
        open_grant(text, place, key)


def forged(department: Department, by_name: str, compartment: str, **more: str) -> tuple[str, str]:
    """Someone who may not signs a grant of a file key that they know, for the front desk."""
    villain = department.sign_in(by_name)
    desk = villain.registry.named(DESK)
    assert desk is not None
    place = Place(villain.registry.agency, villain.identity.station, compartment, desk.id)
    author = Author(more.get("as_user", villain.user), villain.author.key)
    head = more.get("head", villain.registry.heads[0])
    return desk.id, make_grant(place, bytes(32), desk.seal, author, head)


@pytest.mark.parametrize(
    ("by", "compartment", "more"),
    [
        ("otto.ficer", "care", {}),
        ("adele.quill", "care", {}),
        ("otto.ficer", "station", {}),
        ("coral.ord", "station", {}),
        ("coral.ord", "care", {"head": "0" * 64}),
        ("otto.ficer", "care", {"as_user": "coral"}),
    ],
)
def test_a_grant_signed_by_nobody_who_may_is_refused(
    department: Department, by: str, compartment: str, more: dict[str, str]
) -> None:
    if more.get("as_user"):
        more = {"as_user": user_of(department, "coral.ord")}
    user, text = forged(department, by, compartment, **more)
    tamper(department, granting(user, compartment, text))
    keys = signed_in(department, DESK)
    with pytest.raises(BadRegistry):
        keys.take_registry(department.entries)
    with pytest.raises(NoGrant):
        keys.file_key(Compartment.CARE)


def test_the_same_forgery_by_a_true_holder_is_let_through(department: Department) -> None:
    """Control of the test above: it is the signer that makes the difference."""
    user, text = forged(department, "coral.ord", "care")
    tamper(department, granting(user, "care", text))
    keys = signed_in(department, DESK)
    keys.take_registry(department.entries)
    assert keys.file_key(Compartment.CARE) == bytes(32)


def test_a_grant_whose_text_was_altered_after_signing_is_refused(department: Department) -> None:
    def change(_: KeyFile, content: dict[str, Any]) -> None:
        for found in content["grants"].values():
            head, body, _signature = found["station"].split(".")
            found["station"] = f"{head}.{body}.{'A' * 86}"

    tamper(department, change)
    with pytest.raises(BadRegistry):
        signed_in(department).take_registry(department.entries)


def test_the_pinned_genesis_in_the_key_file_cannot_be_swapped(department: Department) -> None:
    tamper(department, setting("genesis", "0" * 64))
    keys = signed_in(department)
    assert keys.genesis != "0" * 64  # it comes from inside the slot
    keys.take_registry(department.entries)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"generations":{}}', "[" * 100_000])
def test_damaged_keys_inside_a_file_are_refused(department: Department, text: str) -> None:
    keys = department.sign_in(DESK)
    with pytest.raises(CannotOpen):
        keys.take_inside(Compartment.CARE, text)


def test_keys_inside_a_file_are_checked_against_the_registry(department: Department) -> None:
    keys = department.sign_in("coral.ord")
    with pytest.raises(CannotOpen):
        keys.take_inside(Compartment.CARE, department.insides[Compartment.CASES])
    raw = json.loads(department.insides[Compartment.CARE])
    with pytest.raises(CannotOpen):
        keys.take_inside(Compartment.CARE, json.dumps({**raw, "generations": {}}))
    with pytest.raises(CannotOpen):
        keys.take_inside(Compartment.CARE, json.dumps({**raw, "generations": {"1": "AA"}}))
    swapped = {**raw, "seal": PrivateKey.make().secret}
    with pytest.raises(BadRegistry):
        keys.take_inside(Compartment.CARE, json.dumps(swapped))
    assert json.loads(keys.inside(Compartment.CARE)) == raw


def test_no_error_says_who_or_what(department: Department) -> None:
    for error in IntakeError.__subclasses__():
        assert error.sentence()
    with pytest.raises(WrongPassphrase) as caught:
        department.vault().unlock(DESK, "wrong wrong wrong")
    assert DESK not in repr(caught.value)

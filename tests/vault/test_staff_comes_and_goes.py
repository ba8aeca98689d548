from dataclasses import replace

import pytest
from vault_world import PASSPHRASES, Department

from intake_app.disk import atomic
from intake_app.domain.errors import (
    BadEntry,
    BadRegistry,
    DiskFull,
    NoGrant,
    NotAllowed,
    WeakPassphrase,
    WrongPassphrase,
)
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.keys import Keys
from intake_app.vault.vault import NewPerson, Vault

NEW = NewPerson("ned.newer", "N. Newermeyer", "button cloud fern", frozenset({Role.FRONT_DESK}))
CARE, STATION = Compartment.CARE, Compartment.STATION


def test_an_administrator_proposes_and_a_holder_grants(department: Department) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    more = vault.staff.add(admin, NEW)
    assert len(more) == 3  # person, role, grant of station
    assert vault.owed(admin) == ()
    ned = admin.registry.named("ned.newer")
    assert ned
    first = vault.unlock("ned.newer", NEW.passphrase)
    first.take_registry([*department.entries, *more])
    assert first.file_key(STATION) == admin.file_key(STATION)
    with pytest.raises(NoGrant):
        first.file_key(CARE)
    with pytest.raises(NotAllowed):
        vault.grant(admin, ned.id, CARE)
    coordinator = vault.unlock("coral.ord", PASSPHRASES["coral.ord"])
    coordinator.take_registry([*department.entries, *more])
    assert vault.staff.asked(coordinator) == ((ned.id, CARE),)
    assert vault.owed(coordinator) == ()  # nobody has said yes
    even_more = vault.grant(coordinator, ned.id, CARE)
    assert len(even_more) == 1
    assert vault.owed(coordinator) == ()
    assert vault.grant(coordinator, ned.id, CARE) == ()  # again: only the local grant is renewed
    second = vault.unlock("ned.newer", NEW.passphrase)
    second.take_registry([*department.entries, *more, *even_more])
    assert second.file_key(CARE) == coordinator.file_key(CARE)


def test_a_card_may_grant_as_a_holder(department: Department) -> None:
    vault = department.vault()
    card = department.by_card(1, vault)
    more = vault.staff.add(card, NEW)
    assert len(more) == 4
    keys = vault.unlock("ned.newer", NEW.passphrase)
    keys.take_registry([*department.entries, *more])
    assert keys.file_key(CARE) == card.file_key(CARE)


def test_on_another_station_the_holder_only_seals_what_is_granted_already(
    department: Department,
) -> None:
    vault = department.vault()
    coordinator = department.sign_in("coral.ord", vault)
    file = KeyFile.load(department.folder)
    content, desk = file.content, coordinator.registry.named("mhale.desk")
    assert desk
    del content["grants"][desk.id]["care"]
    file.save(content)
    vault = department.vault()
    assert vault.owed(coordinator) == ((desk.id, CARE),)
    assert vault.grant(coordinator, desk.id, CARE) == ()
    assert department.sign_in("mhale.desk", vault).file_key(CARE)


@pytest.mark.parametrize("user_name", ["mhale.desk", "coral.ord", "sue.visor"])
def test_nobody_else_lets_in_renews_or_revokes(department: Department, user_name: str) -> None:
    vault = department.vault()
    keys = department.sign_in(user_name, vault)
    before = (department.folder / "vault.json").read_bytes()
    for act in (
        lambda: vault.staff.add(keys, NEW),
        lambda: vault.renew_person(keys, keys.user, NEW.passphrase),
        lambda: vault.revoke(keys, keys.user),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (department.folder / "vault.json").read_bytes() == before


def test_a_grant_needs_a_role(department: Department) -> None:
    vault = department.vault()
    coordinator = department.sign_in("coral.ord", vault)
    officer = coordinator.registry.named("otto.ficer")
    assert officer
    with pytest.raises(NotAllowed):
        vault.grant(coordinator, officer.id, CARE)


def test_a_user_name_that_is_taken_an_empty_one_and_a_weak_passphrase_are_refused(
    department: Department,
) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    for bad in (
        NewPerson("MHALE.desk ", "x", NEW.passphrase, NEW.roles),
        NewPerson("  ", "x", NEW.passphrase, NEW.roles),
        NewPerson("ned", "x", NEW.passphrase, frozenset()),
    ):
        with pytest.raises(BadEntry):
            vault.staff.add(admin, bad)
    with pytest.raises(WeakPassphrase):
        vault.staff.add(admin, NewPerson("ned", "x", "password1", NEW.roles))
    with pytest.raises(WeakPassphrase):
        vault.renew_person(admin, admin.user, "password1")


def test_if_the_program_dies_before_the_entries_are_stored_the_act_can_be_repeated(
    department: Department,
) -> None:
    vault = department.vault()
    vault.staff.add(department.sign_in("adele.quill", vault), NEW)  # and the entries are lost
    stray = vault.unlock("ned.newer", NEW.passphrase)
    with pytest.raises(BadRegistry):
        stray.take_registry(department.entries)
    again = vault.staff.add(department.sign_in("adele.quill", vault), NEW)
    keys = vault.unlock("ned.newer", NEW.passphrase)
    keys.take_registry([*department.entries, *again])
    assert keys.file_key(STATION)


def test_after_a_forgotten_passphrase_the_person_is_the_same_and_the_keys_are_new(
    department: Department,
) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    old = department.sign_in("mhale.desk", vault)
    more = vault.renew_person(admin, old.user, "one time only now")
    with pytest.raises(WrongPassphrase):
        vault.unlock("mhale.desk", PASSPHRASES["mhale.desk"])
    known = [*department.entries, *more]
    fresh = vault.unlock("mhale.desk", "one time only now")
    fresh.take_registry(known)
    assert fresh.user == old.user
    assert not fresh.holds(CARE)
    with pytest.raises(BadRegistry):
        old.take_registry(known)
    coordinator = vault.unlock("coral.ord", PASSPHRASES["coral.ord"])
    coordinator.take_registry(known)
    assert vault.staff.asked(coordinator) == ((old.user, CARE),)
    known += vault.grant(coordinator, old.user, CARE)
    fresh = vault.unlock("mhale.desk", "one time only now")
    fresh.take_registry(known)
    assert fresh.file_key(CARE) == old.file_key(CARE)
    with pytest.raises(NotAllowed):
        vault.renew_person(gone_from(vault, admin, old.user), old.user, "one time only now")


def gone_from(vault: Vault, admin: Keys, user: UserId) -> Keys:
    vault.revoke(admin, user)
    return admin


def test_a_leaver_has_neither_slot_nor_grant_and_the_user_name_is_free_again(
    department: Department,
) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    desk = admin.registry.named("mhale.desk")
    assert desk
    more = vault.revoke(admin, desk.id)
    assert len(more) == 1
    raw = (department.folder / "vault.json").read_text()
    assert desk.id not in raw
    again = NewPerson("mhale.desk", "M. H.", NEW.passphrase, NEW.roles)
    more += vault.staff.add(admin, again)
    keys = vault.unlock("mhale.desk", NEW.passphrase)
    keys.take_registry([*department.entries, *more])
    assert keys.user != desk.id


def test_an_administrator_cannot_revoke_the_cards(department: Department) -> None:
    vault = department.vault()
    admin, card = department.sign_in("adele.quill", vault), department.by_card(1, vault)
    with pytest.raises(BadRegistry):
        vault.revoke(admin, card.user)
    assert department.by_card(1, vault)


def test_the_pin_moves_on_once_the_entries_were_stored_and_read(department: Department) -> None:
    vault = department.vault()
    more = vault.staff.add(department.sign_in("adele.quill", vault), NEW)
    assert department.sign_in("otto.ficer")  # not yet pinned: a crash would have lost them
    keys = vault.unlock("otto.ficer", PASSPHRASES["otto.ficer"])
    keys.take_registry([*department.entries, *more])
    late = department.vault().unlock("otto.ficer", PASSPHRASES["otto.ficer"])
    with pytest.raises(BadRegistry):
        late.take_registry(department.entries)
    late.take_registry([*more, *department.entries])


def test_a_full_disk_leaves_the_older_pin_and_lets_people_work(
    department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    more = vault.staff.add(admin, NEW)
    before = (department.folder / "vault.json").read_bytes()
    keys = vault.unlock("otto.ficer", PASSPHRASES["otto.ficer"])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    keys.take_registry([*department.entries, *more])
    assert keys.file_key(Compartment.CASES)
    known = admin.registry.texts
    with pytest.raises(DiskFull):
        vault.staff.add(admin, NewPerson("x.y", "X", NEW.passphrase, NEW.roles))
    assert admin.registry.texts == known
    with pytest.raises(WrongPassphrase):
        vault.unlock("otto.ficer", "wrong wrong wrong")
    assert (department.folder / "vault.json").read_bytes() == before


def test_colleagues_check_what_one_signed(department: Department) -> None:
    one, other = department.sign_in("otto.ficer"), department.sign_in("sue.visor")
    assert other.registry.person(one.user).sign.verify(one.sign(b"purge")) == b"purge"
    with pytest.raises(Exception, match="signature"):
        other.registry.person(other.user).sign.verify(one.sign(b"purge"))


def test_set_up_does_not_make_the_administrator_a_holder(department: Department) -> None:
    admin = department.sign_in("adele.quill")
    assert admin.registry.is_administrator(admin.user, admin.sign_key)
    assert not any(
        admin.registry.is_holder(admin.user, admin.sign_key, compartment)
        for compartment in set(Compartment) - {STATION}
    )


def test_a_registry_of_another_department_is_refused(department: Department) -> None:
    keys = department.vault().unlock("otto.ficer", PASSPHRASES["otto.ficer"])
    keys._doorway = replace(keys._doorway, agency="another")
    with pytest.raises(BadRegistry):
        keys.take_registry(department.entries)

"""Who may have kept a file key, how a new one waits beside the old, and what is forged."""

import json

import pytest
from registry_world import CARE, STATION, History, grants, revokes, role
from vault_world import Department

from intake_app.domain.errors import BadRegistry, NoGrant, VaultDamaged
from intake_app.domain.roles import Compartment, Role
from intake_app.vault import grants as making
from intake_app.vault.entry import Author
from intake_app.vault.file_keys import FileKeys
from intake_app.vault.jose import PrivateKey
from intake_app.vault.keys import Keys
from intake_app.vault.vault import Vault

# --- who lost it ------------------------------------------------------------------------------


def cuts(history: History) -> set[str]:
    return set(history.read().cuts(CARE))


def test_nobody_lost_a_key_in_the_beginning(history: History) -> None:
    assert not history.read().cuts(CARE)
    assert not history.read().cuts(STATION)


@pytest.mark.parametrize("what", ["cora", "cora_role", "cora_grant", "cora entry"])
def test_who_leaves_loses_role_or_grant_or_has_new_keys_may_have_kept_it(
    history: History, what: str
) -> None:
    subjects = {
        "cora": "cora", "cora_role": history.cora_role.id, "cora_grant": history.cora_grant.id,
        "cora entry": history.cora.id,
    }  # fmt: skip
    gone = history.add("ann", revokes(subjects[what]))
    assert cuts(history) == {gone.id}


def test_who_never_held_it_takes_nothing_along(history: History) -> None:
    """Dan sits at the desk, and was never granted care."""
    history.add("ann", revokes("dan"))
    assert cuts(history) == set()


def test_a_role_that_leaves_another_for_the_same_file_is_no_loss(history: History) -> None:
    history.add("ann", role("cora", Role.FRONT_DESK))
    history.add("ann", revokes(history.cora_role.id))
    assert cuts(history) == set()


def test_a_role_lost_a_second_time_is_a_new_loss(history: History) -> None:
    first = history.add("ann", revokes(history.cora_role.id))
    again = history.add("ann", role("cora", Role.COORDINATOR))
    assert cuts(history) == set()
    second = history.add("ann", revokes(again.id))
    assert cuts(history) == {first.id, second.id}


def test_a_card_that_was_revoked_opened_every_file(history: History) -> None:
    gone = history.add(history.town.root.id, revokes(history.town.root.id))
    assert gone.id in history.read().cuts(CARE)
    assert gone.id in history.read().cuts(STATION)


def test_a_grant_on_new_keys_is_no_loss(history: History) -> None:
    old = history.cora.id
    history.town.forget("cora")
    anew = history.add("ann", history.town.joins("cora"))
    gone = history.add("ann", revokes(old))
    history.add(history.town.root.id, grants("cora", CARE, anew))
    assert cuts(history) == {gone.id}
    assert history.read().holders(CARE) == {"cora"}


# --- how the new one waits --------------------------------------------------------------------


def book(department: Department, name: str) -> tuple[Vault, Keys, FileKeys]:
    vault = department.vault()
    keys = department.sign_in(name, vault)
    return vault, keys, FileKeys(vault.key_file, keys)


def proposed(department: Department) -> tuple[bytes, bytes]:
    """The old key of care, and a new one that waits."""
    _, keys, mine = book(department, "coral.ord")
    key = mine.new_key()
    mine.propose(CARE, key)
    return keys.file_key(CARE), key


def waits_for(department: Department, name: str) -> bytes | None:
    return book(department, name)[2].waiting(CARE)


def test_a_new_key_waits_for_holders_and_cards_alone(department: Department) -> None:
    old, key = proposed(department)
    assert waits_for(department, "mhale.desk") == waits_for(department, "coral.ord") == key
    assert waits_for(department, "adele.quill") is None
    vault = department.vault()
    assert FileKeys(vault.key_file, department.by_card(2, vault)).waiting(CARE) == key
    assert department.sign_in("mhale.desk").file_key(CARE) == old


def test_accepted_it_is_the_only_one_in_both_copies(department: Department) -> None:
    old, key = proposed(department)
    _, _, mine = book(department, "mhale.desk")
    mine.accept(CARE)
    for name in ("mhale.desk", "coral.ord"):
        assert department.sign_in(name).file_key(CARE) == key
    assert department.by_card(1).file_key(CARE) == key
    old_name = making.file_key_id(old)
    for file in ("vault.json", "vault.json.previous"):
        said = json.loads((department.folder / file).read_bytes())
        assert "next" not in said
        texts = [one[CARE] for one in said["grants"].values() if CARE in one]
        assert old_name not in {making.key_id_of(text) for text in texts}


def test_given_up_the_old_one_holds(department: Department) -> None:
    old, _ = proposed(department)
    _, _, mine = book(department, "mhale.desk")
    mine.give_up(CARE)
    assert waits_for(department, "coral.ord") is None
    assert department.sign_in("coral.ord").file_key(CARE) == old


def test_who_is_shut_out_meanwhile_is_not_let_in_by_it(department: Department) -> None:
    proposed(department)
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    ned = admin.registry.named("mhale.desk")
    assert ned
    more = vault.revoke(admin, ned.id)
    department.entries = (*department.entries, *more)
    _, _, mine = book(department, "coral.ord")
    mine.accept(CARE)
    assert ned.id not in department.vault().key_file.content["grants"]
    assert [*mine.cuts(CARE)], "and it is due once more"


def test_an_administrator_cannot_propose_a_key_of_care(department: Department) -> None:
    _, _, mine = book(department, "adele.quill")
    assert not mine.may_renew(CARE)
    with pytest.raises(BadRegistry):
        mine.propose(CARE, bytes(32))


def test_only_an_administrator_renews_the_key_of_station(department: Department) -> None:
    assert book(department, "adele.quill")[2].may_renew(STATION)
    assert not book(department, "coral.ord")[2].may_renew(STATION)


# --- forged -----------------------------------------------------------------------------------


def forged(department: Department, name: str, signer: str, compartment: Compartment) -> None:
    """Somebody writes a new key into the key file that they may not give."""
    vault = department.vault()
    admin = department.sign_in(signer, vault)
    by = Author(admin.user, PrivateKey.make()) if name == "stranger" else admin.author
    key, content = bytes(range(32)), vault.key_file.content
    sealed = {
        person.id: making.make_grant(
            making.Place(vault.agency, vault.key_file.text("station"), compartment, person.id),
            key, person.seal, by, admin.registry.heads[0],
        )
        for person in admin.registry.people
    }  # fmt: skip
    begun = {"key": making.file_key_id(key), "grants": sealed}
    vault.key_file.save({**content, "next": {str(compartment): begun}})


@pytest.mark.parametrize("name", ["stranger", "administrator"])
def test_a_key_that_no_holder_sealed_is_as_if_it_were_not_there(
    department: Department, name: str
) -> None:
    forged(department, name, "adele.quill", CARE)
    assert waits_for(department, "coral.ord") is None
    _, keys, mine = book(department, "coral.ord")
    with pytest.raises(BadRegistry):
        mine.accept(CARE)
    assert department.sign_in("coral.ord").file_key(CARE) == keys.file_key(CARE)


def test_a_key_of_station_that_no_administrator_sealed_ends_the_sign_in(
    department: Department,
) -> None:
    """It opens the file before the registry can be read, and is found out then."""
    forged(department, "holder", "coral.ord", STATION)
    _, _, mine = book(department, "mhale.desk")
    assert mine.waiting(STATION) == bytes(range(32))
    with pytest.raises(BadRegistry):
        mine.accept(STATION)


def test_a_key_for_another_station_is_not_taken(department: Department) -> None:
    proposed(department)
    vault = department.vault()
    content = vault.key_file.content
    content["next"] = {str(Compartment.CASES): content["next"][str(CARE)]}
    vault.key_file.save(content)
    _, _, mine = book(department, "coral.ord")
    assert mine.waiting(Compartment.CASES) is None


@pytest.mark.parametrize("bad", [[], {"care": []}, {"care": {"key": 1, "grants": {}}},
                                 {"care": {"key": "", "grants": []}}, {"care": {}}])  # fmt: skip
def test_a_key_file_with_nonsense_in_it_is_damaged(department: Department, bad: object) -> None:
    vault = department.vault()
    vault.key_file.save({**vault.key_file.content, "next": bad})
    with pytest.raises(VaultDamaged):
        department.vault()


def test_signed_out_nothing_waits(department: Department) -> None:
    proposed(department)
    _, keys, mine = book(department, "coral.ord")
    keys.drop()
    assert mine.present(CARE) is None
    with pytest.raises(NoGrant):
        mine.cuts(CARE)

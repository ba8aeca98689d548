"""Who has several roles works in one at a time: what only the others open stays shut."""

import pytest
from vault_world import Department

from intake_app.domain.errors import NoGrant, NotAllowed
from intake_app.domain.roles import Compartment, Role
from intake_app.vault.keys import Keys
from intake_app.vault.vault import NewPerson

BOTH = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
NEW = NewPerson("both.hats", "B. Hats", "button cloud fern", BOTH)


@pytest.fixture
def keys(department: Department) -> Keys:
    """Of an administrator who is coordinator too, granted by those who may."""
    vault = department.vault()
    entries = list(vault.staff.add(department.sign_in("adele.quill", vault), NEW))
    coral = department.sign_in("coral.ord", vault)
    coral.follow(coral.registry.joined(entries))
    for user, compartment in vault.staff.asked(coral):
        entries += vault.grant(coral, user, compartment)
    department.entries = (*department.entries, *entries)
    return department.ready(vault.unlock(NEW.user_name, NEW.passphrase))


def test_without_a_hat_everything_granted_opens(keys: Keys) -> None:
    """Control."""
    assert keys.roles == BOTH
    assert all(keys.holds(c) for c in (Compartment.CARE, Compartment.CASES, Compartment.STATION))


def test_under_a_hat_only_its_files_open(keys: Keys) -> None:
    keys.wear(Role.ADMINISTRATOR)
    assert keys.roles == {Role.ADMINISTRATOR}
    assert keys.file_key(Compartment.STATION)
    for compartment in (Compartment.CARE, Compartment.CASES, Compartment.SEALED):
        assert not keys.holds(compartment)
        with pytest.raises(NoGrant):
            keys.file_key(compartment)


def test_a_hat_does_the_acts_of_its_role_only(keys: Keys, department: Department) -> None:
    vault = department.vault()
    keys.wear(Role.COORDINATOR)
    assert keys.file_key(Compartment.CARE)
    newer = NewPerson("ned", "N. New", "button cloud fern", frozenset({Role.OFFICER}))
    for act in (
        lambda: vault.staff.add(keys, newer),
        lambda: vault.revoke(keys, keys.registry.people[0].id),
        lambda: vault.release(keys, "mhale.desk"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_another_hat_cannot_be_put_on_over_it(keys: Keys) -> None:
    keys.wear(Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        keys.wear(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        keys.wear(Role.OFFICER)
    assert keys.roles == {Role.COORDINATOR}

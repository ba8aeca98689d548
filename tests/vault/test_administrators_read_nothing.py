"""What an administrator could try to get a key that no holder gave them; none of it works."""

import pytest
from vault_world import Department

from intake_app.domain.errors import BadRegistry, NoGrant, NotAllowed
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.user_errors import OwnRoles, PassphraseReplaced, SignInIsOff
from intake_app.vault import grants
from intake_app.vault.entry import EntryType, Said
from intake_app.vault.founding import NewPerson
from intake_app.vault.keyfile import KeyFile

CARE = Compartment.CARE
BOTH = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})


def test_a_role_for_oneself_is_refused_and_opens_nothing_if_it_is_written_all_the_same(
    department: Department,
) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    with pytest.raises(OwnRoles):
        vault.staff.change_roles(admin, admin.user, BOTH)
    said = Said(EntryType.ROLE, admin.user, roles=frozenset({Role.COORDINATOR}))
    registry = admin.registry.write(said, admin.author, "2026-11-23T09:30:00.00+0000")
    department.entries = (*department.entries, *admin.follow(registry))
    keys = department.sign_in("adele.quill", vault)
    assert not keys.holds(CARE)
    coordinator = department.sign_in("coral.ord", vault)
    assert (admin.user, CARE) in vault.staff.asked(coordinator)  # a person would have to say yes
    assert (admin.user, CARE) not in vault.owed(coordinator)


def test_a_grant_that_an_administrator_signs_is_no_grant(department: Department) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    listed = admin.registry.person(admin.user)
    facts = {"compartment": CARE, "entry": listed.entry}
    with pytest.raises(BadRegistry):
        admin.registry.write(
            Said(EntryType.GRANT, admin.user, facts=facts), admin.author, "2026-11-23"
        )
    file = KeyFile.load(department.folder)
    content = file.content
    place = grants.Place(file.text("agency"), file.text("station"), CARE, admin.user)
    text = grants.make_grant(
        place, bytes(32), listed.seal, admin.author, admin.registry.heads[0]
    )  # fmt: skip
    content["grants"][admin.user]["care"] = text
    file.save(content)
    with pytest.raises(BadRegistry):
        department.sign_in("adele.quill")


def test_a_clerk_who_was_renewed_by_an_administrator_cannot_grant(department: Department) -> None:
    """The administrator sits there with the four words, as the coordinator."""
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    user = admin.registry.named("coral.ord")
    assert user
    more = vault.staff.renew(admin, user.id, "one time only now", once=True)
    keys = vault.unlock("coral.ord", "one time only now")
    keys.take_registry([*department.entries, *more])
    assert keys.roles == {Role.COORDINATOR}
    assert not keys.holds(CARE)
    assert vault.staff.asked(keys) == ()
    with pytest.raises((NotAllowed, NoGrant)):
        vault.grant(keys, user.id, CARE)


def test_a_newcomer_who_waits_is_handed_no_key_of_the_exchange(department: Department) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    person = NewPerson("ned", "N. Newer", "button cloud fern", frozenset({Role.FRONT_DESK}))
    entries = vault.staff.add(admin, person)
    coordinator = department.sign_in("coral.ord", vault)
    coordinator.follow(coordinator.registry.joined(entries))
    ned = coordinator.registry.named("ned")
    assert ned
    assert ned.id not in coordinator.registry.holders(CARE)
    vault.grant(coordinator, ned.id, CARE)
    assert ned.id in coordinator.registry.holders(CARE)  # negative control


def test_a_slot_that_stands_elsewhere_opens_no_file_once_the_news_came(
    department: Department,
) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    hale = department.sign_in("mhale.desk", vault)
    more = vault.staff.disable(admin, hale.user)
    with pytest.raises(SignInIsOff):
        hale.take_registry([*department.entries, *more])
    again = vault.staff.renew(admin, hale.user, "one time only now", once=True)
    old = vault.unlock("mhale.desk", "one time only now")
    old.take_registry([*department.entries, *more, *again])
    twice = vault.staff.renew(admin, hale.user, "another time only", once=True)
    with pytest.raises(PassphraseReplaced):
        old.take_registry([*department.entries, *more, *again, *twice])


def test_who_comes_back_has_their_roles_and_asks_anew(department: Department) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    hale = admin.registry.named("mhale.desk")
    assert hale
    vault.staff.disable(admin, hale.id)
    off = admin.registry.person(hale.id)
    assert (off.is_disabled, off.roles, off.kept_roles) == (True, frozenset(), hale.roles)
    assert vault.staff.disable(admin, hale.id) == ()  # twice is once
    vault.staff.sweep(admin)
    assert hale.id not in str(KeyFile.load(department.folder).content["slots"])
    vault.staff.renew(admin, hale.id, "one time only now")
    back = admin.registry.person(hale.id)
    assert (back.is_disabled, back.roles) == (False, hale.roles)
    assert hale.id not in admin.registry.holders(CARE)


def test_the_sweep_leaves_everybody_else_alone(department: Department) -> None:
    """Negative control."""
    vault = department.vault()
    before = KeyFile.load(department.folder).content
    vault.staff.sweep(department.sign_in("otto.ficer", vault))
    after = KeyFile.load(department.folder).content
    assert (before["slots"], before["grants"]) == (after["slots"], after["grants"])
    assert department.sign_in("mhale.desk").holds(CARE)

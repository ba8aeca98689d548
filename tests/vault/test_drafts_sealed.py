import json

import pytest
from vault_world import Department

from intake_app.domain.errors import CannotOpen, NoGrant
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.roles import Compartment
from intake_app.services.needs.everyday import Sealer
from intake_app.vault.drafts import DraftSealer
from intake_app.vault.jose import PublicKey

TEXT = b'{"first_name":"Jordan"}'


@pytest.fixture
def draft() -> RecordId:
    return new_record_id()


def sealer(department: Department, user_name: str) -> DraftSealer:
    return department.sign_in(user_name).sealer(Compartment.CARE)


def fits(sealer: Sealer) -> Sealer:
    """What the services ask for; the type checker compares the shapes."""
    return sealer


def test_the_author_opens_it_again_after_the_next_sign_in(
    department: Department, draft: RecordId
) -> None:
    desk = sealer(department, "mhale.desk")
    assert fits(desk) is desk
    keys = desk.new_keys(draft)
    body = desk.seal(draft, keys, TEXT)
    assert desk.open(draft, keys, body) == TEXT
    assert b"Jordan" not in body
    assert sealer(department, "mhale.desk").open(draft, keys, body) == TEXT


def test_a_holder_of_the_compartment_opens_it(department: Department, draft: RecordId) -> None:
    desk = sealer(department, "mhale.desk")
    keys = desk.new_keys(draft)
    body = desk.seal(draft, keys, TEXT)
    coordinator = sealer(department, "coral.ord")
    assert coordinator.open(draft, keys, body) == TEXT
    assert desk.open(draft, keys, coordinator.seal(draft, keys, b"more")) == b"more"


@pytest.mark.parametrize("user_name", ["otto.ficer", "adele.quill", "sue.visor"])
def test_a_colleague_without_the_key_does_not(
    department: Department, draft: RecordId, user_name: str
) -> None:
    desk = sealer(department, "mhale.desk")
    keys = desk.new_keys(draft)
    body = desk.seal(draft, keys, TEXT)
    other = sealer(department, user_name)
    for act in (lambda: other.open(draft, keys, body), lambda: other.seal(draft, keys, TEXT)):
        with pytest.raises(CannotOpen):
            act()
    with pytest.raises(CannotOpen):
        other.hand_over(draft, keys, other._keys().user)


def test_an_author_without_the_key_still_writes_and_the_coordinator_reads(
    department: Department, draft: RecordId
) -> None:
    officer = sealer(department, "otto.ficer")
    keys = officer.new_keys(draft)
    body = officer.seal(draft, keys, TEXT)
    assert sealer(department, "otto.ficer").open(draft, keys, body) == TEXT
    assert sealer(department, "coral.ord").open(draft, keys, body) == TEXT


def test_handed_over_it_belongs_to_the_other(department: Department, draft: RecordId) -> None:
    officer = sealer(department, "otto.ficer")
    supervisor = sealer(department, "sue.visor")
    keys = officer.new_keys(draft)
    body = officer.seal(draft, keys, TEXT)
    passed = officer.hand_over(draft, keys, supervisor._keys().user)
    assert supervisor.open(draft, passed, body) == TEXT
    assert supervisor.open(draft, passed, supervisor.seal(draft, passed, b"more")) == b"more"
    with pytest.raises(CannotOpen):
        officer.open(draft, passed, body)
    assert sealer(department, "coral.ord").open(draft, passed, body) == TEXT


def test_a_holder_may_take_it_over(department: Department, draft: RecordId) -> None:
    officer, coordinator = (sealer(department, name) for name in ("otto.ficer", "coral.ord"))
    keys = officer.new_keys(draft)
    body = officer.seal(draft, keys, TEXT)
    mine = coordinator.hand_over(draft, keys, coordinator._keys().user)
    assert json.loads(mine)["author"] == coordinator._keys().user
    assert coordinator.open(draft, mine, body) == TEXT


def test_a_tampered_or_swapped_draft_is_refused(department: Department, draft: RecordId) -> None:
    desk = sealer(department, "mhale.desk")
    keys, other = desk.new_keys(draft), new_record_id()
    body = desk.seal(draft, keys, TEXT)
    for bad in (b"", body[:-1], bytes([body[0] ^ 1]) + body[1:], body[:-1] + bytes([body[-1] ^ 1])):
        with pytest.raises(CannotOpen):
            desk.open(draft, keys, bad)
    with pytest.raises(CannotOpen):
        desk.open(other, keys, body)
    with pytest.raises(CannotOpen):
        desk.open(draft, desk.new_keys(draft), body)


@pytest.mark.parametrize(
    "bad", ["", "[]", "{}", '{"author":7}', "[" * 100_000, '{"author":"x","sealed":7}']
)
def test_damaged_draft_keys_are_refused(department: Department, draft: RecordId, bad: str) -> None:
    desk = sealer(department, "mhale.desk")
    with pytest.raises(CannotOpen):
        desk.seal(draft, bad, TEXT)


def test_draft_keys_with_a_changed_author_are_refused(
    department: Department, draft: RecordId
) -> None:
    officer, supervisor = (sealer(department, name) for name in ("otto.ficer", "sue.visor"))
    said = json.loads(officer.new_keys(draft))
    stolen = json.dumps({**said, "author": supervisor._keys().user})
    with pytest.raises(CannotOpen):
        supervisor.seal(draft, stolen, TEXT)
    del said["own"]
    with pytest.raises(CannotOpen):
        supervisor.seal(draft, json.dumps({**said, "author": supervisor._keys().user}), TEXT)


def test_the_key_of_a_draft_is_opened_once_for_all_keystrokes(
    department: Department, draft: RecordId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a keystroke costs in time is measured by `build/bench`."""
    keys = sealer(department, "mhale.desk").new_keys(draft)
    desk, opened = sealer(department, "mhale.desk"), list[RecordId]()
    unwrap = desk._unwrap

    def counted(ident: RecordId, told: str) -> bytes:
        opened.append(ident)
        return unwrap(ident, told)

    monkeypatch.setattr(desk, "_unwrap", counted)
    for _ in range(200):
        desk.seal(draft, keys, TEXT)
    assert opened == [draft]


def test_many_drafts_do_not_pile_up_in_memory(department: Department) -> None:
    desk = sealer(department, "mhale.desk")
    for _ in range(70):
        ident = new_record_id()
        desk.seal(ident, desk.new_keys(ident), TEXT)
    assert len(desk._known) <= 64


def test_a_sealer_of_another_compartment_is_another(
    department: Department, draft: RecordId
) -> None:
    keys = department.sign_in("coral.ord")
    care, cases = keys.sealer(), keys.sealer(Compartment.CASES)
    mine = care.new_keys(draft)
    with pytest.raises(CannotOpen):
        cases.seal(draft, mine, TEXT)


def test_the_key_of_a_colleague_can_be_looked_up_elsewhere(
    department: Department, draft: RecordId
) -> None:
    asked = list[str]()
    keys = department.sign_in("otto.ficer")

    def colleague(user: UserId) -> PublicKey:
        asked.append(user)
        return keys.registry.person(user).seal

    mine = keys.sealer(Compartment.CARE, colleague)
    other = keys.registry.named("sue.visor")
    assert other
    mine.hand_over(draft, mine.new_keys(draft), other.id)
    assert asked == [other.id]


def test_no_sealer_without_a_checked_registry(department: Department) -> None:
    keys = department.vault().unlock("mhale.desk", "seven gray geese")
    with pytest.raises(NoGrant):
        keys.sealer()

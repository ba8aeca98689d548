"""What is handed in opens for holders of that compartment, as it was, from who it was; or not."""

import base64
from dataclasses import replace

import pytest
from registry_world import AGENCY, History, drop_box, revokes
from vault_world import PASSPHRASES, Department

from intake_app.domain.errors import BadChange, BadRegistry, CannotOpen, NoGrant
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import Compartment, Role
from intake_app.vault.drop_box import FIRST_SIZE, MOST, DropBox, open_submission, padded_size
from intake_app.vault.jose import PrivateKey
from intake_app.vault.vault import NewPerson

CARE, CASES = Compartment.CARE, Compartment.CASES
BODY = b'{"changes":["Whitfield"]}'
OFFICER, COORDINATOR, ADMINISTRATOR = "otto.ficer", "coral.ord", "adele.quill"


@pytest.fixture
def ident() -> RecordId:
    return new_record_id()


def box(department: Department, user_name: str) -> DropBox:
    return DropBox(department.sign_in(user_name))


def test_a_holder_opens_it_and_learns_the_author(department: Department, ident: RecordId) -> None:
    officer = department.sign_in(OFFICER)
    sealed = DropBox(officer).seal(CARE, ident, BODY)
    assert b"Whitfield" not in sealed
    assert box(department, COORDINATOR).open(CARE, ident, sealed) == (officer.user, BODY)


@pytest.mark.parametrize("user_name", sorted({*PASSPHRASES} - {COORDINATOR, "mhale.desk"}))
def test_nobody_else_opens_it_not_even_its_author(
    department: Department, ident: RecordId, user_name: str
) -> None:
    sealed = box(department, user_name).seal(CARE, ident, BODY)
    with pytest.raises(NoGrant):
        box(department, user_name).open(CARE, ident, sealed)
    own = department.sign_in(user_name)
    keys = [own.author.key, own.own.seal, *(held.seal for held in own._held.inside.values())]
    for key in keys:
        with pytest.raises(CannotOpen):
            open_submission(own.registry, key, (CARE, ident), sealed)


def test_addressed_anew_it_stays_shut(department: Department, ident: RecordId) -> None:
    """Coral holds both keys, so only the address is in the way."""
    coral = box(department, COORDINATOR)
    sealed = box(department, OFFICER).seal(CARE, ident, BODY)
    for place in ((CASES, ident), (CARE, new_record_id())):
        with pytest.raises(CannotOpen):
            coral.open(*place, sealed)


def test_sealed_anew_for_another_place_its_signature_refuses(
    department: Department, ident: RecordId
) -> None:
    """A holder who opens it cannot pass it on as if its author had sent it elsewhere."""
    keys = department.sign_in(COORDINATOR)
    sealed = box(department, OFFICER).seal(CARE, ident, BODY)
    agency = keys.registry.agency
    inside = keys.opened(CARE).seal.open(sealed.decode(), f"drop box {agency} care {ident}")
    other = new_record_id()
    for to, name in ((CASES, ident), (CARE, other)):
        key = keys.registry.compartment_key(to)
        moved = key.seal(inside, f"drop box {agency} {to} {name}").encode()
        with pytest.raises(CannotOpen):
            DropBox(keys).open(to, name, moved)
    again = keys.registry.compartment_key(CARE).seal(inside, f"drop box {agency} care {ident}")
    assert DropBox(keys).open(CARE, ident, again.encode())[1] == BODY  # control


def test_one_altered_byte_anywhere_is_refused(department: Department, ident: RecordId) -> None:
    coral = box(department, COORDINATOR)
    sealed = bytearray(box(department, OFFICER).seal(CARE, ident, BODY))
    for place in range(0, len(sealed), 211):
        altered = sealed.copy()
        altered[place] = altered[place] ^ 1 or 2
        with pytest.raises(CannotOpen):
            coral.open(CARE, ident, bytes(altered))
    for cut in (b"", sealed[:-5], b"a.b.c.d.e", b"\xff\xfe", base64.b64encode(sealed)):
        with pytest.raises(CannotOpen):
            coral.open(CARE, ident, bytes(cut))


def test_altered_inside_it_is_refused(department: Department, ident: RecordId) -> None:
    """The public key is no secret: anybody can seal anything; only the signature stands."""
    keys = department.sign_in(COORDINATOR)
    sealed = box(department, OFFICER).seal(CARE, ident, BODY)
    purpose = f"drop box {keys.registry.agency} care {ident}"
    inside = keys.opened(CARE).seal.open(sealed.decode(), purpose)
    public = keys.registry.compartment_key(CARE)
    for altered in (
        inside.replace(b"Whitfield", b"Whitfeild"), inside[:40], b"", inside + b"x",
        b"\xff\xff\xff\xff" + inside, b"\0" * 4096,
    ):  # fmt: skip
        with pytest.raises(CannotOpen):
            DropBox(keys).open(CARE, ident, public.seal(altered, purpose).encode())


def test_who_signs_as_somebody_else_is_refused(department: Department, ident: RecordId) -> None:
    officer, administrator = department.sign_in(OFFICER), department.sign_in(ADMINISTRATOR)
    officer.user = administrator.user
    with pytest.raises(CannotOpen):
        DropBox(officer).seal(CARE, ident, BODY)
    stranger = department.sign_in(OFFICER)
    head = stranger.registry.heads[0]
    stranger._held.own = replace(stranger.own, sign=PrivateKey.make())
    sealed = DropBox(stranger).seal(CARE, ident, BODY)
    assert stranger.registry.heads[0] == head
    with pytest.raises(CannotOpen):
        box(department, COORDINATOR).open(CARE, ident, sealed)


def test_who_has_left_since_was_the_author_all_the_same(
    department: Department, ident: RecordId
) -> None:
    """What somebody handed in on their last day is not lost; afterwards they hand in nothing."""
    officer, administrator = department.sign_in(OFFICER), department.sign_in(ADMINISTRATOR)
    sealed = DropBox(officer).seal(CARE, ident, BODY)
    entries = department.vault().revoke(administrator, officer.user)
    coral = department.sign_in(COORDINATOR)
    coral.follow(coral.registry.joined(entries))
    assert DropBox(coral).open(CARE, ident, sealed) == (officer.user, BODY)
    officer.follow(officer.registry.joined(entries))
    with pytest.raises(CannotOpen):
        DropBox(officer).seal(CARE, ident, BODY)


def test_of_an_author_who_is_not_known_here_yet_it_waits(
    department: Department, ident: RecordId
) -> None:
    """Streams come in any order: the entry that lists them may still be on its way."""
    vault, administrator = department.vault(), department.sign_in(ADMINISTRATOR)
    coral = department.sign_in(COORDINATOR)
    newcomer = NewPerson("ned", "N. New", "button cloud fern", frozenset({Role.RECEPTION}))
    entries = vault.staff.add(administrator, newcomer)
    ned = vault.unlock("ned", newcomer.passphrase)
    ned.take_registry([*department.entries, *entries])
    sealed = DropBox(ned).seal(CARE, ident, BODY)
    with pytest.raises(BadRegistry):
        DropBox(coral).open(CARE, ident, sealed)
    coral.follow(coral.registry.joined(entries))
    assert DropBox(coral).open(CARE, ident, sealed) == (ned.user, BODY)


def test_another_public_key_for_the_drop_box_is_refused_by_the_registry(history: History) -> None:
    """Ann administers and Cora holds care; only a recovery card may change where things go."""
    mine = history.read().compartment_key(CARE).name
    for somebody in ("ann", "cora", "dan"):
        forged = history.fork(somebody, drop_box(history))
        with pytest.raises(BadRegistry):
            history.read(forged)
    assert history.read().compartment_key(CARE).name == mine
    new = history.add(history.town.root.id, drop_box(history))  # control
    assert history.read().compartment_key(CARE).name == new.said.keys["seal"].name
    assert history.read().agency == AGENCY


def test_the_author_is_who_the_registry_lists_in_sight_of_their_head(history: History) -> None:
    dan, town = history.dan, history.town
    registry, sign = history.read(), town.signs["dan"]
    assert registry.author_key("dan", sign.name, registry.heads[0]).name == sign.name
    for who, name, head in (
        ("dan", sign.name, history.cora.id),  # before Dan came
        ("cora", sign.name, registry.heads[0]),
        ("dan", town.signs["cora"].name, registry.heads[0]),
    ):
        with pytest.raises(CannotOpen):
            registry.author_key(who, name, head)
    with pytest.raises(BadRegistry):
        registry.author_key("dan", sign.name, "an entry that is not here")
    history.add("ann", revokes("dan"))
    gone = history.read()
    assert gone.author_key("dan", sign.name, dan.id).name == sign.name
    with pytest.raises(CannotOpen):
        gone.author_key("dan", sign.name, gone.heads[0])


def test_sizes_tell_little(department: Department, ident: RecordId) -> None:
    officer = box(department, OFFICER)
    lengths = {len(officer.seal(CARE, ident, b"x" * n)) for n in (1, 100, 1000, 3000)}
    assert len(lengths) == 1
    assert len(officer.seal(CARE, ident, b"x" * 4000)) not in lengths
    sizes = [padded_size(n) for n in (0, FIRST_SIZE, FIRST_SIZE + 1, 20_000, 70_000, 300_000)]
    assert sizes == [4096, 4096, 16_384, 65_536, 262_144, 1_048_576]


def test_a_submission_with_many_papers_fits(department: Department, ident: RecordId) -> None:
    body = bytes(range(256)) * 4096 * 5
    sealed = box(department, OFFICER).seal(CARE, ident, body)
    assert box(department, COORDINATOR).open(CARE, ident, sealed)[1] == body
    with pytest.raises(BadChange):
        box(department, OFFICER).seal(CARE, ident, bytes(MOST))

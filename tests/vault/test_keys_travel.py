"""A user's keys reach another station under the same passphrase; a compartment's reach holders."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
from remembering_keyring import RememberingKeyring
from vault_world import PASSPHRASES, Department

from intake_app.domain.errors import CannotOpen, DeviceSecretMissing, NoGrant, WrongPassphrase
from intake_app.domain.roles import Compartment
from intake_app.services.needs.stations import Told
from intake_app.settings.sign_in_policy import read_policy
from intake_app.vault import slots, totp
from intake_app.vault.generations import KEPT_AS, Generations
from intake_app.vault.identity import open_station_key, seal_station_key
from intake_app.vault.inside import (
    merged,
    new_inside,
    read_inside,
    with_generation,
    without_generation,
)
from intake_app.vault.joining import Joining
from intake_app.vault.key_post import KeyPost
from intake_app.vault.keys import Keys
from intake_app.vault.own_slot import OwnSlot
from intake_app.vault.station_desk import StationDesk
from intake_app.vault.vault import Vault

ADMIN, CORA, DESK, OTTO = "adele.quill", "coral.ord", "mhale.desk", "otto.ficer"
CARE, STATION = Compartment.CARE, Compartment.STATION


@dataclass
class Place:
    """One station: its folder, and what its files hold."""

    department: Department
    folder: Path
    insides: dict[Compartment, str]
    travel: list[str] = field(default_factory=list[str])
    handed: list[str] = field(default_factory=list[str])

    def sign_in(self, who: str, passphrase: str = "") -> tuple[Keys, KeyPost]:
        vault = Vault.load(self.folder, self.department.clock)
        keys = vault.unlock(who, passphrase or PASSPHRASES[who])
        keys.take_registry(self.department.entries)
        for compartment, text in self.insides.items():
            if compartment is STATION or keys.holds(compartment):
                keys.take_inside(compartment, text)
        return keys, KeyPost(keys, vault.key_file, self.department.clock)

    def give(self, who: str, passphrase: str = "") -> None:
        """They sign in here, and give what others lack."""
        keys, post = self.sign_in(who, passphrase)
        self.travel += post.travel_due(self.travel)
        self.handed += post.insides_due(self.handed)
        keys.drop()

    def hear(self, other: "Place") -> None:
        """What the exchange does with facts."""
        self.travel = sorted({*self.travel, *other.travel})
        self.handed = sorted({*self.handed, *other.handed})


@pytest.fixture
def front(department: Department) -> Place:
    return Place(department, department.folder, department.insides)


@pytest.fixture
def back(department: Department, front: Place, tmp_path: Path) -> Place:
    """A station that was just let in; the administrator has signed in there once."""
    keys, _ = front.sign_in(ADMIN)
    vault = Vault.load(department.folder, department.clock)
    desk = StationDesk(department.folder, vault, keys, department.clock)
    joining = Joining(tmp_path / "back", department.clock)
    data = joining.request("1").text.encode()
    department.entries += desk.sign(data)
    answer = joining.read(desk.answer(data, Told("", is_training=False, lines=[])))
    joining.prepare(answer)
    joining.settle(answer)
    joining.give_up()
    return Place(department, tmp_path / "back", {STATION: answer.inside})


def _came(back: Place, front: Place) -> None:
    """The administrator signs in at the other station after an exchange."""
    back.hear(front)
    keys, post = back.sign_in(ADMIN)
    post.take_travel(back.travel)
    keys.drop()


def test_a_colleague_signs_in_with_the_passphrase_they_always_had(
    front: Place, back: Place
) -> None:
    with pytest.raises(WrongPassphrase):
        back.sign_in(CORA)
    front.give(CORA)
    _came(back, front)
    with pytest.raises(WrongPassphrase):
        back.sign_in(CORA, "not the passphrase at all")
    first, _ = back.sign_in(CORA)
    again, _ = back.sign_in(CORA)
    at_home, _ = front.sign_in(CORA)
    assert first.sign_key.name == again.sign_key.name == at_home.sign_key.name
    assert first.own.draft == at_home.own.draft
    slot = json.loads((back.folder / "vault.json").read_bytes())["slots"]
    assert not [one for one in slot.values() if one["user"] == first.user and one["v"] == 2]


def test_a_slot_that_came_is_bound_to_this_computer_from_its_first_use(back: Place) -> None:
    keyring.set_keyring(RememberingKeyring())  # the fixture of all tests puts the other one back
    keys, _ = back.sign_in(ADMIN)
    [slot] = json.loads((back.folder / "vault.json").read_bytes())["slots"].values()
    assert slot["user"] == keys.user
    assert slot["device_required"]
    keyring.set_keyring(RememberingKeyring())  # another computer, with a copy of the folder
    with pytest.raises(DeviceSecretMissing):
        back.sign_in(ADMIN)


def test_nothing_that_travels_shows_a_key(front: Place, back: Place) -> None:
    front.give(CORA)
    keys, _ = front.sign_in(CORA)
    assert keys.own.travel is not None
    whole = "".join([*front.travel, *front.handed])
    for private in (keys.own.seal, keys.own.sign, *(keys.opened(c).seal for c in (CARE, STATION))):
        assert private.secret["d"] not in whole
    for generation in keys.opened(CARE).generations.values():
        assert slots.base(generation) not in whole
    assert slots.base(bytes(keys.own.draft)) not in whole
    travel = keys.own.travel.key
    keys.drop()
    assert set(travel) == {0}


def test_each_is_given_once(front: Place, back: Place) -> None:
    for _ in range(2):
        for who in (CORA, DESK, ADMIN):
            front.give(who)
    assert len(front.travel) == 3
    holders = len({CORA, DESK})
    assert len([t for t in front.handed if '"care"' in _said(t)]) == holders
    _came(back, front)
    back.give(CORA)
    front.hear(back)
    front.give(CORA)
    assert len(front.travel) == 4  # and one back


def _said(text: str) -> str:
    return slots.unbase(text.split(".")[1]).decode()


def _own_slot(place: Place, keys: Keys) -> OwnSlot:
    vault = Vault.load(place.folder, place.department.clock)
    return OwnSlot(vault.key_file, vault.sign_in, place.department.clock, read_policy(""))


def test_a_second_proof_follows_under_the_same_passphrase(front: Place, back: Place) -> None:
    front.give(CORA)
    _came(back, front)
    keys, _ = back.sign_in(CORA)
    assert _held(keys).totp == ""
    keys, _ = front.sign_in(CORA)
    seed = totp.new_seed()
    _own_slot(front, keys).keep_proof(keys, PASSPHRASES[CORA], seed, ("2222-3333",))
    front.give(CORA)
    assert len(front.travel) == 2  # the one without it, and the one with it
    _came(back, front)
    keys, _ = back.sign_in(CORA)
    assert _held(keys).totp == seed
    assert len(_held(keys).recovery_codes) == 1
    back.give(CORA)  # and nothing comes back in its place
    front.hear(back)
    _, post = front.sign_in(ADMIN)
    assert post.take_travel(front.travel) == 0
    again, _ = front.sign_in(CORA)
    assert _held(again).totp == seed


def test_of_two_proofs_set_up_apart_one_holds_at_both(
    front: Place, back: Place, department: Department
) -> None:
    front.give(CORA)
    _came(back, front)
    seeds = [totp.new_seed(), totp.new_seed()]
    for place, seed in zip((front, back), seeds, strict=True):
        keys, _ = place.sign_in(CORA)
        _own_slot(place, keys).keep_proof(keys, PASSPHRASES[CORA], seed, ())
        department.clock.at += timedelta(minutes=1)
        place.give(CORA)
    front.hear(back)
    back.hear(front)
    for place in (front, back):
        keys, post = place.sign_in(ADMIN)
        post.take_travel(place.travel)
        keys.drop()
    found = {_held(place.sign_in(CORA)[0]).totp for place in (front, back)}
    assert len(found) == 1
    assert found <= set(seeds)


def _held(keys: Keys) -> slots.Secrets:
    assert keys.own.held is not None
    return keys.own.held


def test_a_new_passphrase_follows_and_the_old_one_does_not_come_back(
    front: Place, back: Place, department: Department
) -> None:
    front.give(CORA)
    _came(back, front)
    back.sign_in(CORA)
    vault = Vault.load(front.folder, department.clock)
    keys = vault.unlock(CORA, PASSPHRASES[CORA])
    keys.take_registry(department.entries)
    vault.change_passphrase(keys, PASSPHRASES[CORA], "walnut river seven")
    keys.take_inside(STATION, front.insides[STATION])
    post = KeyPost(keys, vault.key_file, department.clock)
    assert post.travel_due(front.travel) == []  # what is still open here is of the old one
    front.give(CORA, "walnut river seven")
    _came(back, front)
    back.sign_in(CORA, "walnut river seven")
    with pytest.raises(WrongPassphrase):
        back.sign_in(CORA)
    _came(back, front)  # old and new lie there, in any order
    back.give(CORA, "walnut river seven")
    front.hear(back)
    keys, post = front.sign_in(ADMIN)
    assert post.take_travel(front.travel) == 0
    front.sign_in(CORA, "walnut river seven")


def test_new_keys_after_a_forgotten_passphrase_replace_the_old_ones(
    front: Place, back: Place, department: Department
) -> None:
    front.give(DESK)
    _came(back, front)
    back.sign_in(DESK)
    vault = department.vault()
    admin = department.ready(vault.unlock(ADMIN, PASSPHRASES[ADMIN]))
    user = next(p.id for p in admin.registry.people if p.user_name == DESK)
    department.entries += vault.renew_person(admin, user, "one time only words")
    front.give(DESK, "one time only words")
    _came(back, front)
    keys, _ = back.sign_in(DESK, "one time only words")
    assert keys.own.sign.name == keys.registry.person(user).sign.name


def test_who_has_left_does_not_arrive(front: Place, back: Place, department: Department) -> None:
    front.give(OTTO)
    vault = department.vault()
    admin = department.ready(vault.unlock(ADMIN, PASSPHRASES[ADMIN]))
    user = next(p.id for p in admin.registry.people if p.user_name == OTTO)
    department.entries += vault.revoke(admin, user)
    _came(back, front)
    with pytest.raises(WrongPassphrase):
        back.sign_in(OTTO)


@pytest.mark.parametrize("by", [CORA, ADMIN])
def test_nobody_travels_as_somebody_else(front: Place, back: Place, by: str) -> None:
    keys, post = front.sign_in(by)
    otto = next(p for p in keys.registry.people if p.user_name == OTTO)
    station = keys.registry.stations.all()[1]
    assert station.seal is not None
    real = json.loads(_said(post.travel_text(station.id, station.seal)))
    forged = keys.sign(slots.canonical({**real, "by": otto.id}))
    own_key = keys.sign(slots.canonical({**real, "by": otto.id, "key": otto.sign.name}))
    moved = keys.sign(slots.canonical({**real, "version": "0" * 16}))
    back.travel = [forged, own_key, moved, "", "a.b.c", "x"]
    keys, post = back.sign_in(ADMIN)
    assert post.take_travel(back.travel) == 0
    with pytest.raises(WrongPassphrase):
        back.sign_in(OTTO)


def test_a_holder_takes_a_compartments_keys_and_a_clerk_without_it_does_not(
    front: Place, back: Place
) -> None:
    for who in (CORA, OTTO):
        front.give(who)
    _came(back, front)
    keys, post = back.sign_in(CORA)
    found = post.take_insides(back.handed)
    assert found[CARE] == front.insides[CARE]
    keys, post = back.sign_in(OTTO)
    found = post.take_insides(back.handed)
    assert set(found) == {Compartment.CASES}
    keys, post = back.sign_in(ADMIN)
    assert post.take_insides(back.handed) == {}
    with pytest.raises(NoGrant):
        keys.opened(CARE)


def test_only_a_holder_hands_out_a_compartments_keys(front: Place, back: Place) -> None:
    front.give(CORA)
    [real] = [json.loads(_said(t)) for t in front.handed if _is_coras(front, t)]
    keys, _ = front.sign_in(ADMIN)
    own = new_inside(CARE)
    cora = next(p for p in keys.registry.people if p.user_name == CORA)
    purpose = json.dumps(["inside", keys.registry.agency, "care", cora.id], separators=(",", ":"))
    fake = {**real, "by": keys.user, "sealed": cora.seal.seal(own.text.encode(), purpose)}
    holder, _ = front.sign_in(DESK)
    wrong = {**fake, "by": holder.user}  # a holder, but not the keys that the registry lists
    texts = [keys.sign(slots.canonical(fake)), holder.sign(slots.canonical(wrong)), real["sealed"]]
    front.handed = []
    _, post = front.sign_in(CORA)
    assert post.take_insides(texts) == {}


def _is_coras(front: Place, text: str) -> bool:
    said = json.loads(_said(text))
    keys, _ = front.sign_in(CORA)
    return said["to"] == keys.user and said["compartment"] == "care"


def test_keys_of_the_station_come_from_who_may_turn_the_page(front: Place, back: Place) -> None:
    _came(back, front)
    keys, _ = front.sign_in(ADMIN)
    here = keys.registry.stations.all()[1]
    assert here.seal is not None
    evil = with_generation(keys.opened(STATION), [])
    evil = without_generation(evil, 1)  # would take the keys that all others use
    purpose = json.dumps(
        ["inside", keys.registry.agency, "station", here.id], separators=(",", ":")
    )
    taken: dict[str, bool] = {}
    for who in (DESK, OTTO, ADMIN, CORA):
        by, _ = front.sign_in(who)
        text = by.sign(slots.canonical({
            "v": 1, "act": "inside", "agency": by.registry.agency, "by": by.user,
            "compartment": "station", "to": here.id, "key": here.seal.name, "oldest": 1,
            "state": evil.state, "sealed": here.seal.seal(evil.text.encode(), purpose),
        }))  # fmt: skip
        _, post = back.sign_in(ADMIN)
        taken[who] = bool(post.take_insides([text]))
    assert taken == {DESK: False, OTTO: False, ADMIN: True, CORA: True}


@pytest.mark.parametrize(
    "change", [{"floor": 1}, {"floor": 99}, {"floor": -1}, {"generations": {}}, {"without": 7}]
)
def test_generations_have_their_shape(change: dict[str, object]) -> None:
    whole = json.loads(new_inside(CARE).text)
    assert read_inside(CARE, json.dumps(whole)).newest == 1
    with pytest.raises(CannotOpen):
        read_inside(CARE, json.dumps({**whole, **change}))


# --- generations ----------------------------------------------------------------------------


class OneFile:
    """The meta lines of a file, in memory."""

    def __init__(self, text: str) -> None:
        self.lines = {KEPT_AS: text}

    def meta(self, name: str) -> str:
        return self.lines.get(name, "")

    def set_meta(self, name: str, value: str) -> None:
        self.lines[name] = value

    def leave_no_older(self) -> None:
        """Nothing lies beside it."""


def test_two_that_turn_the_page_at_once_agree_in_the_end() -> None:
    start = new_inside(CARE)
    one, other = with_generation(start, ["s1"]), with_generation(start, [])
    assert merged(one, other).text == merged(other, one).text
    assert set(merged(one, other).generations) == {1, one.newest, other.newest}
    assert merged(merged(one, other), one).text == merged(one, other).text


def test_what_was_forgotten_does_not_come_back() -> None:
    start = new_inside(CARE)
    turned = with_generation(start, [])
    left = without_generation(turned, 1)
    assert set(left.generations) == {turned.newest}
    for back in (merged(left, start), merged(start, left), merged(left, turned)):
        assert 1 not in back.generations
    with pytest.raises(ValueError, match="newest"):
        without_generation(left, turned.newest)
    assert read_inside(CARE, left.text).text == left.text


def test_what_an_older_program_wrote_is_read(department: Department) -> None:
    old = json.loads(department.insides[CARE])
    for name in ("floor", "without"):
        del old[name]
    found = read_inside(CARE, json.dumps(old))
    assert found.floor == 0
    assert found.without == frozenset()


def test_a_page_is_turned_and_the_old_one_destroyed_everywhere(front: Place, back: Place) -> None:
    front.give(CORA)
    keys, post = front.sign_in(CORA)
    file = OneFile(front.insides[CARE])
    pages = Generations(keys, {CARE: file})
    number = pages.begin(CARE)
    assert number > 1
    assert keys.opened(CARE).newest == number
    assert read_inside(CARE, file.lines[KEPT_AS]).newest == number
    front.handed += post.insides_due(front.handed)
    pages.forget(CARE, 1)
    front.handed += post.insides_due(front.handed)
    old = post.outdated(front.handed)
    assert old
    front.handed = [text for text in front.handed if text not in old]
    assert post.outdated(front.handed) == []
    back.handed, front.travel = front.handed, front.travel
    _came(back, front)
    _, there = back.sign_in(CORA)
    assert set(read_inside(CARE, there.take_insides(back.handed)[CARE]).generations) == {number}
    with pytest.raises(NoGrant):
        pages.begin(Compartment.CASES)


def test_a_struck_station_makes_a_new_generation_due_and_does_not_get_it(
    front: Place, back: Place, department: Department
) -> None:
    keys, post = front.sign_in(ADMIN)
    vault = Vault.load(department.folder, department.clock)
    desk = StationDesk(department.folder, vault, keys, department.clock)
    file = OneFile(front.insides[STATION])
    pages = Generations(keys, {STATION: file})
    assert not pages.is_due(STATION)
    lost = keys.registry.stations.all()[1]
    assert [t for t in post.insides_due([]) if lost.id in _said(t)]
    department.entries += desk.strike(lost.id, {})
    assert pages.is_due(STATION)
    clerk, _ = front.sign_in(OTTO)  # whose keys would not be believed
    assert not Generations(clerk, {STATION: file}).is_due(STATION)
    pages.begin(STATION)
    assert not pages.is_due(STATION)
    assert not pages.is_due(CARE)  # not open here: whoever opens it turns its page
    assert post.insides_due([]) == []
    assert post.travel_due([]) == []


def test_somebody_who_left_makes_a_new_generation_due(front: Place, department: Department) -> None:
    """They may have kept the keys, and a store or a stick is easily come by."""
    keys, _ = front.sign_in(ADMIN)
    leaver = next(p for p in keys.registry.people if p.user_name == OTTO)
    vault = Vault.load(department.folder, department.clock)
    file = OneFile(front.insides[STATION])
    pages = Generations(keys, {STATION: file})
    assert not pages.is_due(STATION)
    department.entries += vault.revoke(keys, leaver.id)
    assert pages.is_due(STATION)
    pages.begin(STATION)
    assert not pages.is_due(STATION)


def test_a_station_of_the_first_program_gets_its_seal_key_by_an_administrator(
    department: Department, front: Place
) -> None:
    keys, _ = front.sign_in(ADMIN)
    vault = Vault.load(department.folder, department.clock)
    desk = StationDesk(department.folder, vault, keys, department.clock)
    assert desk.add_seal_key() == ()
    _forget_seal_key(department, keys)
    keys, _ = front.sign_in(ADMIN)
    desk = StationDesk(department.folder, vault, keys, department.clock)
    known = keys.registry.stations.one(desk.here)
    object.__setattr__(known, "seal", None)
    keys.registry.stations.one = lambda station: known  # pyright: ignore[reportAttributeAccessIssue]
    [entry] = desk.add_seal_key()
    assert '"seal"' in _said(entry)


def _forget_seal_key(department: Department, keys: Keys) -> None:
    """identity.json as the first program wrote it."""
    private = keys.opened(STATION).seal
    sign = open_station_key(keys.identity, private)
    path = department.folder / "identity.json"
    raw = json.loads(path.read_bytes())
    raw["key"] = seal_station_key(sign, keys.identity.station, private.public)
    path.write_text(json.dumps(raw))

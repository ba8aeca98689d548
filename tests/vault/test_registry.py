"""The registry against people who can rewrite it, delay it, or play back an older one."""

import random
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.errors import BadRegistry
from intake_app.domain.ids import StationId
from intake_app.domain.roles import Compartment, Role
from intake_app.vault import entry as entries
from intake_app.vault.entry import Author, Entry, EntryType, Said, read_entry, write_entry
from intake_app.vault.jose import PrivateKey, base, canonical
from intake_app.vault.registry import Registry

AGENCY, AT = "agency", "2026-11-23T09:30:00.00+0000"
CARE, STATION = Compartment.CARE, Compartment.STATION


@dataclass
class Town:
    """Keys of everybody, the genesis, and a pen that signs whatever it is told."""

    root: Author = field(default_factory=lambda: Author("recovery-1", PrivateKey.make()))
    seals: dict[str, PrivateKey] = field(default_factory=dict)
    signs: dict[str, PrivateKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for compartment in Compartment:
            self.seals[compartment] = PrivateKey.make()
        recovery = {
            "id": self.root.id, "plan": "either", "sign": self.root.key.jwk,
            "seal": self.root.key.jwk, "cards": [{"number": 1, "commitment": "c"}],
        }  # fmt: skip
        facts = {
            "recovery": [recovery],
            "compartments": {str(c): self.seals[c].jwk for c in Compartment},
        }
        said = Said(EntryType.GENESIS, AGENCY, facts=facts)
        self.genesis = write_entry(said, self.root, AGENCY, (), AT)

    def author(self, name: str) -> Author:
        if name == self.root.id:
            return self.root
        for keys in (self.seals, self.signs):
            keys.setdefault(name, PrivateKey.make())
        return Author(name, self.signs[name])

    def write(self, by: str, said: Said, *previous: Entry, at: str = AT) -> Entry:
        return write_entry(said, self.author(by), AGENCY, [e.id for e in previous], at)

    def joins(self, name: str) -> Said:
        self.author(name)
        keys = {"seal": self.seals[name].public, "sign": self.signs[name].public}
        names = {"user_name": name, "shown_name": name.title()}
        return Said(EntryType.USER, name, keys, facts=names)

    def read(self, *found: Entry, pinned: tuple[str, ...] = ()) -> Registry:
        return Registry.from_entries([e.text for e in found], self.genesis.id, pinned)


def role(name: str, *roles: Role) -> Said:
    return Said(EntryType.ROLE, name, roles=frozenset(roles))


def grants(name: str, compartment: str, listed: Entry) -> Said:
    return Said(EntryType.GRANT, name, facts={"compartment": compartment, "entry": listed.id})


def revokes(subject: str) -> Said:
    return Said(EntryType.REVOCATION, subject)


@dataclass
class History:
    """One chain: ann administers, cora holds care, dan sits at the desk without a grant of care."""

    town: Town = field(default_factory=Town)
    chain: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        root = self.town.root.id
        self.chain = [self.town.genesis]
        self.ann = self.add(root, self.town.joins("ann"))
        self.ann_role = self.add(root, role("ann", Role.ADMINISTRATOR))
        self.cora = self.add("ann", self.town.joins("cora"))
        self.cora_role = self.add("ann", role("cora", Role.COORDINATOR))
        self.cora_grant = self.add(root, grants("cora", CARE, self.cora))
        self.dan = self.add("ann", self.town.joins("dan"))
        self.dan_role = self.add("ann", role("dan", Role.FRONT_DESK))

    def add(self, by: str, said: Said, at: str = AT) -> Entry:
        self.chain.append(self.town.write(by, said, self.chain[-1], at=at))
        return self.chain[-1]

    def fork(self, by: str, said: Said, after: Entry | None = None) -> Entry:
        return self.town.write(by, said, after or self.chain[-1])

    def read(self, *more: Entry, pinned: tuple[str, ...] = ()) -> Registry:
        return self.town.read(*self.chain, *more, pinned=pinned)


@pytest.fixture
def history() -> History:
    return History()


def state(registry: Registry) -> object:
    """All that anybody asks of a registry."""
    people = [replace(p, seal=p.seal.name, sign=p.sign.name) for p in registry.people]  # type: ignore
    holders = [registry.holders(c) for c in Compartment]
    keys = [registry.compartment_key(c).name for c in Compartment]
    return people, holders, keys, registry.heads, registry.waiting


def test_roles_keys_and_holders_come_from_the_entries(history: History) -> None:
    found = history.read()
    assert [p.user_name for p in found.people] == ["ann", "cora", "dan"]
    assert found.person("ann").roles == {Role.ADMINISTRATOR}
    assert found.holders(CARE) == {"cora"}
    assert found.due(CARE) == {"cora", "dan"}
    assert found.heads == (history.chain[-1].id,)
    assert found.compartment_key(CARE).name == history.town.seals[CARE].name
    assert found.named("dan") == found.person("dan")
    assert found.named("nobody") is None
    with pytest.raises(BadRegistry):
        found.person("nobody")


# --- attacks ------------------------------------------------------------------------------


def attacks():
    yield "own role", lambda h: h.fork("dan", role("dan", Role.ADMINISTRATOR))
    yield "somebody else's role", lambda h: h.fork("cora", role("dan", Role.SUPERVISOR))
    yield "own keys again", lambda h: h.fork("dan", h.town.joins("dan"))
    yield "a new colleague", lambda h: h.fork("cora", h.town.joins("eve"))
    yield "own grant", lambda h: h.fork("dan", grants("dan", CARE, h.dan))
    yield "administrator's grant of care", lambda h: h.fork("ann", grants("dan", CARE, h.dan))
    yield "holder's grant of station", lambda h: h.fork("cora", grants("dan", STATION, h.dan))
    yield "grant without a role", lambda h: h.fork("cora", grants("ann", CARE, h.ann))
    yield "grant to unlisted keys", lambda h: h.fork("cora", grants("dan", CARE, h.cora))
    yield "grant to nobody", lambda h: h.fork("cora", grants("eve", CARE, h.dan))
    yield "holder of care grants cases", lambda h: h.fork("cora", grants("cora", "cases", h.cora))
    yield "revocation", lambda h: h.fork("dan", revokes("ann"))
    yield "revocation of the cards", lambda h: h.fork("ann", revokes(h.town.root.id))
    yield "drop-box key by a user", lambda h: h.fork("dan", drop_box(h))
    yield "drop-box key by a holder", lambda h: h.fork("cora", drop_box(h))
    yield "drop-box key by an administrator", lambda h: h.fork("ann", drop_box(h))
    yield "new cards by an administrator", lambda h: h.fork("ann", new_cards(h))
    yield "a person named as the cards", lambda h: h.fork("ann", role(h.town.root.id, Role.OFFICER))
    yield "station by a user", lambda h: h.fork("dan", a_station(h))
    yield "unknown signer", lambda h: h.fork("mallory", role("dan", Role.ADMINISTRATOR))
    yield "before one's own time", lambda h: h.fork("ann", h.town.joins("eve"), h.town.genesis)
    yield "before one's own role", lambda h: h.fork("ann", h.town.joins("eve"), h.ann)
    yield "in another's name", in_anothers_name
    yield "another genesis", lambda _: Town().genesis
    yield "another department", another_department


def drop_box(history: History) -> Said:
    keys = {"seal": history.town.author("dan").key.public}
    return Said(EntryType.COMPARTMENT, CARE, keys, facts={"generation": 2})


def new_cards(history: History) -> Said:
    keys = {
        "seal": history.town.author("r2").key.public,
        "sign": history.town.author("r2").key.public,
    }
    return Said(EntryType.RECOVERY, "recovery-2", keys, facts={"plan": "either", "cards": []})


def a_station(history: History, name: str = "s1") -> Said:
    keys = {"sign": history.town.author(name).key.public}
    return Said(EntryType.STATION, name, keys, facts={"letter": "B"})


def in_anothers_name(history: History) -> Entry:
    as_ann = Author("ann", history.town.author("dan").key)
    said = role("dan", Role.ADMINISTRATOR)
    return write_entry(said, as_ann, AGENCY, [history.chain[-1].id], AT)


def another_department(history: History) -> Entry:
    author = history.town.author("ann")
    return write_entry(history.town.joins("eve"), author, "other", [history.chain[-1].id], AT)


@pytest.mark.parametrize(
    ("name", "attack"), list(attacks()), ids=lambda it: it if type(it) is str else ""
)
def test_what_its_signer_may_not_say_is_refused(history: History, name: str, attack: Any) -> None:
    with pytest.raises(BadRegistry):
        history.read(attack(history))
    assert state(history.read()) == state(history.read())


def allowed():
    yield "administrator lets in", lambda h: h.fork("ann", h.town.joins("eve"))
    yield "holder grants", lambda h: h.fork("cora", grants("dan", CARE, h.dan))
    yield "administrator grants station", lambda h: h.fork("ann", grants("dan", STATION, h.dan))
    yield "administrator revokes", lambda h: h.fork("ann", revokes("dan"))
    yield "card changes the drop box", lambda h: h.fork(h.town.root.id, drop_box(h))
    yield "card makes cards", lambda h: h.fork(h.town.root.id, new_cards(h))
    yield "card revokes itself", lambda h: h.fork(h.town.root.id, revokes(h.town.root.id))
    yield "card grants", lambda h: h.fork(h.town.root.id, grants("dan", CARE, h.dan))
    yield "administrator adds a station", lambda h: h.fork("ann", a_station(h))


@pytest.mark.parametrize(
    ("name", "act"), list(allowed()), ids=lambda it: it if type(it) is str else ""
)
def test_what_its_signer_may_say_counts(history: History, name: str, act: Any) -> None:
    """Control of the attacks: the same acts by the right people are taken."""
    assert state(history.read(act(history))) != state(history.read())


def resigned(history: History, place: int, **change: object) -> list[Entry]:
    """Alter an entry's words and keep its signature."""
    victim = history.chain[place]
    head, body, signature = victim.text.split(".")
    raw = entries.json.loads(entries.unverified(victim.text)[1])
    text = f"{head}.{base(canonical({**raw, **change}))}.{signature}"
    return [*history.chain[:place], read_entry(text)]


@pytest.mark.parametrize("at", range(1, 8))
def test_altered_words_are_refused(history: History, at: int) -> None:
    found = resigned(history, at, at="2027-01-01")
    with pytest.raises(BadRegistry):
        history.town.read(*found)


def test_an_altered_genesis_is_another_genesis(history: History) -> None:
    found = resigned(history, 0, subject="mine")
    with pytest.raises(BadRegistry):
        history.town.read(*found)
    with pytest.raises(BadRegistry):
        Registry.from_entries([e.text for e in found], found[0].id)


def test_no_genesis_no_registry(history: History) -> None:
    with pytest.raises(BadRegistry):
        history.town.read(*history.chain[1:])
    with pytest.raises(BadRegistry):
        Registry.from_entries([], history.town.genesis.id)


def test_a_copy_with_a_broken_signature_is_refused_in_any_order(history: History) -> None:
    head, body, signature = history.chain[3].text.split(".")
    broken = read_entry(f"{head}.{body}.{signature[:-8]}{'A' * 8}")
    assert broken.id == history.chain[3].id
    with pytest.raises(BadRegistry):
        history.town.read(*history.chain, broken)
    with pytest.raises(BadRegistry):
        history.town.read(broken, *history.chain)


def test_the_same_words_signed_twice_by_their_author_are_one(history: History) -> None:
    twin = history.town.write("ann", history.chain[3].said, history.chain[2])
    assert twin.id == history.chain[3].id
    assert twin.text != history.chain[3].text
    assert state(history.read(twin)) == state(history.read())


@pytest.mark.parametrize("keep", range(1, 8))
def test_a_registry_older_than_the_pinned_head_is_refused(history: History, keep: int) -> None:
    pinned = (history.chain[-1].id,)
    assert history.read(pinned=pinned)
    with pytest.raises(BadRegistry):
        history.town.read(*history.chain[:keep], pinned=pinned)


def test_an_entry_taken_out_of_the_middle_is_noticed(history: History) -> None:
    pinned = (history.chain[-1].id,)
    for gap in range(1, 7):
        rest = [e for place, e in enumerate(history.chain) if place != gap]
        with pytest.raises(BadRegistry):
            history.town.read(*rest, pinned=pinned)


def test_what_follows_something_unknown_waits_and_counts_once_it_comes(history: History) -> None:
    first = history.fork("ann", history.town.joins("eve"))
    second = history.fork("ann", role("eve", Role.OFFICER), first)
    early = history.read(second)
    assert early.waiting == (second.id,)
    assert state(early)[:3] == state(history.read())[:3]
    late = early.joined([first.text])
    assert not late.waiting
    assert late.person("eve").roles == {Role.OFFICER}
    assert set(late.texts) == {e.text for e in (*history.chain, first, second)}


def test_what_waited_is_still_checked_when_its_turn_comes(history: History) -> None:
    first = history.fork("ann", history.town.joins("eve"))
    forged = history.fork("eve", role("eve", Role.ADMINISTRATOR), first)
    early = history.read(forged)
    with pytest.raises(BadRegistry):
        early.joined([first.text])
    assert early.waiting == (forged.id,)


# --- revocation ---------------------------------------------------------------------------


def test_a_revocation_wins_for_ever(history: History) -> None:
    history.add("ann", revokes("dan"))
    history.add("ann", role("dan", Role.SUPERVISOR))
    history.add("ann", history.town.joins("dan"))
    dan = history.read().person("dan")
    assert dan.is_revoked
    assert not dan.roles
    assert history.read().due(CARE) == {"cora"}
    assert history.read().named("dan") is None


def test_a_role_taken_back_takes_the_grant_with_it_and_can_be_given_again(history: History) -> None:
    history.add("ann", revokes(history.cora_role.id))
    assert history.read().holders(CARE) == set()
    with pytest.raises(BadRegistry):
        history.read(history.fork("cora", grants("dan", CARE, history.dan)))
    history.add("ann", role("cora", Role.FRONT_DESK))
    assert history.read().holders(CARE) == {"cora"}


def test_a_grant_taken_back_leaves_the_role(history: History) -> None:
    history.add("ann", revokes(history.cora_grant.id))
    assert history.read().holders(CARE) == set()
    assert history.read().due(CARE) == {"cora", "dan"}


def test_what_the_revoked_did_before_stays(history: History) -> None:
    history.add(history.town.root.id, revokes("ann"))
    found = history.read()
    assert found.person("cora").roles == {Role.COORDINATOR}
    assert not found.is_administrator("ann", history.town.author("ann").key)


def test_the_revoked_cannot_act_afterwards(history: History) -> None:
    history.add(history.town.root.id, revokes("ann"))
    with pytest.raises(BadRegistry):
        history.read(history.fork("ann", history.town.joins("eve")))


def test_nor_slip_something_in_with_an_old_date(history: History) -> None:
    before = history.chain[-1]
    history.add(history.town.root.id, revokes("ann"))
    eve = history.fork("ann", history.town.joins("eve"), before)
    eves_role = history.fork("ann", role("eve", Role.ADMINISTRATOR), eve)
    by_eve = history.fork("eve", history.town.joins("fay"), eves_role)
    found = history.read(eve, eves_role, by_eve)
    assert [p.user_name for p in found.people] == ["ann", "cora", "dan"]
    assert not found.is_administrator("eve", history.town.author("eve").key)


def test_new_keys_after_a_forgotten_passphrase_must_be_granted_again(history: History) -> None:
    history.town.signs.pop("cora"), history.town.seals.pop("cora")
    fresh = history.add("ann", history.town.joins("cora"))
    history.add("ann", revokes(history.cora.id))
    found = history.read()
    assert found.person("cora").entry == fresh.id
    assert found.holders(CARE) == set()
    with pytest.raises(BadRegistry):  # an administrator who made them cannot grant with them
        history.read(history.fork("cora", grants("dan", CARE, history.dan)))
    history.add(history.town.root.id, grants("cora", CARE, fresh))
    assert history.read().holders(CARE) == {"cora"}


def test_old_keys_do_not_sign_any_more(history: History) -> None:
    old = history.town.author("ann")
    history.town.signs.pop("ann"), history.town.seals.pop("ann")
    history.add(history.town.root.id, history.town.joins("ann"))
    history.add(history.town.root.id, revokes(history.ann.id))
    history.add("ann", history.town.joins("eve"))
    late = write_entry(history.town.joins("fay"), old, AGENCY, [history.chain[-1].id], AT)
    with pytest.raises(BadRegistry):
        history.read(late)


def test_a_station_can_be_struck(history: History) -> None:
    history.add("ann", a_station(history))
    assert history.read().station_key(StationId("s1")).name
    with pytest.raises(BadRegistry):
        history.read().station_key(StationId("s2"))
    history.add("ann", revokes("s1"))
    with pytest.raises(BadRegistry):
        history.read().station_key(StationId("s1"))


def test_new_cards_act_and_the_newest_drop_box_key_counts(history: History) -> None:
    history.add(history.town.root.id, new_cards(history))
    keys = history.town.author("r2").key
    history.town.signs["recovery-2"] = keys
    history.town.seals["recovery-2"] = keys
    history.add("recovery-2", drop_box(history))
    found = history.read()
    assert found.compartment_key(CARE).name == history.town.author("dan").key.name
    assert found.is_holder("recovery-2", keys, CARE)
    with pytest.raises(Exception, match="not a card"):
        found.check_card("abandon " * 12 + "abandon abandon abandon abandon")


def test_who_grants_must_have_been_a_holder_at_the_head_they_name(history: History) -> None:
    found, cora = history.read(), history.town.author("cora").key
    head = found.grantor_head("cora", cora, CARE)
    assert found.check_grantor("cora", cora.name, CARE, head).name == cora.name
    with pytest.raises(BadRegistry):
        found.check_grantor("cora", cora.name, CARE, history.dan.previous[0][::-1])
    with pytest.raises(BadRegistry):
        found.check_grantor("cora", cora.name, CARE, history.cora.id)
    with pytest.raises(BadRegistry):
        found.grantor_head("dan", history.town.author("dan").key, CARE)
    fork = history.fork("ann", history.town.joins("eve"), history.ann_role)
    forked = history.read(fork)
    assert len(forked.heads) == 2
    assert forked.grantor_head("cora", cora, CARE) == history.chain[-1].id


# --- any order gives the same state -------------------------------------------------------


def tangled() -> History:
    """Branches that add, take back and revoke at the same time."""
    h = History()
    town, tip = h.town, h.chain[-1]
    eve = h.fork("ann", town.joins("eve"), tip)
    eve_role = h.fork("ann", role("eve", Role.ADMINISTRATOR), eve)
    fay = h.fork("eve", town.joins("fay"), eve_role)
    off = h.fork(town.root.id, revokes("ann"), tip)
    grant = h.fork("cora", grants("dan", CARE, h.dan), tip)
    back = h.fork("ann", revokes(h.cora_role.id), tip)
    again = town.write(town.root.id, role("cora", Role.FRONT_DESK), off, grant, back)
    key = town.write(town.root.id, drop_box(h), again)
    gone = town.write(town.root.id, revokes("dan"), off)
    back_again = town.write(town.root.id, role("dan", Role.OFFICER), gone)
    h.chain += [eve, eve_role, fay, off, grant, back, again, key, gone, back_again]
    return h


TANGLED = tangled()


def assert_same_state_in_any_order(
    read: Callable[[list[Entry]], object], found: list[Entry], seed: int
) -> None:
    """The rule: order and repetition do not matter, at once or one by one."""
    generator = random.Random(seed)  # noqa: S311
    shuffled = [*found, *generator.choices(found, k=5)]
    generator.shuffle(shuffled)
    assert read(shuffled) == read(list(found))


def read_whole(found: list[Entry]) -> object:
    return state(TANGLED.town.read(*found))


def read_one_by_one(found: list[Entry]) -> object:
    registry = TANGLED.town.read(TANGLED.town.genesis)
    for one in found:
        registry = registry.joined([one.text])
    return state(registry)


@settings(max_examples=40, deadline=None)
@given(st.integers())
def test_any_order_and_repetition_give_the_same_state(seed: int) -> None:
    assert_same_state_in_any_order(read_whole, TANGLED.chain, seed)


@settings(max_examples=10, deadline=None)
@given(st.integers())
def test_so_does_any_arrival_one_by_one(seed: int) -> None:
    assert_same_state_in_any_order(read_one_by_one, TANGLED.chain, seed)
    assert read_one_by_one(TANGLED.chain) == read_whole(TANGLED.chain)


def read_last_wins(found: list[Entry]) -> object:
    """A broken union: takes entries as they come, and a later role undoes a revocation."""
    roles: dict[str, object] = {}
    for one in found:
        if one.type is EntryType.ROLE:
            roles[one.subject] = one.said.roles
        if one.type is EntryType.REVOCATION:
            roles.pop(one.subject, None)
    return roles


def test_a_broken_union_is_refused_by_the_same_rule() -> None:
    """Negative control."""
    with pytest.raises(AssertionError):
        for seed in range(200):
            assert_same_state_in_any_order(read_last_wins, TANGLED.chain, seed)


def test_in_the_tangle_revocation_wins() -> None:
    found = TANGLED.town.read(*TANGLED.chain)
    assert [p.user_name for p in found.people] == ["ann", "cora", "dan"]
    assert found.person("dan").is_revoked
    assert found.person("cora").roles == {Role.FRONT_DESK}


# --- shapes -------------------------------------------------------------------------------


def raw_of(found: Entry) -> dict:
    return entries.json.loads(entries.unverified(found.text)[1])


@pytest.mark.parametrize(
    "text", ["", "a", "a.b", "a.b.c", "e30.e30.e30", ".." + "x" * 70_000, "\ud800.a.b"]
)
def test_what_is_no_entry_is_refused(text: str) -> None:
    with pytest.raises(BadRegistry):
        read_entry(text)


@pytest.mark.parametrize(
    ("at", "change"),
    [
        (1, {"v": 2}), (1, {"type": "other"}), (1, {"subject": ""}), (1, {"by": 7}),
        (1, {"keys": {}}), (1, {"keys": []}), (1, {"keys": {"seal": {}, "sign": {}}}),
        (1, {"facts": {}}), (1, {"facts": {"user_name": 1, "shown_name": "x"}}),
        (1, {"roles": ["officer"]}), (2, {"roles": []}), (2, {"roles": ["king"]}),
        (1, {"previous": [1]}), (1, {"previous": 7}), (1, {"more": 1}), (1, {"at": ""}),
        (5, {"facts": {"compartment": "attic", "entry": "x"}}),
        (0, {"facts": {"recovery": [], "compartments": {}}}),
        (0, {"facts": {"recovery": [{}], "compartments": {}}}),
        (0, {"facts": {"recovery": 7, "compartments": {}}}),
    ],
)  # fmt: skip
def test_an_entry_of_another_shape_is_refused(
    history: History, at: int, change: dict[str, Any]
) -> None:
    raw = {**raw_of(history.chain[at]), **change}
    with pytest.raises(BadRegistry):
        read_entry(history.town.root.key.sign(canonical(raw)))


def test_entries_are_written_in_one_way_only(history: History) -> None:
    raw = raw_of(history.chain[1])
    loose = entries.json.dumps(raw).encode()
    with pytest.raises(BadRegistry):
        read_entry(history.town.root.key.sign(loose))


@pytest.mark.parametrize(
    "said",
    [
        Said(EntryType.COMPARTMENT, "attic", {"seal": PrivateKey.make()}, facts={"generation": 1}),
        Said(EntryType.COMPARTMENT, "care", {"seal": PrivateKey.make()}, facts={"generation": "1"}),
        Said(
            EntryType.RECOVERY, "r", {"seal": PrivateKey.make(), "sign": PrivateKey.make()},
            facts={"plan": "either", "cards": [{"number": "1", "commitment": "c"}]},
        ),
    ],
)  # fmt: skip
def test_cards_and_compartments_have_their_shape(history: History, said: Said) -> None:
    with pytest.raises(BadRegistry):
        history.fork(history.town.root.id, said)


def test_a_genesis_in_the_middle_is_refused(history: History) -> None:
    said = history.town.genesis.said
    second = history.town.write(history.town.root.id, said, history.chain[-1])
    with pytest.raises(BadRegistry):
        history.read(second)
    orphan = write_entry(history.town.joins("eve"), history.town.author("ann"), AGENCY, (), AT)
    with pytest.raises(BadRegistry):
        history.read(orphan)


def test_a_genesis_that_lists_no_signer_of_its_own_is_refused() -> None:
    town, other = Town(), PrivateKey.make()
    said = town.genesis.said
    lone = write_entry(said, Author("recovery-1", other), AGENCY, (), AT)
    with pytest.raises(BadRegistry):
        Registry.from_entries([lone.text], lone.id)

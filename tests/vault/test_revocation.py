"""A revocation wins for ever, in whatever order things become known."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry_world import (
    AGENCY,
    AT,
    CARE,
    History,
    a_station,
    drop_box,
    grants,
    new_cards,
    revokes,
    role,
    state,
)

from intake_app.domain.errors import BadRegistry
from intake_app.domain.ids import StationId
from intake_app.domain.roles import Role
from intake_app.vault.entry import Entry, EntryType, write_entry


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
    history.town.forget("cora")
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
    history.town.forget("ann")
    history.add(history.town.root.id, history.town.joins("ann"))
    history.add(history.town.root.id, revokes(history.ann.id))
    history.add("ann", history.town.joins("eve"))
    late = write_entry(history.town.joins("fay"), old, AGENCY, [history.chain[-1].id], AT)
    with pytest.raises(BadRegistry):
        history.read(late)


def test_a_station_can_be_struck(history: History) -> None:
    history.add("ann", a_station(history))
    assert history.read().stations.key(StationId("s1")).name
    with pytest.raises(BadRegistry):
        history.read().stations.key(StationId("s2"))
    history.add("ann", revokes("s1"))
    with pytest.raises(BadRegistry):
        history.read().stations.key(StationId("s1"))


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
        found.cards.check("abandon " * 12 + "abandon abandon abandon abandon")


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
    generator = random.Random(seed)
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
    refused = 0
    for seed in range(50):
        try:
            assert_same_state_in_any_order(read_last_wins, TANGLED.chain, seed)
        except AssertionError:
            refused += 1
    assert refused


def test_in_the_tangle_revocation_wins() -> None:
    found = TANGLED.town.read(*TANGLED.chain)
    assert [p.user_name for p in found.people] == ["ann", "cora", "dan"]
    assert found.person("dan").is_revoked
    assert found.person("cora").roles == {Role.FRONT_DESK}

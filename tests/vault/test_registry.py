"""The registry against people who can rewrite it, delay it, or play back an older one."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from registry_world import (
    AGENCY,
    AT,
    CARE,
    STATION,
    History,
    Town,
    a_station,
    drop_box,
    grants,
    new_cards,
    revokes,
    role,
    state,
)

from intake_app.domain.errors import BadRegistry
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Role
from intake_app.vault import entry as entries
from intake_app.vault.entry import Author, Entry, read_entry, write_entry
from intake_app.vault.jose import base
from intake_app.vault.registry import Registry

Acts: TypeAlias = "Iterator[tuple[str, Callable[[History], Entry]]]"


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


def attacks() -> Acts:
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
def test_what_its_signer_may_not_say_is_refused(
    history: History, name: str, attack: Callable[[History], Entry]
) -> None:
    with pytest.raises(BadRegistry):
        history.read(attack(history))
    assert state(history.read()) == state(history.read())


def allowed() -> Acts:
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
def test_what_its_signer_may_say_counts(
    history: History, name: str, act: Callable[[History], Entry]
) -> None:
    """Control of the attacks: the same acts by the right people are taken."""
    assert state(history.read(act(history))) != state(history.read())


def resigned(history: History, place: int, **change: object) -> list[Entry]:
    """Alter an entry's words and keep its signature."""
    victim = history.chain[place]
    head, _, signature = victim.text.split(".")
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

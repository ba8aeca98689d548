"""One thing that is no good entry locks nobody out, and keeps no good entry away."""

from collections.abc import Iterable
from itertools import permutations

import pytest
from registry_world import AGENCY, AT, History, role
from vault_world import Department

from intake_app.domain.errors import BadRegistry
from intake_app.domain.roles import Role
from intake_app.vault.entry import Entry, EntryType, Said, write_entry
from intake_app.vault.jose import PrivateKey
from intake_app.vault.registry import Registry
from intake_app.vault.sifting import sift, sift_more


def forged(history: History, *previous: Entry) -> Entry:
    """Nobody's key makes cora an administrator."""
    said = role("cora", Role.ADMINISTRATOR)
    author = history.town.author("cora")
    stranger = type(author)(author.id, PrivateKey.make())
    return write_entry(said, stranger, AGENCY, [e.id for e in previous], AT)


def chain(history: History) -> list[str]:
    return [entry.text for entry in history.chain]


def test_noise_beside_the_registry_counts_nowhere(history: History) -> None:
    genesis, good = history.town.genesis.id, chain(history)
    bad = [
        "",
        "noise",
        "a.b.c",
        "\ud800",
        good[1][:-4] + "AAAA",
        forged(history, history.chain[-1]).text,
    ]
    with pytest.raises(BadRegistry):
        Registry.from_entries([*good, *bad], genesis)  # the negative control: strictly, it is none
    assert set(sift([*good, *bad], genesis).texts) == set(good)


def test_another_departments_entries_count_nowhere(history: History) -> None:
    other = History()
    genesis, good = history.town.genesis.id, chain(history)
    found, alone = sift([*good, *chain(other)], genesis), Registry.from_entries(good, genesis)
    assert found.heads == alone.heads
    assert [one.entry for one in found.people] == [one.entry for one in alone.people]


def test_what_was_pinned_must_still_be_there(history: History) -> None:
    genesis, good = history.town.genesis.id, chain(history)
    pinned = Registry.from_entries(good, genesis).heads
    assert sift([*good, "noise"], genesis, pinned).heads == pinned
    with pytest.raises(BadRegistry):
        sift([*good[:-1], "noise"], genesis, pinned)
    with pytest.raises(BadRegistry):
        sift([*good[1:], "noise"], genesis)


def test_a_forged_entry_that_waits_for_a_good_one_does_not_keep_it_away(history: History) -> None:
    """It may come first, and it shows that it is bad only when the good one is there."""
    genesis, good = history.town.genesis.id, chain(history)
    last = history.chain[-1]
    bad = forged(history, last).text
    before = Registry.from_entries(good[:-1], genesis)
    poisoned = sift_more(before, [bad])
    assert poisoned.waiting
    assert set(sift_more(poisoned, [last.text]).texts) == set(good)
    for order in permutations([bad, last.text]):
        assert set(sift_more(before, order).texts) == set(good)


def test_the_order_in_which_they_come_does_not_matter(history: History) -> None:
    genesis, good = history.town.genesis.id, chain(history)
    bad = forged(history, history.chain[-2]).text
    registry = Registry.from_entries(good[:1], genesis)
    for text in [bad, *reversed(good)]:
        registry = sift_more(registry, [text])
    assert set(registry.texts) == set(good)
    assert not registry.waiting


def test_everybody_signs_in_beside_an_entry_that_is_none(department: Department) -> None:
    noise = write_entry(
        Said(EntryType.ROLE, "otto", roles=frozenset({Role.ADMINISTRATOR})),
        History().town.root, AGENCY, [department.entries[0]], AT,
    )  # fmt: skip
    department.entries = (*department.entries, noise.text, "noise")
    keys = department.sign_in("mhale.desk")
    assert noise.text not in keys.registry_entries()


def test_thousands_of_forged_entries_are_not_weighed_one_by_one(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They can never be taken out again: what is signed lasts, and so does what looks like it."""
    genesis, good = history.town.genesis.id, chain(history)
    author = type(history.town.author("cora"))("cora", PrivateKey.make())
    last, unknown = [history.chain[-1].id], ["ab" * 32]
    noise = [
        write_entry(Said(EntryType.REVOCATION, f"x{n}"), author, AGENCY, before, AT).text
        for n in range(2000) for before in (last, unknown)
    ]  # fmt: skip
    weighed = list[int]()
    joined = Registry.joined

    def counted(registry: Registry, texts: Iterable[str]) -> Registry:
        weighed.append(1)
        return joined(registry, texts)

    monkeypatch.setattr(Registry, "joined", counted)
    found = sift([*good, *noise], genesis)
    assert found.heads == Registry.from_entries(good, genesis).heads
    assert 0 < len(weighed) < 10

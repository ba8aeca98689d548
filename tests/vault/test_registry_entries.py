"""Entries of a shape that nobody writes."""

from typing import Any

import pytest
from registry_world import AGENCY, AT, History, Town

from intake_app.domain.errors import BadRegistry
from intake_app.domain.plain_json import canonical
from intake_app.vault import entry as entries
from intake_app.vault.entry import Author, Entry, EntryType, Said, read_entry, write_entry
from intake_app.vault.jose import PrivateKey
from intake_app.vault.registry import Registry


def raw_of(found: Entry) -> dict[str, object]:
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
        (1, {"v": 2}), (1, {"type": 7}), (1, {"subject": ""}), (1, {"by": 7}),
        (1, {"keys": {}}), (1, {"keys": []}), (1, {"keys": {"seal": {}, "sign": {}}}),
        (1, {"facts": {}}), (1, {"facts": {"user_name": 1, "shown_name": "x"}}),
        (1, {"roles": ["officer"]}), (2, {"roles": []}), (2, {"roles": "king"}),
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

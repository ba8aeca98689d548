"""What a newer program adds to the registry is kept and checked, and locks nobody out."""

from dataclasses import replace
from typing import Any

import pytest
from registry_world import AGENCY, CARE, History, a_station, grants, role, state

from intake_app.domain.errors import BadRegistry
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Role
from intake_app.vault import entry as entries
from intake_app.vault.entry import Entry, EntryType, read_entry
from intake_app.vault.jose import PrivateKey, unverified


def _newer(history: History, before: Entry, by: str = "ann", **change: object) -> Entry:
    """An entry as a newer program might sign it, after all that is known."""
    raw: dict[str, Any] = entries.json.loads(unverified(before.text)[1])
    raw.update({"previous": [history.chain[-1].id], "by": by, **change})
    return read_entry(history.town.author(by).key.sign(canonical(raw)))


def test_an_entry_of_an_unknown_type_is_kept_and_does_nothing(history: History) -> None:
    before = history.read()
    newer = _newer(
        history, history.ann, type="vehicle", subject="v1", facts={"seats": 2},
        keys={"kem": {"kty": "OKP"}}, roles=["driver"],
    )  # fmt: skip
    found = history.read(newer)
    assert newer.type is EntryType.UNKNOWN
    assert newer.text in found.texts
    assert found.heads == (newer.id,)
    assert state(found)[:3] == state(before)[:3]


def test_what_follows_it_counts(history: History) -> None:
    newer = _newer(history, history.ann, type="vehicle", subject="v1")
    history.chain.append(newer)
    eve = history.add("ann", history.town.joins("eve"))
    assert history.read().person("eve").entry == eve.id
    history.chain.remove(newer)
    assert "eve" not in {one.id for one in history.read().people}  # it waits for what is missing
    assert eve.id in history.read().waiting


def test_an_unknown_entry_that_nobody_here_signed_is_refused(history: History) -> None:
    stranger = _newer(history, history.ann, by="mallory", type="vehicle", subject="v1")
    with pytest.raises(BadRegistry):
        history.read(stranger)
    good = _newer(history, history.ann, type="vehicle", subject="v1")
    broken = replace(good, text=good.text[:-6] + "AAAAAA")
    with pytest.raises(BadRegistry):
        history.read(broken)


def test_an_unknown_entry_may_take_a_word_as_its_type_that_means_nothing(history: History) -> None:
    for word in ("unknown", "grants"):
        _ = history.read(_newer(history, history.ann, type=word, subject="x"))


def test_more_facts_and_keys_of_a_known_entry_have_no_effect(history: History) -> None:
    raw: dict[str, Any] = entries.json.loads(unverified(history.dan.text)[1])
    keys = {**raw["keys"], "kem": {"kty": "OKP", "crv": "X"}}
    facts = {**raw["facts"], "shown_name": "Daniel", "badge": 7}
    newer = _newer(history, history.dan, keys=keys, facts=facts, at="2027-01-01T00:00:00.00+0000")
    found = history.read(newer).person("dan")
    assert found.shown_name == "Daniel"
    assert found.entry == newer.id


def test_a_grant_with_more_facts_still_grants(history: History) -> None:
    said = grants("dan", CARE, history.dan)
    history.add("cora", replace(said, facts={**said.facts, "until": "2030-01-01"}))
    assert "dan" in history.read().holders(CARE)


def test_a_role_of_a_newer_program_opens_nothing_here(history: History) -> None:
    newer = _newer(history, history.dan_role, roles=["dispatcher", "officer"])
    assert history.read(newer).person("dan").roles == {Role.FRONT_DESK, Role.OFFICER}
    alone = _newer(history, history.dan_role, roles=["dispatcher"])
    assert history.read(alone).person("dan").roles == {Role.FRONT_DESK}


def test_a_recipient_is_listed_by_an_administrator_alone(history: History) -> None:
    keys = {use: PrivateKey.make().public for use in ("seal", "sign")}
    facts = {"kind": "prosecutor", "name": "Pine County", "party": ""}
    said = entries.Said(EntryType.RECIPIENT, "r1", keys, facts=facts)
    for other in ("cora", "dan"):
        with pytest.raises(BadRegistry):
            history.read(history.fork(other, said))
    history.add("ann", said)
    assert [(e.subject, cut) for e, cut in history.read().recipients()] == [("r1", False)]
    history.add("ann", entries.Said(EntryType.REVOCATION, "r1"))
    assert [(e.subject, cut) for e, cut in history.read().recipients()] == [("r1", True)]


def test_authors_are_who_ever_worked_here(history: History) -> None:
    history.add("ann", entries.Said(EntryType.REVOCATION, "dan"))
    found = history.read()
    assert all(map(found.is_author, ("ann", "cora", "dan", history.town.root.id)))
    assert not found.is_author("mallory")
    assert not found.is_author(AGENCY)


# --- stations -------------------------------------------------------------------------------


def _with_seal(history: History, name: str, letter: str) -> entries.Said:
    said, key = a_station(history, name), PrivateKey.make().public
    return replace(said, keys={**said.keys, "seal": key}, facts={"letter": letter})


def test_a_station_of_the_first_program_has_no_seal_key(history: History) -> None:
    history.add("ann", a_station(history, "s1"))
    history.add("ann", _with_seal(history, "s2", "C"))
    old, new = history.read().stations.all()
    assert (old.letter, old.seal) == ("B", None)
    assert new.letter == "C"
    assert new.seal is not None


def test_a_struck_station_keeps_the_bundles_up_to_its_marks(history: History) -> None:
    history.add("ann", a_station(history, "s1"))
    said = entries.Said(EntryType.REVOCATION, "s1", facts={"marks": {"e1": 7, "e2": 0}})
    one, other = (
        history.fork("ann", said),
        history.fork("ann", replace(said, facts={"marks": {"e1": 5}})),
    )
    assert history.read(one).stations.struck() == {"s1": {"e1": 7, "e2": 0}}
    assert history.read(one, other).stations.struck() == {"s1": {"e1": 5, "e2": 0}}
    assert history.read(other, one).stations.struck() == {"s1": {"e1": 5, "e2": 0}}
    assert history.read(one).stations.standing == frozenset()


def test_who_is_struck_comes_back_under_no_later_entry(history: History) -> None:
    history.add("ann", a_station(history, "s1"))
    history.add("ann", entries.Said(EntryType.REVOCATION, "s1"))
    history.add("ann", replace(a_station(history, "s1"), facts={"letter": "Z"}))
    assert history.read().stations.struck() == {"s1": {}}
    assert not history.read().stations.standing


@pytest.mark.parametrize("marks", [{"e": -1}, {"e": "1"}, {"e": True}, [], 7])
def test_marks_have_their_shape(history: History, marks: object) -> None:
    with pytest.raises(BadRegistry):
        history.fork("ann", entries.Said(EntryType.REVOCATION, "s1", facts={"marks": marks}))


def test_roles_stay_as_they_were(history: History) -> None:
    history.add("ann", role("dan", Role.RECEPTION))
    assert history.read().person("dan").roles == {Role.FRONT_DESK, Role.RECEPTION}

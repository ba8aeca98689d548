"""Changes may come in any order, twice, or late: every station ends with the same record.

The oracle is one sentence: a value stands if no change supersedes it.
"""

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.change import DELETED, Action, Change, change_id
from intake_app.domain.errors import BadChange
from intake_app.domain.ids import ChangeId, Epoch, RecordId, StationId, UserId
from intake_app.domain.record import Early, Record, deletion, merge, replaced_by

RECORD = RecordId("0" * 32)
FIELDS = ("name", "phone", "note")
Merge = Callable[[Record | None, Change, Early, Callable[[ChangeId], bool]], Record]


def typed(seed: int, steps: int, stations: int = 3) -> list[Change]:
    """What several stations typed, each seeing only some of what the others did."""
    dice = random.Random(seed)
    seen: list[Record | None] = [None] * stations
    early: list[Early] = [set() for _ in range(stations)]
    known: list[set[ChangeId]] = [set() for _ in range(stations)]
    made: list[Change] = []
    for step in range(steps):
        here = dice.randrange(stations)
        for change in dice.sample(made, dice.randint(0, len(made))):
            if change.id not in known[here]:
                seen[here] = merge(seen[here], change, early[here], known[here].__contains__)
                known[here].add(change.id)
        ident = change_id(dice.randrange(1, 1 << 40), StationId(f"s{here}"), Epoch(f"e{step:03d}"))
        record = seen[here]
        if record and dice.random() < 0.1:
            fields = deletion(record, "typed twice")
        else:
            fields = {name: dice.randrange(9) for name in dice.sample(FIELDS, dice.randint(1, 3))}
        change = Change(
            ident, UserId("u"), Action.WRITE, "intake", RECORD, fields, replaced_by(record, fields)
        )
        seen[here] = merge(record, change, early[here], known[here].__contains__)
        known[here].add(ident)
        made.append(change)
    return made


def delivered(changes: Sequence[Change], seed: int, by: Merge = merge) -> Record:
    """The record after a delivery in some order, with doubles."""
    dice = random.Random(seed)
    order = [*changes, *dice.sample(changes, len(changes) // 2)]
    dice.shuffle(order)
    record, early, known = None, set[tuple[ChangeId, str]](), set[ChangeId]()
    for change in order:
        if change.id not in known:
            record = by(record, change, early, known.__contains__)
            known.add(change.id)
    assert record is not None
    return record


def standing(changes: Sequence[Change]) -> dict[str, dict[ChangeId, object]]:
    """The oracle."""
    gone = {(old, name) for c in changes for name, olds in c.over.items() for old in olds}
    found: dict[str, dict[ChangeId, object]] = {}
    for change in changes:
        for name, value in change.fields.items():
            if (change.id, name) not in gone:
                found.setdefault(name, {})[change.id] = value
    return found


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**6), steps=st.integers(1, 14), order=st.integers(0, 10**6))
def test_every_order_ends_with_the_values_that_nothing_superseded(
    seed: int, steps: int, order: int
) -> None:
    changes = typed(seed, steps)
    record = delivered(changes, order)
    assert {name: record.standing(name) for name in record.values} == standing(changes)


def test_the_latest_by_the_writers_clock_is_shown() -> None:
    changes = typed(seed=5, steps=12)
    record = delivered(changes, seed=1)
    for name, values in standing(changes).items():
        assert record.values[name] == values[max(values)]


def _forgets_what_was_replaced(
    record: Record | None, change: Change, early: Early, is_known: Callable[[ChangeId], bool]
) -> Record:
    """A register that keeps live values only: the fault that most peers have."""
    early.clear()
    return merge(record, change, early, lambda _: True)


def _last_to_arrive_wins(
    record: Record | None, change: Change, early: Early, is_known: Callable[[ChangeId], bool]
) -> Record:
    merged = record or Record(change.record, change.kind, change.id, {})
    for name, value in change.fields.items():
        merged.keep(name, {change.id: value})
    return merged


@pytest.mark.parametrize("broken", [_forgets_what_was_replaced, _last_to_arrive_wins])
def test_a_broken_register_is_refused_by_the_same_oracle(broken: Merge) -> None:
    """Negative control: the property above finds the faults that it is there to find."""
    caught = 0
    for seed in range(200):
        changes = typed(seed, steps=10)
        try:
            record = delivered(changes, seed, by=broken)
        except BadChange:
            caught += 1
            continue
        caught += {n: record.standing(n) for n in record.values} != standing(changes)
    assert caught > 20


def test_changes_that_replace_each_other_in_a_ring_are_refused_and_touch_nothing() -> None:
    a, b = (change_id(n, StationId("s"), Epoch("eeee")) for n in (1, 2))
    first = Change(a, UserId("u"), Action.WRITE, "intake", RECORD, {"name": "x"}, {"name": [b]})
    second = Change(b, UserId("u"), Action.WRITE, "intake", RECORD, {"name": "y"}, {"name": [a]})
    early: Early = set()
    record = merge(None, first, early, {a}.__contains__)
    before = record.canonical()
    with pytest.raises(BadChange):
        merge(record, second, early, {a}.__contains__)
    assert record.canonical() == before


def test_an_edit_that_a_deletion_did_not_see_keeps_the_record_visible() -> None:
    ids = [change_id(n, StationId("s"), Epoch("eeee")) for n in (1, 2, 3)]
    begun = Change(ids[0], UserId("u"), Action.WRITE, "intake", RECORD, {"name": "x"}, {})
    early: Early = set()
    record = merge(None, begun, early, lambda _: True)
    gone = deletion(record, "typed twice")
    edit = {"name": "y"}
    edited = Change(
        ids[1], UserId("v"), Action.WRITE, "intake", RECORD, edit, replaced_by(record, edit)
    )
    record = merge(
        record,
        Change(ids[2], UserId("u"), Action.WRITE, "intake", RECORD, gone, {}),
        early,
        lambda _: True,
    )
    assert record.is_deleted
    record = merge(record, edited, early, lambda _: True)
    assert not record.is_deleted
    assert "name" in record.conflicts()
    assert record.values[DELETED]["why"] == "typed twice"

"""Settling anywhere ends the difference everywhere, in whatever order stations hear of it.

Stations write, delete, leave for later and settle, each seeing only what it heard so far. Once all
have heard all, whoever settles what is left makes every station agree, and nothing that was
written is missing from the history.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain import facts
from intake_app.domain.change import DELETED, Action, Change, Value, change_id
from intake_app.domain.dispute import Dispute, Sort, disputes_in
from intake_app.domain.ids import ChangeId, Epoch, RecordId, StationId, UserId
from intake_app.domain.record import Early, Record, deletion, merge, replaced_by
from intake_app.domain.roles import Compartment

RECORD = RecordId("0" * 32)
FIELDS = ("last", "note", "phone")
USER = UserId("u1")
Settle = Callable[[Record, Dispute], dict[str, Value]]


@dataclass
class Place:
    """What one station knows of the one record."""

    name: str
    record: Record | None = None
    early: Early = field(default_factory=set)
    known: dict[ChangeId, Change] = field(default_factory=dict)

    def hear(self, change: Change) -> None:
        if change.id not in self.known:
            self.record = merge(self.record, change, self.early, self.known.__contains__)
            self.known[change.id] = change

    def write(self, clock: int, fields: dict[str, Value], *, blind: bool = False) -> None:
        over = {} if blind else replaced_by(self.record, fields)
        ident = change_id(clock, StationId(self.name), Epoch("abcdef"))
        self.hear(Change(ident, USER, Action.WRITE, "intake", RECORD, fields, over))

    def disputes(self) -> list[Dispute]:
        assert self.record is not None
        return list(disputes_in(self.record, Compartment.CARE, {}))


def the_first(record: Record, dispute: Dispute) -> dict[str, Value]:
    """Choose the oldest entry; of what was taken out, that it stays."""
    if dispute.sort is Sort.TAKEN_OUT:
        return {DELETED: None}
    return {dispute.name: dispute.said[0].value}


def apart(seed: int, steps: int, settle: Settle = the_first) -> tuple[list[Place], random.Random]:
    dice = random.Random(seed)
    places = [Place(f"s{n}") for n in range(3)]
    names = {facts.FACTS: {"last_name": "last"}, "last": "Ash", "note": "", "phone": ""}
    places[0].write(1, names)
    for place in places[1:]:
        place.hear(next(iter(places[0].known.values())))
    for step in range(2, steps + 2):
        place, other = dice.sample(places, 2)
        heard = list(other.known.values())
        for change in dice.sample(heard, dice.randint(0, len(heard))):
            place.hear(change)
        clock = dice.choice((step, step + 1000, max(2, step - 1000)))
        record, roll = place.record, dice.random()
        assert record is not None
        if roll < 0.15:
            place.write(clock * 10 + step, deletion(record, "typed twice"))
        elif roll < 0.35 and place.disputes():
            place.write(clock * 10 + step, settle(record, dice.choice(place.disputes())))
        else:
            place.write(clock * 10 + step, {dice.choice(FIELDS): dice.randrange(9)})
    return places, dice


def meet(places: list[Place], dice: random.Random) -> None:
    everything = [change for place in places for change in place.known.values()]
    for place in places:
        for change in dice.sample(everything, len(everything)):
            place.hear(change)


def agree(places: list[Place]) -> bool:
    return len({str(place.record and place.record.canonical()) for place in places}) == 1


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**6), steps=st.integers(1, 16))
def test_settling_anywhere_ends_it_everywhere(seed: int, steps: int) -> None:
    places, dice = apart(seed, steps)
    meet(places, dice)
    assert agree(places)
    for n in range(100):
        place = dice.choice(places)
        left = place.disputes()
        if not left:
            break
        assert place.record is not None
        place.write(10**6 + n, the_first(place.record, left[0]))
        if dice.random() < 0.5:
            meet(places, dice)
    meet(places, dice)
    assert agree(places)
    assert [place.disputes() for place in places] == [[], [], []]


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**6), steps=st.integers(1, 16))
def test_what_nobody_settles_stays_whole(seed: int, steps: int) -> None:
    """Leaving for later writes nothing: each value that no change replaced is still there."""
    places, dice = apart(seed, steps)
    meet(places, dice)
    every = places[0].known.values()
    replaced = {(old, name) for c in every for name, olds in c.over.items() for old in olds}
    for place in places:
        assert place.record is not None
        for change in every:
            for name, value in change.fields.items():
                if (change.id, name) not in replaced:
                    assert place.record.standing(name)[change.id] == value


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**6), steps=st.integers(2, 16))
def test_values_that_differ_are_never_passed_over(seed: int, steps: int) -> None:
    places, dice = apart(seed, steps)
    meet(places, dice)
    record = places[0].record
    assert record is not None
    told = {one.name for dispute in places[0].disputes() for one in dispute.said}
    if not record.is_deleted:
        for name in FIELDS:
            values = {str(value) for value in record.standing(name).values()}
            assert len(values) < 2 or name in told


def test_settling_that_does_not_say_what_it_replaces_is_caught() -> None:
    """Negative control: a choice that only writes a value leaves the others standing."""
    caught = 0
    for seed in range(60):
        places, dice = apart(seed, 12)
        meet(places, dice)
        left = places[0].disputes()
        if left:
            record = places[0].record
            assert record is not None
            places[0].write(10**6, the_first(record, left[0]), blind=True)
            caught += left[0].name in {one.name for one in places[0].disputes()}
    assert caught > 10

"""What comes from elsewhere may say anything; it is taken or set aside, and the rest goes on."""

from collections.abc import Callable

import pytest
from making import ANN, NAMED, begun, edited, purged, signed
from real_parts import SAVE

from intake_app.domain.change import Action, Change, Value, change_id
from intake_app.domain.errors import BadChange
from intake_app.domain.ids import ChangeId, Epoch, RecordId, new_record_id
from intake_app.domain.record import deletion
from intake_app.storage.compartment import Compartment

ELSEWHERE = ChangeId("0000000000000007.annex.ffffff")


def from_elsewhere(fields: dict[str, Value], record: RecordId | None = None) -> Change:
    made = Change(ELSEWHERE, ANN, Action.WRITE, "intake", record or new_record_id(), fields)
    return Change.from_line(made.line)


SET_ASIDE: dict[str, dict[str, Value]] = {
    "a deletion in one word": {"last": "Boggs", "~deleted": "yes"},
    "a deletion that saw nothing": {"last": "Boggs", "~deleted": {"why": "x"}},
    "a deletion that saw a list": {"last": "Boggs", "~deleted": {"why": "x", "saw": [1]}},
    "a deletion that saw no ids": {
        "last": "Boggs",
        "~deleted": {"why": "x", "saw": {"last": None}},
    },
}
TAKEN: dict[str, dict[str, Value]] = {
    "columns in one word": {"~facts": "last"},
    "columns as a list": {"~facts": ["last"]},
    "a column that is a list": {"~facts": {"last_name": ["last"]}},
    "a form in one word": {"~form": "self_referral"},
    "a name that is an object": {"~facts": NAMED, "last": {"Boggs": 1}},
    "a number and a time that are none": {"~number": {"a": 1}, "~opened": 5, "~due": [[["x"]]]},
    "a name with a NUL": {"~facts": NAMED, "last": "Bo\0ggs"},
}  # fmt: skip


@pytest.mark.parametrize("what", [*SET_ASIDE, *TAKEN])
def test_a_change_that_says_strange_things_does_not_stop_the_others(
    care: Compartment, what: str
) -> None:
    strange = from_elsewhere({**SET_ASIDE, **TAKEN}[what])
    good = begun(care, last="Lowe")
    assert care.apply([strange, good], SAVE) == (1 if what in SET_ASIDE else 2)
    assert care.set_aside() == (1 if what in SET_ASIDE else 0)
    assert "Lowe" in [row.name for row in care.rows(care.order("intake"))]
    care.record(strange.record)
    assert len(care.digest()) == 64


def test_a_deletion_as_the_program_writes_it_is_taken(care: Compartment) -> None:
    """Negative control of what is set aside above."""
    change = begun(care, last="Boggs")
    care.apply([change], SAVE)
    record = care.record(change.record)
    assert record is not None
    assert care.apply([edited(care, change.record, **deletion(record, "twice"))], SAVE) == 1
    assert care.set_aside() == 0


@pytest.mark.parametrize("is_later", [False, True])
def test_another_change_under_a_known_id_is_set_aside_and_counted(
    care: Compartment, is_later: bool
) -> None:
    first, twin = (from_elsewhere({"last": name}, RecordId("r")) for name in ("Boggs", "Forged"))
    batches = [[first], [twin]] if is_later else [[first, twin]]
    assert sum(care.apply(batch, SAVE) for batch in batches) == 1
    record = care.record(RecordId("r"))
    assert record is not None
    assert record.values["last"] == "Boggs"
    assert care.set_aside() == 1


def test_the_same_change_under_its_own_id_is_no_twin(care: Compartment) -> None:
    """Negative control: coming twice is the usual case and no alarm."""
    first = from_elsewhere({"last": "Boggs"}, RecordId("r"))
    care.apply([first, Change.from_line(first.line)], SAVE)
    care.apply([Change.from_line(first.line)], SAVE)
    assert care.set_aside() == 0


def test_what_is_set_aside_and_comes_again_is_kept_once(care: Compartment) -> None:
    strange = from_elsewhere(SET_ASIDE["a deletion in one word"])
    for _ in range(3):
        care.apply([strange], SAVE)
    assert care.set_aside() == 1


def test_purging_a_record_takes_what_was_set_aside_of_it_too(care: Compartment) -> None:
    intake, other = begun(care, last="Boggs"), begun(care, last="Lowe")
    act, kept = signed(care, intake.record, purpose="care"), signed(care, other.record, purpose="x")
    care.apply([intake, other, act, kept], SAVE)
    again = [
        Change(care.stamp(), ANN, Action.FACT, "consent", one.record, {"purpose": "Boggs"})
        for one in (act, kept)
    ]
    care.apply(again, SAVE)
    assert care.set_aside() == 2
    care.apply([purged(care, act.record)], SAVE)
    assert care.set_aside() == 1


MOVES: dict[str, Callable[[Change], tuple[str, RecordId]]] = {
    "another kind": lambda c: ("consent", c.about),
    "another place": lambda c: (c.kind, RecordId("somebody else")),
}


@pytest.mark.parametrize("how", MOVES)
def test_a_record_keeps_its_kind_and_its_place(care: Compartment, how: str) -> None:
    change = begun(care, last="Boggs")
    care.apply([change], SAVE)
    kind, about = MOVES[how](change)
    moved = Change(
        care.stamp(), ANN, Action.WRITE, kind, change.record, {"last": "Lowe"}, about=about
    )
    assert care.apply([moved], SAVE) == 0
    assert care.set_aside() == 1
    assert care.apply([edited(care, change.record, last="Lowe")], SAVE) == 1


def test_a_forged_id_does_not_set_the_clock_of_this_station(care: Compartment) -> None:
    """Ids of other runs of numbers, and ids at the end of the numbers, leave ours as it is."""
    before = care.stamp()
    forged = change_id(0x7FFF_FFFF_FFFF_FFFF, care.station, Epoch("beef00"))
    care.apply([Change(forged, ANN, Action.WRITE, "intake", new_record_id(), {"a": 1})], SAVE)
    again = Compartment(care.database, care._clock)
    assert before <= again.stamp() < forged
    last = change_id(0xFFFF_FFFF_FFFF_FFFF, care.station, care.epoch)
    over = Change(last, ANN, Action.WRITE, "intake", RecordId("r"), {"a": 1})
    with pytest.raises(BadChange):
        Change.from_line(over.line)


def test_what_cannot_be_read_again_is_refused_with_all_that_came_with_it(
    care: Compartment,
) -> None:
    good, bad = begun(care, last="Boggs"), begun(care, last="half a character \ud83d")
    with pytest.raises(BadChange):
        care.apply([good, bad], SAVE)
    assert list(care.order("intake")) == []
    assert care.apply([good], SAVE) == 1


@pytest.mark.parametrize("typed", ["bo\0", "\0", "\ud83d bo"])
def test_a_paste_with_strange_signs_into_find_is_no_error(care: Compartment, typed: str) -> None:
    care.apply([begun(care, last="Boggs")], SAVE)
    assert len(care.find(typed, "intake")) == (1 if "bo" in typed else 0)


def test_find_finds_without_them(care: Compartment) -> None:
    """Negative control."""
    care.apply([begun(care, last="Boggs")], SAVE)
    assert len(care.find("bo", "intake")) == 1

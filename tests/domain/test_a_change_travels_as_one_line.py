"""A change is one line of JSON; what comes from outside is read as strictly as it is written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.change import MAX_LINE, Action, Change, change_id, clock_of
from intake_app.domain.errors import BadChange
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId

GOOD = Change(
    change_id(7, StationId("front"), Epoch("abcd")), UserId("u1"), Action.WRITE, "intake",
    RecordId("r1"), {"name": "Ana", "needs": ["food", "bed"]},
    {"name": [change_id(3, StationId("annex"), Epoch("ffff"))]},
)  # fmt: skip


def test_a_line_reads_back_as_the_same_change() -> None:
    assert Change.from_line(GOOD.line) == GOOD
    assert Change.from_line(GOOD.line).line == GOOD.line


def test_the_id_says_when_and_where_it_was_typed() -> None:
    assert GOOD.station == "front"
    assert clock_of(GOOD.id) == 7


@given(st.binary(max_size=200))
def test_no_line_of_noise_is_taken_for_a_change(noise: bytes) -> None:
    with pytest.raises(BadChange):
        Change.from_line(noise)


BROKEN = {
    "another version": {"v": 2},
    "an id of another shape": {"id": "yesterday"},
    "an unknown act": {"do": "forget"},
    "a kind that is no text": {"kind": 5},
    "no kind": {"kind": ""},
    "fields that are a list": {"fields": []},
    "an over of a field that it does not write": {"over": {"phone": []}},
    "an over that names no change": {"over": {"name": ["x"]}},
    "an over that is no list": {"over": {"name": "x"}},
    "something more": {"shell": "rm"},
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_line_with_a_fault_is_refused(fault: str) -> None:
    raw = {**json.loads(GOOD.line), **BROKEN[fault]}
    with pytest.raises(BadChange):
        Change.from_line(json.dumps(raw).encode())


def test_the_same_line_without_a_fault_is_taken() -> None:
    """Negative control for the table above."""
    assert Change.from_line(json.dumps(json.loads(GOOD.line)).encode()) == GOOD


def test_a_line_of_more_than_four_million_bytes_is_refused() -> None:
    big = Change(GOOD.id, GOOD.user, GOOD.action, "intake", GOOD.record, {"name": "x" * MAX_LINE})
    with pytest.raises(BadChange):
        Change.from_line(big.line)

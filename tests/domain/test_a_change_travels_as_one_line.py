"""A change is one line of JSON; what comes from outside is read as strictly as it is written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.change import MAX_LINE, Action, Change, Value, change_id, clock_of
from intake_app.domain.errors import BadChange
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId

GOOD = Change(
    change_id(7, StationId("front"), Epoch("abcd")), UserId("u1"), Action.WRITE, "intake",
    RecordId("r1"), {"name": "Ana", "needs": ["food", "bed"]},
    {"name": [change_id(3, StationId("annex"), Epoch("ffff"))]},
)  # fmt: skip


def as_line(raw: dict[str, Value]) -> bytes:
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


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
    "an id whose clock is at its end": {"id": "f" * 16 + ".front.abcd"},
    "what is no number": {"fields": {"name": float("nan")}},
    "half a character": {"fields": {"name": "\ud800"}},
    "lists within lists without end": {"fields": {"name": json.loads("[" * 500 + "]" * 500)}},
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_line_with_a_fault_is_refused(fault: str) -> None:
    raw = {**json.loads(GOOD.line), **BROKEN[fault]}
    with pytest.raises(BadChange):
        Change.from_line(as_line(raw))


SAID_OTHERWISE = {
    "blanks": json.dumps(json.loads(GOOD.line)).encode(),
    "another order": as_line(dict(reversed(json.loads(GOOD.line).items()))),
    "a name twice": GOOD.line.replace(b'"fields":{', b'"fields":{"name":"Bo",'),
    "escaped letters": GOOD.line.replace(b"Ana", rb"\u0041na"),
    "another encoding": GOOD.line.decode().encode("utf-16"),
}


@pytest.mark.parametrize("how", SAID_OTHERWISE)
def test_the_same_change_said_in_other_bytes_is_refused(how: str) -> None:
    """One change, one line: so lines can be compared and hashed."""
    assert json.loads(SAID_OTHERWISE[how])["id"] == GOOD.id
    with pytest.raises(BadChange):
        Change.from_line(SAID_OTHERWISE[how])


def test_the_same_line_without_a_fault_is_taken() -> None:
    """Negative control for the table above."""
    assert Change.from_line(as_line(json.loads(GOOD.line))) == GOOD


def test_a_line_of_more_than_four_million_bytes_is_refused() -> None:
    long, fits = (
        as_line({**json.loads(GOOD.line), "fields": {"name": "x" * length}})
        for length in (MAX_LINE, MAX_LINE - 999)
    )
    with pytest.raises(BadChange):
        Change.from_line(long)
    assert Change.from_line(fits).line == fits


UNSAYABLE: dict[str, Value] = {
    "too long": "x" * MAX_LINE,
    "what is no number": float("inf"),
    "half a character, as a paste can bring it": "Boggs \ud83d",
    "what JSON has no word for": {1, 2},
}


@pytest.mark.parametrize("what", UNSAYABLE)
def test_a_change_that_could_not_be_read_again_is_never_written(what: str) -> None:
    made = Change(GOOD.id, GOOD.user, GOOD.action, "note", GOOD.record, {"name": UNSAYABLE[what]})
    with pytest.raises(BadChange) as refused:
        _ = made.line
    assert refused.value.__cause__ is None  # it would carry the value into a log


def test_a_change_says_nothing_of_its_values_where_it_is_shown_to_a_programmer() -> None:
    assert "Ana" not in repr(GOOD)
    assert GOOD.record in repr(GOOD)

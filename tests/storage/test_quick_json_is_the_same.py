"""Quick JSON says what the standard library says, byte for byte; what it doubts, it leaves."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.change import Action, Change, Value
from intake_app.domain.errors import BadChange
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.storage.lines import Delivery
from intake_app.storage.quick_json import from_own_text, from_text, to_text

HARD = [
    1e16, 1e22, 1e-5, 123456789012345680.0, 5e-324, -0.0, 0.1, 2.5, 1.0, 2**53 + 1, 2**63,
    2**64, 2**64 - 1, -(2**63), -(2**63) - 1, 2**200, 0, True, None, "", "\x00\x1f\x7f\x80",
    "\u2028\u2029",
    '"\\/\b\f\n\r\t', "\U0001f600", "ñ", "e\u0301", [[[[1.5]]]], {"": {"a": [1e300]}},
]  # fmt: skip
values = st.recursive(
    st.sampled_from(HARD) | st.text() | st.integers() | st.booleans() | st.none()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def slow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@given(values)
def test_what_is_written_is_read_as_it_was(value: Value) -> None:
    assert slow(from_text(to_text(value))) == slow(value)
    assert slow(json.loads(to_text(value))) == slow(value)


@given(values)
def test_a_text_that_it_vouches_for_is_the_only_one(value: Value) -> None:
    line = slow(value).encode()
    said = from_own_text(line)
    assert said is None or slow(said).encode() == line


@pytest.mark.parametrize(
    "text",
    ["1e16", "1e-5", "123456789012345680.0", "-0", "1.00", "01", "18446744073709551616", " 1",
     '"\\u0041"', '"\\/"', '{"a":1,"a":1}', '{"a": 1}', '"\\ud800"', "NaN", "[1,]"],
)  # fmt: skip
def test_it_vouches_for_nothing_that_is_written_otherwise(text: str) -> None:
    """Negative control: each is refused, or is left to the standard library."""
    assert from_own_text(text.encode()) is None


@given(st.dictionaries(st.text(), values, max_size=4), st.booleans())
def test_a_line_is_read_quickly_as_it_is_read_slowly(
    fields: dict[str, Value], is_altered: bool
) -> None:
    made = Change(
        ChangeId("0000000000000007.annex.ffffff"), UserId("u"), Action.WRITE, "k", RecordId("r"),
        fields,
    )  # fmt: skip
    try:
        line = made.line
    except BadChange:
        return  # half a character
    if is_altered:
        line = line.replace(b'"v":1', b'"v": 1')
    read = Delivery().read([line])
    assert read == ([] if is_altered else [Change.from_line(line)])
    assert [change.line for change in read] == [line] * len(read)


ORDERS = [
    b'{"id":"0000000000000007.annex.ffffff","v":1,"user":"u","do":"write","kind":"k","record":"r",'
    b'"about":"","fields":{},"over":{}}',
    b'{"v":true,"id":"0000000000000007.annex.ffffff","user":"u","do":"write","kind":"k",'
    b'"record":"r","about":"","fields":{},"over":{}}',
]


@pytest.mark.parametrize("line", ORDERS)
def test_a_line_in_another_order_or_with_another_one_is_no_change(line: bytes) -> None:
    with pytest.raises(BadChange):
        Change.from_line(line)
    assert Delivery().read([line]) == []

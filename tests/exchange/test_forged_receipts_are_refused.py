"""A receipt decides what is deleted and what is asked for: only its own station may sign it.

What carriers and insiders do to one is refused with one sentence; so are claims beyond all bounds.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from forging import STREAM, flipped, is_one_sentence, said_in, signed, spelled
from hypothesis import given
from hypothesis import strategies as st
from keyed_stations import BACK, FIRST, FRONT, STRANGER, Department

from intake_app.domain.exchange import FileState, Mark, Receipt, Stream, Wanted
from intake_app.domain.exchange_errors import (
    Altered,
    AnotherDepartment,
    Misplaced,
    NotExchanged,
    Oversized,
    StationUnknown,
    TooNew,
)
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.exchange.receipts import MOST, peek_receipt, read_receipt, write_receipt

OWN, OTHER = STREAM.name, Stream(BACK, FIRST).name
HASH = "ab" * 32


class Desk:
    """A good receipt of the front, the back that reads, and pens to forge with."""

    def __init__(self, department: Department) -> None:
        self.department = department
        state = FileState(1, {OWN: 2, OTHER: 7}, HASH, 0, ("order-1",), HASH)
        self.receipt = Receipt(
            department.agency, STREAM, 4, {OWN: Mark(2, HASH)}, {OTHER: Mark(7, HASH)},
            {Compartment.CARE: state}, (Wanted(OTHER, 8),), "snap-1",
            department.registry.heads, "0.1.0",
        )  # fmt: skip
        self.front = department.sealing(FRONT)
        self.back = department.sealing(BACK)
        self.text = write_receipt(self.front, self.receipt)

    def readers(self) -> list[Callable[[str], Receipt]]:
        """As a station reads it, and as a carrier does."""
        return [partial(read_receipt, self.back), peek_receipt]

    def said(self) -> dict[str, Any]:
        return said_in(self.text)

    def saying(self, **other: object) -> str:
        """Another receipt, signed by the front's key."""
        return self.signing(canonical({**self.said(), **other}))

    def signing(self, payload: bytes) -> str:
        return signed(self.department.station_keys[FRONT], payload)

    def of_care(self, **other: object) -> str:
        """Another state of `care`."""
        return self.saying(files={"care": {**self.said()["files"]["care"], **other}})


@pytest.fixture(scope="module")
def desk(department: Department) -> Desk:
    return Desk(department)


def test_a_receipt_that_nobody_touched_is_read(desk: Desk) -> None:
    """The negative control, for the forger's pen too."""
    assert read_receipt(desk.back, desk.text, desk.receipt.name) == desk.receipt
    assert read_receipt(desk.back, desk.saying()) == desk.receipt
    changed = desk.of_care(aside=5)
    assert read_receipt(desk.back, changed).files[Compartment.CARE].aside == 5


def test_only_the_station_itself_signs_it(desk: Desk) -> None:
    keys, payload = desk.department.station_keys, canonical(desk.said())
    person = desk.department.ada.sign
    for pen in (keys[BACK], keys[STRANGER], person):
        with pytest.raises(Altered):
            read_receipt(desk.back, signed(pen, payload))
        as_front = canonical({"alg": "ES256", "kid": keys[FRONT].name})
        with pytest.raises(Altered):
            read_receipt(desk.back, signed(pen, payload, as_front))


def test_a_receipt_under_another_name_is_refused(desk: Desk) -> None:
    """An old one that is put in the place of a newer, or one of another epoch."""
    for name in (f"{OWN}.5", f"front.bbbb02.{desk.receipt.counter}", f"{OTHER}.4"):
        with pytest.raises(Misplaced):
            read_receipt(desk.back, desk.text, name)


def test_strangers_other_departments_and_newer_programs_are_told_apart(desk: Desk) -> None:
    with pytest.raises(StationUnknown):
        read_receipt(desk.back, desk.saying(station=STRANGER))
    with pytest.raises(AnotherDepartment):
        read_receipt(desk.back, desk.saying(agency="agency-02"))
    for read in desk.readers():
        with pytest.raises(TooNew):
            read(desk.saying(v=2, more="members"))


def test_a_single_bit_anywhere_spoils_it(desk: Desk) -> None:
    data = desk.text.encode()
    for bit in range(0, len(data) * 8, 5):
        with pytest.raises(NotExchanged):
            read_receipt(desk.back, flipped(data, bit).decode("latin-1"))


MANY = {f"front.{n:06d}": [0, ""] for n in range(10_001)}

FORGED: dict[str, dict[str, object]] = {
    "counter nought": {"counter": 0},
    "a negative counter": {"counter": -1},
    "a huge counter": {"counter": 2**70},
    "a counter that is true": {"counter": True},
    "an epoch that is a path": {"epoch": "../aa"},
    "a station that looks alike": {"station": "fr\u043ent"},
    "another type": {"type": "bundle"},
    "format nought": {"v": 0},
    "a member more": {"extra": 1},
    "wrote of another station": {"wrote": {OTHER: [7, HASH]}},
    "wrote that is a list": {"wrote": [[2, HASH]]},
    "a stream that is a path": {"wrote": {"../../front.aaaa01": [1, HASH]}},
    "a stream without epoch": {"received": {"back": [1, HASH]}},
    "a stream with three parts": {"received": {"back.aaaa01.9": [1, HASH]}},
    "a number without hash": {"wrote": {OWN: [2, ""]}},
    "a hash without number": {"wrote": {OWN: [0, HASH]}},
    "a negative number": {"wrote": {OWN: [-1, HASH]}},
    "a number beyond all bounds": {"wrote": {OWN: [10**12, HASH]}},
    "a mark of three": {"received": {OTHER: [1, HASH, 1]}},
    "a hash that is cut": {"received": {OTHER: [1, HASH[:-1]]}},
    "too many streams": {"wrote": MANY},
    "a file that is none": {"files": {"secrets": {}}},
    "files that are a list": {"files": []},
    "a need without number": {"need": [[OTHER]]},
    "a need of nought": {"need": [[OTHER, 0]]},
    "a need of everything": {"need": [[OTHER, n] for n in range(1, 1002)]},
    "a snapshot that is a path": {"snapshot": "../snap"},
    "a snapshot with a dot": {"snapshot": "snap.1"},
    "a snapshot that is no text": {"snapshot": False},
    "heads twice": {"heads": [HASH, HASH]},
    "a program with a line end": {"program": "1.0\nforged"},
    "a program that is a novel": {"program": "x" * 65},
}
OF_CARE: dict[str, dict[str, object]] = {
    "a negative generation": {"generation": -1},
    "applied of nobody": {"applied": {"": 1}},
    "applied that is negative": {"applied": {OTHER: -1}},
    "a digest that is none": {"digest": "0"},
    "more aside than can be": {"aside": 2**40},
    "orders that are objects": {"purged": [{}]},
    "too many orders": {"purged": ["o"] * 10_001},
    "an audit head that is none": {"audit": HASH + "\n"},
    "a member too many": {"more": 1},
}


@pytest.mark.parametrize("name", FORGED)
def test_what_a_station_claims_must_have_its_shape(desk: Desk, name: str) -> None:
    text = desk.saying(**FORGED[name])
    for read in desk.readers():
        with pytest.raises(NotExchanged) as told:
            read(text)
        assert is_one_sentence(told.value)


@pytest.mark.parametrize("name", OF_CARE)
def test_what_a_station_claims_of_a_file_too(desk: Desk, name: str) -> None:
    text = desk.of_care(**OF_CARE[name])
    for read in desk.readers():
        with pytest.raises(Altered):
            read(text)


def test_other_spellings_are_refused(desk: Desk) -> None:
    payload = canonical(desk.said())
    texts = [
        "", ".", "..", "a.b", "a.b.c", "a.b.c.d", "\u0661.\u0662.\u0663", "\ud800.a.b",
        desk.text + "=", desk.text + "\n", desk.text.replace(".", ". "), "." + desk.text,
        desk.text.rpartition(".")[0],
        desk.signing(payload + b"\n"), desk.signing(spelled(desk.said())),
        desk.signing(payload.replace(b'"counter":4', b'"counter":9,"counter":4')),
        desk.signing(payload.replace(b'"counter":4', b'"counter":4.0')),
        desk.signing(b"[" * 200_000), desk.signing(b"null"),
        signed(desk.department.station_keys[FRONT], payload, low=False),
    ]  # fmt: skip
    for text in texts:
        with pytest.raises(NotExchanged):
            read_receipt(desk.back, text)


def test_a_receipt_beyond_all_bounds_is_not_even_looked_at(desk: Desk) -> None:
    for read in desk.readers():
        with pytest.raises(Oversized):
            read("A" * (MOST + 1))
    huge = replace(desk.receipt, wrote={f"front.{n:06d}": Mark(1, HASH) for n in range(30_000)})
    with pytest.raises(Oversized):
        write_receipt(desk.front, huge)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_noise_is_refused_with_our_errors_alone(desk: Desk, noise: str) -> None:
    for read in desk.readers():
        with pytest.raises(NotExchanged):
            read(noise)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@given(st.data())
def test_any_value_of_any_member_is_read_or_refused(desk: Desk, data: st.DataObject) -> None:
    name, value = data.draw(st.sampled_from(sorted(desk.said()))), data.draw(_JSON)
    try:
        text = desk.saying(**{name: value})
    except ValueError:  # half a character, which nobody can write
        return
    try:
        found = read_receipt(desk.back, text)
    except NotExchanged:
        return
    assert peek_receipt(text) == found

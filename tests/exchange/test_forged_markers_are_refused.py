"""A forged, copied or mended hub.json opens no store, and writes nothing into one."""

from collections.abc import Callable
from functools import partial

import pytest
from forging import flipped, is_one_sentence, said_in, signed, spelled
from hypothesis import given
from hypothesis import strategies as st
from keyed_stations import BACK, FRONT, Department

from intake_app.domain.exchange import Marker
from intake_app.domain.exchange_errors import MarkerRefused, MarkerTooNew, NotExchanged
from intake_app.domain.plain_json import canonical
from intake_app.exchange.marker import MOST, peek_marker, read_marker, write_marker
from intake_app.vault.jose import PrivateKey


class Desk:
    """A good marker, a station that reads it, and the administrator's own pen."""

    def __init__(self, department: Department) -> None:
        self.department = department
        heads = department.registry.heads
        self.marker = Marker(department.agency, "hub-1", "webdav", 1, heads, 3)
        self.text = write_marker(department.sealing(FRONT), self.marker)
        self.back = department.sealing(BACK, department.otto)

    def readers(self) -> list[Callable[[str], Marker]]:
        """As a station reads it, and as a carrier does."""
        return [partial(read_marker, self.back), peek_marker]

    def saying(self, **other: object) -> str:
        return signed(self.department.ada.sign, canonical({**said_in(self.text), **other}))

    def by(self, pen: PrivateKey, **other: object) -> str:
        return signed(pen, canonical({**said_in(self.text), **other}))


@pytest.fixture(scope="module")
def desk(department: Department) -> Desk:
    return Desk(department)


def test_a_marker_that_nobody_touched_is_read(desk: Desk) -> None:
    assert read_marker(desk.back, desk.text) == desk.marker
    assert read_marker(desk.back, desk.saying()) == desk.marker


def test_only_an_administrator_signs_one(desk: Desk) -> None:
    department = desk.department
    forged = [
        desk.by(department.otto.sign), desk.by(department.otto.sign, by="otto"),
        desk.by(department.station_keys[FRONT]), desk.by(department.station_keys[FRONT], by=FRONT),
        desk.by(PrivateKey.make()), desk.by(PrivateKey.make(), head="0" * 64),
        desk.by(department.otto.sign, by="otto", head="0" * 64),
        desk.by(department.ada.sign, by="otto"), desk.by(department.ada.sign, by="nobody"),
    ]  # fmt: skip
    for text in forged:
        with pytest.raises(MarkerRefused) as told:
            read_marker(desk.back, text)
        assert is_one_sentence(told.value)


FORGED: dict[str, dict[str, object]] = {
    "another department": {"agency": "agency-02"},
    "another act of the same person": {"act": "order"},
    "a hub that is a path": {"hub": "../hub"},
    "a hub without name": {"hub": ""},
    "an unknown kind": {"kind": "sftp"},
    "a kind that is a list": {"kind": ["stick"]},
    "issue nought": {"issue": 0},
    "a negative issue": {"issue": -3},
    "an issue that is true": {"issue": True},
    "an issue beyond all bounds": {"issue": 10**10},
    "a minimum of nought": {"minimum": 0},
    "heads out of order": {"heads": ["b" * 64, "a" * 64]},
    "another version": {"v": 2},
    "format nought": {"format": 0},
    "a member more": {"extra": 1},
    "a head that is a list": {"head": []},
    "an author that is an object": {"by": {}},
}


@pytest.mark.parametrize("name", FORGED)
def test_what_an_administrator_signs_must_have_its_shape(desk: Desk, name: str) -> None:
    with pytest.raises(MarkerRefused) as told:
        read_marker(desk.back, desk.saying(**FORGED[name]))
    assert is_one_sentence(told.value)


def test_a_marker_of_a_newer_program_is_told_apart(desk: Desk) -> None:
    for read in desk.readers():
        with pytest.raises(MarkerTooNew):
            read(desk.saying(format=2, more=1))


def test_other_spellings_and_single_bits_are_refused(desk: Desk) -> None:
    payload, data = canonical(said_in(desk.text)), desk.text.encode()
    texts = [
        "", "{}", "..", desk.text + "\n", "A" * (MOST + 1),
        signed(desk.department.ada.sign, spelled(said_in(desk.text))),
        signed(desk.department.ada.sign, payload.replace(b'"issue":3', b'"issue":9,"issue":3')),
        signed(desk.department.ada.sign, b"[" * 90_000),
        *(flipped(data, bit).decode("latin-1") for bit in range(0, len(data) * 8, 5)),
    ]  # fmt: skip
    for text in texts:
        with pytest.raises(MarkerRefused):
            read_marker(desk.back, text)


@given(st.text(max_size=200))
def test_noise_is_refused_with_our_errors_alone(desk: Desk, noise: str) -> None:
    for read in desk.readers():
        with pytest.raises(NotExchanged):
            read(noise)

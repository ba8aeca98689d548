"""An insider with a station's key signs what they like: what has not the one shape is refused."""

import pytest
from forging import STREAM, Tampering, Workshop, is_one_sentence, signed, spelled, with_line
from hypothesis import given
from hypothesis import strategies as st
from keyed_stations import BACK, STRANGER, Department

from intake_app.domain.exchange import Stream
from intake_app.domain.exchange_errors import (
    Altered,
    ChainBroken,
    Misplaced,
    NotExchanged,
    StationUnknown,
    TooNew,
)
from intake_app.domain.plain_json import canonical
from intake_app.exchange.bundles import BundlePlace, read_bundle

DEEP = b"[" * 100_000

BY_A_STATION: dict[str, tuple[Tampering, type[NotExchanged]]] = {
    "a hole in the numbers": (lambda w: w.saying(n=3), Misplaced),
    "a huge number": (lambda w: w.saying(n=10**18), Altered),
    "a number of ten thousand digits": (
        lambda w: w.signing(canonical(w.said()).replace(b'"n":2', b'"n":' + b"9" * 10_000)),
        Altered,
    ),
    "number nought": (lambda w: w.saying(n=0), Altered),
    "a negative number": (lambda w: w.saying(n=-2), Altered),
    "a number that is not whole": (
        lambda w: w.signing(canonical(w.said()).replace(b'"n":2', b'"n":2.0')), Altered
    ),
    "a number that is a text": (lambda w: w.saying(n="2"), Altered),
    "a number that is true": (lambda w: w.saying(n=True), Altered),
    "no number at all": (lambda w: w.without("n"), Altered),
    "not a number": (
        lambda w: w.signing(canonical(w.said()).replace(b'"n":2', b'"n":NaN')), Altered
    ),
    "another bundle before": (lambda w: w.saying(previous="0" * 64), ChainBroken),
    "no bundle before": (lambda w: w.saying(previous=""), Altered),
    "a hash in capitals": (lambda w: w.saying(previous="AB" * 32), Altered),
    "a first bundle that follows one": (lambda w: w.saying(n=1), Altered),
    "a member that nobody knows": (lambda w: w.saying(extra=1), Altered),
    "a member twice": (
        lambda w: w.signing(canonical(w.said()).replace(b'"n":2', b'"n":7,"n":2')), Altered
    ),
    "spaces between": (lambda w: w.signing(spelled(w.said())), Altered),
    "members in another order": (
        lambda w: w.signing(spelled(dict(reversed(w.said().items())), separators=(",", ":"))),
        Altered,
    ),
    "something after the object": (lambda w: w.signing(canonical(w.said()) + b" "), Altered),
    "no object": (lambda w: w.signing(b"[]"), Altered),
    "no JSON": (lambda w: w.signing(b"\xff\xfe"), Altered),
    "half a character": (
        lambda w: w.signing(canonical(w.said()).replace(b'"bundle"', b'"\\ud800"')), Altered
    ),
    "lists in lists in lists": (lambda w: w.signing(DEEP), Altered),
    "objects in objects": (lambda w: w.signing(b'{"a":' * 30_000), Altered),
    "format nought": (lambda w: w.saying(v=0), Altered),
    "format true": (lambda w: w.saying(v=True), Altered),
    "of another department": (lambda w: w.saying(agency="agency-02"), Altered),
    "a department that looks alike": (lambda w: w.saying(agency="\uff41gency-01"), Altered),
    "a station that looks alike": (lambda w: w.saying(station="fr\u043ent"), Altered),
    "another station": (lambda w: w.saying(station=BACK), Misplaced),
    "a path as a station": (lambda w: w.saying(station="../front"), Altered),
    "a path as an epoch": (lambda w: w.saying(epoch="../../etc"), Altered),
    "a line end in an epoch": (lambda w: w.saying(epoch="aaaa01\n"), Altered),
    "digits of another script": (lambda w: w.saying(epoch="aaaa\u0660\u0661"), Altered),
    "a nought byte in the parent": (lambda w: w.saying(parent="aaaa\x00b"), Altered),
    "heads out of order": (lambda w: w.saying(heads=["b" * 64, "a" * 64]), Altered),
    "a head that is none": (lambda w: w.saying(heads=["../x"]), Altered),
    "too many heads": (lambda w: w.saying(heads=[f"{n:064x}" for n in range(1001)]), Altered),
    "three segments told": (lambda w: w.saying(segments=w.said()["segments"][:3]), Altered),
    "five segments told": (lambda w: w.saying(segments=[*w.said()["segments"], []]), Altered),
    "segments that are an object": (lambda w: w.saying(segments={}), Altered),
    "another length": (lambda w: _segment(w, 2, 5), Altered),
    "a negative length": (lambda w: _segment(w, 2, -1), Altered),
    "a length beyond all bounds": (lambda w: _segment(w, 2, 10**12), Altered),
    "another hash": (lambda w: _segment(w, 1, "0" * 64), Altered),
    "a negative generation": (lambda w: _segment(w, 0, -1), Altered),
    "a huge generation": (lambda w: _segment(w, 0, 2**80), Altered),
    "a receipt in place of a manifest": (lambda w: w.saying(type="receipt"), Altered),
    "a part of a snapshot in place of a bundle": (lambda w: w.saying(type="part"), Altered),
    "another way to spell the header": (
        lambda w: _with_header(w, b'{"kid":"%b","alg":"ES256"}'), Altered
    ),
    "a header that asks for more": (
        lambda w: _with_header(w, b'{"alg":"ES256","crit":["b64"],"b64":false,"kid":"%b"}'), Altered
    ),
    "a header that brings its own key": (lambda w: _with_own_key(w), Altered),
    "the higher of two signatures": (
        lambda w: with_line(
            w.lines(), 0, signed(w.pen, canonical(w.said()), low=False).encode()
        ), Altered
    ),
    "by another station's key": (
        lambda w: with_line(w.lines(), 0, _by(w, BACK)), Altered
    ),
    "by the key of a station that was never enrolled": (
        lambda w: with_line(w.lines(), 0, _by(w, STRANGER)), Altered
    ),
    "by a person": (
        lambda w: with_line(
            w.lines(), 0, signed(w.department.ada.sign, canonical(w.said())).encode()
        ), Altered
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_A_STATION)
def test_what_a_station_signs_must_still_have_its_shape(workshop: Workshop, name: str) -> None:
    tamper, error = BY_A_STATION[name]
    with pytest.raises(error) as told:
        workshop.read(tamper(workshop))
    assert is_one_sentence(told.value)


def test_a_newer_format_is_told_apart_from_a_damaged_one(workshop: Workshop) -> None:
    with pytest.raises(TooNew):
        workshop.read(workshop.saying(v=2, more="members"))


def test_a_station_that_is_not_known_here_is_told_apart_too(workshop: Workshop) -> None:
    place = BundlePlace(Stream(STRANGER, STREAM.epoch), 1, "")
    with pytest.raises(StationUnknown):
        read_bundle(workshop.department.sealing(BACK), workshop.second, place)


def test_a_bundle_of_another_department_is_not_ours(workshop: Workshop) -> None:
    """Also one whose station and epoch have the same names."""
    elsewhere = Workshop(Department("agency-02"))
    with pytest.raises(Altered):
        workshop.read(elsewhere.first, 1)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@given(
    st.sampled_from(["v", "type", "agency", "station", "epoch", "parent", "n", "previous",
                     "heads", "segments"]), _JSON,
)  # fmt: skip
def test_any_value_of_any_member_is_read_as_it_was_or_refused(
    workshop: Workshop, name: str, value: object
) -> None:
    """Only a parent may be another and still be good; who reads it checks that against receipts."""
    try:
        workshop.read(workshop.saying(**{name: value}))
    except NotExchanged:
        return
    assert name in {"parent", "heads"} or value == workshop.said()[name]


def _with_header(workshop: Workshop, header: bytes) -> bytes:
    whole = header % workshop.pen.name.encode()
    first = signed(workshop.pen, canonical(workshop.said()), whole)
    return with_line(workshop.lines(), 0, first.encode())


def _with_own_key(workshop: Workshop) -> bytes:
    pen = workshop.department.station_keys[STRANGER]
    header = canonical({"alg": "ES256", "jwk": pen.jwk, "kid": workshop.pen.name})
    return with_line(workshop.lines(), 0, signed(pen, canonical(workshop.said()), header).encode())


def _by(workshop: Workshop, station: str) -> bytes:
    key = next(k for name, k in workshop.department.station_keys.items() if name == station)
    return signed(key, canonical(workshop.said())).encode()


def _segment(workshop: Workshop, member: int, value: object) -> bytes:
    told = workshop.said()["segments"]
    told[1][member] = value
    return workshop.saying(segments=told)

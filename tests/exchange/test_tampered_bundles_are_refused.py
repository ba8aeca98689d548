"""A carrier has bytes and no key: whatever they do to a bundle is refused with one sentence.

Replayed, exchanged, cut, mended, spelled otherwise: nothing of it counts.
"""

import hashlib
import json

import pytest
from forging import LINES, Tampering, Workshop, flipped, is_one_sentence, joined, swapped, with_line
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.exchange import SEGMENTS
from intake_app.domain.exchange_errors import Altered, Misplaced, NotExchanged, Oversized
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.exchange import parcels
from intake_app.exchange.segments import pack
from intake_app.vault.jose import base, unbase


def test_a_bundle_that_nobody_touched_is_read(workshop: Workshop) -> None:
    """The negative control: what the forgers start from is good, and so is what they sign."""
    every = [LINES[one] for one in SEGMENTS]
    assert workshop.read(workshop.first, 1) == every
    assert workshop.read(workshop.second) == every
    assert workshop.read(workshop.saying()) == every
    assert workshop.read(workshop.block(pack(LINES[Compartment.CARE]))) == every
    assert workshop.read(workshop.sealing(canonical(workshop.header()))) == every


BY_A_CARRIER: dict[str, tuple[Tampering, type[NotExchanged]]] = {
    "replayed": (lambda w: w.first, Misplaced),
    "of another epoch": (lambda w: w.of_other_epoch, Misplaced),
    "of another station": (lambda w: w.of_back, Altered),
    "two segments changed places": (lambda w: swapped(w.lines(), 2, 3), Altered),
    "a segment of the bundle before": (
        lambda w: with_line(w.lines(), 2, w.lines(w.first)[2]), Altered
    ),
    "a segment of another station": (
        lambda w: with_line(w.lines(), 2, w.lines(w.of_back)[2]), Altered
    ),
    "the manifest of the bundle before": (
        lambda w: with_line(w.lines(), 0, w.lines(w.first)[0]), Altered
    ),
    "a segment taken out": (lambda w: joined(w.lines()[:-1]), Altered),
    "a segment emptied": (lambda w: with_line(w.lines(), 2, b""), Altered),
    "a segment twice": (lambda w: joined([*w.lines(), w.lines()[4]]), Altered),
    "nothing": (lambda _: b"", Altered),
    "line ends alone": (lambda _: b"\n" * 5, Altered),
    "zeros": (lambda _: bytes(5000), Altered),
    "no line end": (lambda w: w.second[:-1], Altered),
    "something appended": (lambda w: w.second + b"\n", Altered),
    "line ends of Windows": (lambda w: w.second.replace(b"\n", b"\r\n"), Altered),
    "a byte order mark": (lambda w: b"\xef\xbb\xbf" + w.second, Altered),
    "two bundles in one": (lambda w: w.first + w.second, Altered),
    "padding of base64": (
        lambda w: with_line(w.lines(), 0, w.lines()[0] + b"=="), Altered
    ),
    "a space after the signature": (
        lambda w: with_line(w.lines(), 0, w.lines()[0] + b" "), Altered
    ),
    "another last digit of the signature": (
        lambda w: with_line(w.lines(), 0, _other_digit(w.lines()[0])), Altered
    ),
    "the other signature that fits": (
        lambda w: with_line(w.lines(), 0, _other_s(w.lines()[0])), Altered
    ),
    "no signature, algorithm none": (
        lambda w: with_line(w.lines(), 0, _headed(w, b'{"alg":"none"}', b"")), Altered
    ),
    "the public key as a secret": (lambda w: with_line(w.lines(), 0, _by_hmac(w)), Altered),
    "larger than it may be": (lambda _: bytes(parcels.MOST_PARCEL + 1), Oversized),
    "a manifest larger than it may be": (
        lambda w: with_line(w.lines(), 0, w.lines()[0] + b"A" * parcels.MOST_SIGNED), Oversized
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_A_CARRIER)
def test_who_carries_a_bundle_changes_nothing_in_it(workshop: Workshop, name: str) -> None:
    tamper, error = BY_A_CARRIER[name]
    with pytest.raises(error) as told:
        workshop.read(tamper(workshop))
    assert is_one_sentence(told.value)


def test_bundles_cut_anywhere_are_refused(workshop: Workshop) -> None:
    size = len(workshop.second)
    for end in {*range(0, size, 499), *range(size - 40, size)}:
        with pytest.raises(Altered):
            workshop.read(workshop.second[:end])


def test_a_single_bit_anywhere_spoils_it(workshop: Workshop) -> None:
    """Header, claims, signature, line ends, and each part of each segment: every 97th bit."""
    for bit in range(0, len(workshop.second) * 8, 97):
        with pytest.raises(NotExchanged):
            workshop.read(flipped(workshop.second, bit))


def test_every_bit_of_the_signature_and_its_header_counts(workshop: Workshop) -> None:
    first = workshop.lines()[0]
    head, tail = first.index(b"."), first.rindex(b".")
    for place in [*range(head + 1), *range(tail, len(first))]:
        for bit in range(8):
            with pytest.raises(NotExchanged):
                workshop.read(flipped(workshop.second, place * 8 + bit))


@given(st.binary(max_size=3000))
def test_noise_is_refused_with_our_errors_alone(workshop: Workshop, noise: bytes) -> None:
    with pytest.raises(NotExchanged):
        workshop.read(noise)


def _other_digit(token: bytes) -> bytes:
    """The same signature in base64: the last of 86 digits has four bits that nobody reads."""
    digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return token[:-1] + digits[digits.index(token[-1:]) ^ 1 :][:1]


def _other_s(token: bytes) -> bytes:
    text, _, tail = token.rpartition(b".")
    number = unbase(tail.decode())
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    other = (order - int.from_bytes(number[32:], "big")).to_bytes(32, "big")
    return text + b"." + base(number[:32] + other).encode()


def _headed(workshop: Workshop, header: bytes, signature: bytes) -> bytes:
    text = f"{base(header)}.{base(canonical(workshop.said()))}"
    return f"{text}.{base(signature)}".encode()


def _by_hmac(workshop: Workshop) -> bytes:
    """The old trick: the public key, which everybody knows, as the secret of an HMAC."""
    header = canonical({"alg": "HS256", "kid": workshop.pen.name})
    text = f"{base(header)}.{base(canonical(workshop.said()))}"
    secret = json.dumps(workshop.pen.jwk).encode()
    return f"{text}.{base(hashlib.sha256(secret + text.encode()).digest())}".encode()

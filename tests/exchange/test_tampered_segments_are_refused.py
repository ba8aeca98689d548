"""Who holds the key of a file seals what they like: it opens in its place and its bounds alone."""

import tracemalloc
from collections.abc import Callable

import pytest
import zstandard
from forging import Tampering, Workshop, is_one_sentence, spelled
from hypothesis import given
from hypothesis import strategies as st
from keyed_stations import BACK

from intake_app.domain.exchange_errors import Altered, NotExchanged, Oversized
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.exchange import segments
from intake_app.exchange.segments import MOST_LINES, MOST_PLAIN, pack, padded_size
from intake_app.vault.jose import base, unbase

CARE = Compartment.CARE


def _frame(plain: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(plain)


def _padded(frame: bytes, length: int | None = None) -> bytes:
    inside = (len(frame) if length is None else length).to_bytes(4, "big") + frame
    return inside.ljust(padded_size(len(inside)), b"\0")


def _unsized(plain: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_content_size=False).compress(plain)


BY_A_HOLDER: dict[str, tuple[Tampering, type[NotExchanged]]] = {
    "for another number": (lambda w: w.block(pack([]), n=3), Altered),
    "for another file": (lambda w: w.block(pack([]), index=2), Altered),
    "for another station": (lambda w: w.block(pack([]), station=BACK), Altered),
    "for another epoch": (lambda w: w.block(pack([]), epoch="bbbb02"), Altered),
    "for another department": (lambda w: w.block(pack([]), agency="agency-02"), Altered),
    "for another generation": (lambda w: w.block(pack([]), generation=2), Altered),
    "another algorithm": (lambda w: w.block(pack([]), alg="A256KW"), Altered),
    "compressed by the JWE": (lambda w: w.block(pack([]), zip="DEF"), Altered),
    "a header twice": (
        lambda w: w.sealing(canonical(w.header()).replace(b'"n":2', b'"n":2,"n":2')), Altered
    ),
    "a header of other spelling": (lambda w: w.sealing(spelled(w.header())), Altered),
    "a shorter key": (
        lambda w: w.sealing(canonical(w.header(enc="A128GCM")), bytes(16)), Altered
    ),
    "another key": (lambda w: w.sealing(canonical(w.header()), bytes(32)), Altered),
    "a short tag": (lambda w: _token(w, 4, lambda tag: tag[:8]), Altered),
    "a long iv": (lambda w: _token(w, 2, lambda iv: iv + b"\0"), Altered),
    "a wrapped key": (lambda w: _token(w, 1, lambda _: b"key"), Altered),
    "a part too many": (lambda w: w.holding(w.lines()[2].decode() + ".AAAA"), Altered),
    "an empty block": (lambda w: w.block(b""), Altered),
    "a block without a frame": (lambda w: w.block(bytes(4096)), Altered),
    "a length beyond the block": (lambda w: w.block(_padded(_frame(b"{}\n"), 5000)), Altered),
    "a huge length": (lambda w: w.block(_padded(_frame(b"{}\n"), 2**32 - 1)), Altered),
    "not padded": (lambda w: w.block(_padded(_frame(b"{}\n"))[:-1]), Altered),
    "padded too far": (lambda w: w.block(_padded(_frame(b"{}\n")).ljust(16384, b"\0")), Altered),
    "something in the padding": (lambda w: w.block(_padded(_frame(b"{}\n"))[:-1] + b"x"), Altered),
    "no frame of zstd": (lambda w: w.block(_padded(b"{}\n")), Altered),
    "a frame that is cut": (lambda w: w.block(_padded(_frame(b'{"a":1}\n' * 9)[:-3])), Altered),
    "two frames": (lambda w: w.block(_padded(_frame(b"{}\n") * 2)), Altered),
    "a frame that does not tell its size": (
        lambda w: w.block(_padded(_unsized(b"{}\n"))), Altered
    ),
    "a frame that is skipped": (
        lambda w: w.block(_padded(b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + _frame(b"{}\n"))), Altered
    ),
    "a bomb": (lambda w: w.block(_padded(_frame(b"x" * (MOST_PLAIN + 1)))), Oversized),
    "a bomb that hides its size": (
        lambda w: w.block(_padded(_unsized(b"x" * MOST_PLAIN))), Altered
    ),
    "a bomb that lies about its size": (lambda w: w.block(_padded(_lying())), Altered),
    "too many lines": (lambda w: w.block(_padded(_frame(b"{}\n" * (MOST_LINES + 1)))), Oversized),
    "an empty line": (lambda w: w.block(_padded(_frame(b"{}\n\n{}\n"))), Altered),
    "no line end": (lambda w: w.block(_padded(_frame(b"{}\n{}"))), Altered),
    "a line beyond all bounds": (
        lambda w: w.block(_padded(_frame(b"x" * (segments.MOST_LINE + 1) + b"\n"))), Oversized
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_A_HOLDER)
def test_what_a_holder_seals_is_opened_in_its_place_and_its_bounds(
    workshop: Workshop, name: str
) -> None:
    tamper, error = BY_A_HOLDER[name]
    with pytest.raises(error) as told:
        workshop.read(tamper(workshop))
    assert is_one_sentence(told.value)


def test_a_bomb_takes_no_memory(workshop: Workshop) -> None:
    for bomb in (_unsized(b"x" * MOST_PLAIN), _frame(b"x" * MOST_PLAIN * 4), _lying()):
        data = workshop.block(_padded(bomb))
        tracemalloc.start()
        with pytest.raises(NotExchanged):
            workshop.read(data)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 3_000_000


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_frame_is_opened_as_lines_or_refused(noise: bytes, length: int) -> None:
    for block in (_padded(noise, length), _padded(_frame(noise))):
        try:
            lines = segments.unpack(block)
        except NotExchanged:
            continue
        assert b"".join(line + b"\n" for line in lines) == noise


def test_what_is_written_is_bounded_as_what_is_read(workshop: Workshop) -> None:
    with pytest.raises(Oversized):
        pack([b"x"] * (MOST_LINES + 1))
    for line in (b"", b"a\nb"):
        with pytest.raises(ValueError, match="line"):
            pack([line])


def _token(workshop: Workshop, place: int, change: Callable[[bytes], bytes]) -> bytes:
    parts = workshop.lines()[2].decode().split(".")
    parts[place] = base(change(unbase(parts[place])))
    return workshop.holding(".".join(parts))


def _lying() -> bytes:
    """A frame that tells a small size, and holds much."""
    honest = _frame(b"x" * 10_000_000)
    small = _frame(b"x" * 1_000_000)
    size = zstandard.frame_header_size(honest)
    return small[: zstandard.frame_header_size(small)] + honest[size:]

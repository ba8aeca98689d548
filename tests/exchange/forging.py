"""A workshop for forgers: valid bundles to take apart, and pens that sign whatever they are told.

A **carrier** has bytes only. An **insider** has a station's key too, or the key of a file.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from keyed_stations import BACK, FIRST, FRONT, Department

from intake_app.domain.exchange import SEGMENTS, Stream
from intake_app.domain.exchange_errors import NotExchanged
from intake_app.domain.ids import Epoch
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.exchange.bundles import BundlePlace, read_bundle, write_bundle
from intake_app.exchange.segments import pack
from intake_app.vault.jose import PrivateKey, base, unbase

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
STREAM = Stream(FRONT, FIRST)
LINES = {one: [f'{{"from":"{one}"}}'.encode()] for one in SEGMENTS}


def signed(
    key: PrivateKey, payload: bytes, header: bytes | None = None, *, low: bool = True
) -> str:
    """A compact JWS of any header and payload, with the lower s (or the higher)."""
    head = canonical({"alg": "ES256", "kid": key.name}) if header is None else header
    text = f"{base(head)}.{base(payload)}"
    secret = ec.derive_private_key(int.from_bytes(unbase(key.secret["d"]), "big"), ec.SECP256R1())
    r, s = decode_dss_signature(secret.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    s = min(s, ORDER - s) if low else max(s, ORDER - s)
    return f"{text}.{base(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def said_in(token: str) -> dict[str, Any]:
    """What a signed text says."""
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def sealed(key: bytes, header: bytes, plain: bytes, iv: bytes = bytes(12)) -> str:
    """A compact JWE of any header."""
    head = base(header)
    body = AESGCM(key).encrypt(iv, plain, head.encode())
    return f"{head}..{base(iv)}.{base(body[:-16])}.{base(body[-16:])}"


class Workshop:
    """Bundle 1 and 2 of the front, bundle 1 of the back, and what was never sent."""

    def __init__(self, department: Department) -> None:
        self.department = department
        front, self.back = self.department.sealing(FRONT), self.department.sealing(BACK)
        none, first = Epoch(""), BundlePlace(STREAM, 1, "")
        self.first = write_bundle(front, first, none, LINES)
        self.after = BundlePlace(STREAM, 2, hashlib.sha256(self.first).hexdigest())
        self.second = write_bundle(front, self.after, none, LINES)
        self.of_back = write_bundle(self.back, BundlePlace(Stream(BACK, FIRST), 1, ""), none, LINES)
        other = BundlePlace(Stream(FRONT, Epoch("bbbb02")), 1, "")
        self.of_other_epoch = write_bundle(front, other, FIRST, LINES)

    @property
    def pen(self) -> PrivateKey:
        """Of the front's station."""
        return self.department.station_keys[FRONT]

    def read(self, data: bytes, n: int = 2) -> list[list[bytes]]:
        """As the back does: all of it, every file."""
        expected = self.after if n == 2 else BundlePlace(STREAM, 1, "")
        bundle = read_bundle(self.back, data, expected)
        return [bundle.open(one) for one in SEGMENTS]

    def lines(self, data: bytes | None = None) -> list[bytes]:
        """The five lines of bundle 2, or of another."""
        return (data or self.second).split(b"\n")[:-1]

    def said(self) -> dict[str, Any]:
        """The manifest of bundle 2."""
        return said_in(self.lines()[0].decode())

    def signing(self, payload: bytes, tokens: Sequence[bytes] | None = None) -> bytes:
        """Bundle 2 with another first line, signed by its station."""
        return joined([signed(self.pen, payload).encode(), *(tokens or self.lines()[1:])])

    def saying(self, **other: object) -> bytes:
        """Bundle 2 with other members in its manifest, signed by its station."""
        return self.signing(canonical({**self.said(), **other}))

    def without(self, name: str) -> bytes:
        """Bundle 2 without a member of its manifest, signed by its station."""
        return self.signing(canonical({k: v for k, v in self.said().items() if k != name}))

    def holding(self, token: str) -> bytes:
        """Bundle 2 with another segment of `care`, rightly told of and signed."""
        lines, said = self.lines(), self.said()
        said["segments"][1] = [1, hashlib.sha256(token.encode()).hexdigest(), len(token)]
        return self.signing(canonical(said), [lines[1], token.encode(), *lines[3:]])

    def header(self, **other: str | int) -> dict[str, str | int]:
        """Of the segment of `care` in bundle 2."""
        return {
            "agency": self.department.agency, "alg": "dir", "enc": "A256GCM", "epoch": FIRST,
            "generation": 1, "index": 1, "n": 2, "station": FRONT, **other,
        }  # fmt: skip

    def block(self, block: bytes, **other: str | int) -> bytes:
        """Bundle 2 with another block in `care`, or one sealed for another place."""
        key = self.department.insides[Compartment.CARE].generations[1]
        return self.holding(sealed(key, canonical(self.header(**other)), block))

    def sealing(self, header: bytes, key: bytes | None = None) -> bytes:
        """Bundle 2 with `care` sealed under any header."""
        held = key or self.department.insides[Compartment.CARE].generations[1]
        return self.holding(sealed(held, header, pack(LINES[Compartment.CARE])))


Tampering = Callable[[Workshop], bytes]


def joined(lines: Sequence[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def swapped(lines: Sequence[bytes], one: int, other: int) -> bytes:
    copy = list(lines)
    copy[one], copy[other] = copy[other], copy[one]
    return joined(copy)


def with_line(lines: Sequence[bytes], place: int, line: bytes) -> bytes:
    return joined([*lines[:place], line, *lines[place + 1 :]])


def flipped(data: bytes, bit: int) -> bytes:
    copy = bytearray(data)
    copy[bit // 8] ^= 1 << bit % 8
    return bytes(copy)


def spelled(value: Mapping[str, Any], separators: tuple[str, str] | None = None) -> bytes:
    """JSON, but not in the one spelling."""
    return json.dumps(value, separators=separators).encode()


def is_one_sentence(error: NotExchanged) -> bool:
    """One or two short sentences for a person, and no line more."""
    said = error.sentence()
    return said.endswith(".") and "\n" not in said and 20 < len(said) < 120

"""What a single file of the exchange is, without any store: for the command line.

`inspect` believes what the file claims and needs no key; `verify` believes nothing that the
registry does not back.
"""

import hashlib
from collections.abc import Mapping

from intake_app.domain.exchange import FILLER, SEGMENTS
from intake_app.domain.exchange_errors import Altered
from intake_app.exchange import names, shapes
from intake_app.exchange.bundles import KIND, BundlePlace, read_bundle
from intake_app.exchange.needs import Sealing
from intake_app.exchange.parcels import MOST_PARCEL, MOST_SIGNED, REFUSED
from intake_app.exchange.peeking import claims

Facts = Mapping[str, object]
"""JSON: ids, numbers, hashes and lengths; never a word of what is sealed."""


def inspect(data: bytes) -> Facts:
    """What a file claims to be; nothing is checked but its shape.

    Raises:
        Altered: It is no file of the exchange.
        Oversized: It is larger than one may be.
    """
    return {**_claims(data), "sha256": hashlib.sha256(data).hexdigest()}


def place_of(data: bytes) -> tuple[str, BundlePlace]:
    """Where a bundle belongs, as it claims: its object name, and its place in its stream.

    Raises:
        Altered: It is no bundle.
    """
    said = _claims(data)
    try:
        stream = shapes.stream(said["station"], said["epoch"])
        place = BundlePlace(
            stream, shapes.number(said["n"], 1), shapes.hash_or_none(said["previous"])
        )
        return names.bundle(str(said["agency"]), stream, place.n), place
    except REFUSED as error:
        raise Altered(KIND) from error


def verify(sealing: Sealing, data: bytes) -> Facts:
    """The same facts, once the bundle is known to be whole and of a station of this department.

    Each segment whose key is held is opened, and its lines are counted.

    Raises:
        NotExchanged: It is not what it should be.
    """
    _, place = place_of(data)
    bundle = read_bundle(sealing, data, place)
    held = {name for name in SEGMENTS if sealing.generation(name)}
    lines: dict[str, int] = {}
    for name, told in zip(SEGMENTS, bundle.manifest.segments, strict=True):
        if name in held and told.generation != FILLER:
            lines[name] = len(bundle.open(name))
    return {**inspect(data), "lines": lines}


def _claims(data: bytes) -> dict[str, object]:
    if len(data) > MOST_PARCEL:
        raise Altered("size")
    return claims(data.partition(b"\n")[0].decode("ascii", "replace").strip(), MOST_SIGNED)

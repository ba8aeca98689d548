"""Whether a bundle is whole, as far as that shows without a key: nothing half is brought home.

It is no proof of anything: the post room checks signatures. But a bundle that was cut short on its
way would only be thrown away there, and the hole would be seen a round later.
"""

import hashlib
from typing import Final

from intake_app.domain.exchange import FORMAT, Stream
from intake_app.domain.exchange_errors import Altered, Oversized
from intake_app.exchange.peeking import claims

_MOST_FIRST: Final = 256 * 1024


def is_bundle(data: bytes, stream: Stream, n: int) -> bool:
    """Whether these bytes say that they are bundle n of a stream, with all lines that they name."""
    first, *lines = data.removesuffix(b"\n").split(b"\n")
    if not data.endswith(b"\n"):
        return False
    try:
        said = claims(first.decode("ascii"), _MOST_FIRST)
    except (Altered, Oversized, UnicodeDecodeError):
        return False
    told = (said.get("type"), said.get("station"), said.get("epoch"), said.get("n"))
    if told != ("bundle", stream.station, stream.epoch, n):
        return False
    version = said.get("v")
    if isinstance(version, int) and version > FORMAT:
        return True  # a newer program's; it is kept for when this one is updated
    return _are_whole(said.get("segments"), lines)


def _are_whole(told: object, lines: list[bytes]) -> bool:
    if not isinstance(told, list) or len(told) != len(lines):  # pyright: ignore[reportUnknownArgumentType]
        return False
    return all(
        isinstance(one, list)
        and one[1:] == [hashlib.sha256(line).hexdigest(), len(line)]
        for one, line in zip(told, lines, strict=True)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    )  # fmt: skip

"""Whether a bundle is whole, as far as that shows without a key: nothing half is brought home.

It is no proof of anything: the post room checks signatures. But a bundle that was cut short on its
way would only be thrown away there, and the hole would be seen a round later.
"""

from intake_app.domain.exchange import FORMAT, Stream
from intake_app.domain.exchange_errors import Altered, Oversized
from intake_app.exchange.bundles import KIND
from intake_app.exchange.parcels import MOST_SIGNED, REFUSED, are_as_told, segments_told
from intake_app.exchange.peeking import claims


def is_bundle(data: bytes, stream: Stream, n: int) -> bool:
    """Whether these bytes say that they are bundle n of a stream, with all lines that they name."""
    first, *lines = data.removesuffix(b"\n").split(b"\n")
    if not data.endswith(b"\n"):
        return False
    try:
        said = claims(first.decode("ascii"), MOST_SIGNED)
    except (Altered, Oversized, UnicodeDecodeError):
        return False
    told = (said.get("type"), said.get("station"), said.get("epoch"), said.get("n"))
    if told != (KIND, stream.station, stream.epoch, n):
        return False
    version = said.get("v")
    if isinstance(version, int) and version > FORMAT:
        return True  # a newer program's; it is kept for when this one is updated
    try:
        return are_as_told(segments_told(said.get("segments")), lines)
    except REFUSED:
        return False

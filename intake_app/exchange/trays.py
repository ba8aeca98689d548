"""What a carrier may see of a profile: its two trays, and nothing that opens anything."""

from dataclasses import dataclass

from intake_app.domain.ids import StationId
from intake_app.exchange.boxes import Box


@dataclass(frozen=True, slots=True)
class Trays:
    """What a carrier may see of a profile.

    Attributes:
        agency: The department's opaque id.
        station: This station.
        inbox: `in/`.
        outbox: `out/`.
        notes: Where carriers remember what they gave; may be lost, then they look again.
    """

    agency: str
    station: StationId
    inbox: Box
    outbox: Box
    notes: Box

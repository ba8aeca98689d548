"""What a carrier may see of a profile: its two trays, and nothing that opens anything."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intake_app.domain.ids import StationId
from intake_app.exchange.boxes import Box

NOTES: Final = "carried"
"""Folder of the profile in which carriers remember what they gave."""


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

    @classmethod
    def of(cls, profile: Path, agency: str, station: StationId) -> "Trays":
        """Those of a profile folder."""
        return cls(agency, station, Box(profile / "in"), Box(profile / "out"), Box(profile / NOTES))

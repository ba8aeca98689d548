"""Reads markers of stores for who is signed in; fits `services.needs.stores.Markers`."""

from intake_app.domain.exchange import Marker
from intake_app.exchange.marker import check_marker, read_marker
from intake_app.exchange.needs import Sealing


class MarkerDesk:
    """Knows the registry, by way of the keys.

    Args:
        sealing: Keys of who is signed in.
    """

    def __init__(self, sealing: Sealing) -> None:
        self._sealing = sealing

    def read(self, text: str, known: Marker | None = None) -> Marker:
        """A marker of this department, not older than the one that was known.

        Raises:
            MarkerRefused: It is none.
        """
        marker = read_marker(self._sealing, text)
        check_marker(marker, self._sealing.agency, known)
        return marker

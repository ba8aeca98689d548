"""What the services need of the exchange, as a Protocol; `wiring` brings it on the desk."""

from collections.abc import Callable, Mapping
from typing import Protocol

from intake_app.domain.exchange import Receipt
from intake_app.domain.exchange_state import ExchangeState
from intake_app.domain.ids import RecordId, StationId
from intake_app.domain.roles import Compartment


class Exchange(Protocol):
    """The post room of this profile, for who is signed in: `exchange.post_room.PostRoom`.

    It runs on the worker that owns the files, and never touches a network: a carrier brings and
    takes what lies in the trays.
    """

    def state(self) -> ExchangeState:
        """How far work has gone and what is missing; cheap."""
        ...

    def round(
        self, *, cut_now: bool = False, is_wanted: Callable[[], bool] = lambda: False
    ) -> ExchangeState:
        """Take in what came, cut what waits when it is due, write the receipt.

        Args:
            cut_now: "Sync now": waiting changes go at once.
            is_wanted: Asked between two bundles: somebody waits for the worker. Then it leaves the
                rest for the next round, and the state says so (`is_unfinished`).

        Raises:
            DiskFull: What could not be written waits; nothing is lost.
        """
        ...

    def begin_anew(self) -> ExchangeState:
        """A person confirmed that this profile is an older copy: begin a new epoch and go on."""
        ...

    def receipts(self) -> Mapping[StationId, tuple[Receipt, ...]]:
        """The newest good receipts of all stations, of each of their epochs."""
        ...

    def lost_heads(self) -> Mapping[Compartment, bool]:
        """Of open files: whether this station once told of an audit line that is not there.

        True: in its present run of numbers; False: in an earlier one, before a backup was put back.
        """
        ...

    def executed(self, order: RecordId) -> Mapping[StationId, bool]:
        """Of each station that is not struck and has spoken: whether it carried an order out."""
        ...

    def trust_snapshot(self) -> ExchangeState:
        """A person says that the writer of a snapshot that waits is the only source."""
        ...

    def new_marker(self, kind: str, hub: str = "") -> tuple[str, bytes]:
        """A signed marker (`hub.json`) for a new store, or for a known hub once more.

        Returns:
            The hub id, and the bytes.

        Raises:
            NotAllowed: Who is signed in is no administrator.
        """
        ...

    def verify(self, data: bytes) -> Mapping[str, object]:
        """What a bundle is, once it is known to be whole and of a station of this department.

        Raises:
            NotExchanged: It is not what it should be.
        """
        ...

    def put_in(self, data: bytes) -> str:
        """Lay a bundle into the tray; it counts once a receipt names it. Returns its name there.

        Raises:
            NotExchanged: It is not what it should be.
        """
        ...

    def turn_page(self) -> ExchangeState:
        """Begin, or go on with, a new generation of keys; see docs/bundle-format.md.

        Raises:
            NotAllowed: Who is signed in holds none of the files.
        """
        ...

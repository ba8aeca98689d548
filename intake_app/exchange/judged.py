"""What the post room found out about receipts, told to carriers, who cannot check a signature.

Without it, whoever may write to a store could put receipts of high numbers there that nobody
signed: they would hide the good ones, stop their stations from giving newer ones, and travel on.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from intake_app.domain.exchange import Stream
from intake_app.domain.exchange_errors import Oversized
from intake_app.domain.store_errors import StoreError
from intake_app.exchange import names
from intake_app.exchange.boxes import Box
from intake_app.exchange.needs import Tray
from intake_app.exchange.receipt_list import ReceiptList
from intake_app.exchange.receipts import MOST
from intake_app.exchange.store import Store

MOST_REFUSED: Final = 300
"""Forged receipts that are remembered; of more, the latest."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Receipts that were checked with the keys of the registry.

    Attributes:
        good: By stream (name): counter of the newest that its station signed.
        refused: By name: hash (hex) of bytes that its station did not sign.
    """

    good: Mapping[str, int] = field(default_factory=dict[str, int])
    refused: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def read(cls, outbox: Box) -> "Judged":
        """As the post room told it last; nothing where it has not, or where it cannot be read."""
        try:
            told: dict[str, Any] = json.loads(outbox.get(names.JUDGED) or b"{}")
            good = {str(name): int(n) for name, n in told.get("good", {}).items()}
            refused = {str(name): str(one) for name, one in told.get("refused", {}).items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            return cls()
        return cls(good, refused)

    def tell(self, outbox: Tray) -> None:
        """Write it for carriers, where it is new.

        Raises:
            DiskFull: What was told before stands.
        """
        told = {"good": dict(sorted(self.good.items())), "refused": dict(self.refused)}
        data = json.dumps(told).encode()
        if outbox.get(names.JUDGED) != data:
            outbox.put(names.JUDGED, data)

    def newest(self, stream: Stream) -> int:
        """Counter of the newest good receipt of a stream; 0: none was judged."""
        return self.good.get(stream.name, 0)

    def cleared(self, store: Store, listed: list[str]) -> ReceiptList:
        """The receipts of a store, less those that are known to be forged: they are removed."""
        return ReceiptList.of(
            name for name in listed if name not in self.refused or not self._clear(store, name)
        )

    def _clear(self, store: Store, name: str) -> bool:
        """Whether it is the forged one, and not a good one that was put in its place."""
        try:
            data = store.get(name, MOST)
        except Oversized:
            return True
        is_forged = data is not None and hashlib.sha256(data).hexdigest() == self.refused[name]
        if is_forged:
            with suppress(StoreError):  # where nothing may be removed it is passed over
                store.remove(name)
        return is_forged

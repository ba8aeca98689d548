"""What ends of records mean for the exchange: which orders were carried out here, and the ledger.

Fits `exchange.fittings.Endings`.
"""

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, cast

from intake_app.domain.errors import BadRegistry, CannotOpen
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment, May
from intake_app.services.needs.ending import Ending
from intake_app.services.purging.acts import APPROVAL, ORDER, digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_LATEST: Final = 200
"""Orders that a receipt names; older ones have long been told."""

_MOST: Final = 16 * 1024 * 1024
"""Bytes of a ledger from elsewhere."""


class CarriedEndings:
    """Of one profile whose files are open.

    Args:
        ending: What the end of records needs.
    """

    def __init__(self, ending: Ending) -> None:
        self._ending = ending
        self._taken: set[bytes] = set()

    def executed(self, compartment: Compartment) -> tuple[str, ...]:
        """Ids of the orders of purge of which nothing stands in an open file any more."""
        upkeep = self._ending.upkeep.get(compartment)
        orders = {ident: named for ident, named in map(self._order, self._texts()) if ident}
        if upkeep is None or not orders:
            return ()
        left = upkeep.left_of(frozenset[RecordId]().union(*orders.values()))
        return tuple(sorted(ident for ident, named in orders.items() if not named & left))

    def ledger(self) -> bytes:
        """The ledger of purges, as other stations take it in; empty: there is none yet."""
        lines = self._ending.ledger.lines()
        told = ({"order": one.order, "approval": one.approval, "at": one.at} for one in lines)
        return b"".join(json.dumps(one, separators=(",", ":")).encode() + b"\n" for one in told)

    def take_ledger(self, data: bytes) -> None:
        """Add the lines of another station's ledger; a line counts only if two people signed it."""
        if len(data) > _MOST or hashlib.sha256(data).digest() in self._taken:
            return
        known = {(one.order, one.approval) for one in self._ending.ledger.lines()}
        lines = [line for raw in data.split(b"\n") if (line := _line(raw)) is not None]
        fresh = [line for line in lines if line[:2] not in known]
        good = [line for line in fresh if self._is_signed(*line[:2])]
        for line in good:
            self._ending.ledger.append(*line)
        if len(good) == len(fresh):
            self._taken.add(hashlib.sha256(data).digest())

    def _texts(self) -> list[str]:
        return [one.order for one in self._ending.ledger.lines()][-_LATEST:]

    def _order(self, text: str) -> tuple[str, frozenset[RecordId]]:
        said = self._ending.signer.peek(text)
        records, also = said.get("records"), said.get("also")
        named = [
            *(cast("Mapping[str, object]", records) if isinstance(records, dict) else ()),
            *(cast("list[object]", also) if isinstance(also, list) else ()),
        ]
        return str(said.get("id", "")), frozenset(RecordId(str(one)) for one in named)

    def _is_signed(self, order: str, approval: str) -> bool:
        try:
            proposer, _ = self._ending.signer.read(ORDER, order, May.PROPOSE_PURGE)
            approver, said = self._ending.signer.read(APPROVAL, approval, May.APPROVE_PURGE)
        except (CannotOpen, BadRegistry):
            return False
        return proposer != approver and said.get("order_sha256") == digest_of(order)


def _line(raw: bytes) -> tuple[str, str, str] | None:
    try:
        said: dict[str, Any] = json.loads(raw)
        parts = said["order"], said["approval"], said["at"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return parts if all(isinstance(one, str) for one in parts) else None

"""Names of receipts: which stream each is of, and which is the newest."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from intake_app.domain.exchange import Stream
from intake_app.domain.ids import Epoch, StationId
from intake_app.exchange import names

MOST_LISTED: Final = 2_000
"""More streams than this in one store are somebody's mischief."""

_RECEIPT: Final = re.compile(r"r/([a-z0-9-]{1,32})\.([a-z0-9]{4,16})\.([1-9][0-9]{0,9})")


@dataclass(frozen=True, slots=True)
class ReceiptList:
    """The receipts of a store or tray, by stream: counters from old to new."""

    counters: dict[Stream, list[int]]

    @classmethod
    def of(cls, listed: Iterable[str]) -> "ReceiptList":
        """Those among names of objects; other names are left out."""
        found: dict[Stream, list[int]] = {}
        for match in filter(None, map(_RECEIPT.fullmatch, listed)):
            if not names.is_name(match[1]):
                continue  # its ledger could have no name
            stream = Stream(StationId(match[1]), Epoch(match[2]))
            if stream in found or len(found) < MOST_LISTED:
                found.setdefault(stream, []).append(int(match[3]))
        return cls({stream: sorted(found[stream]) for stream in sorted(found)})

    def newest(self, stream: Stream) -> int:
        """Counter of the newest receipt of a stream; 0: there is none."""
        return self.counters.get(stream, [0])[-1]


def name_of(stream: Stream, counter: int) -> str:
    """The name of a receipt."""
    return f"{names.RECEIPTS}/{stream.name}.{counter}"

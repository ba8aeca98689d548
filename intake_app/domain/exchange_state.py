"""What a person is told about the exchange: how far their work has gone, and what is missing."""

from dataclasses import dataclass, field
from enum import StrEnum

from intake_app.domain.ids import StationId


class Trouble(StrEnum):
    """Why something is not exchanged; each has one sentence in the window."""

    OLD_COPY = "old copy"  # this profile is an older copy of one that went on: hard stop
    CHAIN = "chain"  # a bundle does not follow the one before
    TWO_HASHES = "two hashes"  # two bundles with one number
    DIGEST = "digest"  # the same bundles, but not the same records
    ALTERED = "altered"  # a bundle or receipt is not what its station signed
    SAYS_LESS = "says less"  # a receipt takes back what an earlier one said
    TOO_NEW = "too new"  # a newer program wrote it: update this one
    COPIED = "copied"  # another computer works with a copy of this profile: enrol this one anew
    STRUCK = "struck"  # this station was struck: what it sends counts nowhere


@dataclass(frozen=True, slots=True)
class StationState:
    """One station, as seen from here.

    Attributes:
        station: Its id.
        is_here: It is this one.
        is_struck: It was struck.
        has_spoken: A receipt of it was ever seen.
        seen_at: When its newest receipt was taken in here (`stamp`); empty: never.
        confirmed: The last bundle of this station's present stream that it has received.
        missing: Bundles of it that were written and have not come: first and last number, by runs.
        trouble: Why nothing more is taken from it; empty: nothing.
        aside: Changes of any file that it has set aside.
        program: Version of the program there; empty: not said.
    """

    station: StationId
    is_here: bool
    is_struck: bool
    has_spoken: bool
    seen_at: str
    confirmed: int
    missing: tuple[tuple[int, int], ...] = ()
    trouble: Trouble | None = None
    aside: int = 0
    program: str = ""


@dataclass(frozen=True, slots=True)
class ExchangeState:
    """The whole, for the rail and the page of stations.

    Attributes:
        waits: Changes in files that are open here which no bundle has taken yet.
        unconfirmed: Own bundles that no other station has named yet.
        confirmed_at: When the last confirmation was taken in here (`stamp`); empty: never.
        confirmed_by: Which station it was of; empty: none.
        stopped: Why nothing at all is exchanged; None: it goes on.
        next_cut: When waiting changes go next (`stamp`); empty: with the next round.
        stations: All stations of the registry, this one first.
        aside: Changes that are set aside in files open here.
        is_unfinished: The round made way for somebody; the next one goes on.
        filling: Parts of a snapshot that are taken in here: how many of how many; (0, 0): none.
        is_page_due: Something was purged since the page was turned last.
        page_waits_for: Stations that have not merged all yet; while there are any, a page that
            is to be turned waits.
        only_from: A snapshot of this station would fill this one, and no other station is known
            to hold just the same: a person has to say that it is the only source. Empty: none.
        is_put_back: A file here was put back to an older copy; what was sent before comes again.
    """

    waits: int
    unconfirmed: int
    confirmed_at: str
    confirmed_by: StationId
    stopped: Trouble | None = None
    next_cut: str = ""
    stations: tuple[StationState, ...] = field(default=())
    aside: int = 0
    is_unfinished: bool = False
    filling: tuple[int, int] = (0, 0)
    is_page_due: bool = False
    page_waits_for: tuple[StationId, ...] = ()
    only_from: StationId = field(default=StationId(""))
    is_put_back: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether this is the only station: nothing is exchanged, only backups are made."""
        return sum(not one.is_struck for one in self.stations) < 2

    @property
    def is_catching_up(self) -> bool:
        """Whether a file was put back, and no other station has confirmed anything since."""
        others = [one for one in self.stations if not one.is_here and not one.is_struck]
        return self.is_put_back and not any(one.confirmed for one in others)

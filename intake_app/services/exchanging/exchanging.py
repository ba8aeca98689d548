"""How far a person's work has gone, in words; and the round of the post room for who is signed in.

Words are never mixed: a change *waits*, a bundle is *sealed* and then *sent* when a carrier took
it, another station *confirmed* that it has the bytes. That a purge was *executed* somewhere is
said by its certificate alone.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from intake_app.domain.carrying_errors import NothingIsExchanged
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.exchange_state import ExchangeState, StationState, Trouble
from intake_app.domain.ids import StationId
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.exchanging.stations import station_names
from intake_app.services.needs.exchange import Exchange
from intake_app.services.refolding import refold
from intake_app.settings.sent import is_all_sent
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words, time_in_words

STOPPED: Final[Mapping[Trouble, str]] = {
    Trouble.OLD_COPY: mark("this is an older copy of this station"),
    Trouble.CHAIN: mark("a bundle does not follow the one before"),
    Trouble.TWO_HASHES: mark("two bundles have one number"),
    Trouble.DIGEST: mark("two stations do not hold the same records"),
    Trouble.ALTERED: mark("a bundle is not what its station signed"),
    Trouble.SAYS_LESS: mark("a station takes back what it had said"),
    Trouble.TOO_NEW: mark("a newer program wrote a bundle: update this one"),
    Trouble.COPIED: mark("another computer works with a copy of this one: enroll this one anew"),
    Trouble.STRUCK: mark("this computer was struck: what it sends counts nowhere"),
}
"""Why all stands still, after "stopped: "."""

_LETTERS: Final = 2
"""Of a receipt number; a longer name was given by a person."""


@dataclass(frozen=True, slots=True)
class ExchangeTold:
    """The exchange as the window shows it.

    Attributes:
        state: What the post room knows.
        names: Shown names of stations.
        now: The moment on the wall.
        is_sent: A carrier has taken all that was sealed; else it still lies here.
    """

    state: ExchangeState
    names: Mapping[StationId, str]
    now: datetime
    is_sent: bool = True

    def name_of(self, station: StationId, words: Words) -> str:
        """The shown name of a station; one whose entry has not come yet is another station."""
        return shown_station(self.names.get(station, ""), words)


def exchange_state(desk: Desk) -> ExchangeTold | None:
    """How far work has gone; None: this profile exchanges nothing. Numbers and times only."""
    return None if desk.exchange is None else _told(desk, desk.exchange.state())


def exchange_round(
    desk: Desk, *, cut_now: bool = False, is_wanted: Callable[[], bool] = lambda: False
) -> ExchangeTold | None:
    """Take in what came, and cut what waits when it is due; None: nothing is exchanged.

    Args:
        desk: Who is signed in; whoever it is, since nothing is shown and nothing is chosen.
        cut_now: "Sync now": waiting changes go at once.
        is_wanted: Whether somebody waits for the worker; asked between two bundles.

    Raises:
        DiskFull: What could not be written waits.
    """
    if desk.exchange is None:
        return None
    state = desk.exchange.round(cut_now=cut_now, is_wanted=is_wanted)
    with suppress(DiskFull, StorageFailed):  # what came is summed up the next time
        refold(desk)
    return _told(desk, state)


def begin_anew(desk: Desk) -> ExchangeTold:
    """Confirm that this profile is an older copy, and go on in a new epoch.

    Raises:
        NotAllowed: Not in this person's roles.
        NothingIsExchanged: There is no other station.
    """
    desk.require(May.CARRY_BUNDLES)
    return _told(desk, require_exchange(desk).begin_anew())


def trust_snapshot(desk: Desk) -> ExchangeTold:
    """Say that the station whose snapshot waits is the only source, and fill this one from it.

    Raises:
        NotAllowed: Not in this person's roles.
        NothingIsExchanged: There is no other station.
    """
    desk.require(May.CARRY_BUNDLES)
    return _told(desk, require_exchange(desk).trust_snapshot())


def turn_page(desk: Desk) -> ExchangeTold:
    """Begin, or go on with, a new generation of keys.

    Raises:
        NotAllowed: Not in this person's roles.
        NothingIsExchanged: There is no other station.
    """
    desk.require(May.TURN_PAGE)
    return _told(desk, require_exchange(desk).turn_page())


def shown_station(name: str, words: Words) -> str:
    """A station's name; its letter while nobody has named it; "another station" without either."""
    if name.isupper() and len(name) <= _LETTERS:
        return words.text("station {letter}", letter=name)
    return name or words.text("another station")


def require_exchange(desk: Desk) -> Exchange:
    """The post room.

    Raises:
        NothingIsExchanged: There is none.
    """
    if desk.exchange is None:
        raise NothingIsExchanged
    return desk.exchange


def say_state(told: ExchangeTold, words: Words) -> str:
    """The words of the rail; empty with one station, where nothing is exchanged."""
    state = told.state
    if state.is_alone:
        return ""
    if state.stopped is not None:
        return words.text("stopped: {why}", why=words.text(STOPPED[state.stopped]))
    if state.waits:
        return words.plural("{n} change waits", "{n} changes wait", state.waits)
    if state.unconfirmed and not told.is_sent:
        return words.text("sealed, not yet sent")
    if state.unconfirmed:
        return words.text("sent, not yet confirmed")
    if state.confirmed_at:
        return words.text(
            "confirmed {time} by {station}",
            time=time_or_moment(state.confirmed_at, told.now, words),
            station=told.name_of(state.confirmed_by, words),
        )
    return words.text("nothing waits")


def others(state: ExchangeState) -> list[StationState]:
    """All stations but this one."""
    return [one for one in state.stations if not one.is_here]


def _told(desk: Desk, state: ExchangeState) -> ExchangeTold:
    is_sent = desk.stores is None or is_all_sent(desk.stores.profile)
    return ExchangeTold(state, station_names(desk), desk.clock.local(), is_sent)


def time_or_moment(at: str, now: datetime, words: Words) -> str:
    """Say a moment: the time alone where it was today, or the day as well."""
    if at[:10] == f"{now:%Y-%m-%d}":
        return time_in_words(at, words.language)
    return moment_in_words(at, words.language)

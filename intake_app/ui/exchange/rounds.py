"""The exchange in the background: post room in spare time, then the carrier as a child, for ever.

While somebody is signed in, a round is: take in and cut on the worker, carry, and take in once more
if something came. While the program is locked, only the carrier runs: it needs no key. Nothing here
waits, and nothing is done in front of a person's own work.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from random import SystemRandom
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from intake_app.domain.backoff import Backoff
from intake_app.domain.clock import Clock, SystemClock
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import ExchangeTold, exchange_round, exchange_state
from intake_app.services.exchanging.stores import renew_marker
from intake_app.settings.pausing import is_paused, keep_paused
from intake_app.settings.program import ATTACHED, REQUESTS_TOO
from intake_app.ui.exchange.child import Child
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.exchange.reachability import Reachability
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.errors import note

PAUSE_MS: Final = 4000
"""After this pause without a job the post room works; whoever asks for the worker gets it."""

EVERY_SECONDS: Final = 4 * 60.0
"""Between two rounds that went well, spread by a quarter."""

_HOPE_MS: Final = 1500
"""After the network came back: it is often not quite there yet."""


@dataclass(frozen=True, slots=True)
class Carrying:
    """How the carrier of a profile is started.

    Attributes:
        folder: The profile that is worked in now.
        arguments: Of the hidden command for that folder; empty: there is no store to go to.
    """

    folder: Callable[[], Path]
    arguments: Callable[[Path], Sequence[str]]


class Rounds(QObject):
    """One per process, from some seconds after the first paint until it ends.

    Args:
        carrying: How the carrier is started.
        background: The door to the worker.
        line: What the window hears, and says.
        clock: When the carrier last came home.
    """

    def __init__(
        self, carrying: Carrying, background: Background, line: ExchangeLine,
        clock: Clock | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._carrying, self._background, self._line = carrying, background, line
        self._clock = clock or SystemClock()
        self._desk: Desk | None = None
        self._backoff = Backoff(SystemRandom())
        self.child = Child(self)
        self.child.said.connect(self._on_said)
        self.child.ended.connect(self._on_ended)
        self._next = self._timer(self._on_next)
        self._pause = self._timer(self._on_pause)
        self._is_in_round = self._owes_round = self._owes_carry = False
        self._cuts_next = self._is_asked = self._brought = self._owes_answer = False
        self._is_awaited = False  # somebody looks on: what came is taken in without a pause
        background.settled.connect(self._on_settled)
        line.sync_asked.connect(self.sync_now)
        line.pause_asked.connect(self._on_pause_asked)
        line.held.connect(self._on_held)
        self._network = Reachability(self._on_reachable, self)

    def begin(self) -> None:
        """Carry for the first time, and go on."""
        self._line.pause(is_paused(self._carrying.folder()))
        self._on_next()

    def sit_down(self, desk: Desk) -> None:
        """Somebody has signed in: what the carrier brought meanwhile can be taken in."""
        self._desk = desk
        self._owes_round = True
        self._pause.start(PAUSE_MS)

    def stand_up(self) -> None:
        """The person locks or leaves; the carrier goes on."""
        self._desk = None
        self._is_in_round = self._owes_round = self._cuts_next = self._is_asked = False
        self._is_awaited = False
        self._pause.stop()
        self._prepare(is_preparing=False)
        self._line.tell(None)

    def end(self) -> None:
        """The process ends: no child is left behind."""
        self.stand_up()
        self._next.stop()
        self.child.stop()

    def sync_now(self) -> None:
        """A person asks: what waits goes at once, even if everything else is paused.

        A sign of it is there at once as well: the post room may take seconds before the carrier.
        """
        self._cuts_next = self._is_asked = self._owes_carry = self._is_awaited = True
        self._backoff.reset()
        if not self.child.is_running:
            self._prepare(is_preparing=True)
        if self._desk is None:
            self._carry()
        else:
            self._begin_round()

    # --- the post room, on the worker ---------------------------------------------------------

    def _on_settled(self) -> None:
        """Somebody works: wait for the next pause."""
        if self._desk is not None:
            self._pause.start(PAUSE_MS)

    def _on_pause(self) -> None:
        if self._desk is None:
            return
        if self._background.is_busy:
            self._pause.start(PAUSE_MS)
        elif self._owes_round:
            self._begin_round()
        else:
            desk = self._desk
            self._background.run_spare(lambda: exchange_state(desk), self._on_looked, note)

    def _begin_round(self) -> None:
        desk = self._desk
        if desk is None or self._is_in_round:
            self._owes_round = True
            return
        self._is_in_round, self._owes_round = True, False
        cut_now, background = self._cuts_next, self._background
        self._cuts_next = False
        self._background.run_spare(
            lambda: exchange_round(desk, cut_now=cut_now, is_wanted=lambda: background.is_wanted),
            self._on_rounded, self._on_round_failed,
        )  # fmt: skip

    def _on_looked(self, told: ExchangeTold | None) -> None:
        self._line.tell(told)
        if told is not None and _is_due(told):
            self._owes_carry = True
            self._begin_round()

    def _on_rounded(self, told: ExchangeTold | None) -> None:
        self._is_in_round = False
        self._line.tell(told)
        if self._cuts_next:  # asked for meanwhile: it goes before the carrier does
            self._begin_round()
            return
        if told is not None and told.state.is_unfinished:
            self._owes_round = True
        elif self._owes_answer:  # what came is confirmed at once
            self._owes_answer, self._owes_carry = False, True
        if self._owes_round:
            self._pause.start(PAUSE_MS)
        if self._owes_carry:
            self._carry()

    def _on_round_failed(self, error: BaseException) -> None:
        """A full disk, say: what was not done waits for the next round."""
        self._is_in_round = False
        note(error)
        if self._owes_carry:
            self._carry()

    # --- the carrier, as a child --------------------------------------------------------------

    def _on_next(self) -> None:
        """It is time again."""
        self._owes_carry = True
        if self._desk is None:
            self._carry()
            return
        self._owes_round = True
        if not self._pause.isActive():
            self._pause.start(PAUSE_MS)

    def _carry(self) -> None:
        if self._line.is_held:
            self._prepare(is_preparing=False)
        if self.child.is_running or self._line.is_held:
            return  # it goes when the other one is back: `_owes_carry` stands
        is_asked, self._is_asked, self._owes_carry = self._is_asked, False, False
        folder = self._carrying.folder()
        arguments = self._carrying.arguments(folder)
        if not arguments or (self._line.is_paused and not is_asked):
            self._prepare(is_preparing=False)
            self._is_awaited = False
            self._wait(EVERY_SECONDS)
            return
        self._next.stop()
        self._brought = False
        now = self._line.carried
        self._line.move(replace(now, is_running=True, is_preparing=False, done=0, whole=0))
        more = [REQUESTS_TOO] if is_asked else []
        self.child.start([*arguments, *more, ATTACHED])

    def _prepare(self, *, is_preparing: bool) -> None:
        """Say that a run is being made ready, or that none comes of it."""
        now = self._line.carried
        if now.is_preparing or is_preparing:
            self._line.move(replace(
                now, is_running=is_preparing, is_preparing=is_preparing, store="", done=0, whole=0
            ))  # fmt: skip

    def _on_said(self, said: dict[str, Any]) -> None:
        """A line of the child: how far it is with a store, or what became of it."""
        hub, now = str(said.get("store", "")), self._line.carried
        if "came" not in said:
            done, whole = _number(said.get("done")), _number(said.get("whole"))
            self._line.move(replace(now, store=hub, done=done, whole=whole))
            return
        self._brought = self._brought or bool(said["came"])
        self._owes_answer = self._owes_answer or _brought_bundles(said)
        troubles = {one: name for one, name in now.troubles.items() if one != hub}
        if hub and (trouble := str(said.get("trouble") or "")):
            troubles[hub] = trouble
        self._line.move(replace(now, store=hub, troubles=troubles))
        if marker := str(said.get("marker") or ""):
            self._check_marker(hub, marker)

    def _check_marker(self, hub: str, marker: str) -> None:
        """A store has another marker: it counts if an administrator signed it anew."""
        desk = self._desk
        if desk is None:
            return

        def then(is_good: bool) -> None:
            if is_good:
                self._owes_carry = True
                self._carry()

        self._background.run_spare(lambda: renew_marker(desk, hub, marker), then, note)

    def _on_ended(self, code: int) -> None:
        is_well = code == 0
        at = _told_moment(self._clock.local()) if is_well else self._line.carried.at
        self._line.move(replace(self._line.carried, is_running=False, at=at))
        if is_well:
            self._backoff.reset()
            self._wait(EVERY_SECONDS)
        else:
            self._next.start(round(self._backoff.after_failure() * 1000))
        if self._desk is not None:  # what came is taken in; what went is sent now
            self._owes_round = self._owes_round or self._brought
            self._pause.start(0 if self._is_awaited else PAUSE_MS)
        self._is_awaited = False
        if self._owes_carry:
            self._carry()

    def _on_reachable(self) -> None:
        """A hint: a store that did not answer may answer now."""
        if self._backoff.failed:
            self._backoff.reset()
            self._next.start(_HOPE_MS)

    def _on_pause_asked(self, paused: bool) -> None:
        try:
            keep_paused(self._carrying.folder(), paused=paused)
        except OSError as error:  # it holds until the program ends
            note(error)
        self._line.pause(paused)
        if paused:
            self.child.stop()
            self._line.move(replace(self._line.carried, is_running=False))
        else:
            self._backoff.reset()
            self._on_next()

    def _on_held(self, is_held: bool) -> None:
        """A stick is being filled: the trays are its own for that time."""
        if is_held and self.child.is_running:
            self.child.stop()
            self._owes_carry = True
            self._line.move(replace(self._line.carried, is_running=False))
        elif not is_held and self._owes_carry:
            self._carry()

    def _wait(self, seconds: float) -> None:
        self._next.start(round(self._backoff.spread(seconds) * 1000))

    def _timer(self, then: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.timeout.connect(then)
        return made


def _is_due(told: ExchangeTold) -> bool:
    """Whether waiting changes may be cut now."""
    due = told.state.next_cut
    return told.state.waits > 0 and (not due or datetime.fromisoformat(due) <= told.now)


def _brought_bundles(said: dict[str, Any]) -> bool:
    """Whether a receipt is owed: receipts alone are not answered, or two stations never rest."""
    came = said.get("in")
    return isinstance(came, dict) and bool(came.get("bundles"))  # pyright: ignore[reportUnknownMemberType]


def _number(said: object) -> int:
    return said if isinstance(said, int) and said >= 0 else 0


def _told_moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")

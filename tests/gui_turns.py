"""Watches how long each turn of the GUI thread takes, in processor time of that thread alone.

A turn is one round of Qt's event loop, or one key or click that a test sends. Time of the
processor, not of the clock on the wall: on a busy machine a turn waits, but it does no more work.
How quick the processor is now is asked only where a turn was long, so that watching costs nothing.

What loads modules counts apart: the program loads them while the lock screen waits (see
`ui.running.warm_up`), tests load them at first use. So that time is taken off the turn; so is the
sweep after a lock, which looks over all objects of the process, here those of all tests before;
and a new style sheet: whoever chose another look waits for it, and nobody types meanwhile. A turn
that puts new parts on the screen is told apart: Qt dresses, lays out and paints each of them for
the first time.

A turn that was long once teaches nobody anything: the processor is shared, and what is read, drawn
or worked out for the first time is kept. So a run does a test again, twice at most, that
failed by a long turn (`--only-rerun "turns of the window took"`): what counts is long each time.
Every run ends with its longest turns, also of tests that passed, and the benchmark tells them of a
process of their own: `python3 build/bench --only turns`.

It is blind, and holds nothing against anybody, where

- a test turns the loop by `processEvents`, or opens a dialog by `exec`: Qt does not say there where
  a round begins and ends;
- the system is Windows, or Qt was built without GLib: Qt tells the same signals around the wait
  alone, not around the work. It was never tried there;
- far more programs want the processor than it can serve.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, ParamSpec, TypeVar

import pytest
from PySide6.QtCore import QAbstractEventDispatcher
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from intake_app.ui.screen import sweep

if sys.platform == "linux":
    from resource import RUSAGE_THREAD, getrusage

    def times_taken_away() -> int:
        """How often this thread lost the processor so far."""
        return getrusage(RUSAGE_THREAD).ru_nivcsw

else:

    def times_taken_away() -> int:
        """This system does not say it."""
        return 0


Sent = ParamSpec("Sent")
Answer = TypeVar("Answer")

GOAL: Final = 0.050
"""Seconds of processor that a turn should take at most: what is longer is felt while typing."""

LAPSE: Final = 3.0
"""A test fails at so many times that, done again and again. Whole runs have two workers, which take
caches from one another, and count what is run: what takes 50 ms alone may take 90 there."""

FIRST_SHOW: Final = 6.0
"""The same where a turn shows parts for the first time: 50 to 90 ms is what most pages take alone,
and the first test of a worker fills Qt's own caches in that turn as well."""

STANDS: Final = "longest turn"
SHOWS: Final = "longest turn with new parts"
"""Properties of each test in a report (`--junitxml`), in milliseconds; the benchmark reads them."""

_LOOKS_FROM: Final = 0.020
"""Seconds; shorter turns are not told."""

_BUSY: Final = 1.5
"""Programs that want each processor: beyond that they take the caches from one another, and even
processor time tells nothing. Such a turn is not held against anybody."""

_UNDISTURBED: Final = 0.010
"""Seconds of processor between two times that another program takes it away, at least: the load of
a machine is a mean of the last minute, and says too late that it became busy just now."""

_WORK_TAKES: Final = 0.0004
"""Seconds of `_work` where the limits were set."""

_MANY: Final = 8
"""So many parts that were not there at the last look: the turn showed something new."""

_TOLD: Final = 5
"""Turns at the end of a run."""

_SEEN: Final = "seen by a turn"
_LOADS: Final = "_find_and_load"
"""What Python itself calls where a module is not there yet, in all versions that we run on."""

_SENT: Final = ("keyClick", "keyClicks", "mouseClick", "mouseDClick")


@dataclass
class Turns:
    """The turns of one test.

    Attributes:
        limit: Seconds.
        first_show: Seconds, where new parts are shown.
        stands: Seconds of the longest one of a page that stands.
        shows: Seconds of the longest one that showed new parts.
        long: Seconds of those that took too long.
    """

    limit: float = GOAL * LAPSE
    first_show: float = GOAL * FIRST_SHOW
    stands: float = 0.0
    shows: float = 0.0
    long: list[float] = field(default_factory=list[float])
    _since: float | None = None
    _apart: float = 0.0
    _taken_away: int = 0

    def begin(self) -> None:
        """A turn begins."""
        self._apart, self._taken_away = 0.0, times_taken_away()
        self._since = time.thread_time()

    def end(self) -> None:
        """A turn has ended."""
        since, self._since = self._since, None
        if since is None:
            return
        taken = time.thread_time() - since - self._apart
        if taken < _LOOKS_FROM:
            return
        is_first = shows_new_parts()
        if is_first:
            self.shows = max(self.shows, taken)
        else:
            self.stands = max(self.stands, taken)
        limit = self.first_show if is_first else self.limit
        times = times_taken_away() - self._taken_away
        if taken > limit and not is_busy(taken, times) and taken > limit * slowness():
            self.long.append(taken)

    def apart(self, load: Callable[Sent, Answer]) -> Callable[Sent, Answer]:
        """What is not counted on the GUI thread, with all that it calls."""
        is_within, gui = False, threading.get_ident()

        def taken_off(*args: Sent.args, **more: Sent.kwargs) -> Answer:
            nonlocal is_within
            if is_within or threading.get_ident() != gui:
                return load(*args, **more)
            is_within, since = True, time.thread_time()
            try:
                return load(*args, **more)
            finally:
                is_within = False
                self._apart += time.thread_time() - since

        return taken_off

    def sending(self, send: Callable[Sent, Answer]) -> Callable[Sent, Answer]:
        """A key or click of a test, as a turn: where it began a loop of its own, that has turns."""

        def sent(*args: Sent.args, **more: Sent.kwargs) -> Answer:
            self.begin()
            began = self._since
            try:
                return send(*args, **more)
            finally:
                if self._since == began:
                    self.end()

        return sent

    def told(self) -> list[tuple[str, object]]:
        """The longest ones as properties of a test; what was too short is left out."""
        every = {STANDS: self.stands, SHOWS: self.shows}
        return [(name, round(seconds * 1000)) for name, seconds in every.items() if seconds]


def shows_new_parts() -> bool:
    """Whether many parts are on the screen that were not there at the last look."""
    new = [one for one in QApplication.allWidgets() if one.isVisible() and not one.property(_SEEN)]
    for one in new:
        one.setProperty(_SEEN, True)
    return len(new) >= _MANY


def is_busy(taken: float, times: int) -> bool:
    """Whether many more programs want to run than can.

    Args:
        taken: Seconds of processor of a turn.
        times: How often the processor was taken away in it.
    """
    if times * _UNDISTURBED > taken:
        return True
    return hasattr(os, "getloadavg") and os.getloadavg()[0] > _BUSY * (os.cpu_count() or 1)


def slowness() -> float:
    """How many times as long this processor takes now as the one where the limits were set."""
    taken = list[float]()
    for _ in range(5):
        since = time.thread_time()
        _work()
        taken.append(time.thread_time() - since)
    return max(1.0, sorted(taken)[2] / _WORK_TAKES)


def _work() -> int:
    total, known = 0, dict[int, str]()
    for n in range(4000):
        known[n & 255] = str(n)
        total += len(known[n & 255])
    return total


@contextmanager
def watched(turns: Turns) -> Generator[Turns]:
    """Watch every turn of the GUI thread until the end; there is a `QApplication` by now."""
    dispatcher = QAbstractEventDispatcher.instance()
    with pytest.MonkeyPatch.context() as patched:
        for name in _SENT:
            patched.setattr(QTest, name, turns.sending(getattr(QTest, name)))
        loader = sys.modules["_frozen_importlib"]
        for owner, name in ((loader, _LOADS), (sweep, "sweep"), (QApplication, "setStyleSheet")):
            patched.setattr(owner, name, turns.apart(getattr(owner, name)))
        dispatcher.aboutToBlock.connect(turns.begin)
        dispatcher.awake.connect(turns.end)
        try:
            yield turns
        finally:
            with suppress(RuntimeError):
                dispatcher.aboutToBlock.disconnect(turns.begin)
                dispatcher.awake.disconnect(turns.end)


def complain(turns: Turns) -> None:
    """Fail the test whose turns were long."""
    if turns.long:
        told = ", ".join(f"{seconds * 1000:.0f}" for seconds in turns.long)
        pytest.fail(f"turns of the window took {told} ms of processor, of {turns.limit * 1000:.0f}")


def lines_of(reports: Iterable[pytest.TestReport]) -> list[str]:
    """The longest turns of a run, longest first, each with the test that had it."""
    told = {
        (named[1], named[0], report.nodeid)
        for report in reports
        for named in report.user_properties
        if named[0] in {STANDS, SHOWS} and isinstance(named[1], int)
    }
    return [
        f"{taken:5} ms  {test}  {name}" for taken, name, test in sorted(told)[: -_TOLD - 1 : -1]
    ]

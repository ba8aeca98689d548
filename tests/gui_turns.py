"""Watches how long each turn of the GUI thread takes, in processor time of that thread alone.

A turn is one round of Qt's event loop, or one key or click that a test sends. Time of the
processor, not of the clock on the wall: on a busy machine a turn waits, but it does no more work.

It measures and fails nothing. How long a turn takes says as much about the machine and about what
ran before in the process as about the page: a test that fails by it fails by chance. Every run ends
with its longest turns; `python3 build/bench --only turns` holds them against the goal.

What loads modules counts apart: the program loads them while the lock screen waits (see
`ui.running.warm_up`), tests load them at first use. So that time is taken off the turn. A turn that
puts new parts on the screen is told apart: Qt dresses, lays out and paints each of them for the
first time.

It is blind where

- a test turns the loop by `processEvents`, or opens a dialog by `exec`: Qt does not say there where
  a round begins and ends;
- the system is Windows, or Qt was built without GLib: Qt tells the same signals around the wait
  alone, not around the work. It was never tried there.
"""

import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final, ParamSpec, TypeVar

import pytest
from PySide6.QtCore import QAbstractEventDispatcher
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

Sent = ParamSpec("Sent")
Answer = TypeVar("Answer")

STANDS: Final = "longest turn"
SHOWS: Final = "longest turn with new parts"
"""Properties of each test in a report (`--junitxml`), in milliseconds; the benchmark reads them."""

_LOOKS_FROM: Final = 0.020
"""Seconds; shorter turns are not told."""

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
        stands: Seconds of the longest one of a page that stands.
        shows: Seconds of the longest one that showed new parts.
    """

    stands: float = 0.0
    shows: float = 0.0
    _since: float | None = None
    _loading: float = 0.0

    def begin(self) -> None:
        """A turn begins."""
        self._loading = 0.0
        self._since = time.thread_time()

    def end(self) -> None:
        """A turn has ended."""
        since, self._since = self._since, None
        if since is None:
            return
        taken = time.thread_time() - since - self._loading
        if taken < _LOOKS_FROM:
            return
        if shows_new_parts():
            self.shows = max(self.shows, taken)
        else:
            self.stands = max(self.stands, taken)

    def loading(self, load: Callable[Sent, Answer]) -> Callable[Sent, Answer]:
        """What loads a module, and those that it loads: counted apart on the GUI thread."""
        is_within, gui = False, threading.get_ident()

        def loaded(*args: Sent.args, **more: Sent.kwargs) -> Answer:
            nonlocal is_within
            if is_within or threading.get_ident() != gui:
                return load(*args, **more)
            is_within, since = True, time.thread_time()
            try:
                return load(*args, **more)
            finally:
                is_within = False
                self._loading += time.thread_time() - since

        return loaded

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


@contextmanager
def watched(turns: Turns) -> Generator[Turns]:
    """Watch every turn of the GUI thread until the end; there is a `QApplication` by now."""
    dispatcher = QAbstractEventDispatcher.instance()
    with pytest.MonkeyPatch.context() as patched:
        for name in _SENT:
            patched.setattr(QTest, name, turns.sending(getattr(QTest, name)))
        loader = sys.modules["_frozen_importlib"]
        patched.setattr(loader, _LOADS, turns.loading(getattr(loader, _LOADS)))
        dispatcher.aboutToBlock.connect(turns.begin)
        dispatcher.awake.connect(turns.end)
        try:
            yield turns
        finally:
            with suppress(RuntimeError):
                dispatcher.aboutToBlock.disconnect(turns.begin)
                dispatcher.awake.disconnect(turns.end)


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

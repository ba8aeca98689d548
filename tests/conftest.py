"""Fixtures that many stories share: a clock that stands still, and real encrypted files."""

import gc
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import coverage_marks  # noqa: F401  # pyright: ignore[reportUnusedImport]
import pytest
from gui_turns import Turns, complain, lines_of, watched
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_parts import KEY
from worked_out_once import worked_out_once

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, StationId
from intake_app.storage.compartment import Compartment

FULL_COLLECTION_EVERY = 200
"""Tests."""

PATIENCE_MS = 20_000
"""Until a condition that does not come is given up; one that holds is seen at once."""

MEMORY = Path("/dev/shm")  # noqa: S108 (a kill is no power cut: what was written to memory stays)

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def tests_so_far() -> Iterator[list[int]]:
    """Python's garbage collector rests: on a worker thread it would take widgets apart.

    What stands before the first test stays to the end: modules and twelve thousand tests are looked
    over no more, neither between tests nor when a window is locked.
    """
    gc.disable()
    gc.collect()
    gc.freeze()
    yield [0]
    gc.unfreeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def what_is_slow_is_worked_out_once() -> Iterator[None]:
    """Whoever asks for the same again gets the same."""
    with worked_out_once():
        yield


@pytest.fixture(autouse=True)
def garbage_goes_between_tests(tests_so_far: list[int]) -> Iterator[None]:
    """It is collected here instead, on the thread that made the windows (`ui.running.collector`).

    Windows go as well, and their timers with them: the next test may run no event loop. What is
    left after a test is looked over once in a while only: what the program collects in the next
    test is what it would collect in a process of its own.
    """
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tests_so_far[0] += 1
    if tests_so_far[0] % FULL_COLLECTION_EVERY == 0:
        gc.unfreeze()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_turn_of_the_window_is_long(request: pytest.FixtureRequest) -> Iterator[None]:
    """What takes the GUI thread too long at once fails the test that did it (see `gui_turns`)."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    with watched(Turns()) as turns:
        yield
    request.node.user_properties += turns.told()
    complain(turns)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A run ends with its longest turns, also where no test failed by them."""
    ended = [
        one
        for reports in terminalreporter.stats.values()
        for one in reports
        if isinstance(one, pytest.TestReport) and one.when == "teardown"
    ]
    if lines := lines_of(ended):
        terminalreporter.section("longest turns of the window, of processor; goal 50 ms")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """As pytest-qt has it, but patient, unless a test says how long it waits."""
    made = QtBot(request)
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitExposed"):
        setattr(made, name, partial(getattr(made, name), timeout=PATIENCE_MS))
    return made


@pytest.fixture
def clock() -> FixedClock:
    """Monday, November 23, 2026, 14:40 in UTC; it moves only when a story moves it."""
    return FixedClock(datetime(2026, 11, 23, 14, 40, tzinfo=UTC))


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder for drills: in memory where the system has one."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def care(tmp_path: Path, clock: FixedClock) -> Iterator[Compartment]:
    """A real, empty, encrypted file of records."""
    made = Compartment.create(tmp_path / "care.db", KEY, clock, StationId("front"), Epoch("abcdef"))
    yield made
    made.close()

"""Fixtures that many stories share: a clock that stands still, and real encrypted files."""

import gc
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_parts import KEY

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, StationId
from intake_app.storage.compartment import Compartment
from intake_app.vault import kdf

Stretch = Callable[[str, bytes, str, Mapping[str, int]], bytes]

FULL_COLLECTION_EVERY = 40
"""Tests."""

PATIENCE_MS = 20_000
"""Until a condition that does not come is given up; one that holds is seen at once."""

MEMORY = Path("/dev/shm")  # noqa: S108 (a kill is no power cut: what was written to memory stays)

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def tests_so_far() -> Iterator[list[int]]:
    """Python's garbage collector rests: on a worker thread it would take widgets apart."""
    gc.disable()
    yield [0]
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def each_passphrase_is_stretched_once() -> Iterator[None]:
    """The same words with the same salt give the same key: to work it out once is enough."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kdf, "stretch", _once(kdf.stretch))
        yield


def _once(slow: Stretch) -> Stretch:
    known: dict[tuple[object, ...], bytes] = {}

    def stretch(passphrase: str, salt: bytes, method: str, params: Mapping[str, int]) -> bytes:
        asked = passphrase, salt, method, *params.items()
        if asked not in known:
            known[asked] = slow(passphrase, salt, method, params)
        return known[asked]

    return stretch


@pytest.fixture(autouse=True)
def garbage_goes_between_tests(tests_so_far: list[int]) -> Iterator[None]:
    """It is collected here instead, on the thread that made the windows (see `ui.collector`).

    Windows go as well, and their timers with them: the next test may run no event loop.
    """
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tests_so_far[0] += 1
    gc.collect(1 if tests_so_far[0] % FULL_COLLECTION_EVERY else 2)


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

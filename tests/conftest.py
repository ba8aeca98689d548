"""Fixtures that many stories share: a clock that stands still, and real encrypted files."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake_app.domain.act import Act
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, StationId, UserId
from intake_app.storage.compartment import Compartment

KEY = bytes(range(32))
SAVE = Act(UserId("u1"), "save")


@pytest.fixture
def clock() -> FixedClock:
    """Monday, November 23, 2026, 14:40 in UTC; it moves only when a story moves it."""
    return FixedClock(datetime(2026, 11, 23, 14, 40, tzinfo=UTC))


@pytest.fixture
def care(tmp_path: Path, clock: FixedClock) -> Iterator[Compartment]:
    """A real, empty, encrypted file of records."""
    made = Compartment.create(tmp_path / "care.db", KEY, clock, StationId("front"), Epoch("abcdef"))
    yield made
    made.close()

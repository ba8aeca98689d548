"""Fixtures that many stories share: a clock that stands still, and real encrypted files."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from real_parts import KEY

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, StationId
from intake_app.storage.compartment import Compartment


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

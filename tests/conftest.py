"""Fixtures that many stories share: a clock that stands still, and real encrypted files."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from intake_app.domain.act import Act
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, StationId, UserId
from intake_app.storage.compartment import Compartment

KEY = bytes(range(32))
SAVE = Act(UserId("u1"), "save")


def run_drill(script: Path, *args: object) -> dict[str, Any]:
    """Run a drill as a process of its own; returns the JSON that it prints.

    Raises:
        AssertionError: It ended with an error; with what it said.
    """
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, str(script), *map(str, args)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


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

"""Killed at every step from a draft to the record that a coordinator takes in: nothing is lost."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_parts import run_drill

DRILL = Path(__file__).parent / "drills" / "kill_hand_in.py"
STEPS = 11
MEMORY = Path("/dev/shm")  # noqa: S108 (a kill is no power cut: what was written to memory stays)


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("seed", [1, 2])
def test_fifty_kills_at_each_crossing_leave_exactly_one_record(quick: Path, seed: int) -> None:
    """Each seed kills half of them."""
    result = run_drill(DRILL, quick, 25, seed)
    assert result["found"] == {}
    assert len(result["kills"]) == STEPS
    assert set(result["kills"].values()) == {25}


def test_a_hand_in_that_forgets_what_it_kept_apart_is_found(quick: Path) -> None:
    """Negative control."""
    result = run_drill(DRILL, quick, 1, 1, "forgetful")
    assert result["found"]["not exactly one apart"] > 0

"""A new file key is cut short at any moment: the old state or the new, and everybody comes in."""

from pathlib import Path

import pytest
from real_parts import MOMENTS, run_drill

DRILL = Path(__file__).parent / "drills" / "kill_rekey.py"
EVERY = 100_000
"""More than there are moments."""


def moments(times: int) -> int:
    """A few by default; all of them where somebody asks for many kills."""
    return EVERY if times > 40 else times


@pytest.mark.parametrize("role", ["administrator", "coordinator"])
def test_kills_at_any_moment_leave_one_key_that_opens_all(tmp_path: Path, role: str) -> None:
    result = run_drill(DRILL, tmp_path, role, moments(MOMENTS), 1)
    assert result["moments"] > 100
    assert result["found"] == {}
    assert result["killed"] == result["tried"] >= min(MOMENTS, result["moments"])


@pytest.mark.parametrize("role", ["administrator", "coordinator"])
def test_a_disk_that_is_full_from_any_moment_on_leaves_one_key(tmp_path: Path, role: str) -> None:
    few = moments(MOMENTS if MOMENTS > 40 else MOMENTS // 2)
    result = run_drill(DRILL, tmp_path, role, few, 2, "full")
    assert result["found"] == {}
    assert result["refused"] > 0


def test_a_key_that_is_sealed_to_nobody_is_found(tmp_path: Path) -> None:
    """Negative control."""
    result = run_drill(DRILL, tmp_path, "coordinator", 1, 3, "forgetful")
    assert result["found"]

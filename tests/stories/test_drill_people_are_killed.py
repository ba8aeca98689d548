"""Somebody leaves, is disabled or renewed, and the program dies: old or new, no half."""

from pathlib import Path

import pytest
from real_parts import KILLS, run_drill

MOMENTS = max(3, KILLS // 3)
DRILL = Path(__file__).parent / "drills" / "kill_people.py"


@pytest.mark.parametrize("act", ["leave", "renew"])
def test_killed_at_any_moment_everybody_else_works_on(quick: Path, act: str) -> None:
    result = run_drill(DRILL, quick, MOMENTS, 1, act)
    assert result["found"] == {}
    assert result["killed"] == result["tried"] > 0


def test_a_full_disk_at_any_moment_locks_nobody_else_out(quick: Path) -> None:
    result = run_drill(DRILL, quick, MOMENTS, 2, "leave", "full")
    assert result["found"] == {}
    assert result["refused"] > 0


def test_keys_that_go_before_the_registry_knows_are_found(quick: Path) -> None:
    """Negative control."""
    result = run_drill(DRILL, quick, 1, 1, "disable", "hasty")
    assert result["found"]["neither old nor new"] > 0

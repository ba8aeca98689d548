"""Killed at every step of a purge: the next sign-in goes on, and nothing is counted twice."""

from pathlib import Path

import pytest
from real_parts import TIMES, run_drill

DRILL = Path(__file__).parent / "drills" / "kill_purge.py"
STEPS = 5


@pytest.mark.parametrize("times", TIMES)
def test_kills_at_each_step_leave_nothing_and_one_count(quick: Path, times: int) -> None:
    result = run_drill(DRILL, quick, times, 1)
    assert result["found"] == {}
    assert len(result["kills"]) == STEPS
    assert set(result["kills"].values()) == {times}


def test_a_purge_that_does_not_go_on_by_itself_is_found(quick: Path) -> None:
    """Negative control."""
    result = run_drill(DRILL, quick, 1, 1, "forgetful")
    assert result["found"]["still there"] > 0

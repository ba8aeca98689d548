"""Killed at every step from a draft to the record that a coordinator takes in: nothing is lost."""

from pathlib import Path

import pytest
from real_parts import SEED, TIMES, run_drill

DRILL = Path(__file__).parent / "drills" / "kill_hand_in.py"
STEPS = 11


@pytest.mark.parametrize("times", TIMES)
def test_kills_at_each_crossing_leave_exactly_one_record(quick: Path, times: int) -> None:
    result = run_drill(DRILL, quick, times, SEED)
    assert result["found"] == {}
    assert len(result["kills"]) == STEPS
    assert set(result["kills"].values()) == {times}


def test_a_hand_in_that_forgets_what_it_kept_apart_is_found(quick: Path) -> None:
    """Negative control."""
    result = run_drill(DRILL, quick, 1, 1, "forgetful")
    assert result["found"]["not exactly one apart"] > 0

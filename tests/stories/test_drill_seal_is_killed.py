"""Killed at every step of sealing: the case is in one place afterwards, whole, with one token."""

from pathlib import Path

import pytest
from real_parts import SEED, TIMES, run_drill

DRILL = Path(__file__).parent / "drills" / "kill_seal.py"
STEPS = 4


@pytest.mark.parametrize("times", TIMES)
def test_kills_at_each_step_leave_exactly_one_sealed_case(quick: Path, times: int) -> None:
    result = run_drill(DRILL, quick, times, SEED)
    assert result["found"] == {}
    assert len(result["kills"]) == STEPS
    assert set(result["kills"].values()) == {times}


def test_a_sealing_that_does_not_go_on_by_itself_is_found(quick: Path) -> None:
    """Negative control."""
    result = run_drill(DRILL, quick, 2, 1, "forgetful")
    assert result["found"]["marks left"] > 0

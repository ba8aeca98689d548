"""Killed at every step between number and print: the same number, and nothing issued twice."""

from pathlib import Path

import pytest
from real_parts import SEED, TIMES, run_drill

DRILL = Path(__file__).parent / "drills" / "kill_issue.py"
STEPS = 11


@pytest.mark.parametrize("times", TIMES)
def test_kills_at_each_step_issue_exactly_one_citation(quick: Path, times: int) -> None:
    result = run_drill(DRILL, quick, times, SEED)
    assert result["found"] == {}
    assert len(result["kills"]) == STEPS
    assert set(result["kills"].values()) == {times}


def test_an_issue_that_forgets_what_it_had_noted_is_found(quick: Path) -> None:
    """Negative control."""
    result = run_drill(DRILL, quick, 1, 1, "forgetful")
    assert result["found"]["another number"] > 0

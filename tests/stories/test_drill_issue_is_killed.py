"""Killed at every step between number and print: the same number, and nothing issued twice."""

from pathlib import Path

from real_parts import KILLS, SEED, run_drill

DRILL = Path(__file__).parent / "drills" / "kill_issue.py"
STEPS = 11


def test_kills_at_each_step_issue_exactly_one_citation(quick: Path) -> None:
    result = run_drill(DRILL, quick, KILLS, SEED)
    assert result["found"] == {}
    assert len(result["kills"]) == STEPS
    assert set(result["kills"].values()) == {KILLS}


def test_an_issue_that_forgets_what_it_had_noted_is_found(quick: Path) -> None:
    """Negative control."""
    result = run_drill(DRILL, quick, 1, 1, "forgetful")
    assert result["found"]["another number"] > 0

"""Killed, or out of space, at any step of backing up or bringing back: the old state, or the new.

Every backup that has a name is whole, the older ones stand, and the next time it goes on.
"""

from pathlib import Path

import pytest
from real_parts import MOMENTS, run_drill

DRILL = Path(__file__).parent / "drills" / "kill_backup.py"


@pytest.mark.parametrize("way", ["kill", "full"])
@pytest.mark.parametrize("subject", ["make", "restore", "over"])
def test_whatever_ends_it_there_is_the_old_state_or_the_new(
    quick: Path, subject: str, way: str
) -> None:
    result = run_drill(DRILL, quick, MOMENTS, 1, subject, way)
    assert result["wrong"] == {}
    assert result["steps"] > 20
    assert result["ended"] == min(MOMENTS, result["steps"])


@pytest.mark.parametrize("subject", ["make", "over"])
def test_work_that_is_named_too_early_or_not_gone_on_with_is_found(
    quick: Path, subject: str
) -> None:
    """Negative control."""
    result = run_drill(DRILL, quick, 10, 1, subject, "kill", "forgetful")
    assert result["wrong"] != {}

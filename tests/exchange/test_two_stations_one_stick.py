"""Two stations, one stick, a clock a year off: killed at any write, pulled at any byte.

Three people work there. Afterwards both hold the same and all that was acknowledged;
before, what lacks is named. Longer by DRILL_TIMES (see `real_parts`).
"""

from pathlib import Path

import pytest
from real_parts import KILLS, run_drill

DRILL = Path(__file__).parent / "stick_drill.py"
WRONG = ("differs", "lost", "faults", "stopped", "named")


@pytest.mark.parametrize("seed", [1, 2])
def test_they_agree_whatever_is_killed_and_pulled(quick: Path, seed: int) -> None:
    result = run_drill(DRILL, quick, 2 * KILLS, seed)
    assert result["acknowledged"] > KILLS // 2
    assert result["killed"] > KILLS // 4
    assert {name: result[name] for name in WRONG} == dict.fromkeys(WRONG, 0)


def test_stations_that_merge_nothing_are_noticed(quick: Path) -> None:
    """The negative control."""
    result = run_drill(DRILL, quick, KILLS, 2, "broken")
    assert result["lost"]
    assert result["differs"]

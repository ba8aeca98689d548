"""Two stations, one stick, a clock a year off: killed at any write, pulled at any byte.

Three people work there. Afterwards both hold the same and all that was acknowledged;
before, what lacks is named. Longer by DRILL_TIMES (see `real_parts`).
"""

from pathlib import Path

import pytest
from real_parts import KILLS, run_drill

DRILL = Path(__file__).parent / "stick_drill.py"
VISITS = max(16, 2 * KILLS)
"""Some of them are killed, by chance; fewer would often have none."""

WRONG = ("differs", "lost", "faults", "stopped", "named")


@pytest.mark.parametrize("seed", [1, 2])
def test_they_agree_whatever_is_killed_and_pulled(quick: Path, seed: int) -> None:
    result = run_drill(DRILL, quick, VISITS, seed)
    assert result["acknowledged"] > VISITS // 4
    assert result["killed"] > VISITS // 8
    assert {name: result[name] for name in WRONG} == dict.fromkeys(WRONG, 0)


def test_stations_that_merge_nothing_are_noticed(quick: Path) -> None:
    """The negative control."""
    result = run_drill(DRILL, quick, VISITS // 2, 2, "broken")
    assert result["lost"]
    assert result["differs"]

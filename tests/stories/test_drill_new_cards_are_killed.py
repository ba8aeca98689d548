"""New recovery cards are cut short at any moment: all old cards open, or all new ones."""

from pathlib import Path

import pytest
from real_parts import MOMENTS, run_drill

DRILL = Path(__file__).parent / "drills" / "kill_new_cards.py"
ALL = 100_000


@pytest.mark.parametrize("how", [(), ("full",)], ids=["killed", "full"])
def test_at_any_moment_one_set_of_cards_opens_everything(
    tmp_path: Path, how: tuple[str, ...]
) -> None:
    result = run_drill(DRILL, tmp_path, MOMENTS if MOMENTS <= 40 else ALL, 1, *how)
    assert result["moments"] > 20
    assert result["found"] == {}
    assert result["killed"] == (0 if how else result["tried"])


def test_old_cards_that_go_first_are_found(tmp_path: Path) -> None:
    """Negative control."""
    assert run_drill(DRILL, tmp_path, 12, 2, "hasty")["found"]["no card opens"] > 0

"""Killed 200 times while it writes: the file is sound, and nothing acknowledged is lost."""

from pathlib import Path

from real_parts import run_drill

DRILL = Path(__file__).parent / "drills" / "kill_writer.py"


def test_two_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    result = run_drill(DRILL, tmp_path, 200, 1)
    assert result["acknowledged"] > 200
    wrong = ("faults", "lost", "doubled", "index_differs")
    assert {name: result[name] for name in wrong} == dict.fromkeys(wrong, 0)

"""A new program brings an old file up to date and is stopped: the file is the old or the new."""

from pathlib import Path

from real_parts import MOMENTS, run_drill

DRILL = Path(__file__).parent / "drills" / "kill_migration.py"


def test_a_stopped_migration_is_finished_by_the_next_start(tmp_path: Path) -> None:
    result = run_drill(DRILL, tmp_path, MOMENTS * 4, 1)
    assert result["killed"] >= MOMENTS // 2
    assert result["full"] >= 1
    wrong = ("faults", "differs", "lines_lost")
    assert {name: result[name] for name in wrong} == dict.fromkeys(wrong, 0)

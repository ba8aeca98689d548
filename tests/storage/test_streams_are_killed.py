"""Killed at any moment while bundles are cut and taken: two files agree, and nothing is lost."""

from pathlib import Path

from real_parts import run_drill

DRILL = Path(__file__).parent / "drills" / "kill_streams.py"
WRONG = ("digest_is_wrong", "faults", "lost", "apart")


def test_forty_kills_lose_nothing_and_leave_two_files_that_agree(tmp_path: Path) -> None:
    result = run_drill(DRILL, tmp_path, 40, 1)
    assert result["acknowledged"] > 40
    assert {name: result[name] for name in WRONG} == dict.fromkeys(WRONG, 0)


def test_a_bundle_that_is_sealed_before_it_is_written_is_missed(tmp_path: Path) -> None:
    """Negative control: the drill sees what is lost, where the kill meets the moment."""
    assert run_drill(DRILL, tmp_path, 3, 1, "forgetful")["lost"] > 0

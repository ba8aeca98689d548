"""The line of long turns is read from what tests say of themselves; a failed test says nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import turns
from benchmarks.measurement import CannotMeasure
from gui_turns import SHOWS, STANDS

ROOT = Path(__file__).parents[2]

TESTS = f"""
import pytest

@pytest.mark.parametrize("ms", [31, 64])
def test_a_page(ms, record_property):
    record_property("{STANDS}", ms)

def test_a_first_show(record_property):
    record_property("{SHOWS}", 70)
"""


def report_of(folder: Path, tests: str) -> str:
    (folder / "test_here.py").write_text(tests, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "--junitxml=here.xml", "-c", "/dev/null",
               "--rootdir=.", "test_here.py"]  # fmt: skip
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    return (folder / "here.xml").read_text("utf-8")


def test_the_longest_of_each_kind_is_taken(tmp_path: Path) -> None:
    assert turns.longest_in(report_of(tmp_path, TESTS)) == turns.Longest(stands=64, shows=70)


def test_where_a_test_fails_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasure, match="failed"):
        turns.longest_in(report_of(tmp_path, TESTS + "\ndef test_fails():\n    assert 2 > 5\n"))


def test_where_no_test_runs_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasure, match="no test"):
        turns.longest_in(report_of(tmp_path, ""))


def test_it_looks_for_the_names_that_the_watch_writes() -> None:
    assert (turns.STANDS, turns.SHOWS) == (STANDS, SHOWS)


@pytest.mark.parametrize("pattern", [*turns.PAGES, *turns.WALKS])
def test_each_pattern_finds_tests(pattern: str) -> None:
    assert list(ROOT.glob(pattern))

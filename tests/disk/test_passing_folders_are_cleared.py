"""What a library needs as files for a moment is gone afterwards, also after a kill."""

import subprocess
import sys
from pathlib import Path

import pytest

from intake_app.disk.passing import clear_passing, passing_folder

HOLDS = """
import sys, pathlib
from intake_app.disk.passing import passing_folder
with passing_folder(pathlib.Path(sys.argv[1])) as folder:
    (folder / "rows").write_text("somebody")
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_a_kill_leaves_nothing_after_the_next_start_and_who_is_at_work_keeps_theirs(
    tmp_path: Path,
) -> None:
    place = tmp_path / "passing"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        clear_passing(place)
        with passing_folder(place) as ours:
            assert ours.is_dir()
        assert (theirs / "rows").read_text() == "somebody", "control: it is still needed"
        other.kill()
        other.wait()
    assert theirs.is_dir(), "control: a kill leaves it"
    clear_passing(place)
    assert not place.exists()


def test_it_is_gone_when_the_work_is_done_or_fails(tmp_path: Path) -> None:
    place = tmp_path / "passing"

    def fail() -> None:
        with passing_folder(place) as folder:
            (folder / "rows").write_text("somebody")
            assert folder.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        fail()
    assert not place.exists()

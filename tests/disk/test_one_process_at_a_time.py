"""A lock that is free again when its process is killed."""

import subprocess
import sys
from pathlib import Path

from intake_app.disk.turn import own_turn

HOLDS = """
import sys, pathlib
from intake_app.disk.turn import own_turn
with own_turn(pathlib.Path(sys.argv[1])) as is_mine:
    print(is_mine, flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_told_at_once_and_a_kill_frees_it(tmp_path: Path) -> None:
    file = tmp_path / "carried" / "turn"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with own_turn(file) as is_mine:
            assert not is_mine
        other.kill()
        other.wait()
    with own_turn(file) as is_mine:
        assert is_mine
    with own_turn(file) as is_mine:
        assert is_mine, "it was given back"

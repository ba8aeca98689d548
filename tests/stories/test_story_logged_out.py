"""After log-out the process that held somebody's keys and answers is gone; another one waits."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def processes_of(profile: Path) -> Iterator[int]:
    """Processes of the program on this profile."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().decode().split("\0")
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            if words[1:5] == ["-m", "intake_app", "--profile", str(profile)] and state != "Z":
                yield int(entry.name)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_old_process_is_gone(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    around = os.environ | {
        "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE / 'left_behind'}",
    }  # fmt: skip
    with (tmp_path / "said").open("wb") as said:
        old = subprocess.Popen(
            [sys.executable, str(HERE / "left_behind" / "leave.py"), str(profile)],
            env=around, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=ROOT,
        )  # fmt: skip
        status = old.wait(300)
    new = [*processes_of(profile)]
    try:
        assert status == 0, (tmp_path / "said").read_text()[-2000:]
        assert not Path(f"/proc/{old.pid}").exists()
        assert len(new) == 1
        assert new != [old.pid]
        surroundings = Path(f"/proc/{new[0]}/environ").read_bytes()
        assert b"INTAKE_NEXT_USER" not in surroundings  # nobody has typed a name
    finally:
        for pid in new:
            os.kill(pid, signal.SIGKILL)

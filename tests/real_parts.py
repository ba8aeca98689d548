"""Real parts that stories share: a key, an audit line, and drills in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from intake_app.domain.act import Act
from intake_app.domain.ids import UserId

KEY = bytes(range(32))
SAVE = Act(UserId("u1"), "save")


SEED = int(os.environ.get("DRILL_SEED", "1"))
"""At which moment of a step a drill kills is drawn from it."""

KILLS = int(os.environ.get("DRILL_TIMES", "2"))
"""How often a drill kills at each step.

More, and others: `DRILL_TIMES=50 DRILL_SEED=2 python3 build/test -- -k drill`.
"""

MOMENTS = max(KILLS, 5)
"""How many moments are tried of an act that has hundreds."""

TIMES = (KILLS, pytest.param(max(KILLS, 5), marks=pytest.mark.long))
"""Few kills in an ordinary run, more in a long one."""


def run_drill(script: Path, *args: object) -> dict[str, Any]:
    """Run a drill as a process of its own; returns the JSON that it prints.

    Raises:
        AssertionError: It ended with an error; with what it said.
    """
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, str(script), *map(str, args)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(root), str(root / "tests")))},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)

"""Programs of their own, started and timed by a measurement."""

import os
import subprocess
import sys
from collections.abc import Sequence

from benchmarks.measurement import CannotMeasure

PATIENCE = 60
"""Seconds after which a program is called hung."""


def call(command: Sequence[str], patience: float = PATIENCE, said: str = "") -> str:
    """Run a program of this Python without a screen until it ends. Returns what it printed.

    Args:
        command: Arguments of Python.
        patience: Seconds.
        said: What it reads from its standard input.

    Raises:
        CannotMeasure: It failed or hung.
    """
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # a warm start finds its modules compiled
    try:
        done = subprocess.run(
            [sys.executable, *command],
            env=surroundings,
            input=said,
            capture_output=True,
            text=True,
            timeout=patience,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:]
        raise CannotMeasure(f"{' '.join(command[:3])}: {' '.join(last)}") from error
    except subprocess.TimeoutExpired as error:
        raise CannotMeasure(f"{' '.join(command[:3])}: did not end") from error
    return done.stdout

"""Start and memory to the first window, beside two well-known Qt programs written in Python.

Vorta (a front end for backups) and novelWriter come from PyPI into an environment of their own,
pinned. All three are started the same way, without a screen, and end at the first paint of their
window (`first_window.py`). Start is told in processor time of the whole process: of all that a
start takes, it alone does not depend on what else the machine does.
"""

import os
import resource
import subprocess
import sys
import venv
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.measurement import CannotMeasure, Goal, Measurement, Prepare, Room, Side, Sides
from benchmarks.start import make_small_profile

_HERE: Final = Path(__file__).parent
_PLACE: Final = _HERE.parents[1] / ".work" / "neighbors"
_PATIENCE: Final = 300.0


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A program from PyPI.

    Attributes:
        package: Name and version.
        entry: Module and function that start it.
        binding: Its Python binding of Qt.
    """

    package: str
    entry: str
    binding: str = "PyQt6"


VORTA: Final = Neighbor("vorta==0.11.6", "vorta.__main__:main")
NOVELWRITER: Final = Neighbor("novelWriter==26.2.2", "novelwriter:main")


@dataclass(frozen=True, slots=True)
class Told:
    """Of one start.

    Attributes:
        processor: Milliseconds.
        memory: Megabytes, resident at the first paint.
    """

    processor: float
    memory: float


def started(command: Sequence[str], home: Path) -> Told:
    """Start a program, until it has painted.

    Raises:
        CannotMeasure: It showed no window.
    """
    places = {name: str(home) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
    surroundings = os.environ | places | {
        "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(_HERE.parents[1]),
    }  # fmt: skip
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(
            command, env=surroundings, cwd=home, capture_output=True, text=True, check=False,
            timeout=_PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise CannotMeasure("it showed no window") from error
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    try:
        return Told(spent * 1000, float(done.stdout.strip().splitlines()[-1]))
    except (IndexError, ValueError) as error:
        raise CannotMeasure(done.stderr.strip()[-200:] or "it said nothing") from error


def python_of_neighbors() -> Path:
    """The Python in which they are installed, by PyPI's ordinary client.

    Raises:
        CannotMeasure: They could not be fetched.
    """
    python = _PLACE / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = [VORTA.package, NOVELWRITER.package]
    mark = _PLACE / "installed.txt"
    if not mark.exists() or mark.read_text("utf-8").split() != wanted:
        venv.create(_PLACE, with_pip=True, clear=True)
        asked = [str(python), "-m", "pip", "install", "--quiet", *wanted]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CannotMeasure(done.stderr.strip()[-200:])
        mark.write_text("\n".join(wanted), "utf-8")
    return python


def _beside(neighbor: Neighbor, figure: Callable[[Told], float]) -> Prepare:
    @contextmanager
    def prepare(room: Room) -> Generator[Sides]:
        theirs, profile = python_of_neighbors(), room.once("start", make_small_profile).folder
        home = room.folder / "home"
        home.mkdir(exist_ok=True)
        launcher = str(_HERE / "first_window.py")
        ours = [
            sys.executable, launcher, "PySide6", "intake_app", "--profile", str(profile),
        ]  # fmt: skip
        other = [str(theirs), launcher, neighbor.binding, neighbor.entry]
        yield Sides(_side(ours, home, figure), _side(other, home, figure))

    return prepare


def _side(command: Sequence[str], home: Path, figure: Callable[[Told], float]) -> Side:
    return lambda: figure(started(command, home))


def _processor(told: Told) -> float:
    return told.processor


def _memory(told: Told) -> float:
    return told.memory


MEASUREMENTS: Final = (
    Measurement(
        "side by side: start to the first window, processor time / Vorta", "ms", Goal(times=1.0),
        _beside(VORTA, _processor),
    ),
    Measurement(
        "side by side: start to the first window, processor time / novelWriter", "ms",
        Goal(times=1.0), _beside(NOVELWRITER, _processor),
    ),
    Measurement(
        "side by side: memory at the first window / Vorta", "MB", Goal(times=1.0),
        _beside(VORTA, _memory),
    ),
    Measurement(
        "side by side: memory at the first window / novelWriter", "MB", Goal(times=1.0),
        _beside(NOVELWRITER, _memory),
    ),
)  # fmt: skip

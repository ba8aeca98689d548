"""The longest turns of the GUI thread, over the tests of pages and a walk through the program.

The tests press real keys on real pages, and `tests/gui_turns.py` notes how long each turn took.
They run here one after the other, in one process of their own: how long a turn takes depends on
what ran before, on the machine and on who else works there, and no test may fail by that.
"""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from setup_environment import ROOT

from benchmarks.measurement import CannotMeasure, Goal, Measurement, Prepare, Room, Sides

PAGES: Final = ("tests/ui/test_*_page.py",)
"""The tests of each page, by name."""

WALKS: Final = tuple(
    f"tests/stories/test_story_{story}.py"
    for story in (
        "walk_in", "in_spanish", "citation", "folder", "case_by_keyboard", "back_after_a_lock",
    )
)  # fmt: skip
"""Whole days at the window: sign in, take an intake by keyboard, print, lock."""

STANDS: Final = "longest turn"
SHOWS: Final = "longest turn with new parts"
"""As `tests/gui_turns.py` names them."""

_PATIENCE: Final = 900


@dataclass(frozen=True, slots=True)
class Longest:
    """What a report of the tests says, in milliseconds.

    Attributes:
        stands: The longest turn of a page that stands.
        shows: The longest one that showed new parts.
    """

    stands: float
    shows: float


def longest_in(report: str) -> Longest:
    """The longest turns of a report in JUnit's format.

    Raises:
        CannotMeasure: No test ran, or one failed: then nobody knows what its turns did.
    """
    suite = ElementTree.fromstring(report).find("testsuite")  # noqa: S314 (pytest wrote it)
    counts = {} if suite is None else suite.attrib
    if suite is None or not int(counts.get("tests", 0)):
        raise CannotMeasure("no test ran")
    if int(counts.get("failures", 0)) or int(counts.get("errors", 0)):
        raise CannotMeasure("a test failed")
    told = [(one.get("name"), float(one.get("value", 0))) for one in suite.iter("property")]
    most = [max([0.0, *(ms for name, ms in told if name == kind)]) for kind in (STANDS, SHOWS)]
    return Longest(*most)


def longest_of(tests: tuple[str, ...], folder: Path) -> Longest:
    """Run the tests of these patterns in one process, without a screen.

    Raises:
        CannotMeasure: They did not run, or one failed.
    """
    report = folder / "report.xml"
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:randomly",
        f"--junitxml={report}", f"--basetemp={folder / 'tests'}",
        *(str(file) for pattern in tests for file in sorted(Path(ROOT).glob(pattern))),
    ]  # fmt: skip
    try:
        subprocess.run(
            command, cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            capture_output=True, timeout=_PATIENCE, check=False,
        )  # fmt: skip
        return longest_in(report.read_text("utf-8"))
    except subprocess.TimeoutExpired as error:
        raise CannotMeasure("the tests did not end") from error


def _turns(name: str, tests: tuple[str, ...], *, of_new_parts: bool) -> Prepare:
    @contextmanager
    def prepare(room: Room) -> Generator[Sides]:
        def side() -> float:
            found = room.once(f"turns-{name}", lambda folder: longest_of(tests, folder))
            return found.shows if of_new_parts else found.stands

        yield Sides(side)

    return prepare


MEASUREMENTS: Final = tuple(
    Measurement(f"longest turns of the window: {what}", "ms", Goal(units=50),
                _turns(name, tests, of_new_parts=of_new_parts))
    for name, tests in (("pages", PAGES), ("walks", WALKS))
    for what, of_new_parts in ((f"{name}, standing", False), (f"{name}, first shown", True))
)  # fmt: skip
"""The tests are run once for both lines: the longest of some thousand turns needs no median."""

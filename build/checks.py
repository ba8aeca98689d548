"""Run every check of the house and say plainly which failed and which could not be run.

`python3 build/test` prepares the environment and hands over to this. Exit status: 0 if all is well,
1 if a check failed, 2 if all that was run is well but something was left out.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import coverage_goal
import locks
from setup_environment import ROOT as TOP
from system_packages import TOOLS

ROOT = Path(TOP)
PYTHON = sys.executable
COVERAGE = ROOT / ".work" / "coverage.json"
MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
ENOUGH = 8 * 1024**3
"""Bytes; several times what the files of two tests take."""
STEADILY = ("--threshold", "1000000000")
"""Marks stay in the code: to take them out stops all threads of a window for up to a second."""


@dataclass
class Run:
    """What was asked, and how it went.

    Attributes:
        pytest_arguments: What the user adds for pytest; a choice of tests turns coverage off.
        has_tools: Whether tests may use tools of the operating system.
        left_out: What was not run, in words.
    """

    pytest_arguments: Sequence[str] = ()
    has_tools: bool = True
    left_out: list[str] = field(default_factory=list[str])


def call(*command: str) -> bool:
    """Run one tool from the top of the checkout. Returns whether it was content."""
    print("$", " ".join(Path(word).name for word in command[:4]), flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def check_locks(_run: Run) -> bool:
    """Locks match pyproject.toml, and no file names a registry."""
    wrong = locks.mistakes_in_locks(ROOT)
    wrong += locks.addresses_in(ROOT, locks.committed_files(ROOT))
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return not wrong


def check_lint(_run: Run) -> bool:
    """Ruff: rules, then format."""
    rules = call(PYTHON, "-m", "ruff", "check", "--quiet")
    return call(PYTHON, "-m", "ruff", "format", "--check", "--quiet") and rules


def check_types(_run: Run) -> bool:
    """Basedpyright, strict."""
    return call(PYTHON, "-m", "basedpyright", "--pythonpath", PYTHON)


def check_imports(_run: Run) -> bool:
    """The import contracts of pyproject.toml."""
    start = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return call(PYTHON, "-c", start, "--no-cache")


@contextmanager
def quick_folder() -> Generator[list[str]]:
    """Where tests keep their files, as arguments of pytest: in memory, where there is plenty.

    Real profiles write through to the disk at each step; a test need not wait for a disk.
    """
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ENOUGH:
        yield []
        return
    folder = Path(tempfile.mkdtemp(prefix="intake-tests-", dir=MEMORY))
    try:
        yield [f"--basetemp={folder}", "-o", "tmp_path_retention_policy=failed"]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep_compiled() -> None:
    """Compile the program once: tests start it in hundreds of processes.

    Some surroundings forbid to keep what is compiled, and each process would do it anew. A checkout
    that cannot be written to is only slower.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    call(PYTHON, "-m", "compileall", "-q", "intake_app")


def check_tests(run: Run) -> bool:
    """Pytest without a screen, and the goal for coverage when all tests run."""
    marks = "not long" if run.has_tools else "not long and not system"
    if not run.has_tools:
        run.left_out.append(f"tests marked system (they need: {', '.join(TOOLS)})")
    keep_compiled()
    with quick_folder() as folder:
        tests = ["-m", "pytest", "-m", marks, "-n", "2", "--dist", "worksteal", *folder]
        if run.pytest_arguments:
            print("Coverage is not measured: only some tests were chosen.")
            return call(PYTHON, *tests, *run.pytest_arguments)
        COVERAGE.parent.mkdir(exist_ok=True)
        COVERAGE.unlink(missing_ok=True)
        packages = ",".join(f"intake_app/{package}" for package in coverage_goal.PACKAGES)
        measured = ["-m", "slipcover", *STEADILY, "--source", packages]
        measured += ["--json", "--out", str(COVERAGE)]
        is_well = call(PYTHON, *measured, *tests)
    if not COVERAGE.is_file():
        print("No coverage was measured.")
        return False
    if not run.has_tools:
        run.left_out.append("the goal for coverage (it counts the tests that were left out)")
        return is_well
    reached = coverage_goal.read(COVERAGE)
    print(coverage_goal.table(reached))
    return coverage_goal.is_reached(reached) and is_well


def check_shots(run: Run) -> bool:
    """The pictures of window and papers can be made."""
    if not (ROOT / "build" / "shots.py").is_file():
        run.left_out.append("pictures (build/shots.py is not there)")
        return True
    return call(PYTHON, str(ROOT / "build" / "shots.py"), "--check")


def check_docs(_run: Run) -> bool:
    """The documents become pages; every link, anchor and picture leads somewhere."""
    config = str(ROOT / "build" / "mkdocs.yml")
    return call(PYTHON, "-m", "mkdocs", "build", "--quiet", "--config-file", config)


CHECKS: dict[str, Callable[[Run], bool]] = {
    "locks": check_locks,
    "lint": check_lint,
    "types": check_types,
    "imports": check_imports,
    "docs": check_docs,
    "tests": check_tests,
    "shots": check_shots,
}


def status_of(outcome: dict[str, bool], run: Run) -> int:
    """Print how it went. Returns the exit status."""
    print()
    for name, is_well in outcome.items():
        print(f"{name:8} {'well' if is_well else 'FAILED'}")
    for reason in run.left_out:
        print(f"NOT RUN: {reason}")
    if not all(outcome.values()):
        return 1
    return 2 if run.left_out else 0


def parse(arguments: Sequence[str]) -> tuple[list[str], Run]:
    """Read the command line: which checks, and how."""
    parser = argparse.ArgumentParser(prog="python3 build/test", description=__doc__)
    parser.add_argument("--only", choices=list(CHECKS), help="run just this check")
    parser.add_argument(
        "--without-system-tools",
        action="store_true",
        help="leave out tests that need tools of the operating system; ends with status 2",
    )
    parser.add_argument("pytest", nargs="*", help="after --: arguments for pytest")
    chosen = parser.parse_args(arguments)
    names = [chosen.only] if chosen.only else list(CHECKS)
    return names, Run(chosen.pytest, not chosen.without_system_tools)


def main(arguments: Sequence[str]) -> int:
    """Run the checks in order, all of them even if one fails. Returns the exit status."""
    names, run = parse(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    outcome: dict[str, bool] = {}
    for name in names:
        print(f"\n== {name}", flush=True)
        outcome[name] = CHECKS[name](run)
    return status_of(outcome, run)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

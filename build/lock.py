"""Make the lock files anew: `.venv/bin/python build/lock.py [--upgrade]`.

Needs uv, which the locks do not hold: `.venv/bin/pip install uv`. Versions stay as they are, as far
as pyproject.toml allows; `--upgrade` takes the newest. Nothing about where packages come from is
written down, so that every site may use its own mirror.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import locks
from setup_environment import ROOT as TOP
from setup_environment import VENV, lock_file

ROOT = Path(TOP)

OPTIONS = (
    "--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
    "--no-header", "--annotation-style", "line", "--python-version", "3.11", "--quiet",
)  # fmt: skip


def find_uv() -> str:
    """The uv of the environment, or of the path."""
    uv = shutil.which("uv", path=f"{VENV}/bin") or shutil.which("uv")
    if uv is None:
        sys.exit("build/lock.py needs uv. Type: .venv/bin/pip install uv")
    return uv


def make_lock(uv: str, lock: str, more: list[str]) -> None:
    """Resolve and write one lock file, with our own header."""
    path = Path(lock_file(lock))
    groups = [word for group in locks.LOCKS[lock] for word in ("--group", group)]
    known = [] if lock == "run" else ["--constraint", "requirements/run.lock"]
    target = str(path.relative_to(ROOT))
    command = [
        uv, "pip", "compile", "pyproject.toml", *groups, *known, *OPTIONS, *more, "-o", target,
    ]  # fmt: skip
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(f"uv could not resolve {target}; its own words are above.")
    _put_header(path, lock)


def _put_header(path: Path, lock: str) -> None:
    asked = locks.hash_asked(locks.read_project(ROOT), lock)
    path.write_text(locks.HEADER.format(asked=asked) + path.read_text("utf-8"), "utf-8")


def main(more: list[str]) -> int:
    """Make both locks and check them. Returns the exit status."""
    uv = find_uv()
    for lock in locks.LOCKS:
        make_lock(uv, lock, more)
    wrong = locks.mistakes_in_locks(ROOT)
    print(*wrong or ["Both locks match pyproject.toml."], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

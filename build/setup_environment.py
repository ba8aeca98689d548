"""What the three commands share: an environment that matches its lock file, then the program in it.

On every start but the first, all that happens here is one hash of one file, and the Python of
`.venv` takes over this process. So this module imports next to nothing: pathlib, typing and
subprocess together would take three times as long as the rest. The slow work is in
`install_environment.py`, a process of its own that runs only when the stamp does not match.
"""

import hashlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
VENV = os.path.join(ROOT, ".venv")
SHIP = os.path.join(ROOT, ".work", "package", "venv")  # what packs the program, apart from it
OLDEST = (3, 11)


def python_of(venv: str) -> str:
    """The Python inside an environment."""
    return os.path.join(
        venv, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python"))
    )


def lock_file(lock: str) -> str:
    """The lock file of an environment: "run", "dev" or "ship"."""
    return os.path.join(ROOT, "requirements", lock + ".lock")


def stamp_of(lock: str, system: str) -> str:
    """What must be installed, in one line: the lock's hash and the set of system packages."""
    with open(lock_file(lock), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return f"{lock} {system} {digest}"


def stamps_in(venv: str) -> list[str]:
    """What is known to be installed; nothing if the environment is not there."""
    try:
        with open(os.path.join(venv, "stamps.txt"), encoding="utf-8") as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return []


def is_ready(lock: str, system: str, venv: str = VENV) -> bool:
    """Whether an environment holds what the lock file says."""
    return os.path.exists(python_of(venv)) and stamp_of(lock, system) in stamps_in(venv)


def make_ready(lock: str, system: str = "window", venv: str = VENV) -> None:
    """Install what is missing; ends this process with a plain sentence if that cannot be done.

    Args:
        lock: "run", "dev" or "ship".
        system: Which packages of the operating system: "window" for Qt, "test" for the tests too.
        venv: The environment's folder.
    """
    if sys.version_info < OLDEST:
        sys.exit("This program needs Python 3.11 or newer. Install it, then type this again.")
    if not is_ready(lock, system, venv):
        installer = os.path.join(HERE, "install_environment.py")
        if call([sys.executable, installer, lock, system, venv]):
            sys.exit(1)


def become(arguments: list[str], venv: str = VENV) -> None:
    """Go on as the environment's Python, in this same process where the system can do that."""
    python = python_of(venv)
    paths = [ROOT, HERE, os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    if os.name == "nt":  # there, exec would give the prompt back at once
        sys.exit(call([python, *arguments]))
    os.execv(python, [python, *arguments])


def call(command: list[str]) -> int:
    """Run a program and wait for it. Returns its exit status."""
    return os.spawnv(os.P_WAIT, command[0], command)  # pyright: ignore[reportDeprecated]  # light

"""Make `.venv` hold exactly what a lock file names, and the system what Qt needs.

Standard library only; `setup_environment.py` starts it as a process of its own, with the name of
the lock and of the set of system packages. A stamp is written last: an interrupted run begins anew.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import setup_environment
import system_packages
from system_packages import CannotInstall


class CannotSetUp(Exception):
    """The environment could not be made; the text says what to do."""


def install_system(system: str) -> None:
    """See to the packages of the operating system, where we know how.

    Raises:
        CannotInstall: They are missing and may not be installed by us.
    """
    names: list[str] = list(system_packages.SETS[system])
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        names.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if system_packages.is_debian_like():
        system_packages.install(names)
    elif sys.platform == "linux":
        print("Not Debian or Ubuntu: if no window opens, install Qt's xcb libraries.", flush=True)


def make_venv(venv: str) -> None:
    """Make the environment, or mend one whose Python or pip is gone.

    Raises:
        CannotSetUp: Python could not make it.
    """
    python = setup_environment.python_of(venv)
    works = (
        os.path.exists(python)
        and not subprocess.run(
            [python, "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
    )
    if works:
        return
    print(f"Making {Path(venv).name} …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=False)
    if made.returncode:
        raise CannotSetUp("Python could not make its environment; its own words are above.")


def install_lock(venv: str, lock: str) -> None:
    """Install the locked packages; pip refuses every file whose hash is not in the lock.

    A lock names all that is needed, so pip looks for nothing more (`--no-deps`): an older pip that
    meets `coverage[toml]>=7` would else ask for the newest one, which no lock can know.

    Raises:
        CannotSetUp: pip did not succeed.
    """
    print(f"Installing what requirements/{lock}.lock names …", flush=True)
    command = [
        setup_environment.python_of(venv), "-m", "pip", "install", "--quiet", "--no-input",
        "--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes", "--no-deps",
        "-r", setup_environment.lock_file(lock),
    ]  # fmt: skip
    if subprocess.run(command, check=False).returncode:
        raise CannotSetUp("The packages could not be installed; pip's own words are above.")


def write_stamp(venv: str, lock: str, system: str) -> None:
    """Note what is installed: every lock holds all of the run lock, "test" all of "window"."""
    locks = list(dict.fromkeys(["run", lock]))
    systems = ["window", "test"] if system == "test" else ["window"]
    kept = [old for old in setup_environment.stamps_in(venv) if _is_current(old)]
    new = [setup_environment.stamp_of(name, each) for name in locks for each in systems]
    lines = "\n".join(dict.fromkeys([*kept, *new])) + "\n"
    beside = Path(venv, "stamps.new")
    beside.write_text(lines, "utf-8")
    beside.replace(Path(venv, "stamps.txt"))


def _is_current(stamp: str) -> bool:
    name, system, _ = stamp.split()
    return stamp == setup_environment.stamp_of(name, system)


def main(lock: str, system: str, venv: str) -> int:
    """Do all of it. Returns the exit status."""
    try:
        install_system(system)
        if not setup_environment.is_ready(lock, "window", venv):
            make_venv(venv)
            install_lock(venv, lock)
    except CannotInstall as command:
        print(f"Packages of the operating system are missing. Type:\n\n  {command}\n",
              file=sys.stderr)  # fmt: skip
        return 1
    except CannotSetUp as reason:
        print(reason, file=sys.stderr)
        return 1
    write_stamp(venv, lock, system)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))

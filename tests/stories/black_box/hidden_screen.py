"""A screen that nobody sees, and the program on it. Standard library only; see `drive.py`."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from taskbar import Taskbar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds to wait for a condition before giving up; long enough for a busy machine."""


class Failed(Exception):
    """The program did not do what the story says."""


class Screen:
    """A screen that nobody sees, with a window keeper; all that is started ends with it."""

    def __init__(self, profile: str, root: str, home: str) -> None:
        self.patience = PATIENCE
        self.command = [sys.argv[1], "-m", "intake_app", "--profile", profile]
        self._stack = ExitStack()
        self._root = root
        reading, writing = os.pipe()
        self._pace = self._keep(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            dict(os.environ), pass_fds=(writing,),
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        self.environment = {
            **os.environ, "DISPLAY": f":{number}", "HOME": home, "XDG_RUNTIME_DIR": home,
            "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LC_ALL": "C.UTF-8", "PYTHONFAULTHANDLER": "1", "TZ": "America/New_York",
        }  # fmt: skip
        os.environ.update({key: self.environment[key] for key in ("DISPLAY", "XDG_RUNTIME_DIR")})
        subprocess.run(["dbus-update-activation-environment", "DISPLAY"], check=True)
        self._keep(["openbox"], self.environment)
        self.taskbar = Taskbar(self.environment["DISPLAY"])
        self._stack.callback(self.taskbar.close)

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self.running():
            os.kill(pid, signal.SIGKILL)
        self._stack.close()

    def start(self, profile: str = "") -> "subprocess.Popen[bytes]":
        """Start the program, on another profile if one is named."""
        command = [*self.command[:-1], profile] if profile else self.command
        return self._keep(command, self.environment, cwd=self._root)

    def running(self) -> set[int]:
        """The processes of the program on this profile, also those that it started itself."""
        found: set[int] = set()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if words[1:5] == self.command[1:] and state != "Z":
                found.add(int(entry.name))
        return found

    def until(self, test: "Callable[[], T | None]", what: str) -> T:
        """Wait until a condition holds; returns what it gave.

        Raises:
            Failed: It never did.
        """
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            try:
                if found := test():
                    return found
                self._pace.wait(0.12)  # the screen does not end: this is the pace of looking
            except (RuntimeError, subprocess.TimeoutExpired):  # a thing went while we looked
                continue
        raise Failed(f"waited {self.patience:.0f} seconds for {what}")

    def _keep(
        self,
        command: "list[str]",
        environment: "dict[str, str]",
        *,
        cwd: "str | None" = None,
        pass_fds: "tuple[int, ...]" = (),
    ) -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        made = subprocess.Popen(
            command, env=environment, stdin=quiet, stdout=quiet, cwd=cwd, pass_fds=pass_fds
        )
        self._stack.callback(end, made)
        return made


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process, if it still runs."""
    if process.poll() is None:
        process.kill()
    process.wait(5)

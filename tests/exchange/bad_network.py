"""A bad line to a computer of its own: a network namespace at the far end of a cable.

Packets are lost and late by `tc netem`, or by the process that is the cable where the kernel has
no netem.
"""

import itertools
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_COUNT = itertools.count()
_PROCESS = Path(__file__).with_name("cable_process.py")


@dataclass(frozen=True)
class Cable:
    """Two ends.

    Attributes:
        space: Name of the namespace in which servers run.
        address: Of the far end.
        near: Name of the near end.
        far: Name of the far end.
        process: What moves the packets.
    """

    space: str
    address: str
    near: str
    far: str
    process: "subprocess.Popen[str]"

    @property
    def inside(self) -> tuple[str, ...]:
        """What is put before a command that is to run at the far end."""
        return ("ip", "netns", "exec", self.space)

    def disturb(self, milliseconds: int, percent: int) -> str:
        """From now on packets are late and lost, each way; by what."""
        how = ("netem", "delay", f"{milliseconds}ms", "loss", f"{percent}%")
        try:
            call("tc", "qdisc", "replace", "dev", self.near, "root", *how)
            call(*self.inside, "tc", "qdisc", "replace", "dev", self.far, "root", *how)
        except subprocess.CalledProcessError:
            assert self.process.stdin is not None
            self.process.stdin.write(f"{milliseconds / 1000} {percent / 100}\n")
            self.process.stdin.flush()
            return "cable"
        return "netem"

    def cut(self) -> None:
        """Nothing passes any more."""
        call("ip", "link", "set", self.near, "down")

    def mend(self) -> None:
        """It passes again."""
        call("ip", "link", "set", self.near, "up")


def call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


@contextmanager
def cable() -> Generator[Cable]:
    """Lay one.

    Raises:
        subprocess.CalledProcessError: The kernel refuses.
    """
    number = (os.getpid() * 4 + next(_COUNT)) % 16_000
    space, near, far = f"intake{number}", f"inear{number}", f"ifar{number}"
    net = f"10.{200 + number // 4096}.{number // 16 % 256}"
    ours, theirs = (f"{net}.{number % 16 * 16 + one}" for one in (1, 2))
    call("ip", "netns", "add", space)
    process = subprocess.Popen(
        [sys.executable, str(_PROCESS), near, far],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise subprocess.CalledProcessError(1, "cable")
        made = Cable(space, theirs, near, far, process)
        call("ip", "link", "set", far, "netns", space)
        call("ip", "addr", "add", f"{ours}/28", "peer", theirs, "dev", near)
        call("ip", "link", "set", near, "up")
        call(*made.inside, "ip", "addr", "add", f"{theirs}/28", "peer", ours, "dev", far)
        call(*made.inside, "ip", "link", "set", far, "up")
        call(*made.inside, "ip", "link", "set", "lo", "up")
        yield made
    finally:
        with suppress(OSError):
            process.communicate(timeout=20)
        subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)

"""The packages of Debian and Ubuntu that Qt and the tests need, and how to get them.

Standard library only. The lists were proved in a bare Debian system. A name with a `|` has two
forms: Debian 13 and Ubuntu 24.04 renamed some libraries when time became 64 bits wide.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence

WINDOW = (
    "libglib2.0-0|libglib2.0-0t64", "libgl1", "libegl1", "libx11-6", "libdbus-1-3",
    "libfontconfig1", "libfreetype6", "libxkbcommon0", "libx11-xcb1", "libxcb-cursor0",
    "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0",
    "libxcb-render0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1", "libxcb-util1",
    "libxcb-xfixes0", "libxcb-xkb1", "libxkbcommon-x11-0", "libcups2|libcups2t64",
)  # fmt: skip
"""What Qt's window needs; without libxcb-icccm4 or libxcb-cursor0 it dies, with no message."""

TOOLS = (
    "poppler-utils", "qpdf", "xvfb", "xauth", "openbox", "imagemagick", "at-spi2-core",
    "gir1.2-atspi-2.0", "python3-gi", "dbus", "dbus-daemon",
    "apache2-bin", "apache2-utils", "jose", "iproute2",
)  # fmt: skip
"""What the tests drive: a screen that nobody sees, a screen reader's view, readers of PDF; a WebDAV
server (the program alone: the package apache2 would start a service), JOSE, a bad network.
"""

SETS: dict[str, tuple[str, ...]] = {"window": WINDOW, "test": WINDOW + TOOLS}


class CannotInstall(Exception):
    """System packages are missing and this user may not install them; holds the command to type."""


def is_debian_like() -> bool:
    """Whether packages come from dpkg and apt here (Debian, Ubuntu and their kin)."""
    return shutil.which("dpkg-query") is not None and shutil.which("apt-get") is not None


def missing(names: Sequence[str]) -> list[str]:
    """Those of the names that are not installed."""
    wanted = [form for name in names for form in name.split("|")]
    command = ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *wanted]
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return [name for name in names if installed.isdisjoint(name.split("|"))]


def newest_form(name: str) -> str:
    """Of the forms of a name, the last that this system's archive offers; the first if none."""
    forms = name.split("|")
    for form in reversed(forms[1:]):
        command = ["apt-cache", "show", "--no-all-versions", form]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return form
    return forms[0]


def install(names: Sequence[str]) -> None:
    """Install what is missing, as root or through sudo where it asks no password.

    Raises:
        CannotInstall: Neither is possible, or the archive refused.
    """
    absent = missing(names)
    if not absent:
        return
    prefix = _root_prefix()
    if prefix is None:
        raise CannotInstall(_to_type([newest_form(name) for name in absent]))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    subprocess.run([*apt, "update"], check=False)
    forms = [newest_form(name) for name in absent]
    print("Installing packages of the operating system:", *forms, flush=True)
    done = subprocess.run([*apt, "install", "-y", "--no-install-recommends", *forms], check=False)
    if done.returncode or missing(names):
        raise CannotInstall(_to_type(forms))


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def _to_type(forms: Sequence[str]) -> str:
    names = " ".join(forms)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"

"""Joins what updates of the program need, with or without somebody signed in."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.settings import resources
from intake_app.settings.program import command
from intake_app.settings.version import version

if TYPE_CHECKING:
    from intake_app.services.needs.updates import UpdateParts

_DPKG = Path("/usr/bin/dpkg")
_PKEXEC = Path("/usr/bin/pkexec")
_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
_SYSTEMS = {"win32": "windows", "darwin": "macos"}


def make_updates(folder: Path) -> UpdateParts:
    """What updates need, for a profile.

    Args:
        folder: Of the profile.
    """
    from intake_app.disk.drives import removable_drives
    from intake_app.domain.update import Here
    from intake_app.services.needs.updates import UpdateParts
    from intake_app.storage.schema import newest
    from intake_app.vault.release_keys import ReleaseKeys

    keys = ReleaseKeys.load(resources.path("resources", "release", "keys.json"))
    here = Here(version() if is_packed() else "", system_here(), newest())
    program, words = command(())
    return UpdateParts(
        folder, here, keys.verify, str(keys.standing), removable_drives, (program, *words),
        str(_PKEXEC) if here.system.startswith("debian") and _PKEXEC.is_file() else "",
    )  # fmt: skip


def is_packed() -> bool:
    """Whether a package put this program here."""
    return bool(getattr(sys, "frozen", False))


def system_here() -> str:
    """This kind of computer, as updates name it: "debian-amd64"."""
    machine = _MACHINES.get(platform.machine().lower(), "other")
    name = _SYSTEMS.get(sys.platform, "debian" if _DPKG.is_file() else "linux")
    return f"{name}-{machine}"

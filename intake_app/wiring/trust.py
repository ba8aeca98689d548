"""Joins what the trust page looks at; called by `entrance` when somebody signs in."""

from __future__ import annotations

import platform
import re
import sys
from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.services.needs.trust import TrustParts
    from intake_app.storage.compartment import Compartment as File


def make_trust(folder: Path, files: Mapping[str, File]) -> TrustParts:
    """What the trust page needs, of a profile whose files are open."""
    from intake_app.disk.machine import ThisMachine
    from intake_app.services.needs.trust import TrustParts

    return TrustParts(
        folder, ThisMachine(folder), {Compartment(name): file for name, file in files.items()},
        files[Compartment.STATION], versions(),
    )  # fmt: skip


def versions() -> dict[str, str]:
    """Of the program and of what it is made of; nothing that names this computer."""
    from importlib.metadata import PackageNotFoundError, version

    from intake_app.wiring.parts import version_here

    system = re.match(r"[0-9.]*", platform.release())  # the rest may be a name that somebody gave
    found = {
        "python": platform.python_version(),
        "system": f"{sys.platform} {system[0] if system else ''}".strip(),
    }
    found["intake-app"] = version_here()
    for name in (
        "PySide6-Essentials", "sqlcipher3", "cryptography", "joserfc", "keyring",
        "reportlab", "pikepdf", "opendal",
    ):  # fmt: skip
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # packed, or run from a folder that was never installed
            found[name] = ""
    return found

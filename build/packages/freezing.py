"""Runs PyInstaller, and lightens what it made."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from packages.source import HERE, WORK, Source

UNTOUCHED = ("PySide6", "shiboken6")
"""Not stripped: these are LGPL libraries, and stay as their makers gave them."""


def freeze(source: Source) -> Path:
    """The program as a folder that needs no Python.

    Raises:
        subprocess.CalledProcessError: PyInstaller could not; its own words are printed.
    """
    metadata, pictures = _metadata(source), WORK / "icons"
    subprocess.run([sys.executable, "-m", "packages.icons", str(pictures)], check=True)
    icon = {"win32": "intake.ico", "darwin": "intake.icns"}.get(sys.platform, "")
    told = os.environ | {
        "INTAKE_TREE": str(source.tree), "INTAKE_METADATA": str(metadata),
        "INTAKE_VERSION": source.version, "INTAKE_ICON": str(pictures / icon) if icon else "",
        "PYTHONHASHSEED": "1", "PYTHONPATH": str(source.tree),
        "SOURCE_DATE_EPOCH": str(source.moment), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", str(HERE / "intake.spec"), "--noconfirm",
         "--log-level", "ERROR", "--workpath", str(WORK / "work"), "--distpath",
         str(WORK / "dist")],
        env=told, check=True, cwd=WORK,  # not here: modules of the checkout would be found first
    )  # fmt: skip
    folder = WORK / "dist" / "intake-app"
    if sys.platform == "linux":
        _strip(folder)
    return folder


def _metadata(source: Source) -> Path:
    """Who is packed, as an installed package would say it; `settings.version` reads it."""
    folder = WORK / "metadata" / f"intake_app-{source.version}.dist-info"
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: intake-app\nVersion: {source.version}\n", "utf-8"
    )
    return folder


def _strip(folder: Path) -> None:
    """Take tables out of libraries that only a debugger reads: a third of the whole."""
    libraries = [
        path for path in folder.rglob("*.so*")
        if not path.is_symlink() and not set(path.parts) & set(UNTOUCHED)
        and not path.name.startswith(("libQt6", "libicu"))
    ]  # fmt: skip
    subprocess.run(["strip", "--strip-unneeded", *map(str, libraries)], check=True)

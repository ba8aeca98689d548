"""Whether the lock files match pyproject.toml, and no committed file names a package registry."""

import hashlib
import json
import re
import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = {"run": (), "dev": ("dev",), "ship": ("ship",)}
"""Lock files by name, with the dependency groups that each holds besides the dependencies."""

HEADER = "# Made by `python3 build/lock.py` from pyproject.toml; do not edit.\n# asked: {asked}\n"
_ASKED = re.compile(r"^# asked: ([0-9a-f]{64})$", re.MULTILINE)
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
_ENTRY = re.compile(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", re.MULTILINE | re.DOTALL)
_ADDRESS = re.compile(
    r"(?:pypi|pythonhosted|npmjs|anaconda)\.(?:org|com)|deb\.debian\.org|archive\.ubuntu\.com"
    r"|--(?:extra-)?index-url[ =]+\S*:|--find-links[ =]+\S",
)
_OURS = {"build/locks.py", "tests/house/test_house_locks.py"}
"""The two files that must say what they look for."""


def asked(project: dict[str, Any], lock: str) -> list[str]:
    """The requirements that a lock must answer, as pyproject.toml states them."""
    groups: dict[str, list[str]] = project.get("dependency-groups", {})
    listed = list(project["project"]["dependencies"])
    return listed + [each for group in LOCKS[lock] for each in groups[group]]


def hash_asked(project: dict[str, Any], lock: str) -> str:
    """A hash of what is asked, kept in the lock's header: it changes when a requirement does."""
    parts = [project["project"]["requires-python"], *sorted(asked(project, lock))]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def read_project(root: Path) -> dict[str, Any]:
    """The contents of pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def mistakes_in_lock(text: str, project: dict[str, Any], lock: str) -> list[str]:
    """What is wrong with the text of a lock file."""
    name = f"requirements/{lock}.lock"
    found = _ASKED.search(text)
    wrong: list[str] = []
    if found is None or found[1] != hash_asked(project, lock):
        wrong.append(f"{name}: pyproject.toml asks for something else; run build/lock.py")
    wrong += [
        f"{name}: {entry.split()[0]} has no hash"
        for entry in _ENTRY.findall(text)
        if "--hash=sha256:" not in entry
    ]
    pins = {canonicalize_name(package): version for package, version in _PIN.findall(text)}
    for line in asked(project, lock):
        requirement = Requirement(line)
        version = pins.get(canonicalize_name(requirement.name))
        if version is None:
            wrong.append(f"{name}: {requirement.name} is not in it")
        elif not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{name}: {requirement.name} {version} is outside {requirement.specifier}")
    return wrong


def mistakes_in_locks(root: Path) -> list[str]:
    """What is wrong with the lock files of a checkout."""
    project = read_project(root)
    wrong: list[str] = []
    texts: dict[str, str] = {}
    for lock in LOCKS:
        path = root / "requirements" / f"{lock}.lock"
        if not path.is_file():
            wrong.append(f"requirements/{lock}.lock is not there; run build/lock.py")
            continue
        texts[lock] = path.read_text("utf-8")
        wrong += mistakes_in_lock(texts[lock], project, lock)
    if len(texts) == len(LOCKS):
        within = set(_PIN.findall(texts["dev"]))
        wrong += [
            f"requirements/dev.lock: {package} is not at {version}, as in run.lock"
            for package, version in _PIN.findall(texts["run"])
            if (package, version) not in within
        ]
    return wrong


def committed_files(root: Path) -> list[Path]:
    """What is in the repository or about to be; every file, where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        hidden = {".venv", ".work", ".git"}
        return [
            path
            for path in root.rglob("*")
            if path.is_file() and hidden.isdisjoint(path.relative_to(root).parts)
        ]
    return [root / name for name in done.stdout.decode().split("\0") if name]


def addresses_in(root: Path, files: Iterable[Path]) -> list[str]:
    """Each line that names a package registry: "file:line: what"."""
    found: list[str] = []
    for path in files:
        name = path.relative_to(root).as_posix()
        if name in _OURS or not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [
            f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
            for match in _ADDRESS.finditer(text)
        ]
    return found

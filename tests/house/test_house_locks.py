"""The lock files are what pyproject.toml asks for, and nothing says where packages come from."""

from pathlib import Path
from typing import Any

import pytest
from house_source import ROOT
from locks import (
    HEADER,
    addresses_in,
    committed_files,
    hash_asked,
    mistakes_in_lock,
    mistakes_in_locks,
    read_project,
)

PROJECT: dict[str, Any] = {
    "project": {"requires-python": ">=3.11", "dependencies": ["Click>=8", "report_lab<6"]},
    "dependency-groups": {"dev": ["pytest>=9"]},
}
GOOD = (
    HEADER.format(asked=hash_asked(PROJECT, "run"))
    + "click==8.5.1 \\\n    --hash=sha256:aa\n    # via x\n"
    + "report-lab==5.1 \\\n    --hash=sha256:bb\n"
)


def test_the_locks_match() -> None:
    assert mistakes_in_locks(ROOT) == []


def test_no_committed_file_names_a_registry() -> None:
    files = committed_files(ROOT)
    assert ROOT / "build" / "locks.py" in files
    assert addresses_in(ROOT, files) == []


def test_the_development_lock_is_asked_for_more() -> None:
    project = read_project(ROOT)
    assert hash_asked(project, "dev") != hash_asked(project, "run")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("# asked: ", "# asked: 0", "run build/lock.py"),
        ("click==8.5.1", "clack==8.5.1", "Click is not in it"),
        ("click==8.5.1", "click==7.0", "7.0 is outside >=8"),
        ("    --hash=sha256:bb\n", "\n", "report-lab==5.1 has no hash"),
    ],
)
def test_a_broken_lock_is_refused(old: str, new: str, reason: str) -> None:
    assert mistakes_in_lock(GOOD, PROJECT, "run") == []
    found = mistakes_in_lock(GOOD.replace(old, new), PROJECT, "run")
    assert any(reason in each for each in found), found


@pytest.mark.parametrize(
    "line",
    ["see https://pypi.org/simple", "--index-url https://x.test/", "files.pythonhosted.org"],
)
def test_an_address_is_found(line: str, tmp_path: Path) -> None:
    file = tmp_path / "some.lock"
    file.write_text(f"fine\n{line}\n", "utf-8")
    assert [each[:12] for each in addresses_in(tmp_path, [file])] == ["some.lock:2:"]

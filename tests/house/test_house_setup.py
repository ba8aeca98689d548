"""The second start: nothing is installed, and the stamp says truly what is there."""

import subprocess
import sys
from pathlib import Path

import install_environment
import pytest
import setup_environment
import system_packages
from house_source import ROOT, SHIMS


@pytest.fixture
def venv(tmp_path: Path) -> str:
    python = Path(setup_environment.python_of(str(tmp_path)))
    python.parent.mkdir(parents=True)
    python.touch()
    return str(tmp_path)


def test_an_environment_without_a_stamp_is_not_ready(venv: str) -> None:
    assert not setup_environment.is_ready("run", "window", venv)


@pytest.mark.parametrize(
    ("lock", "system", "ready"),
    [
        ("run", "window", {"run window"}),
        ("ship", "window", {"run window"}),
        ("run", "test", {"run window", "run test"}),
        ("dev", "window", {"run window", "dev window"}),
        ("dev", "test", {"run window", "run test", "dev window", "dev test"}),
    ],
)
def test_a_stamp_counts_for_what_it_includes(
    lock: str, system: str, ready: set[str], venv: str
) -> None:
    install_environment.write_stamp(venv, lock, system)
    every = [("run", "window"), ("run", "test"), ("dev", "window"), ("dev", "test")]
    found = {" ".join(each) for each in every if setup_environment.is_ready(*each, venv)}
    assert found == ready


def test_a_stamp_of_another_lock_does_not_count(venv: str) -> None:
    Path(venv, "stamps.txt").write_text(f"run window {'0' * 64}\n", "utf-8")
    assert not setup_environment.is_ready("run", "window", venv)
    install_environment.write_stamp(venv, "dev", "window")
    assert "0" * 64 not in Path(venv, "stamps.txt").read_text("utf-8")


def test_a_stamp_without_its_python_does_not_count(venv: str) -> None:
    install_environment.write_stamp(venv, "run", "window")
    Path(setup_environment.python_of(venv)).unlink()
    assert not setup_environment.is_ready("run", "window", venv)


def test_the_way_to_a_second_start_imports_next_to_nothing() -> None:
    """Each of these would cost more than all the rest of the shim."""
    code = (
        "import sys; sys.path.insert(0, 'build'); import setup_environment as s;"
        "s.is_ready('run', 'window'); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {"pathlib", "typing", "subprocess", "re", "argparse", "json"}
    assert heavy.isdisjoint(done.stdout.split())


@pytest.mark.parametrize("shim", SHIMS)
def test_a_shim_has_at_most_fifteen_lines(shim: str) -> None:
    assert len((ROOT / shim).read_text("utf-8").splitlines()) <= 15


def test_ci_runs_the_same_command_as_a_person() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines == ["#!/bin/bash", "exec python3 build/test"]


def test_without_rights_the_one_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_installed(_names: object) -> list[str]:
        return ["qpdf"]

    monkeypatch.setattr(system_packages, "missing", none_installed)
    monkeypatch.setattr(system_packages, "_root_prefix", lambda: None)
    with pytest.raises(system_packages.CannotInstall, match=r"^sudo apt-get .* qpdf$"):
        system_packages.install(["qpdf"])


@pytest.mark.system
def test_missing_packages_are_noticed_by_either_of_their_names() -> None:
    assert system_packages.missing(["surely-not-a-package", "bash"]) == ["surely-not-a-package"]
    assert system_packages.missing(["surely-not-a-package|bash"]) == []

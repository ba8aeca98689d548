"""The import contracts hold, and no two modules need each other, not even inside a function."""

import ast
import graphlib
import os
import subprocess
import sys
from pathlib import Path

from house_source import ROOT, Source, sources


def module_name(source: Source) -> str:
    parts = source.name.removesuffix(".py").split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def arrows(modules: list[Source]) -> dict[str, set[str]]:
    """Which module imports which, counting imports anywhere in the file."""
    known = {module_name(source) for source in modules}
    found: dict[str, set[str]] = {}
    for source in modules:
        name = module_name(source)
        wanted = {each for node in ast.walk(source.tree) for each in _imported(node, known)}
        found[name] = (wanted & known) - {name}
    return found


def _imported(node: ast.AST, known: set[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        inside = [f"{node.module}.{alias.name}" for alias in node.names]
        return [each if each in known else node.module for each in inside]
    return []


def cycle(modules: list[Source]) -> list[str]:
    """The modules of one ring of imports; empty if there is none."""
    try:
        graphlib.TopologicalSorter(arrows(modules)).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def test_there_is_no_ring_of_imports() -> None:
    modules = sources("intake_app")
    assert cycle(modules) == []
    assert sum(map(len, arrows(modules).values())) > 50, "the arrows are not seen"


def test_a_ring_through_a_function_is_found() -> None:
    ring = [
        Source("a/one.py", "from a import two"),
        Source("a/two.py", "import a.three"),
        Source("a/three.py", "def f():\n    from a.one import x"),
    ]
    assert set(cycle(ring)) == {"a.one", "a.two", "a.three"}
    assert cycle(ring[:2]) == []


LINT = (
    "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as go"
)


def contracts_of_a_copy(folder: Path, planted: str) -> subprocess.CompletedProcess[str]:
    """Lint a copy of the program, with some text added to one of the services."""
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for source in sources("intake_app"):
        copy = folder / source.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        more = planted if source.name == "intake_app/services/desk.py" else ""
        copy.write_text(source.text + more, "utf-8")
    command = [sys.executable, "-P", "-c", f"{LINT}; go()", "--no-cache"]
    there = {"PATH": os.defpath, "PYTHONPATH": str(folder)}
    return subprocess.run(
        command, cwd=folder, env=there, capture_output=True, text=True, check=False
    )


def test_the_import_contracts_hold(tmp_path: Path) -> None:
    done = contracts_of_a_copy(tmp_path, "")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_import_contracts_refuse_an_offender(tmp_path: Path) -> None:
    done = contracts_of_a_copy(tmp_path, "\nimport sqlcipher3\n")
    assert done.returncode == 1
    assert "SQLite has one home BROKEN" in done.stdout

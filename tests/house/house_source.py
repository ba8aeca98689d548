"""What the house tests read: the project's own source files, as text and as syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIMS = ("build/run", "build/test", "build/bench")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A module: where it is, and what it says."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    def at(self, node: ast.AST, reason: str) -> str:
        """An offense, as an editor can jump to it."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {reason}"


def sources(*tops: str) -> list[Source]:
    """All Python files under these top folders; `build` brings its shims."""
    paths = [path for top in tops for path in sorted((ROOT / top).rglob("*.py"))]
    if "build" in tops:
        paths += [ROOT / shim for shim in SHIMS]
    assert paths, f"no source files under {tops}"
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths]


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def docstrings(tree: ast.AST) -> set[int]:
    """The ids of the constants that are docstrings, in this very tree."""
    found: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            found.add(id(first.value))
    return found

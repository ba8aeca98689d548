"""Every module and every public name says what it is for."""

import ast

import pytest
from house_source import Function, Source, sources


def silent(source: Source) -> list[str]:
    tree = source.tree
    found = [] if ast.get_docstring(tree) else [f"{source.name}: the module"]
    return found + _silent_in(source, tree, "")


def _silent_in(source: Source, parent: ast.Module | ast.ClassDef, prefix: str) -> list[str]:
    found: list[str] = []
    for node in ast.iter_child_nodes(parent):
        if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and not _repeats(node):
            found.append(source.at(node, prefix + node.name))
        if isinstance(node, ast.ClassDef):
            found += _silent_in(source, node, f"{node.name}.")
    return found


def _repeats(node: ast.ClassDef | Function) -> bool:
    """Overloads, setters and overrides speak through what they belong to."""
    names = {ast.unparse(each).split(".")[-1] for each in node.decorator_list}
    return not names.isdisjoint({"overload", "setter", "override"})


def test_modules_and_public_names_have_docstrings() -> None:
    assert [each for source in sources("intake_app", "build") for each in silent(source)] == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("x = 1", "m.py: the module"),
        ('"""M."""\ndef f(): ...', "m.py:2: f"),
        ('"""M."""\nclass C:\n    """C."""\n    def g(self): ...', "m.py:4: C.g"),
        ('"""M."""\nasync def f(): ...', "m.py:2: f"),
    ],
)
def test_silence_is_found(text: str, named: str) -> None:
    assert silent(Source("m.py", text)) == [named]


def test_private_names_may_be_silent() -> None:
    text = '"""M."""\ndef _f(): ...\nclass _C:\n    def g(self): ...'
    assert silent(Source("m.py", text)) == []

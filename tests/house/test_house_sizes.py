"""No module over 400 lines, no function over 60; and the tree as a whole keeps its budgets.

The budgets stand in `docs/architecture.md`, and what was measured beside them.
"""

from collections.abc import Sequence
from statistics import median

import pytest
from house_source import ROOT, Source, functions, sources

MAX_MODULE = 400
MAX_FUNCTION = 60


def too_long(source: Source) -> list[str]:
    lines = len(source.text.splitlines())
    found = [f"{source.name}: {lines} lines"] if lines > MAX_MODULE else []
    for function in functions(source.tree):
        first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
        length = (function.end_lineno or first) - first + 1
        if length > MAX_FUNCTION:
            found.append(source.at(function, f"{function.name} has {length} lines"))
    return found


def test_modules_and_functions_are_short() -> None:
    assert [each for source in sources("intake_app", "build") for each in too_long(source)] == []


def test_a_module_of_401_lines_is_refused() -> None:
    assert too_long(Source("fits.py", "x = 1\n" * MAX_MODULE)) == []
    assert too_long(Source("long.py", "x = 1\n" * (MAX_MODULE + 1))) == ["long.py: 401 lines"]


def test_a_function_of_61_lines_is_refused() -> None:
    fits = Source("f.py", "class A:\n    def f():\n" + "        x = 1\n" * (MAX_FUNCTION - 1))
    long = Source("f.py", "class A:\n    def f():\n" + "        x = 1\n" * MAX_FUNCTION)
    assert too_long(fits) == []
    assert too_long(long) == ["f.py:2: f has 61 lines"]


def measured(found: Sequence[Source]) -> dict[str, float]:
    """What the budgets are about."""
    files = [len(source.text.splitlines()) for source in found]
    lengths = [[(f.end_lineno or f.lineno) - f.lineno + 1 for f in functions(source.tree)]
               for source in found]  # fmt: skip
    each = sorted(length for some in lengths for length in some)
    lines = [line.strip() for source in found for line in source.text.splitlines()]
    comments = sum(line.startswith("#") for line in lines)
    return {
        "lines of a file, median": median(files),
        "lines of a file, most": max(files),
        "lines of a function, median": median(each),
        "lines of a function, nine of ten": each[len(each) * 9 // 10],
        "lines of a function, most": each[-1],
        "functions of a file, median": median(map(len, lengths)),
        "comments, per cent of other lines": 100 * comments / sum(map(bool, lines)),
    }


def budgets() -> dict[str, tuple[float, float]]:
    """What a matter may be and what was measured, as the page on architecture says it."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Budgets")[2]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()
            if line.startswith("| ") and line.rstrip(" |")[-1:].isdigit()]  # fmt: skip
    return {name: (float(most), float(was)) for name, most, was in rows}


def over(found: dict[str, float], most: dict[str, tuple[float, float]]) -> list[str]:
    return [name for name, value in found.items() if value > most[name][0]]


def test_the_tree_keeps_the_budgets_of_its_page() -> None:
    found, said = measured(sources("intake_app")), budgets()
    assert found.keys() == said.keys()
    assert over(found, said) == []
    for name, (_, was) in said.items():
        assert was == pytest.approx(found[name], rel=0.1, abs=1), f"{name}: renew the page"


def test_a_tree_of_long_functions_is_over_its_budget() -> None:
    long = Source("long.py", "def f():\n" + "    x = 1\n" * 40)
    assert "lines of a function, median" in over(measured([long]), budgets())

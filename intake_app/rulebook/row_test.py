"""Finds what a condition asks of rows: `offenses.exists(o, o.counts.amount > 2)`.

The library of CEL stops at the first cell that is missing. Each such test is therefore kept apart
as well, so that rows can be judged one by one: one row that is true settles "exists", one that is
false settles "all", whatever the others lack.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TEST = re.compile(r"(?<![\w.])([a-z][a-z0-9_]*)\s*\.\s*(exists|all)\s*\(\s*([A-Za-z_]\w*)\s*,")
_BOUND = re.compile(
    r"(?<![\w.])([a-z][a-z0-9_]*)\s*\.\s*"
    r"(?:exists|exists_one|existsOne|all|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,"
)
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')


@dataclass(frozen=True, slots=True)
class RowTest:
    """One test over rows, cut out of a condition.

    Attributes:
        rows: The question that has the rows.
        row: The name of one row inside the test.
        is_all: "all" rows; else "exists" one.
        body: What is asked of a row.
        place: The name that stands for the outcome in the rest of the condition.
    """

    rows: str
    row: str
    is_all: bool
    body: str
    place: str


def blank_strings(text: str) -> str:
    """The text with each letter inside quotes gone, at the same length."""
    return _STRING.sub(lambda found: '"' + " " * (len(found[0]) - 2) + '"', text)


def cut_tests(text: str) -> tuple[str, tuple[RowTest, ...]]:
    """The condition with a name in place of each test over rows, and those tests."""
    bare, rest, at = blank_strings(text), "", 0
    tests: list[RowTest] = []
    for found in _TEST.finditer(bare):
        end = _closing(bare, found.end())
        if found.start() < at or end < 0:
            continue  # inside a test that was cut already, or a bracket is missing
        place = f"_rows_{len(tests)}"
        body = text[found.end() : end]
        tests.append(RowTest(found[1], found[3], found[2] == "all", body, place))
        rest += text[at : found.start()] + place
        at = end + 1
    return rest + text[at:], tuple(tests)


def _closing(bare: str, at: int) -> int:
    """Where the bracket closes that was opened before; -1 where it does not."""
    depth = 1
    for n in range(at, len(bare)):
        depth += (bare[n] in "([{") - (bare[n] in ")]}")
        if depth == 0:
            return n
    return -1


def cells_of(text: str) -> frozenset[tuple[str, str]]:
    """The cells that a condition reads: (question with rows, column)."""
    return frozenset(_cells(blank_strings(text)))


def _cells(bare: str) -> Iterator[tuple[str, str]]:
    for found in _BOUND.finditer(bare):
        row = re.escape(found[2])
        inside = bare[found.end() : _closing(bare, found.end())]
        for cell in re.findall(rf"(?<![\w.]){row}\s*\.\s*([a-z_]\w*)(?!\w*\s*\()", inside):
            yield found[1], cell

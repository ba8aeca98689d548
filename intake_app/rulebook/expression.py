"""Conditions in CEL with three outcomes: true, false, or cannot tell, with what is missing.

An unanswered question is unknown, not false. What is missing is worked out from the names that a
condition reads, never from the text of an error.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import ModuleType

# CEL's package also loads its command line: 270 modules, 23 MB and a third of a second at sign-in.
sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
import cel  # noqa: E402  (must follow)

from intake_app.domain.change import Value  # noqa: E402
from intake_app.rulebook.row_test import RowTest, cells_of, cut_tests  # noqa: E402
from intake_app.rulebook.value_kind import is_list, is_table  # noqa: E402

MAX_LENGTH = 2_000
"""Characters of a condition; a longer one is a mistake."""

MAX_DEPTH = 40
"""Brackets inside one another; the parser of the library has no end of its own."""

MAX_LOOPS = 2
"""Tests of rows inside one another, and lists made of rows (`map`, `filter`) in all.

Each multiplies the time or the memory, and nothing stops a condition that runs.
"""

_BOUND = re.compile(
    r"\.\s*(?:exists|exists_one|existsOne|all|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,"
)
_LOOP = re.compile(r"\b(?:exists|exists_one|existsOne|all|map|filter)\s*\(|[([{]|[)\]}]")
_MADE = re.compile(r"\b(?:map|filter)\s*\(")
_COMMENT = re.compile(r"//[^\n]*")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
_AGENCY = re.compile(r"\bagency\s*\.\s*([A-Za-z_]\w*)")
_TERMS = re.compile(r"\bterms\s*\.\s*([A-Za-z_]\w*)")
_FAILED = (RuntimeError, TypeError, ValueError, LookupError, ArithmeticError)

RESERVED = frozenset({
    "in", "true", "false", "null", "as", "break", "const", "continue", "else", "for", "function",
    "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type",
    "today", "age", "agency", "answered", "terms", "blank",
})  # fmt: skip
"""Names that no question may have: words of CEL, and what conditions know besides answers."""

FUNCTIONS = frozenset({
    "size", "contains", "startsWith", "endsWith", "matches", "int", "uint", "double", "string",
    "bytes", "bool", "duration", "timestamp", "type", "has", "min", "max", "getDate",
    "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getFullYear", "getHours", "getMinutes",
    "getMonth", "getSeconds", "getMilliseconds",
})  # fmt: skip
"""What a condition may call."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a condition came out.

    Attributes:
        holds: True, false, or None where it cannot be told.
        missing: The names without an answer that it would need.
        is_broken: It cannot be worked out with any answers like these (numbers against words).
    """

    holds: bool | None
    missing: tuple[str, ...] = ()
    is_broken: bool = False


class BadExpression(ValueError):
    """This condition cannot be read."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition.

    Attributes:
        text: As it was written.
        program: Compiled.
        names: What it reads.
        functions: What it calls.
        bound: The names that it gives to rows.
        cells: The cells of rows that it reads: (question, column).
        rest: The same with a name in place of each test over rows; None where it has none.
        tests: Those tests, with what each asks of a row.
    """

    text: str
    program: cel.Program = field(repr=False, compare=False)
    names: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    cells: frozenset[tuple[str, str]] = frozenset()
    rest: "Condition | None" = field(default=None, repr=False, compare=False)
    tests: tuple[tuple[RowTest, "Condition"], ...] = field(default=(), repr=False, compare=False)

    @classmethod
    @lru_cache(maxsize=2_048)  # programs share the conditions of the form below them
    def read(cls, text: str) -> "Condition":
        """Compile a condition.

        Raises:
            BadExpression: It is no CEL.
        """
        bare = _STRING.sub('""', text)
        if len(text) > MAX_LENGTH or _depth(bare) > MAX_DEPTH:
            raise BadExpression("it is too long, or has too many brackets inside one another")
        if _loops(bare) > MAX_LOOPS or len(_MADE.findall(_COMMENT.sub("", bare))) > MAX_LOOPS:
            raise BadExpression("it has too many tests of rows in one another, or lists of them")
        try:
            program = cel.compile(text)
        except _FAILED as error:
            raise BadExpression(_first_line(str(error))) from error
        bound = frozenset(_BOUND.findall(bare))
        called = {f for f in program.functions() if re.fullmatch(r"[A-Za-z]\w*", f)}
        rest, tests = cut_tests(text)
        return cls(
            text, program, frozenset(program.variables()) - bound, frozenset(called), bound,
            cells_of(text) if bound else frozenset(), cls.read(rest) if tests else None,
            tuple((test, cls.read(test.body)) for test in tests),
        )  # fmt: skip

    def agency_words(self) -> set[str]:
        """What it asks of the agency's settings."""
        return set(_AGENCY.findall(_STRING.sub('""', self.text)))

    def terms_words(self) -> set[str]:
        """What it asks of the program's terms."""
        return set(_TERMS.findall(_STRING.sub('""', self.text)))


class Scope:
    """What is known while a form is judged: one shared context, filled as questions are shown."""

    def __init__(self, known: Mapping[str, Value]) -> None:
        self._context = cel.Context({})
        self._known: dict[str, Value] = {}
        self.add_all(known)

    def add_all(self, known: Mapping[str, Value]) -> None:
        """Make answers known; one that CEL cannot hold stays unknown."""
        try:
            self._context.update(dict(known))
            self._known.update(known)
        except _FAILED:
            for name, value in known.items():
                self.add(name, value)

    def add(self, name: str, value: Value) -> None:
        """Make one answer known."""
        try:
            self._context.add_variable(name, value)
        except _FAILED:
            return
        self._known[name] = value

    def judge(self, condition: Condition) -> Verdict:
        """Work a condition out; it never fails."""
        try:
            outcome = condition.program.execute(self._context)
        except _FAILED:
            outcome = None
        if isinstance(outcome, bool):
            return Verdict(outcome)
        if condition.rest is not None and condition.tests:
            return self._judge_by_rows(condition, condition.rest)
        missing = set(condition.names - self._known.keys()) | self._missing_cells(condition)
        return Verdict(None, tuple(sorted(missing)), is_broken=not missing)

    def number(self, expression: Condition) -> int | None:
        """The whole number that an expression gives; None where it gives none."""
        try:
            outcome = expression.program.execute(self._context)
        except _FAILED:
            return None
        is_whole = isinstance(outcome, int) and not isinstance(outcome, bool)
        return outcome if is_whole else None

    def _judge_by_rows(self, condition: Condition, rest: Condition) -> Verdict:
        """Work it out row by row, because a cell is missing somewhere."""
        places, missing = dict[str, Value](), set[str]()
        is_broken = False
        for test, body in condition.tests:
            verdict = self._judge_rows(test, body)
            missing.update(verdict.missing)
            is_broken = is_broken or verdict.is_broken
            if verdict.holds is not None:
                places[test.place] = verdict.holds
        verdict = Scope({**self._known, **places}).judge(rest)
        if verdict.holds is not None:
            return Verdict(verdict.holds)
        missing.update(name for name in verdict.missing if not name.startswith("_rows_"))
        return Verdict(None, tuple(sorted(missing)), is_broken=is_broken and not missing)

    def _judge_rows(self, test: RowTest, body: Condition) -> Verdict:
        rows = self._known.get(test.rows)
        if not is_list(rows):
            return Verdict(None, (test.rows,))
        verdicts: list[Verdict] = []
        for row in rows:
            verdict = Scope({**self._known, test.row: row}).judge(body)
            if verdict.holds is not None and verdict.holds is not test.is_all:
                return Verdict(verdict.holds)
            told = verdict.missing or _cells_missing(row, test, body)
            verdicts.append(Verdict(verdict.holds, told, is_broken=not told))
        open_ones = [v for v in verdicts if v.holds is None]
        if not open_ones:
            return Verdict(test.is_all)
        missing = {name for v in open_ones for name in v.missing}
        return Verdict(None, tuple(sorted(missing)), is_broken=not missing)

    def _missing_cells(self, condition: Condition) -> set[str]:
        """Cells that a condition reads and a row lacks, as "rows.column"."""
        found: set[str] = set()
        for rows, column in condition.cells:
            value = self._known.get(rows)
            if is_list(value) and any(is_table(row) and column not in row for row in value):
                found.add(f"{rows}.{column}")
        return found

    def holds(self, conditions: Iterable[Condition]) -> bool:
        """Whether all of these are true."""
        return all(self.judge(condition).holds is True for condition in conditions)


def _cells_missing(row: Value, test: RowTest, body: Condition) -> tuple[str, ...]:
    read = cells_of(f"{test.rows}.all({test.row}, {body.text})")
    columns = {column for rows, column in read if rows == test.rows}
    return tuple(sorted(f"{test.rows}.{c}" for c in columns if is_table(row) and c not in row))


def _depth(text: str) -> int:
    deepest = depth = 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    run = re.findall(r"[!\-?]+(?:\s*[!\-?]+)*", text)
    return max([deepest, *(len(signs) for signs in run)])


def _loops(bare: str) -> int:
    """How many tests of rows lie inside one another at most."""
    deepest, opened = 0, list[bool]()
    for found in _LOOP.finditer(_COMMENT.sub("", bare)):
        if found[0] in ")]}":
            _ = opened and opened.pop()
            continue
        opened.append(len(found[0]) > 1)
        deepest = max(deepest, sum(opened))
    return deepest


def _first_line(said: str) -> str:
    found = re.search(r"<input>:\d+:(\d+): (?:Syntax error: )?([^\n]{1,120})", said)
    return f"at letter {found[1]}: {found[2]}" if found else "it is not CEL"

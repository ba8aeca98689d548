"""Conditions in CEL with three outcomes: true, false, or cannot tell, with what is missing.

An unanswered question is unknown, not false. What is missing is worked out from the names that a
condition reads, never from the text of an error.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

# CEL's package also loads its command line: 270 modules, 23 MB and a third of a second at sign-in.
sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
import cel  # noqa: E402  (must follow)

from intake_app.domain.change import Value  # noqa: E402

MAX_LENGTH = 2_000
"""Characters of a condition; a longer one is a mistake."""

MAX_DEPTH = 40
"""Brackets inside one another; the parser of the library has no end of its own."""

_BOUND = re.compile(
    r"\.\s*(?:exists|exists_one|existsOne|all|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,"
)
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
_AGENCY = re.compile(r"\bagency\s*\.\s*([A-Za-z_]\w*)")
_FAILED = (RuntimeError, TypeError, ValueError, LookupError, ArithmeticError)

RESERVED = frozenset({
    "in", "true", "false", "null", "as", "break", "const", "continue", "else", "for", "function",
    "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type",
    "today", "age", "agency", "answered",
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
    """

    text: str
    program: cel.Program = field(repr=False, compare=False)
    names: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str) -> "Condition":
        """Compile a condition.

        Raises:
            BadExpression: It is no CEL.
        """
        bare = _STRING.sub('""', text)
        if len(text) > MAX_LENGTH or _depth(bare) > MAX_DEPTH:
            raise BadExpression("it is too long, or has too many brackets inside one another")
        try:
            program = cel.compile(text)
        except _FAILED as error:
            raise BadExpression(_first_line(str(error))) from error
        bound = set(_BOUND.findall(bare))
        called = {f for f in program.functions() if re.fullmatch(r"[A-Za-z]\w*", f)}
        return cls(text, program, frozenset(program.variables()) - bound, frozenset(called))

    def agency_words(self) -> set[str]:
        """What it asks of the agency's settings."""
        return set(_AGENCY.findall(_STRING.sub('""', self.text)))


class Scope:
    """What is known while a form is judged: one shared context, filled as questions are shown."""

    def __init__(self, known: Mapping[str, Value]) -> None:
        self._context = cel.Context({})
        self._names: set[str] = set()
        self.add_all(known)

    def add_all(self, known: Mapping[str, Value]) -> None:
        """Make answers known; one that CEL cannot hold stays unknown."""
        try:
            self._context.update(dict(known))
            self._names.update(known)
        except _FAILED:
            for name, value in known.items():
                self.add(name, value)

    def add(self, name: str, value: Value) -> None:
        """Make one answer known."""
        try:
            self._context.add_variable(name, value)
        except _FAILED:
            return
        self._names.add(name)

    def judge(self, condition: Condition) -> Verdict:
        """Work a condition out; it never fails."""
        try:
            outcome = condition.program.execute(self._context)
        except _FAILED:
            outcome = None
        if isinstance(outcome, bool):
            return Verdict(outcome)
        missing = condition.names - self._names
        return Verdict(None, tuple(sorted(missing)), is_broken=not missing)

    def holds(self, conditions: Iterable[Condition]) -> bool:
        """Whether all of these are true."""
        return all(self.judge(condition).holds is True for condition in conditions)


def _depth(text: str) -> int:
    deepest = depth = 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    run = re.findall(r"[!\-?]+(?:\s*[!\-?]+)*", text)
    return max([deepest, *(len(signs) for signs in run)])


def _first_line(said: str) -> str:
    found = re.search(r"<input>:\d+:(\d+): (?:Syntax error: )?([^\n]{1,120})", said)
    return f"at letter {found[1]}: {found[2]}" if found else "it is not CEL"

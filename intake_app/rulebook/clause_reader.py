"""Reads the conditions of measures: tables of a column, or trait, and one test."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from intake_app.domain.journey import CODES, COLUMNS, DAYS, MOMENTS, NUMBERS, Eligible, Subject
from intake_app.domain.measure import Clause, Where
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.value_kind import is_list, is_table

_TESTS: Final = (
    "known", "in", "not_in", "least", "most", "until", "within", "after", "passed", "same_as",
)  # fmt: skip
_OF_DAYS: Final = (*DAYS, *MOMENTS)
_FITS: Final[Mapping[str, tuple[str, ...]]] = {
    "known": COLUMNS,
    "in": CODES,
    "not_in": CODES,
    "least": NUMBERS,
    "most": NUMBERS,
    "until": _OF_DAYS,
    "within": _OF_DAYS,
    "after": _OF_DAYS,
    "passed": _OF_DAYS,
    "same_as": CODES,
}
"""Which columns a test can be made of."""

_CLOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "subject": tuple(Subject),
    "eligible": tuple(Eligible),
    "answer": ("has_room", "no_room", "wait_list"),
    "outcome": (
        "completed", "not_completed", "withdrew", "transferred", "deceased", "unable_to_contact",
        "declined", "ineligible", "declined_by_prosecutor", "returned",
    ),
}  # fmt: skip
"""Columns whose codes are those of the program alone: a mistyped one would count nothing."""

_MOST_DAYS: Final = 3660


@dataclass(frozen=True, slots=True)
class Conditions:
    """Reads conditions of a file.

    Attributes:
        traits: The cuts that are traits; a condition can be about one.
    """

    traits: frozenset[str]

    def read(self, node: EntryNode, key: str) -> Where:
        """A condition: tables that all hold, or lists of such tables of which one does."""
        value = node.value(key)
        if value is None:
            return ()
        if not is_list(value) or not value:
            node.wrong(f'"{key}" must be a list of tables: [{{ column = "…", known = true }}]', key)
            return ()
        if all(is_table(one) for one in value):
            return (self._every(node, value, (key,)),)
        return tuple(self._every(node, one, (key, n)) for n, one in enumerate(value))

    def _every(
        self,
        node: EntryNode,
        value: object,
        path: tuple[str | int, ...],
    ) -> tuple[Clause, ...]:
        if not is_list(value) or not value or not all(is_table(one) for one in value):
            node.wrong("a condition is a list of tables, or a list of such lists", *path)
            return ()
        places = (
            EntryNode(node.source, node.mistakes, (*node.path, *path, n), one)
            for n, one in enumerate(value)
        )
        return tuple(clause for one in places if (clause := self._clause(one)) is not None)

    def _clause(self, node: EntryNode) -> Clause | None:
        column, trait = node.text("column"), node.text("trait")
        if bool(column) == bool(trait):
            node.wrong('a condition names a "column" or a "trait"')
            return None
        if column and column not in COLUMNS:
            node.wrong(f'there is no column "{column}"{_near(column, COLUMNS)}', "column")
            return None
        if trait and trait not in self.traits:
            known = tuple(sorted(self.traits))
            node.wrong(f'there is no cut "{trait}" of answers{_near(trait, known)}', "trait")
            return None
        said = [test for test in _TESTS if node.has(test)]
        if len(said) != 1:
            node.wrong(f"a condition has exactly one of: {', '.join(_TESTS)}")
            return None
        clause = self._tested(node, column, trait, said[0])
        node.finish()
        return clause

    def _tested(self, node: EntryNode, column: str, trait: str, test: str) -> Clause | None:
        fits = ("known", "in", "not_in") if trait else ()
        if (trait and test not in fits) or (column and column not in _FITS[test]):
            what = f'the trait "{trait}"' if trait else f'the column "{column}"'
            node.wrong(f'"{test}" cannot be asked of {what}', test)
            return None
        return Clause(
            column=column,
            trait=trait,
            known=node.flag("known") if test == "known" else None,
            is_in=self._codes(node, column, "in") if test == "in" else (),
            not_in=self._codes(node, column, "not_in") if test == "not_in" else (),
            least=node.count("least") if test == "least" else None,
            most=node.count("most") if test == "most" else None,
            until=self._other(node, "until") if test == "until" else "",
            within=node.count("within", most=_MOST_DAYS) if test == "within" else None,
            after=node.count("after", most=_MOST_DAYS) if test == "after" else None,
            since=self._other(node, "since") if test in ("within", "after") else "",
            passed=node.flag("passed") if test == "passed" else None,
            same_as=self._other(node, "same_as") if test == "same_as" else "",
        )

    def _codes(self, node: EntryNode, column: str, key: str) -> tuple[str, ...]:
        codes, closed = node.texts(key), _CLOSED.get(column, ())
        if not codes:
            node.wrong(f'"{key}" must name at least one code', key)
        for n, code in enumerate(codes):
            if closed and code not in closed:
                node.wrong(f'"{column}" is never "{code}"{_near(code, closed)}', key, n)
        return codes

    def _other(self, node: EntryNode, key: str) -> str:
        other = node.text(key, is_needed=True)
        fits = CODES if key == "same_as" else _OF_DAYS
        if other and other not in fits:
            node.wrong(f'"{key}" must name a column{_near(other, fits)}', key)
        return other


def _near(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""

"""Looks for conditions that can be read but look as if they never work.

A condition is tried once with answers of the right shape, and the choices that it names are looked
up. What is found is a doubt: the form can be used all the same.
"""

import re
from collections.abc import Iterator, Mapping

from intake_app.domain.form import DECLINED, NO, UNKNOWN, YES, Field, FieldType
from intake_app.domain.terms import Terms
from intake_app.rulebook.answer_shape import sample_answer
from intake_app.rulebook.expression import Condition, Scope
from intake_app.rulebook.terms_reader import known_terms

_NAME, _TEXT = r"(?<![\w.])([a-z][a-z0-9_]*)", r'"([^"\\]*)"'
_EQUAL = re.compile(rf"{_NAME}\s*[=!]=\s*{_TEXT}")
_TURNED = re.compile(rf"{_TEXT}\s*(?:[=!]=|in)\s*{_NAME}(?!\s*\()")
_AMONG = re.compile(rf"{_NAME}\s+in\s+\[([^\]]*)\]")
_CHOSEN = {FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED}


def doubts_of(condition: Condition, fields: Mapping[str, Field]) -> Iterator[str]:
    """What looks wrong in a condition whose names are all known."""
    samples = {n: sample_answer(fields[n]) for n in condition.names if n in fields}
    tried = Scope({**samples, "today": "2026-11-23", "age": 30, "agency": _Agency(),
                   "terms": known_terms(Terms())})  # fmt: skip
    if tried.judge(condition).is_broken:
        yield "does not come out as true or false: it compares things that do not fit"
    for name, ident in sorted(set(_named_choices(condition.text))):
        if name in fields and not _has_choice(fields[name], ident):
            yield f'names the answer "{ident}", which "{name}" does not have'
    for test, body in condition.tests:
        columns = {c.id: c for c in fields[test.rows].columns} if test.rows in fields else {}
        for name, ident in sorted(set(_named_choices(body.text.replace(f"{test.row}.", "")))):
            if name in columns and not _has_choice(columns[name], ident):
                yield f'names the answer "{ident}", which "{test.rows}.{name}" does not have'


class _Agency(dict[str, object]):
    """An agency that answers each question with words."""

    def __init__(self) -> None:
        super().__init__(
            warrant_policy="never", no_arrest_text="no_arrest", no_arrest_signed="",
            region="", program="", languages=["en"], also_asks=[],
        )  # fmt: skip


def _named_choices(text: str) -> Iterator[tuple[str, str]]:
    yield from _EQUAL.findall(text)
    yield from ((name, ident) for ident, name in _TURNED.findall(text))
    for name, inside in _AMONG.findall(text):
        yield from ((name, ident) for ident in re.findall(_TEXT, inside))


def _has_choice(field: Field, ident: str) -> bool:
    if field.type is FieldType.YES_NO:
        return ident in {YES, NO, UNKNOWN, DECLINED}
    return field.type not in _CHOSEN or field.choice(ident) is not None

"""All conditions of a form, compiled, in an order in which each can be judged.

A question is judged after its step and after the questions that its condition names, so that an
answer counts only while its question is asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter

from intake_app.domain.form import Field
from intake_app.domain.terms import Terms
from intake_app.rulebook.doubts import doubts_of
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.expression import FUNCTIONS, BadExpression, Condition
from intake_app.rulebook.form_reader import FormParts
from intake_app.rulebook.terms_reader import known_terms

AGENCY_WORDS = (
    "warrant_policy", "no_arrest_text", "no_arrest_signed", "region", "program", "languages",
    "also_asks", "kind",
)  # fmt: skip
"""What a condition may ask of the agency's settings: `agency.warrant_policy`."""

TERMS_WORDS = frozenset(known_terms(Terms()))
"""What a condition may ask of the program's terms: `terms.admission`."""

BORN = "born"
"""The column of lists that holds the birth date; `age` is worked out from it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One section or question to judge.

    Attributes:
        id: Of the section or question.
        section: The section of a question; empty for a section.
    """

    id: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """A form's conditions.

    Attributes:
        show: By section or question id, or "rows.column".
        check: By question id, or "rows.column".
        rules: By rule id.
        deadlines: By deadline id.
        statuses: By status id: whether an intake begins with it.
        quick_exit: Of the form, or none.
        event_only: Of the form, or none.
        always: The ids that are asked whatever is answered.
        steps: All other sections and questions, in groups: each depends on earlier groups only.
    """

    show: dict[str, Condition] = field(default_factory=dict[str, Condition])
    check: dict[str, Condition] = field(default_factory=dict[str, Condition])
    rules: dict[str, Condition] = field(default_factory=dict[str, Condition])
    deadlines: dict[str, Condition] = field(default_factory=dict[str, Condition])
    statuses: dict[str, Condition] = field(default_factory=dict[str, Condition])
    quick_exit: list[Condition] = field(default_factory=list[Condition])
    event_only: list[Condition] = field(default_factory=list[Condition])
    always: frozenset[str] = frozenset()
    steps: tuple[tuple[Step, ...], ...] = ()


class ConditionReader:
    """Compiles the conditions of a part and names what is wrong in them."""

    def __init__(self, fields: Mapping[str, Field], *, has_age: bool) -> None:
        self._fields, self._has_age = fields, has_age

    def read(self, node: EntryNode, key: str, text: str) -> Condition | None:
        """Compile one condition; None where there is none, or where it cannot be read."""
        if not text:
            return None
        try:
            condition = Condition.read(text)
        except BadExpression as error:
            node.wrong(f'the condition "{key}" cannot be read: {error}', key)
            return None
        wrong = list(self._wrong(condition))
        for reason in wrong:
            node.wrong(f'the condition "{key}" {reason}', key)
        for reason in () if wrong else doubts_of(condition, self._fields):
            node.wrong(f'the condition "{key}" {reason}', key, is_doubt=True)
        return condition

    def _wrong(self, condition: Condition) -> Iterator[str]:
        known = {*self._fields, "today", "agency", "age", "terms"}
        for name in sorted(condition.names - known):
            yield f'names "{name}", which is no question'
        yield from self._wrong_rows(condition, known)
        for name in sorted(condition.functions - FUNCTIONS):
            yield f'calls "{name}", which is not known'
        for name in sorted(condition.agency_words() - set(AGENCY_WORDS)):
            yield f"asks for agency.{name}; known: {', '.join(AGENCY_WORDS)}"
        for name in sorted(condition.terms_words() - TERMS_WORDS):
            yield f"asks for terms.{name}; known: {', '.join(sorted(TERMS_WORDS))}"
        if "age" in condition.names and not self._has_age:
            yield "needs an age, but [facts] names no question for born"

    def _wrong_rows(self, condition: Condition, known: set[str]) -> Iterator[str]:
        for name in sorted(condition.bound & known):
            yield f'calls a row "{name}", which is the name of a question'
        for rows, column in sorted(condition.cells):
            if rows in self._fields and column not in {c.id for c in self._fields[rows].columns}:
                yield f'names "{rows}.{column}", which is no column'


def compile_conditions(parts: FormParts) -> Conditions:
    """Compile all conditions of a form; mistakes are collected in its nodes."""
    fields = {f.id: f for s in parts.sections for f in s.fields} | parts.hidden
    _check_facts(parts, fields)
    has_age = parts.facts.get(BORN) in fields
    reader = ConditionReader(fields, has_age=has_age)
    found = Conditions()
    for section in parts.sections:
        _keep(found.show, section.id, reader, parts, ("show_when", section.show_when))
        for question in section.fields:
            _keep(found.show, question.id, reader, parts, ("show_when", question.show_when))
            _keep(found.check, question.id, reader, parts, ("check", question.check))
            in_row = {**fields, **{c.id: c for c in question.columns}}
            row_reader = ConditionReader(in_row, has_age=has_age)
            for column in question.columns:
                ident = f"{question.id}.{column.id}"
                _keep(found.show, ident, row_reader, parts, ("show_when", column.show_when))
                _keep(found.check, ident, row_reader, parts, ("check", column.check))
    for rule in parts.rules:
        _keep(found.rules, f"rule:{rule.id}", reader, parts, ("when", rule.when))
    for deadline in parts.deadlines:
        _keep(found.deadlines, f"deadline:{deadline.id}", reader, parts, ("when", deadline.when))
    for status in parts.statuses:
        _keep(found.statuses, f"status:{status.id}", reader, parts, ("begins", status.begins))
    ends = (("quick_exit", parts.quick_exit, found.quick_exit),
            ("event_only", parts.event_only, found.event_only))  # fmt: skip
    for key, text, into in ends:
        condition = reader.read(parts.places["form"], key, text)
        into.extend([condition] if condition else [])
    return _in_order(parts, found)


def _keep(
    table: dict[str, Condition],
    ident: str,
    reader: ConditionReader,
    parts: FormParts,
    said: tuple[str, str],
) -> None:
    key, text = said
    condition = reader.read(parts.places[ident], key, text)
    if condition is not None:
        table[ident.split(":")[-1]] = condition


def _check_facts(parts: FormParts, fields: Mapping[str, Field]) -> None:
    for column, ident in parts.facts.items():
        if ident and ident not in fields:
            parts.places["facts"].wrong(f'there is no question "{ident}"', column)


def _in_order(parts: FormParts, found: Conditions) -> Conditions:
    born = parts.facts.get(BORN, "")
    steps: dict[str, Step] = {}
    needs: dict[str, set[str]] = {}
    for section in parts.sections:
        steps[section.id] = Step(section.id)
        for question in section.fields:
            steps[question.id] = Step(question.id, section.id)
    for step in steps.values():
        condition = found.show.get(step.id)
        names = set(condition.names) if condition else set[str]()
        names |= {born} if "age" in names else set()
        needs[step.id] = (names & set(steps)) | ({step.section} if step.section else set())
    try:
        groups = list(_groups(TopologicalSorter(needs)))
    except CycleError as error:
        circle = list(dict.fromkeys(error.args[1]))
        place = next(i for i in circle if i in found.show)
        said = ", ".join(sorted(circle))
        parts.places[place].wrong(f"these conditions wait for one another: {said}", "show_when")
        return found
    always: set[str] = set()
    for ident in (i for group in groups for i in group):
        section = steps[ident].section
        if ident not in found.show and (not section or section in always):
            always.add(ident)
    rest = (tuple(steps[i] for i in group if i not in always) for group in groups)
    steps_left = tuple(group for group in rest if group)
    return replace(found, always=frozenset(always), steps=steps_left)


def _groups(sorter: TopologicalSorter[str]) -> Iterator[tuple[str, ...]]:
    sorter.prepare()
    while sorter.is_active():
        ready = sorter.get_ready()
        yield ready
        sorter.done(*ready)

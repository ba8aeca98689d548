"""A form with its conditions compiled: what is asked, what is missing, what is owed.

Each look at answers fills one shared context step by step, so that an answer counts only while its
question is asked.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType

from intake_app.domain.change import Value
from intake_app.domain.clock import zone_of
from intake_app.domain.days import is_in_force
from intake_app.domain.entry import whole_years
from intake_app.domain.follow_up import due_on
from intake_app.domain.form import Answers, Deadline, Field, FieldType, Finding, Form, Problem, Rule
from intake_app.domain.offense import OFFENSE_AT, Offense, is_table_of_offenses
from intake_app.domain.terms import Terms
from intake_app.rulebook.answer_check import AnswerCheck, LawOfTheDay
from intake_app.rulebook.answer_shape import NOW, TODAY, is_answered
from intake_app.rulebook.conditions import BORN, Conditions, Step
from intake_app.rulebook.expression import Condition, Scope, Verdict
from intake_app.rulebook.fixed_words import FixedWords
from intake_app.rulebook.offenses import read_offenses
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.shown_answer import AnswerWords
from intake_app.rulebook.terms_reader import known_terms
from intake_app.rulebook.value_kind import is_list, is_table

AGE = "age"
"""Known of the birth date; where only the age was told, it may stand among the answers."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at answers.

    Attributes:
        shown: Ids of what is asked.
        known: What conditions know: the answers that count, and the setting.
        scope: The same, for conditions.
    """

    shown: set[str]
    known: dict[str, Value]
    scope: Scope = field(repr=False)


class FormGuide:
    """A form that can be worked with; see `services.needs.everyday.Guide`."""

    def __init__(
        self,
        form: Form,
        sources: Mapping[str, str],
        conditions: Conditions,
        words: FixedWords,
        setting: Setting,
    ) -> None:
        self._form, self._sources = form, MappingProxyType(dict(sources))
        self._conditions, self._setting = conditions, setting
        self._words, self.answer_words = words, AnswerWords(words)
        self._fields = {f.id: f for f in form.fields()}
        self._columns = {f"{f.id}.{c.id}": c for f in form.fields() for c in f.columns}
        self._born = form.facts.get(BORN, "")
        self._terms = known_terms(form.terms or Terms())
        self._always = [f for f in self._fields if f in conditions.always]

    @property
    def form(self) -> Form:
        """The form as data."""
        return self._form

    @property
    def sources(self) -> Mapping[str, str]:
        """The texts of the files that it was made of, by name."""
        return self._sources

    def visible(self, answers: Answers) -> frozenset[str]:
        """Ids of the sections and questions that are asked, given these answers."""
        return frozenset(self.look(answers).shown)

    def problems(self, answers: Answers, section: str = "") -> tuple[Problem, ...]:
        """What is missing or wrong among what is asked; in one section, or in all."""
        look = self.look(answers)
        check = self._check()
        return tuple(
            problem
            for field in self._fields.values()
            if field.id in look.shown and section in {"", field.section}
            for problem in check.problems(field, answers.get(field.id), look.scope, look.known)
        )

    def findings(self, answers: Answers, on: str) -> tuple[Finding, ...]:
        """How each eligibility rule in force on a day (YYYY-MM-DD) comes out."""
        look = self.look(answers, on)
        return tuple(
            self._finding(rule, look.scope.judge(self._conditions.rules[rule.id]))
            for rule in self._form.rules
            if is_in_force(rule.starts, rule.ends, on)
        )

    def rule_fields(self, rules: Container[str], also: Iterable[str] = ()) -> frozenset[str]:
        """What these rules (ids) read, with the questions that decide whether that is asked.

        Args:
            rules: Ids of rules.
            also: Questions and columns that are wanted besides.

        Returns:
            Ids of questions, cells of rows as "rows.column", and "age" where a rule reads it.
        """
        found = set(also)
        ahead = [(c, "") for ident, c in self._conditions.rules.items() if ident in rules]
        ahead += [(c, n.rpartition(".")[0]) for n in found for c in self._conditions_of(n)]
        while ahead:
            for name in self._read_by(*ahead.pop()) - found:
                found.add(name)
                rows = name.rpartition(".")[0]
                ahead += [(condition, rows) for condition in self._conditions_of(name)]
        return frozenset(found)

    def _read_by(self, condition: Condition, rows: str) -> set[str]:
        """What a condition reads; one of a column (of these rows) reads its neighbors too."""
        cells = {f"{of}.{column}" for of, column in condition.cells}
        cells |= {f"{rows}.{name}" for name in condition.names} if rows else set()
        questions = {*self._fields, AGE} & condition.names
        return questions | (cells & self._columns.keys())

    def _conditions_of(self, name: str) -> list[Condition]:
        """What decides whether a question, or a column of rows, is asked."""
        question = self.question(name)
        places = [name, name.rpartition(".")[0], question.section if question else ""]
        return [self._conditions.show[place] for place in places if place in self._conditions.show]

    def _finding(self, rule: Rule, verdict: Verdict) -> Finding:
        named = (self._born if name == AGE else name for name in verdict.missing)
        return Finding(rule, verdict.holds, tuple(dict.fromkeys(named)))

    def owed(self, answers: Answers, finished: str) -> tuple[tuple[Deadline, str], ...]:
        """What is owed after this intake, with its moment (ISO) or day, earliest first."""
        scope = self.look(answers).scope
        at = datetime.fromisoformat(finished)
        due = [
            (deadline, self._moment(deadline, at))
            for deadline in self._form.deadlines
            if scope.holds(self._when(deadline))
        ]
        return tuple(sorted(due, key=lambda pair: pair[1]))

    def begins(self, answers: Answers) -> str:
        """The status with which an intake of these answers begins; empty: the form has none."""
        scope, when = self.look(answers).scope, self._conditions.statuses
        statuses = self._form.statuses
        ahead = reversed(statuses)  # the furthest that holds
        told = (s.id for s in ahead if s.id in when and scope.holds([when[s.id]]))
        return next(told, next((s.id for s in statuses if not s.after), ""))

    def _when(self, deadline: Deadline) -> list[Condition]:
        when = self._conditions.deadlines.get(deadline.id)
        return [when] if when else []

    def _moment(self, deadline: Deadline, at: datetime) -> str:
        setting = self._setting
        return due_on(deadline, at, zone_of(setting.clock), setting.business_day)

    def may_finish_now(self, answers: Answers) -> bool:
        """Whether the form's quick exit holds ("information only")."""
        leave = self._conditions.quick_exit
        return bool(leave) and self.look(answers).scope.holds(leave)

    def is_event_only(self, answers: Answers) -> bool:
        """Whether nobody was met: the event is kept, and no person is counted."""
        only = self._conditions.event_only
        return bool(only) and self.look(answers).scope.holds(only)

    def defaults(self) -> Answers:
        """The answers that are there at the start."""
        return {
            f.id: self._default(f) for f in self._fields.values() if f.default is not None
        }  # fmt: skip

    def _default(self, field: Field) -> Value:
        if field.type is FieldType.DATE and field.default == TODAY:
            return self._setting.today().isoformat()
        if field.type is FieldType.DATE_TIME and field.default == NOW:
            return self._setting.clock.local().isoformat(timespec="minutes")
        return field.default

    def kept(self, answers: Answers) -> Answers:
        """The answers to what is asked; answers to questions hidden since are left out."""
        look = self.look(answers)
        kept = {
            i: answers[i]
            for i, field in self._fields.items()
            if i in look.shown and is_answered(field, answers.get(i))
        }
        rows = {i: v for i, v in kept.items() if self._fields[i].columns and is_list(v)}
        return kept | {i: self._kept_rows(self._fields[i], v, look) for i, v in rows.items()}

    def _kept_rows(self, field: Field, rows: list[Value], look: Look) -> list[Value]:
        check, kept = self._check(), list[Value]()
        for row in rows:
            if not is_table(row):
                continue
            scope = check.row_scope(field, row, look.known)
            gone = {c.id for c in field.columns} - {c.id for c in check.shown_columns(field, scope)}
            kept.append({k: v for k, v in row.items() if k not in gone})
        return kept

    def shown(self, field: str, value: Value, language: str) -> str:
        """An answer in words; a column of rows is named "rows.column"."""
        found = self.question(field)
        return self.answer_words.say(found, value, language) if found else ""

    def question(self, ident: str) -> Field | None:
        """A question, or a column as "rows.column"."""
        return self._fields.get(ident) or self._columns.get(ident)

    def offenses(self) -> tuple[Offense, ...]:
        """All offenses that this form offers, from the state's table that it was made of."""
        return tuple(self._offenses.values())

    def offense(self, ident: str) -> Offense | None:
        """One of them."""
        return self._offenses.get(ident)

    @cached_property
    def _offenses(self) -> dict[str, Offense]:
        questions = [*self._fields.values(), *self._columns.values()]
        files = dict.fromkeys(f"{f.codes}.csv" for f in questions if is_table_of_offenses(f.codes))
        texts = ((file, self._sources.get(file, "")) for file in files)
        return {o.id: o for file, text in texts for o in read_offenses(file, text, [])}

    def _check(self) -> AnswerCheck:
        law = LawOfTheDay(self.offense, self._form.facts.get(OFFENSE_AT, ""), self._words)
        return AnswerCheck(self._conditions, self._words, self._born, self._setting.today(), law)

    def look(self, answers: Answers, on: str = "") -> Look:
        """Work out what is asked on a day (YYYY-MM-DD; empty: today), and what counts."""
        day = on or self._setting.today().isoformat()
        known: dict[str, Value] = {
            "today": day, "agency": dict(self._setting.agency), "terms": self._terms,
        }  # fmt: skip
        if isinstance(answers.get(AGE), int):
            known[AGE] = answers[AGE]
        shown = set(self._conditions.always)
        for ident in self._always:
            self._count(ident, answers, known)
        scope = Scope(known)
        for group in self._conditions.steps:
            asked = [s for s in group if self._is_asked(s, shown, scope)]
            shown.update(step.id for step in asked)
            new: dict[str, Value] = {}
            for step in asked:
                if step.section:
                    self._count(step.id, answers, new, day)
            known |= new
            scope.add_all(new)
        return Look(shown, known, scope)

    def _is_asked(self, step: Step, shown: set[str], scope: Scope) -> bool:
        when = self._conditions.show.get(step.id)
        is_there = not step.section or step.section in shown
        return is_there and (when is None or scope.judge(when).holds is True)

    def _count(self, ident: str, answers: Answers, known: dict[str, Value], day: str = "") -> None:
        value = answers.get(ident)
        field = self._fields[ident]
        if not is_answered(field, value):
            return
        known[ident] = _answered_cells(field, value) if field.columns else value
        age = self._age(value, day or known["today"]) if ident == self._born else None
        if age is not None:
            known[AGE] = age

    def _age(self, born: Value, day: str) -> int | None:
        try:
            return whole_years(date.fromisoformat(born), date.fromisoformat(day))
        except (TypeError, ValueError):
            return None


def _answered_cells(field: Field, rows: Value) -> Value:
    """The rows without cells that nobody filled in: a condition must see that they are missing."""
    if not is_list(rows):
        return rows
    return [
        {c.id: row[c.id] for c in field.columns if is_answered(c, row.get(c.id))}
        for row in rows
        if is_table(row)
    ]

"""What is missing or wrong in an answer, in words that name what to do."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from intake_app.domain.change import Value
from intake_app.domain.entry import (
    HOW_DATE,
    HOW_MONEY,
    HOW_PHONE,
    HOW_TIME,
    birth_date_problem,
    how_unit,
    show_date,
)
from intake_app.domain.form import Field, FieldType, Problem
from intake_app.domain.offense import Offense, is_table_of_offenses
from intake_app.domain.text import Text
from intake_app.rulebook.answer_shape import is_answered, is_well_shaped
from intake_app.rulebook.conditions import Conditions
from intake_app.rulebook.expression import Scope
from intake_app.rulebook.fixed_words import FixedWords
from intake_app.rulebook.value_kind import is_list

_HOW = {
    FieldType.DATE: HOW_DATE,
    FieldType.DATE_TIME: HOW_TIME,
    FieldType.PHONE: HOW_PHONE,
    FieldType.MONEY: HOW_MONEY,
}


class LawOfTheDay:
    """Whether an offense was in force on the day of the offense."""

    def __init__(
        self, offense: Callable[[str], Offense | None], at: str, words: FixedWords
    ) -> None:
        self._offense, self._at, self._words = offense, at, words

    def wrong(self, field: Field, value: Value, known: Mapping[str, Value]) -> Text | None:
        """What to do where it was not; without a day of the offense the law of today counts."""
        if not is_table_of_offenses(field.codes) or not isinstance(value, str):
            return None
        offense, said = self._offense(value), known.get(self._at)
        day = str(said or known.get("today", ""))[:10]
        if offense is None or offense.is_in_force(day):
            return None
        name, turn = ("too_early", offense.starts) if day < offense.starts else (
            "too_late", offense.ends
        )  # fmt: skip
        told = self._words.say("wrong", f"offense_{name}").by_language
        return Text({
            lang: words.format(day=show_date(day, lang), turn=show_date(turn, lang))
            for lang, words in told.items()
        })  # fmt: skip


class AnswerCheck:
    """Checks answers to one form, question by question."""

    def __init__(
        self, conditions: Conditions, words: FixedWords, born: str, today: date, law: LawOfTheDay
    ) -> None:
        self._conditions, self._words = conditions, words
        self._born, self._today, self._law = born, today, law

    def problems(
        self, field: Field, value: Value, scope: Scope, known: Mapping[str, Value]
    ) -> Iterator[Problem]:
        """What is wrong with one answer; for rows also with each cell.

        Args:
            field: The question.
            value: Its answer, or None.
            scope: All answers that count.
            known: The same as a table, for the conditions of rows.
        """
        wrong = self._wrong(field, value, scope, field.id) or self._law.wrong(field, value, known)
        if wrong:
            yield Problem(field.id, wrong, field.section)
        elif field.columns and is_list(value):
            for n, row in enumerate(value):
                for column, message in self._wrong_cells(field, row, known):
                    yield Problem(field.id, message, field.section, n, column)

    def _wrong(self, field: Field, value: Value, scope: Scope, ident: str) -> Text | None:
        if not is_answered(field, value):
            return self._words.say("required", field.type) if field.is_required else None
        if not is_well_shaped(field, value):
            return self._how(field)
        if ident == self._born and (told := birth_date_problem(value, self._today)) is not None:
            return told
        check = self._conditions.check.get(ident)
        if check is None or scope.judge(check).holds is not False:
            return None
        return field.message or self._words.say("wrong", "check")

    def _how(self, field: Field) -> Text:
        if field.type is FieldType.NUMBER:
            return how_unit(field.units, field.unit_words)
        return _HOW.get(field.type) or self._words.say("wrong", field.type)

    def _wrong_cells(
        self, field: Field, row: dict[str, Any], known: Mapping[str, Value]
    ) -> Iterator[tuple[str, Text]]:
        scope = self.row_scope(field, row, known)
        for column in self.shown_columns(field, scope):
            value = row.get(column.id)
            message = self._wrong(column, value, scope, f"{field.id}.{column.id}")
            message = message or self._law.wrong(column, value, known)
            if message:
                yield column.id, message

    def row_scope(self, field: Field, row: dict[str, Any], known: Mapping[str, Value]) -> Scope:
        """What is known inside a row: all answers, and those of the row."""
        cells = {c.id: row[c.id] for c in field.columns if is_answered(c, row.get(c.id))}
        return Scope({**known, **cells} if self._has_conditions(field) else {})

    def shown_columns(self, field: Field, scope: Scope) -> list[Field]:
        """The columns that are asked in a row."""
        show = self._conditions.show
        asked = ((c, show.get(f"{field.id}.{c.id}")) for c in field.columns)
        return [c for c, when in asked if when is None or scope.judge(when).holds is True]

    def _has_conditions(self, field: Field) -> bool:
        idents = {f"{field.id}.{c.id}" for c in field.columns}
        return any(i in self._conditions.show or i in self._conditions.check for i in idents)

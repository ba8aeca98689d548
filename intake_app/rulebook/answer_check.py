"""What is missing or wrong in an answer, in words that name what to do."""

from collections.abc import Iterator, Mapping
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
)
from intake_app.domain.form import Field, FieldType, Problem
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


class AnswerCheck:
    """Checks answers to one form, question by question."""

    def __init__(self, conditions: Conditions, words: FixedWords, born: str, today: date) -> None:
        self._conditions, self._words = conditions, words
        self._born, self._today = born, today

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
        wrong = self._wrong(field, value, scope, field.id)
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
            return how_unit(field.units)
        return _HOW.get(field.type) or self._words.say("wrong", field.type)

    def _wrong_cells(
        self, field: Field, row: dict[str, Any], known: Mapping[str, Value]
    ) -> Iterator[tuple[str, Text]]:
        scope = self.row_scope(field, row, known)
        for column in self.shown_columns(field, scope):
            message = self._wrong(column, row.get(column.id), scope, f"{field.id}.{column.id}")
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

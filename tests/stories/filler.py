"""Fills any form by the names in its form file, knowing the `Form` and nothing else."""

import random
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from clerk import Clerk
from PySide6.QtWidgets import QGroupBox, QWidget

from intake_app.domain.form import Field, FieldType, Form, Section
from intake_app.services.training.fiction import fictional_answer

YES_NO = {"yes": "Yes", "no": "No", "unknown": "Unknown", "declined": "Declined"}
_TODAY = date(2026, 11, 23)
_CHOSEN = {FieldType.CHOICE, FieldType.YES_NO, FieldType.CHOICES, FieldType.RANKED}


class Filler:
    """Answers every question that is asked, in the order of the form file.

    Attributes:
        wishes: Answers that the story wants; all others are made up.
        given: What was answered, by field id.
    """

    def __init__(self, clerk: Clerk, form: Form, wishes: Mapping[str, Any]) -> None:
        self._clerk, self._form, self.wishes = clerk, form, wishes
        self._dice = random.Random(7)
        self.given: dict[str, Any] = {}

    @property
    def _language(self) -> str:
        return self._clerk.words.language

    def fill_step(self, section: Section) -> None:
        """Answer what this step asks, also what the answers call for."""
        for later in ("The coordinator asks later", "If there is time"):
            if self._clerk.sees(self._clerk.words.text(later)):
                self._clerk.say(later)
        is_new = True
        while is_new:
            is_new = False
            for field in section.fields:
                if field.id not in self.given and self._is_asked(field):
                    self._answer(field)
                    is_new = True

    def shown_section(self, titles: Mapping[str, Section]) -> Section:
        """The step that is on the screen, by its heading."""
        said = self._clerk.page()
        here = self._clerk.words.text("{step}, here now", step="").strip()
        now = next(text for text in said if text.endswith(here) and ": " in text)
        title = now.removesuffix(here).rstrip(", ").partition(": ")[2]
        return titles[title]

    # --- one question ---------------------------------------------------------------------

    def _label(self, field: Field) -> str:
        return field.label.said_in(self._language)

    def _is_asked(self, field: Field) -> bool:
        label = self._label(field)
        return self._clerk.group(label) is not None or self._clerk.sees(label)

    def _answer(self, field: Field, inside: QWidget | None = None) -> None:
        value = self.wishes.get(field.id)
        if value is None:
            value = fictional_answer(field, self._dice, _TODAY)
        if field.type in (FieldType.TEXT, FieldType.LONG_TEXT):
            value = str(value).partition(" ")[0]  # one word: each letter is a key
        self.given[field.id] = value
        label, clerk = self._label(field), self._clerk
        if field.type is FieldType.ROWS:
            self._answer_row(field)
        elif field.type is FieldType.STATEMENT:
            clerk.press(label, inside)
        elif field.type is FieldType.SIGNATURE:
            clerk.press(clerk.words.text("Signs on paper"), self._group(label, inside))
        elif field.type in _CHOSEN:
            self._choose(field, value, inside)
        else:
            clerk.write(label, self._typed(field, value), inside)
            clerk.settle()

    def _choose(self, field: Field, value: Any, inside: QWidget | None) -> None:  # noqa: ANN401
        label = self._label(field)
        if field.type in (FieldType.CHOICE, FieldType.YES_NO):
            self._clerk.choose(label, self._choice(field, value), inside)
            return
        box = self._group(label, inside)
        for ident in value:
            self._clerk.press(self._choice(field, ident), box)

    def _answer_row(self, field: Field) -> None:
        box = self._group(self._label(field), None)
        self._clerk.press(self._clerk.words.text("Add row"), box.parentWidget())
        for column in field.columns:
            if not column.show_when:
                self._answer(column, box)

    def _group(self, label: str, inside: QWidget | None) -> QGroupBox:
        found = self._clerk.group(label, inside)
        assert found is not None, label
        return found

    def _choice(self, field: Field, ident: str) -> str:
        if field.type is FieldType.YES_NO:
            return self._clerk.words.text(YES_NO[ident])
        choice = field.choice(ident)
        assert choice is not None
        return choice.label.said_in(self._language)

    def _typed(self, field: Field, value: Any) -> str:  # noqa: ANN401
        kinds = {
            FieldType.DATE: lambda: f"{date.fromisoformat(value):%m/%d/%Y}",
            FieldType.DATE_TIME: lambda: f"{datetime.fromisoformat(value):%m/%d/%Y %I:%M %p}",
            FieldType.NUMBER: lambda: str(value["amount"]),
            FieldType.MONEY: lambda: f"{value / 100:.2f}",
            FieldType.PHONE: lambda: value.removeprefix("+1"),
            FieldType.PERSON: lambda: value["name"],
            FieldType.PROVIDER: lambda: value["name"],
        }
        return kinds.get(field.type, lambda: str(value))()

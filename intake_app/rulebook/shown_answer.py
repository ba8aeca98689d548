"""An answer in words: the label of a choice, a date with its weekday, "$12.50"."""

from typing import Any

from intake_app.domain.change import Value
from intake_app.domain.entry import show_date, show_moment, show_money, show_number, show_phone
from intake_app.domain.form import Field, FieldType
from intake_app.rulebook.answer_shape import is_answered, is_well_shaped
from intake_app.rulebook.fixed_words import WORDS, FixedWords
from intake_app.rulebook.value_kind import is_list

_SIGNED = {"paper": "signed_on_paper", "mark": "made_mark", "refused": "not_signed"}
"""Names of the words for ways to sign, where they are not the way itself."""


class AnswerWords:
    """Says answers in a language."""

    def __init__(self, words: FixedWords) -> None:
        self._words = words

    def say(self, field: Field, value: Value, language: str) -> str:
        """The answer in words; empty where there is none."""
        if not is_answered(field, value):
            return ""
        if field.type in {FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED}:
            return self._choices(field, value, language)
        if not is_well_shaped(field, value):
            return value if isinstance(value, str) else ""
        return self._plain(field, value, language)

    def _plain(self, field: Field, value: Any, language: str) -> str:  # noqa: ANN401
        match field.type:
            case FieldType.DATE:
                return show_date(value, language)
            case FieldType.DATE_TIME:
                return show_moment(value, language)
            case FieldType.NUMBER:
                unit = field.unit(value.get("unit", ""), language)
                return show_number(value["amount"], unit)
            case FieldType.MONEY:
                return show_money(value)
            case FieldType.PHONE:
                return show_phone(value)
            case FieldType.YES_NO:
                return self._words.say(WORDS, value).said_in(language)
            case _:
                return self._table(field, value, language)

    def _table(self, field: Field, value: Any, language: str) -> str:  # noqa: ANN401
        match field.type:
            case FieldType.PERSON:
                parts = (value["name"], value.get("role", ""), show_phone(value.get("phone", "")))
                return ", ".join(part for part in parts if part)
            case FieldType.PROVIDER:
                return value["name"]
            case FieldType.SIGNATURE:
                return value.get("name") or self.how_signed(value, language)
            case FieldType.STATEMENT:
                return self._statement(value, language)
            case FieldType.ROWS:
                return "\n".join(self._row(field, row, language) for row in value)
            case _:
                return str(value).strip()

    def how_signed(self, value: dict[str, Any], language: str) -> str:
        """How a signature was given, where it was not drawn: "signed on paper"."""
        how = str(value.get("how", ""))
        said = self._words.say(WORDS, _SIGNED.get(how, how)) or self._words.say(WORDS, "signed")
        return said.said_in(language)

    def _statement(self, value: dict[str, Any], language: str) -> str:
        at, read = value.get("at"), self._words.say(WORDS, "read").said_in(language)
        if not isinstance(at, str) or not at:
            return read
        said = self._words.say(WORDS, "read_at").said_in(language)
        return said.replace("{read}", read).replace("{at}", show_moment(at, language))

    def _choices(self, field: Field, value: Value, language: str) -> str:
        chosen = value if is_list(value) else [value]
        labels = [self._choice(field, ident, language) for ident in chosen]
        if field.type is FieldType.RANKED:
            return ", ".join(f"{n}. {label}" for n, label in enumerate(labels, 1))
        return ", ".join(labels)

    def _choice(self, field: Field, ident: Value, language: str) -> str:
        choice = field.choice(ident) if isinstance(ident, str) else None
        return choice.label.said_in(language) if choice else str(ident)

    def _row(self, field: Field, row: dict[str, Any], language: str) -> str:
        cells = ((c, self.say(c, row.get(c.id), language)) for c in field.columns)
        return "; ".join(self.fact(c, said, language) for c, said in cells if said)

    def fact(self, field: Field, said: str, language: str) -> str:
        """A question with its answer on one line: "Label: answer"."""
        pattern = self._words.say(WORDS, "fact").said_in(language)
        label = field.label.said_in(language).rstrip(":")
        if label.endswith("?"):
            return f"{label} {said}"
        return pattern.replace("{label}", label).replace("{answer}", said)

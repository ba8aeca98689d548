"""Small questions beside a form: when, why, how much; in the language of the window."""

from collections.abc import Sequence

from intake_app.domain.form import Choice, Field, FieldType
from intake_app.domain.text import NOTHING, Text
from intake_app.words import Words


class Questions:
    """Makes fields whose labels are in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def text(self, said: str) -> Text:
        """Words as a form has them."""
        return Text({"en": said, self.words.language: said}) if said else NOTHING

    def moment(self, label: str = "", *, is_required: bool = False, name: str = "at") -> Field:
        """When it happened; without an answer: now."""
        label = label or self.words.text("When, if not now")
        return Field(name, FieldType.DATE_TIME, self.text(label), is_required=is_required)

    def day(self, label: str, *, is_required: bool = False, name: str = "day") -> Field:
        """A day."""
        return Field(name, FieldType.DATE, self.text(label), is_required=is_required)

    def note(self, label: str = "", *, is_required: bool = False, name: str = "note") -> Field:
        """Words of one's own."""
        label = label or (self.words.text("Reason") if is_required else self.words.text("Note"))
        return Field(name, FieldType.TEXT, self.text(label), is_required=is_required)

    def reason(self, choices: Sequence[Choice]) -> Field:
        """A reason from a list; the note says more where it asks for words."""
        return self.choice("reason", self.words.text("Reason"), choices)

    def choice(
        self, name: str, label: str, choices: Sequence[Choice], *, is_required: bool = True
    ) -> Field:
        """One of several."""
        said = self.text(label)
        return Field(name, FieldType.CHOICE, said, is_required=is_required, choices=tuple(choices))

    def number(self, name: str, label: str, *, is_required: bool = False) -> Field:
        """A number."""
        return Field(name, FieldType.NUMBER, self.text(label), is_required=is_required)

    def money(self, name: str, label: str) -> Field:
        """Dollars and cents."""
        return Field(name, FieldType.MONEY, self.text(label))

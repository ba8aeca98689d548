"""A text in several languages, as an agency writes it in a form, paper or code file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FALLBACK = "en"
"""The language every text must have."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words by language (ISO 639 code).

    Attributes:
        by_language: For example {"en": "First name", "es": "Nombre"}.
    """

    by_language: Mapping[str, str] = field(default_factory=dict[str, str])

    def said_in(self, language: str) -> str:
        """The words in a language, or in English where the language has none."""
        return self.by_language.get(language) or self.by_language.get(FALLBACK, "")

    def __bool__(self) -> bool:
        """Whether there are any words."""
        return any(self.by_language.values())


NOTHING = Text()

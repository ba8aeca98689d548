"""Texts in a given language, for window, paper and command line.

English is written where it is used; other languages come from gettext catalogs in
`resources/translations`. Dates are in `intake_app.words.dates`, which is imported later: it needs
Babel, and the lock screen does not.
"""

from gettext import NullTranslations, translation

from intake_app.settings.resources import path

LANGUAGES = ("en", "es")
"""Languages of the window, the first is the one that the code is written in."""


def mark(message: str) -> str:
    """Mark a message for the catalog where it stands in a table; `Words.text` says it later."""
    return message


class Words:
    """Says messages in one language; one that has no translation is said in English.

    Attributes:
        language: ISO 639 code, for example "es".
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._catalog = NullTranslations()
        if language != LANGUAGES[0]:
            place = path("resources", "translations")
            self._catalog = translation("intake", place, [language], fallback=True)

    def text(self, message: str, **values: object) -> str:
        """A message with its {values} filled in.

        Args:
            message: English, literally as it stands in the catalog; never an f-string.
            values: What stands for the words in braces.
        """
        said = self._catalog.gettext(message) if message else ""
        return said.format_map(values) if values else said

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """A message that depends on a number; `{n}` is the number."""
        return self._catalog.ngettext(one, many, n).format_map({"n": n, **values})

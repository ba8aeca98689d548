"""Texts in a given language, for window, paper and command line.

English is written where it is used; other languages come from gettext catalogs in
`resources/translations`: a folder there is a language (docs/languages.md). Dates and numbers are
in `intake_app.words.dates` and `numbers`, which are imported later: they need Babel, and the lock
screen does not.
"""

from collections.abc import Callable, Mapping
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Final

from intake_app.settings.resources import path

ENGLISH: Final = "en"
"""The language that the code and all files are written in."""

CATALOG: Final = "intake"
"""The catalog of what the program says."""

FILES_CATALOG: Final = "files"
"""The catalog of what forms, papers and lists say, where the files themselves do not."""


def translations() -> Path:
    """The folder with a folder for each language."""
    return path("resources", "translations")


def _known() -> tuple[str, ...]:
    """English, and each language that has a name of its own beside its catalog."""
    others = sorted(file.parent.name for file in translations().glob("*/name.txt"))
    return (ENGLISH, *(code for code in others if code != ENGLISH))


LANGUAGES: Final = _known()
"""Languages of the window, English first."""


def own_name(code: str) -> str:
    """A language by its own name: "Español"."""
    try:
        return (translations() / code / "name.txt").read_text("utf-8").strip() or code
    except OSError:
        return code


def mark(message: str) -> str:
    """Mark a message for the catalog where it stands in a table; `Words.text` says it later."""
    return message


class Words:
    """Says messages in one language; one that has no translation is said in English.

    Attributes:
        language: ISO 639 code, for example "es".
    """

    def __init__(self, language: str = ENGLISH) -> None:
        self.language = language
        self._catalog = NullTranslations()
        if language != ENGLISH:
            self._catalog = translation(CATALOG, translations(), [language], fallback=True)

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


@cache
def words_in(language: str) -> Words:
    """The words of a language, made once: what lists say in all of them at each line."""
    return Words(language)


def in_each(say: Callable[[Words], str]) -> dict[str, str]:
    """What is said with the words of a language, by language."""
    return {code: say(words_in(code)) for code in LANGUAGES}


def in_all_languages(message: str, **values: object) -> dict[str, str]:
    """A message by language, for what is kept, or read in another one later.

    Args:
        message: As for `Words.text`, or marked.
        values: The same.
    """
    return in_each(lambda words: words.text(message, **values))


def _with_files_catalog() -> tuple[str, ...]:
    place = translations()
    return tuple(code for code in LANGUAGES
                 if (place / code / "LC_MESSAGES" / f"{FILES_CATALOG}.mo").exists())  # fmt: skip


_ADDED: Final = _with_files_catalog()


def filled_up(by_language: Mapping[str, str]) -> dict[str, str]:
    """Words of a form or list, with those of languages that its file does not speak.

    Args:
        by_language: As the file has them.

    Returns:
        The same, and what the files' catalog of a language says for the English words.
    """
    said, english = dict(by_language), by_language.get(ENGLISH, "")
    for code in _ADDED:
        if english and not said.get(code):
            catalog = translation(FILES_CATALOG, translations(), [code], fallback=True)
            found = catalog.gettext(english)
            if found != english:
                said[code] = found
    return said

"""One table of a TOML file, read key by key: whatever is wrong is named with its line.

Reading goes on after a mistake, so that one look at a file names all of them.
"""

from difflib import get_close_matches
from typing import Any

from intake_app.domain.text import FALLBACK, NOTHING, Text
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.toml_source import KeyPath, TomlSource
from intake_app.rulebook.value_kind import is_list, is_table
from intake_app.words import filled_up


class EntryNode:
    """A table with its place in the file.

    Attributes:
        source: The file.
        path: Where the table stands in it.
        data: Its values.
        mistakes: Where mistakes are collected; all nodes of a reading share the list.
    """

    def __init__(
        self, source: TomlSource, mistakes: list[Mistake], path: KeyPath, data: dict[str, Any]
    ) -> None:
        self.source, self.mistakes, self.path, self.data = source, mistakes, path, data
        self._asked: set[str] = set()

    @classmethod
    def top(cls, source: TomlSource, mistakes: list[Mistake]) -> "EntryNode":
        """The whole file."""
        return cls(source, mistakes, (), source.data)

    def wrong(self, reason: str, *keys: str | int, is_doubt: bool = False) -> None:
        """Name a mistake at a key of this table, or at the table."""
        line = self.source.line_of((*self.path, *keys))
        self.mistakes.append(Mistake(self.source.name, line, reason, is_doubt))

    def has(self, key: str) -> bool:
        """Whether the table says this at all."""
        self._asked.add(key)
        return key in self.data

    def value(self, key: str) -> Any:  # noqa: ANN401 (whatever TOML can say)
        """The value as it is, or None."""
        return self.data.get(key) if self.has(key) else None

    def text(self, key: str, *, is_needed: bool = False, default: str = "") -> str:
        """A text without blanks around it."""
        value = self.value(key)
        if isinstance(value, str) and (value.strip() or not is_needed):
            return value.strip()
        if value is not None:
            self.wrong(f'"{key}" must be a text in quotes', key)
        elif is_needed:
            self.wrong(f'"{key}" is missing')
        return default

    def one_of(self, key: str, allowed: tuple[str, ...], default: str = "") -> str:
        """A text out of a list; without `default` it must be there."""
        value = self.text(key, is_needed=not default, default=default)
        if value and value not in allowed:
            self.wrong(_unknown(f'"{key}" cannot be "{value}"', value, allowed), key)
            return default or allowed[0]
        return value or allowed[0]

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.wrong(f'"{key}" must be true or false', key)
        return default

    def count(self, key: str, default: int = 0, most: int = 100_000) -> int:
        """A whole number, 0 or more."""
        value = self.value(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        self.wrong(f'"{key}" must be a whole number from 0 to {most}', key)
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.value(key)
        if value is None:
            return ()
        if not is_list(value):
            self.wrong(f'"{key}" must be a list of texts: ["…", "…"]', key)
            return ()
        good: list[str] = []
        for n, entry in enumerate(value):
            if isinstance(entry, str) and entry:
                good.append(entry)
            else:
                self.wrong(f'"{key}" must hold texts only', key, n)
        return tuple(good)

    def words(self, key: str, *, is_needed: bool = False) -> Text:
        """Words by language; English must be there."""
        value = self.value(key)
        if value is None:
            if is_needed:
                self.wrong(f'"{key}" is missing')
            return NOTHING
        return self._words_of(value, key)

    def words_or_text(self, key: str, *, is_needed: bool = False) -> Text:
        """Words by language, or one text that is the same in all of them: a law, a number."""
        if not isinstance(self.value(key), str):
            return self.words(key, is_needed=is_needed)
        said = self.text(key, is_needed=is_needed)
        return Text({FALLBACK: said}) if said else NOTHING

    def many_words(self, key: str) -> tuple[Text, ...]:
        """A list of words, each by language."""
        value = self.value(key)
        if value is None:
            return ()
        if not is_list(value):
            self.wrong(f'"{key}" must be a list of words: [{{ en = "…", es = "…" }}]', key)
            return ()
        return tuple(self._words_of(entry, key, n) for n, entry in enumerate(value))

    def _words_of(self, value: Any, key: str, *more: int) -> Text:  # noqa: ANN401 (any of TOML)
        if not is_table(value):
            said = f'"{key}" must give its words by language: {{ en = "…", es = "…" }}'
            self.wrong(said, key, *more)
            return NOTHING
        by_language: dict[str, str] = {}
        for language, words in value.items():
            if isinstance(words, str) and 2 <= len(language) <= 3:
                by_language[language] = words.strip()
            else:
                said = f'"{language}" in "{key}" is no language with words'
                self.wrong(said, key, *more, language)
        if not by_language.get(FALLBACK):
            self.wrong(f'"{key}" has no English words (en)', key, *more)
        return Text(filled_up(by_language))

    def tables(self, key: str) -> list["EntryNode"]:
        """A list of tables."""
        value = self.value(key)
        if value is None:
            return []
        if not is_list(value):
            self.wrong(f'"{key}" must be written as [[{key}]]', key)
            return []
        good: list[EntryNode] = []
        for n, entry in enumerate(value):
            if is_table(entry):
                good.append(EntryNode(self.source, self.mistakes, (*self.path, key, n), entry))
            else:
                self.wrong(f'"{key}" must hold tables only', key, n)
        return good

    def table(self, key: str, *, is_needed: bool = False) -> "EntryNode":
        """A table inside this one; an empty one where there is none."""
        value = self.value(key)
        if value is None and is_needed:
            self.wrong(f"[{key}] is missing")
        if value is not None and not is_table(value):
            self.wrong(f'"{key}" must be written as [{key}]', key)
        inside = value if is_table(value) else {}
        return EntryNode(self.source, self.mistakes, (*self.path, key), inside)

    def finish(self) -> None:
        """Name each key that nothing asked for."""
        for key in self.data:
            if key not in self._asked:
                near = tuple(sorted(self._asked))
                self.wrong(_unknown(f'"{key}" is not known here', key, near), key)


def _unknown(said: str, name: str, allowed: tuple[str, ...]) -> str:
    near = get_close_matches(name, allowed, n=1)
    if near:
        return f'{said}; did you mean "{near[0]}"?'
    return f"{said}; known: {', '.join(allowed)}" if len(allowed) <= 20 else said

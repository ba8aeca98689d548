"""The fixed words that go with forms and papers.

`resources/words/rulebook.toml` ships with the program and has all of them; an agency may say the
words of papers otherwise in `resources/legal/paper_words.toml`.
"""

from collections.abc import Mapping

from intake_app.domain.text import NOTHING, Text
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.mistake import Mistake, refuse
from intake_app.rulebook.toml_source import TomlSource

WORDS_FILE = "words/rulebook.toml"
PAPER_WORDS_FILE = "legal/paper_words.toml"
WORDS = "words"
DEFAULT = "default"
_GROUPS = ("required", "wrong", WORDS)
_ABOUT = ("name", "version", "date", "status")


class FixedWords:
    """Words by group and name."""

    def __init__(self, groups: Mapping[str, Mapping[str, Text]]) -> None:
        self._groups = groups

    def say(self, group: str, name: str) -> Text:
        """The words, or the default of the group, or nothing."""
        words = self._groups.get(group, {})
        return words.get(name) or words.get(DEFAULT, NOTHING)

    def but(self, paper_words: Mapping[str, Text]) -> "FixedWords":
        """The same, with the agency's own words for papers."""
        return FixedWords({**self._groups, WORDS: {**self._groups.get(WORDS, {}), **paper_words}})

    @classmethod
    def read(cls, text: str) -> "FixedWords":
        """Read the file that ships with the program.

        Raises:
            Mistaken: It has a mistake.
        """
        mistakes: list[Mistake] = []
        top = EntryNode.top(TomlSource(WORDS_FILE, text), mistakes)
        groups = {group: _words_in(top.table(group, is_needed=True)) for group in _GROUPS}
        top.finish()
        refuse(mistakes)
        return cls(groups)


def read_paper_words(source: TomlSource, mistakes: list[Mistake]) -> dict[str, Text]:
    """The agency's own words for papers; what is wrong is added to `mistakes`."""
    top = EntryNode.top(source, mistakes)
    _ = [top.text(key, is_needed=True) for key in _ABOUT]
    words = _words_in(top.table(WORDS, is_needed=True))
    top.finish()
    return words


def _words_in(node: EntryNode) -> dict[str, Text]:
    return {key: node.words(key, is_needed=True) for key in node.data}

"""The fixed words that go with forms and papers: `resources/words/rulebook.toml`."""

from collections.abc import Mapping

from intake_app.domain.text import NOTHING, Text
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.mistake import Mistake, refuse
from intake_app.rulebook.toml_source import TomlSource

GROUPS = ("required", "wrong", "value", "signed", "paper")
DEFAULT = "default"


class FixedWords:
    """Words by group and name."""

    def __init__(self, groups: Mapping[str, Mapping[str, Text]]) -> None:
        self._groups = groups

    def say(self, group: str, name: str) -> Text:
        """The words, or the default of the group, or nothing."""
        words = self._groups.get(group, {})
        return words.get(name) or words.get(DEFAULT, NOTHING)

    @classmethod
    def read(cls, name: str, text: str) -> "FixedWords":
        """Read the file.

        Raises:
            Mistaken: It has a mistake.
        """
        mistakes: list[Mistake] = []
        top = EntryNode.top(TomlSource(name, text), mistakes)
        groups: dict[str, dict[str, Text]] = {}
        for group in GROUPS:
            node = top.table(group, is_needed=True)
            groups[group] = {key: node.words(key, is_needed=True) for key in node.data}
        top.finish()
        refuse(mistakes)
        return cls(groups)

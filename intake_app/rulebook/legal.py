"""Legal texts of `resources/legal/`: words that counsel has checked, each with a version."""

from dataclasses import dataclass

from intake_app.domain.text import NOTHING, Text
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.form_reader import IS_ID, day
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.paper_words import has_stray_braces
from intake_app.rulebook.toml_source import TomlSource


@dataclass(frozen=True, slots=True)
class LegalText:
    """One text.

    Attributes:
        name: Stable name; the name of its file.
        version: Printed with the paper.
        status: "have counsel check", or who checked it.
        text: The words; a blank line parts paragraphs.
        title: How it is called where one chooses among texts; empty where one never does.
    """

    name: str
    version: str
    status: str
    text: Text
    title: Text = NOTHING


def legal_file(name: str) -> str:
    """Name of the file of a legal text."""
    return f"legal/{name}.toml"


def read_legal(source: TomlSource, mistakes: list[Mistake]) -> LegalText:
    """Read a file; what is wrong is added to `mistakes`."""
    top = EntryNode.top(source, mistakes)
    legal = LegalText(
        name=top.text("name", is_needed=True),
        version=top.text("version", is_needed=True),
        status=top.text("status", is_needed=True),
        text=top.words("text", is_needed=True),
        title=top.words("title"),
    )
    _ = day(top, "date")
    top.finish()
    if legal.name and not IS_ID(legal.name):
        top.wrong(f'"{legal.name}" is no name: small letters, digits and _ only', "name")
    elif legal.name and source.name != legal_file(legal.name):
        top.wrong("the name must be the name of the file", "name")
    for language, words in legal.text.by_language.items():
        if has_stray_braces(words):
            top.wrong("a brace stands there that holds no name", "text", language)
    return legal

"""Whatever a person reads, hears or types at goes through the catalog: found in the source."""

import ast
import re
from functools import cache

import translations
from spoken_source import put_together, shown_bare

from intake_app.settings.resources import path

PROGRAM = path("intake_app")

AS_IT_STANDS = re.compile(
    r"^(?:[A-Z]+(?:, [A-Z]+)* )?\((?:\*\.\w+ ?)+\*?\)?$"  # kinds of files: PNG, JPEG (*.png *.jpg)
    r"|^Ctrl\+\w+$"  # keys have their names on them
    r"|^(?:audit-|\.jsonl|mapping\.toml)$"  # names of files
    r"|^\s*</?span"  # how a text is set
    r"|^PH-26-AC00017-K$"  # a number of a citation, as an example
)
"""What is shown and is no word of a language."""

FOR_PROGRAMS = ("commands/carry.py",)
"""What it says is read by the program that started it."""


@cache
def sources() -> list[tuple[str, ast.AST]]:
    files = (file for file in sorted(PROGRAM.rglob("*.py")))
    named = ((file.relative_to(PROGRAM).as_posix(), file) for file in files)
    return [(name, ast.parse(file.read_text("utf-8"))) for name, file in named
            if name not in FOR_PROGRAMS]  # fmt: skip


def own_errors(trees: list[tuple[str, ast.AST]]) -> dict[str, str]:
    """The sentence of each error of the program, by its class."""
    classes = {
        node.name: ([ast.unparse(base) for base in node.bases], ast.get_docstring(node) or "")
        for _, tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    }  # fmt: skip
    errors = {"IntakeError"}
    while more := {name for name, (bases, _) in classes.items() if errors & set(bases)} - errors:
        errors |= more
    return {name: classes[name][1].splitlines()[0] for name in errors if name in classes}


def test_nothing_is_shown_without_the_catalog_or_put_together_for_it() -> None:
    bare: list[str] = []
    for name, tree in sources():
        bare += [f"{name}:{line}: {words}" for line, words in shown_bare(tree)
                 if not AS_IT_STANDS.search(words)]  # fmt: skip
        bare += [f"{name}:{line}: a message made of parts" for line in put_together(tree)]
    assert bare == []


def test_each_error_has_its_sentence_in_the_catalog() -> None:
    known = translations.messages()
    errors = own_errors(sources())
    assert len(errors) > 100
    assert sorted(name for name, said in errors.items() if said not in known) == []


def test_words_that_bypass_the_catalog_are_found() -> None:
    """Negative control: each way in which it happens."""
    code = """
label = QLabel("Hello")
box.setText(f"{n} people" if n else "nobody")
button = named_button("Save", "primary")
field.setToolTip("Press " + key)
row.addItem(words.text("Said"), "code")
words.text(f"Hello {name}")
words.plural("{n} day", "{n} " + unit, n)
words.text("Hello {name}".format(name=name))
words.text("Fine", name=f"{a} {b}")
other.text(f"of a toolkit {x}")
"""
    tree = ast.parse(code)
    assert [words for _, words in shown_bare(tree)] == [
        "Hello", " people", "nobody", "Save", "Press "
    ]  # fmt: skip
    assert put_together(tree) == [7, 8, 9]

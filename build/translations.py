#!/usr/bin/env python3
"""Renew the translation catalogs: `python build/translations.py`.

Messages come from the code itself: `words.text("…")`, `words.plural("…", "…", n)`, `mark("…")`,
the first docstring line of every error, the reasons for which a row of an import is left out, and
those for which something may not be done with a case.

    --check          change nothing; say what is missing, out of step or untranslated
    --bind           only bind what was translated, and say what is left
    --files CODE     make or renew the catalog of a language for forms, papers and lists
    --pseudo FOLDER  write a language that nobody speaks into a folder of translations
"""

import ast
import importlib.util
import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel import localedata
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from file_words import file_messages
from pseudo import write_pseudo

ROOT = Path(__file__).resolve().parent.parent
WHERE = ROOT / "resources" / "translations"
LANGUAGES = tuple(sorted(file.parent.name for file in WHERE.glob("*/name.txt")
                         if file.parent.name != "en"))  # fmt: skip
"""A folder with a name in it is a language."""
SPEAKING = ("ui", "services", "pdf", "words", "logs", "commands")
"""Rooms of the program that speak through `words.Words`."""

OPTIONS = ("", "--check", "--bind", "--files", "--pseudo")

FILES = "files"
"""The catalog of what forms, papers and lists say."""

Message = str | tuple[str, str]


@cache
def messages() -> dict[Message, list[tuple[str, int]]]:
    """Every message of the program, with the places where it stands."""
    found: dict[Message, list[tuple[str, int]]] = {}
    files = [file for room in SPEAKING for file in (ROOT / "intake_app" / room).rglob("*.py")]
    files += [ROOT / "intake_app" / "app.py", ROOT / "intake_app" / "cli.py"]
    for file in sorted(file for file in files if file.exists()):
        for message, line in _said_in(ast.parse(file.read_text("utf-8"))):
            found.setdefault(message, []).append((_place(file), line))
    for message, place in (*_errors(), *_reasons(), *_commands()):
        found.setdefault(message, []).append(place)
    return found


def _said_in(tree: ast.AST) -> Iterator[tuple[Message, int]]:
    short = {name for node in ast.walk(tree) for name in _short_names(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for message in _of_call(node, short):
                yield message, node.lineno


def _short_names(node: ast.AST) -> Iterator[str]:
    """Names that stand for `words.text`: `say = self._words.text`, also among others."""
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        names = target.elts if isinstance(target, ast.Tuple) else [target]
        given: ast.expr = node.value
        values: list[ast.expr] = given.elts if isinstance(given, ast.Tuple) else [given]
        for name, value in zip(names, values, strict=False):
            if not isinstance(name, ast.Name) or not isinstance(value, ast.Attribute):
                continue
            if value.attr == "text" and _is_words(value.value):
                yield name.id


def _of_call(node: ast.Call, short: set[str]) -> Iterator[Message]:
    texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if isinstance(node.func, ast.Name) and node.func.id == "mark":
        yield from texts
    if isinstance(node.func, ast.Name) and node.func.id == "in_all_languages":
        yield from texts[:1]
    if isinstance(node.func, ast.Name) and node.func.id in short:
        yield from texts[:1]
    if not isinstance(node.func, ast.Attribute) or not _is_words(node.func.value):
        return
    if node.func.attr == "plural" and len(texts) >= 2:
        yield (texts[0], texts[1])
    elif node.func.attr == "text" and texts and texts[0]:
        yield texts[0]


def _is_words(receiver: ast.expr) -> bool:
    if isinstance(receiver, ast.Call):  # Words(language), words_here()
        return ast.unparse(receiver.func).split(".")[-1] in {"Words", "words_here"}
    return ast.unparse(receiver).split(".")[-1].lstrip("_") == "words"


def _place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _errors() -> Iterator[tuple[str, tuple[str, int]]]:
    """The sentence of each error: the first line of what is written below its class."""
    known = ast.parse((ROOT / "intake_app" / "domain" / "errors.py").read_text("utf-8"))
    roots = {node.name for node in known.body if isinstance(node, ast.ClassDef)}
    for file in sorted((ROOT / "intake_app").rglob("*.py")):
        text = file.read_text("utf-8")
        is_of_errors = "errors" in file.name and "ui" not in file.parts
        if not is_of_errors and "IntakeError" not in text:
            continue
        for node in ast.parse(text).body:
            if not isinstance(node, ast.ClassDef):
                continue
            is_error = is_of_errors or roots & {ast.unparse(base) for base in node.bases}
            if is_error and (said := ast.get_docstring(node)):
                yield said.splitlines()[0], (_place(file), node.lineno)


def _commands() -> Iterator[tuple[Message, tuple[str, int]]]:
    """What the command line says: help and answers of its commands, and click's own words."""
    files = (*(ROOT / "intake_app" / "commands").glob("*.py"), ROOT / "intake_app" / "cli.py")
    for file in sorted(files):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            for message, line in _asked(node):
                yield message, (_place(file), line)
    for message in sorted(_of_click(), key=str):
        yield message, ("click", 1)


def _asked(node: ast.AST) -> Iterator[tuple[str, int]]:
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Name) and node.func.id == "say":
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value, node.lineno
    for given in node.keywords:
        if given.arg == "help" and isinstance(given.value, ast.Constant):
            yield str(given.value.value), node.lineno


_FOR_PROGRAMMERS = re.compile(
    r"declaration|decls|Boolean option|defined twice|start character|Unknown color|iterable|UUID|"
    r"deprecated|Deprecation|No options defined|any key|dynamic|env var|Choice\(|"
    r"[Tt]akes \{nargs\}|len_type|format \{|executable|Aborted|Positional"
)
"""What click says of mistakes in a program, and of what our commands do not have."""


def _of_click() -> set[Message]:
    """What click marks for translation, where a person at a command can meet it."""
    found: set[Message] = set()
    for name in (
        "core",
        "decorators",
        "exceptions",
        "types",
        "termui",
        "formatting",
        "parser",
    ):
        source = importlib.util.find_spec(f"click.{name}")
        if source is None or source.origin is None:
            continue
        for node in ast.walk(ast.parse(Path(source.origin).read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if texts and _FOR_PROGRAMMERS.search(str(texts[0])):
                continue
            if node.func.id == "_" and texts:
                found.add(str(texts[0]))
            elif node.func.id == "ngettext" and len(texts) >= 2:
                found.add((str(texts[0]), str(texts[1])))
    return found


_SPOKEN = (
    ("provider_file", "Reason"), ("case_refusal", "Refusal"), ("import_row", "Fault"),
    ("import_table", "Remark"), ("typed_day", "DayFault"),
)  # fmt: skip
"""Modules of `domain`, and the lists in them whose values are sentences."""


def _reasons() -> Iterator[tuple[str, tuple[str, int]]]:
    for name, spoken in _SPOKEN:
        file = ROOT / "intake_app" / "domain" / f"{name}.py"
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name == spoken:
                for text, line in _given_in(node):
                    yield text, (_place(file), line)


def _given_in(node: ast.ClassDef) -> Iterator[tuple[str, int]]:
    for line in node.body:
        match line:
            case ast.Assign(value=ast.Constant(value=str(text))) if text:
                yield text, line.lineno
            case _:
                pass


def catalog(language: str) -> Catalog:
    """The catalog of a language as its file has it; an empty one without a file."""
    file = po_file(language)
    if not file.exists():
        return Catalog(locale=_locale(language), project="Intake", charset="utf-8")
    with file.open("rb") as read:
        return read_po(read, locale=_locale(language))


def _locale(language: str) -> str | None:
    """The language as Babel knows it, for its plural forms; of another one its file says them."""
    return language if localedata.exists(language) else None


def po_file(language: str) -> Path:
    """Where a language's texts are kept."""
    return WHERE / language / "LC_MESSAGES" / "intake.po"


def renewed(language: str) -> Catalog:
    """The catalog with exactly the messages of the code; translations that exist are kept."""
    old = catalog(language)
    new = Catalog(locale=_locale(language), project="Intake", charset="utf-8", fuzzy=False)
    for message, places in sorted(messages().items(), key=lambda item: (item[1], str(item[0]))):
        kept = old.get(message if isinstance(message, str) else message[0])
        said = kept.string if kept and kept.id == message else ""
        new.add(message, said, locations=places)
    new.creation_date = old.creation_date
    new.revision_date = old.revision_date
    return new


def as_mo(made: Catalog) -> bytes:
    """The compiled catalog."""
    out = io.BytesIO()
    write_mo(out, made)
    return out.getvalue()


def untranslated(made: Catalog) -> list[str]:
    """Messages without words in this language."""
    found: list[str] = []
    for message in made:
        said = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if message.id and not all(said):
            found.append(str(message.id))
    return found


def faults(language: str) -> list[str]:
    """What is wrong with a language's files."""
    have, want = catalog(language), renewed(language)
    ids = {str(message.id) for message in have if message.id}
    asked = {str(message.id) for message in want if message.id}
    found = [f"missing: {ident}" for ident in sorted(asked - ids)]
    found += [f"no longer said: {ident}" for ident in sorted(ids - asked)]
    found += [f"untranslated: {ident}" for ident in untranslated(have)]
    mo = po_file(language).with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != as_mo(have):
        found.append(f"{_place(mo)} is not made of {_place(po_file(language))}")
    return found


def renew(language: str) -> list[str]:
    """Write both files; returns what is still untranslated."""
    made = renewed(language)
    file = po_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as write:
        write_po(write, made, width=100, sort_by_file=True, include_lineno=False)
    file.with_suffix(".mo").write_bytes(as_mo(catalog(language)))
    return untranslated(made)


def files_catalog(language: str) -> Catalog:
    """The words of forms, papers and lists in a language, with the translations it has."""
    file = po_file(language).with_name(f"{FILES}.po")
    old = Catalog(locale=_locale(language))
    if file.exists():
        with file.open("rb") as read:
            old = read_po(read, locale=_locale(language))
    new = Catalog(locale=_locale(language), project="Intake", charset="utf-8", fuzzy=False)
    for message, places in file_messages().items():
        kept = old.get(message)
        new.add(message, kept.string if kept else "", locations=[(place, 1) for place in places])
    new.creation_date, new.revision_date = old.creation_date, old.revision_date
    return new


def renew_files(language: str) -> list[str]:
    """Write the catalog of the files' words; returns what is still untranslated."""
    made = files_catalog(language)
    file = po_file(language).with_name(f"{FILES}.po")
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as write:
        write_po(write, made, width=100, sort_by_file=True, include_lineno=False)
    file.with_suffix(".mo").write_bytes(as_mo(made))
    return untranslated(made)


def bind(language: str) -> list[str]:
    """Make the compiled catalogs of what the files of a language say now; what is left."""
    left: list[str] = []
    for file in sorted(po_file(language).parent.glob("*.po")):
        with file.open("rb") as read:
            made = read_po(read, locale=_locale(language))
        file.with_suffix(".mo").write_bytes(as_mo(made))
        left += untranslated(made)
    return left


def make_pseudo(folder: Path) -> None:
    """Write the language that nobody speaks; see `pseudo`."""
    said, files = Catalog(), Catalog()
    for message in messages():
        said.add(message, "")
    for message in file_messages():
        files.add(message, "")
    write_pseudo(folder, {"intake": said, FILES: files})


def main() -> int:
    """Renew, check or make; 1 if something is missing."""
    option, value = (*sys.argv[1:], "", "")[:2]
    if option not in OPTIONS:
        print(__doc__)
        return 0 if option == "--help" else 2
    if option == "--pseudo" and value:
        make_pseudo(Path(value))
        return 0
    if option == "--files" and value:
        left = renew_files(value)
        print("\n".join(left) or "All words of forms, papers and lists are translated.")
        return 1 if left else 0
    work = {"--check": faults, "--bind": bind}.get(option, renew)
    told = [f"{language}: {fault}" for language in LANGUAGES for fault in work(language)]
    print("\n".join(told) or "All messages are translated.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())

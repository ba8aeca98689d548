"""One word for one thing: what the glossary rules out does not occur in what a person reads."""

import ast
import csv
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from house_source import ROOT, Source, sources

SHOWN = {"title", "label", "hint", "help", "message", "text", "name", "unit", "placeholder"}
"""Keys of form and paper files whose English words a person reads."""

LAW_SAYS = re.compile(r"^forms/papers/consent|HIPAA|At the request of the patient")
"""42 CFR 2.31 and 2.32 ask for the word "patient" on consents and in what they say about HIPAA."""

CALLS = {"text", "plural", "gettext", "ngettext"}


def forbidden(glossary: str) -> list[str]:
    """The words in code style of the third column."""
    rows = [line.split("|") for line in glossary.splitlines() if line.startswith("|")]
    return sorted({word for row in rows[2:] for word in re.findall(r"`([^`]+)`", row[3])})


def found_in(text: str, words: list[str]) -> list[str]:
    """Which words occur, also in the plural; "subject to" is another word."""
    pattern = rf"\b(?:{'|'.join(map(re.escape, words))})(?:s|'s)?\b(?! to\b)"
    return [match.lower() for match in re.findall(pattern, text, re.IGNORECASE)]


def ruled_out(place: str, words: list[str]) -> list[str]:
    """The words that count in this place."""
    return [word for word in words if word != "patient" or not LAW_SAYS.search(place)]


def spoken_by(source: Source) -> Iterator[tuple[str, str]]:
    """What a module says to a person: message ids, first lines of errors, each with its place."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CALLS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield source.at(node, argument.value), argument.value
        if source.name.endswith("errors.py") and isinstance(node, ast.ClassDef):
            sentence = (ast.get_docstring(node) or "").partition("\n")[0]
            yield source.at(node, sentence), sentence


def spoken_in_data(value: object, key: str = "") -> Iterator[str]:
    """English words of a form or paper file."""
    if isinstance(value, dict):
        for name, inside in value.items():
            if name == "en" and isinstance(inside, str):
                yield inside
            else:
                yield from spoken_in_data(inside, name)
    elif isinstance(value, list):
        for inside in value:
            yield from spoken_in_data(inside, key)
    elif isinstance(value, str) and key in SHOWN:
        yield value


def spoken_in_table(text: str) -> Iterator[str]:
    """English words of a code table."""
    for row in csv.DictReader(io.StringIO(text)):
        yield row.get("en") or ""


def spoken() -> Iterator[tuple[str, str]]:
    """Everything that a person reads in English, with its place."""
    for source in sources("intake_app"):
        yield from spoken_by(source)
    for path in sorted((ROOT / "forms").rglob("*.toml")):
        for text in spoken_in_data(tomllib.loads(path.read_text("utf-8"))):
            yield _at(path, text), text
    for path in sorted((ROOT / "resources" / "codes").glob("*.csv")):
        for text in spoken_in_table(path.read_text("utf-8-sig")):
            yield _at(path, text), text


def _at(path: Path, text: str) -> str:
    return f"{path.relative_to(ROOT).as_posix()}: {text}"


@pytest.fixture(scope="module")
def words() -> list[str]:
    return forbidden((ROOT / "docs" / "glossary.md").read_text("utf-8"))


def test_ruled_out_words_do_not_occur(words: list[str]) -> None:
    everything = list(spoken())
    assert len(everything) > 200, "hardly anything was read"
    assert [place for place, text in everything if found_in(text, ruled_out(place, words))] == []


def test_the_glossary_rules_words_out(words: list[str]) -> None:
    assert {"client", "patient", "ticket", "subject"} <= set(words)
    assert "participant" not in words


def test_a_ruled_out_word_is_found(words: list[str]) -> None:
    assert found_in("The Patients' names; one client's ticket", words) == [
        "patients", "client's", "ticket",
    ]  # fmt: skip
    assert found_in("This is subject to the law. Inpatient, patience.", words) == []


def test_the_word_of_the_law_is_allowed_on_consents_only(words: list[str]) -> None:
    assert "patient" not in ruled_out("forms/papers/consent_call.toml: x", words)
    assert "client" in ruled_out("forms/papers/consent_call.toml: x", words)
    assert "patient" in ruled_out("forms/papers/letter.toml: x", words)


def test_all_that_is_spoken_is_heard() -> None:
    module = Source("m.py", 'w.text("One {n}", n=1)\nw.plural("two", "three", n)\nx = "four"')
    assert [text for _, text in spoken_by(module)] == ["One {n}", "two", "three"]
    error = Source("intake_app/domain/errors.py", 'class E:\n    """Five.\n\n    Six.\n    """')
    assert [text for _, text in spoken_by(error)] == ["Five."]
    data = {"form": {"id": "client", "title": {"en": "Seven", "es": "Ocho"}, "hint": "Nine"}}
    assert list(spoken_in_data(data)) == ["Seven", "Nine"]
    assert list(spoken_in_table("id,en,es\nclient,Ten,Diez\n")) == ["Ten"]

"""Each message of the program has its Spanish words, and both catalog files say the same."""

import ast
import re
from pathlib import Path

import pytest
import translations
from babel.messages import Catalog

BRACES = re.compile(r"\{\w*\}")


def braces(text: str) -> set[str]:
    return set(BRACES.findall(text))


def broken_braces(catalog: Catalog) -> list[str]:
    found: list[str] = []
    for message in catalog:
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        said = message.string or ""
        said = [said] if isinstance(said, str) else list(said)
        asked = [ids[min(n, len(ids) - 1)] for n in range(len(said))]  # "one day" has no number
        pairs = zip(said, asked, strict=True)
        if message.id and any(braces(text) != braces(ident) for text, ident in pairs):
            found.append(str(message.id))
    return found


def one_for_many(catalog: Catalog) -> list[str]:
    """Messages whose words for many are those for one, though English has two."""
    return [
        message.id[0]
        for message in catalog
        if isinstance(message.id, tuple) and len(set(message.id)) > 1
        and message.string and len(set(message.string)) == 1
    ]  # fmt: skip


def test_spanish_has_words_for_every_message_and_no_others() -> None:
    assert translations.faults("es") == []


def test_translations_keep_the_braces_of_the_message() -> None:
    assert broken_braces(translations.catalog("es")) == []


def test_many_are_not_said_like_one() -> None:
    assert one_for_many(translations.catalog("es")) == []


def test_words_for_one_said_of_many_are_noticed() -> None:
    bad = Catalog(locale="es")
    bad.add(("{n} line", "{n} lines"), ("{n} línea", "{n} línea"))
    bad.add(("and {n} more", "and {n} more"), ("y {n} más", "y {n} más"))
    assert one_for_many(bad) == ["{n} line"]


def test_a_message_that_is_missing_or_untranslated_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(translations, "WHERE", tmp_path)
    monkeypatch.setattr(translations, "_place", str)
    faults = translations.faults("es")
    assert "missing: Unlock" in faults
    translations.renew("es")
    assert "untranslated: Unlock" in translations.faults("es")


def test_a_translation_that_lost_a_brace_is_noticed() -> None:
    bad = Catalog(locale="es")
    bad.add("Saved, {time}", "Guardado")
    assert broken_braces(bad) == ["Saved, {time}"]


def test_words_said_through_a_short_name_are_found() -> None:
    code = 'say, box = self._words.text, Box()\nsay("Said")\nother("Not said")\n'
    assert [message for message, _ in translations._said_in(ast.parse(code))] == ["Said"]

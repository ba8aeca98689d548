"""The Spanish catalog, read as a person would: one word for one thing, and nothing lost."""

import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import translations
from babel.messages import Catalog
from english_left import english_in
from file_words import in_one_language, lacking

from intake_app.settings.resources import path

Pair = tuple[str, str]

OTHER_WORDS = {
    "Ajustes": r"\bconfiguración\b",
    "computadora": r"\b(?:ordenador(?:es)?|equipo informático)\b",
    "copia de seguridad": r"\b(?:respaldos?|backups?)\b",
    "clave": r"(?<!bajo )(?<!entre )\bllaves?\b",
    "frase de contraseña": r"\bfrases? de (?:acceso|paso)\b",
    "responsable de privacidad": r"\b(?:encargad[oa]|oficial) de (?:la )?privacidad\b",
    "almacén": r"\bdepósitos?\b",
    "iniciar sesión": r"\b(?:log(?:in|ear\w*)|registrarse|conectarse)\b",
    "usted": r"\b(?:tú|tus?|ti|contigo|tuy[oa]s?|vosotros|vuestr[oa]s?|puedes|debes|quieres|tienes"
             r"|eres|estás|haz|escoge)\b",
}  # fmt: skip
"""Words for which the catalog has another one."""

BY_ENGLISH = {
    r"\breferrals?\b": r"\b(?:derivaci|referencia)",
    r"\bintakes?\b(?! of )": r"\b(?:ingresos?|entrevistas?)\b(?! a la cárcel)",
    r"\boffenses?\b": r"\binfracci",
}
"""What an English word may not become, though it is right elsewhere."""

BRACES = re.compile(r"\{[^}]*\}")

OF_NAMES = re.compile(r"Bucket|bytes|M\. Hale|Supervisor|^Error: |\bkits?$|\{size\} MB")
"""The same in both languages."""


NAMES = frozenset({
    "985.126, F.S.; Fla. Admin. Code 63F-13.002",
    "A Way Out, Lake County, Illinois",
    "F.S. 985.126(3)(b); Civil Citation Network",
    "Madison Addiction Recovery Initiative",
    "intake-app",
})  # fmt: skip
"""Of laws and programs: a file says them once for all languages."""

SIGNS = frozenset({"g", "oz", "mg", "lb", "kg", "ml", "mi", "km", "min"})
"""Of units: the same in both languages."""

WHERE = re.compile(r"\]\([^)]*\)|\{#[^}]*\}")
"""Where a link of the guide leads, and the name of a section."""


def pairs(catalog: Catalog) -> list[Pair]:
    """Each message with its words; both forms of those that count."""
    found: list[Pair] = []
    for message in catalog:
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        said = message.string or ""
        words = [said] if isinstance(said, str) else list(said)
        found += [(i, w) for i, w in zip(ids, words, strict=False) if i and w]
    return found


@pytest.fixture(scope="module")
def spanish() -> list[Pair]:
    return pairs(translations.catalog("es"))


def synonyms(said: list[Pair]) -> list[str]:
    found = [f"{words} (say “{ours}”)" for _, words in said for ours, other in OTHER_WORDS.items()
             if re.search(other, words, re.IGNORECASE)]  # fmt: skip
    return found + [
        words for english, words in said for asked, other in BY_ENGLISH.items()
        if re.search(asked, english, re.IGNORECASE) and re.search(other, words, re.IGNORECASE)
    ]  # fmt: skip


def _end(text: str) -> str:
    return text[-1:] if text[-1:] in ".?!:…" else ""


def differently_set(said: list[Pair]) -> list[str]:
    """Ends, edges, quotation marks and question marks that are not those of the message."""
    bare = [(BRACES.sub("{}", english), BRACES.sub("{}", words)) for english, words in said]
    return [
        words for english, words in bare
        if _end(english) != _end(words)
        or english[:1].isspace() != words[:1].isspace()
        or english[-1:].isspace() != words[-1:].isspace()
        or ("  " in words and "  " not in english)
        or words.count("?") != words.count("¿") or words.count("!") != words.count("¡")
        or ("“" in english and not re.search("[“«]", words))
    ]  # fmt: skip


def left_english(said: list[Pair]) -> list[str]:
    same = [words for english, words in said if english == words and not OF_NAMES.search(words)]
    return [words for words in same if re.search("[a-z]{3}", BRACES.sub("", words))]


def other_numbers(said: list[Pair]) -> list[str]:
    digits = re.compile(r"\d+")
    return [words for english, words in said
            if sorted(digits.findall(english)) != sorted(digits.findall(words))]  # fmt: skip


def english_said(said: list[Pair]) -> list[str]:
    return [words for _, words in said if english_in(words)]


def tables_in(node: object) -> Iterator[dict[str, Any]]:
    """All tables of a file, one in another."""
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if isinstance(node, dict):
        yield node
    for one in inside:
        yield from tables_in(one)


def test_one_thing_has_one_word_and_people_are_spoken_to_as_usted(spanish: list[Pair]) -> None:
    assert len(spanish) > 3000
    assert synonyms(spanish) == []


def test_ends_edges_and_marks_are_kept(spanish: list[Pair]) -> None:
    assert differently_set(spanish) == []


def test_nothing_is_left_in_english_and_no_number_is_lost(spanish: list[Pair]) -> None:
    assert left_english(spanish) == []
    assert other_numbers(spanish) == []


def test_forms_papers_and_lists_speak_spanish_too() -> None:
    assert lacking("es") == []


def test_what_a_file_says_once_for_all_languages_is_a_name_or_a_law() -> None:
    """The authority of a rule, the source of a number, the license of a tool: people read them."""
    said = {text for _, text in in_one_language({"authority", "license"})}
    said |= {text for file, text in in_one_language({"source"}) if "/measures/" in file}
    assert len(said) > 5
    assert sorted(text for text in said - NAMES if english_in(text)) == []


def test_units_are_signs_or_have_words() -> None:
    files = [tomllib.loads(file.read_text("utf-8")) for file in path("forms").rglob("*.toml")]
    tables = [one for file in files for one in tables_in(file) if "units" in one]
    assert len(tables) > 3
    bare = {
        unit for one in tables for unit in one["units"] if unit not in one.get("unit_words", ())
    }
    assert bare <= SIGNS


def test_the_guide_uses_the_words_of_the_screen() -> None:
    pages = sorted(path("docs", "guide", "es").glob("*.md"))
    assert len(pages) > 20
    assert synonyms([(page.stem, WHERE.sub("", page.read_text("utf-8"))) for page in pages]) == []


@pytest.mark.parametrize(
    ("check", "pair"),
    [
        (synonyms, ("Settings", "Configuración")),
        (synonyms, ("You can print it.", "Puedes imprimirlo.")),
        (synonyms, ("Make a referral", "Hacer una derivación")),
        (differently_set, ("Save it?", "¿Guardarlo")),
        (differently_set, ("Saved. ", "Guardado.")),
        (left_english, ("Save it", "Save it")),
        (other_numbers, ("Wait 30 days.", "Espere 20 días.")),
        (english_said, ("", "State law on minors")),
        (english_said, ("", "3 doses")),
    ],
)
def test_what_is_ill_said_is_found(check: Callable[[list[Pair]], list[str]], pair: Pair) -> None:
    assert check([pair])

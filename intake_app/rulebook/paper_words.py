"""The {words} of papers: finding them in a text, and filling them in."""

import re
from collections.abc import Mapping

EXTRAS = frozenset({
    "agency_name", "agency_phone", "neutral_name", "neutral_phone", "staff_name", "today", "number",
    "program_name", "person_name",
})  # fmt: skip
"""What every paper may use besides answers."""

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BRACES = re.compile(r"[{}]")
_SENTENCE = re.compile(r"(?<=[.!?])[ \t]+(?=[A-ZÁÉÍÓÚÑ¿¡])")
"""Between two sentences of one line; not after "no." before a number."""


def places_of(text: str) -> tuple[str, ...]:
    """The names in braces, in order."""
    return tuple(_PLACE.findall(text))


def has_stray_braces(text: str) -> bool:
    """Whether a brace stands there that is no place for a word."""
    return _BRACES.search(_PLACE.sub("", text)) is not None


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with its words; empty where it has places and none of them has a word.

    A sentence of which no place has a word is left out too: "Say this number: {number}."

    Answers are put in once and never read again, so that braces in an answer stay as they are.
    """
    missing = [name for name in places_of(text) if not words.get(name)]
    if missing and len(missing) == len(places_of(text)):
        return ""
    text = "\n".join(_said(line, set(missing)) for line in text.split("\n")) if missing else text
    for name in missing:
        gap = re.escape(f"{{{name}}}")
        text = re.sub(rf"[ \t]*{gap}(?=[\s,.;:)!?]|$)|{gap}[ \t]*", "", text)
    if missing:
        text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return _PLACE.sub(lambda found: words[found[1]], text)


def _said(line: str, missing: set[str]) -> str:
    """A line without the sentences that have places and a word for none of them."""
    sentences = _SENTENCE.split(line)
    kept = [s for s in sentences if not (places := set(places_of(s))) or places - missing]
    return line if len(kept) == len(sentences) else " ".join(kept)

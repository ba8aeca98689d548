"""The {words} of papers: finding them in a text, and filling them in."""

import re
from collections.abc import Mapping

EXTRAS = frozenset({
    "agency_name", "agency_phone", "neutral_name", "neutral_phone", "staff_name", "today", "number",
    "program_name",
})  # fmt: skip
"""What every paper may use besides answers."""

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BRACES = re.compile(r"[{}]")


def places_of(text: str) -> tuple[str, ...]:
    """The names in braces, in order."""
    return tuple(_PLACE.findall(text))


def has_stray_braces(text: str) -> bool:
    """Whether a brace stands there that is no place for a word."""
    return _BRACES.search(_PLACE.sub("", text)) is not None


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with its words; empty where it has places and none of them has a word.

    Answers are put in once and never read again, so that braces in an answer stay as they are.
    """
    missing = [name for name in places_of(text) if not words.get(name)]
    if missing and len(missing) == len(places_of(text)):
        return ""
    for name in missing:
        gap = re.escape(f"{{{name}}}")
        text = re.sub(rf"[ \t]*{gap}(?=[\s,.;:)!?]|$)|{gap}[ \t]*", "", text)
    if missing:
        text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return _PLACE.sub(lambda found: words[found[1]], text)

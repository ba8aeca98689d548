"""Finds English in what is said in Spanish: by words that the catalogs say in English alone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

import translations
from file_words import all_words

_WORD = re.compile(r"[^\W\d_]{2,}")
_BRACES = re.compile(r"\{[^}]*\}")
_OFTEN = 4
"""So many times as often in English: Spanish sentences hold English names, too."""


@cache
def english_words() -> frozenset[str]:
    """Words that are English and hardly ever Spanish, in small letters."""
    english, spanish = Counter[str](), Counter[str]()
    for message in translations.catalog("es"):
        ids = [message.id] if isinstance(message.id, str) else message.id
        said = message.string or ""
        english.update(_words(ids))
        spanish.update(_words([said] if isinstance(said, str) else said))
    for words in all_words():
        english.update(_words([words.get("en", "")]))
        spanish.update(_words([words.get("es", "")]))
    return frozenset(one for one, n in english.items() if spanish[one] * _OFTEN <= n)


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (one.lower() for one in _WORD.findall(_BRACES.sub(" ", text)))


def english_in(text: str) -> list[str]:
    """The English words of a text that should be Spanish."""
    return sorted({*_words([text])} & english_words())

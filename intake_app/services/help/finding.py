"""Search in the guide: sections in which all words stand, headings first."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from intake_app.services.help.book import FIRST, Book, Section
from intake_app.services.help.plain import plain

MOST: Final = 30
"""So many are shown at most."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that was found.

    Attributes:
        chapter: Its id.
        section: Its id; empty: the beginning.
        title: "Chapter: heading", or the chapter's title alone.
    """

    chapter: str
    section: str
    title: str


def find_in(book: Book, typed: str) -> list[Hit]:
    """Sections that hold a word beginning with each typed word; accents and case are the same.

    Args:
        book: Where.
        typed: Words; none find nothing.
    """
    wanted = folded(typed).split()
    if not wanted:
        return []
    found: list[tuple[int, Hit]] = []
    for chapter in book.chapters:
        if chapter.id == FIRST:
            continue
        for section in chapter.sections:
            if rank := _rank(section, chapter.title, wanted):
                title = chapter.title
                if section.title != title:
                    title = f"{title}: {section.title}"
                found.append((rank, Hit(chapter.id, section.id, title)))
    found.sort(key=lambda each: -each[0])  # stable: otherwise in the order of the book
    return [hit for _, hit in found[:MOST]]


def folded(text: str) -> str:
    """Small letters and digits without accents, parted by single spaces."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def _rank(section: Section, chapter: str, wanted: list[str]) -> int:
    head, body = folded(section.title), folded(plain(section.body))
    above = folded(chapter)
    if not all(_begins(word, f"{above} {head} {body}") for word in wanted):
        return 0
    if not any(_begins(word, f"{head} {body}") for word in wanted):
        return 0  # the chapter's title alone is no reason to show each of its sections
    in_head = sum(_begins(word, head) for word in wanted)
    in_body = sum(_begins(word, body) for word in wanted)
    return 10 * in_head + in_body


def _begins(word: str, text: str) -> bool:
    return f" {word}" in f" {text}"

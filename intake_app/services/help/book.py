"""The guide as a book: chapters and their sections, read from Markdown files of `docs/guide`.

It is for everybody, signed in or not, so it needs no desk and knows nothing of anybody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intake_app.settings.resources import path

FIRST: Final = "index"
"""The chapter that lists the others, in their order."""

CARD: Final = "card-"
"""What the ids of the cards of roles begin with."""

_HEAD: Final = re.compile(r"^(#{1,3}) (.+?)(?: \{#([a-z0-9-]+)\})?$", re.MULTILINE)
_LINK: Final = re.compile(r"\]\(([a-z-]+)\.md(?:#[a-z0-9-]+)?\)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, up to the next heading.

    Attributes:
        id: Stable name, the same in every language; empty: of the chapter's title.
        title: The heading.
        level: 1 to 3.
        body: Markdown.
    """

    id: str
    title: str
    level: int
    body: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the guide.

    Attributes:
        id: Its name without ".md", the same in every language.
        sections: In order; the first one has the chapter's title.
    """

    id: str
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """Its title."""
        return self.sections[0].title

    @property
    def is_card(self) -> bool:
        """Whether it is the card of a role."""
        return self.id.startswith(CARD)

    def markdown(self) -> str:
        """All of it, without the names of headings."""
        return "\n\n".join(f"{'#' * one.level} {one.title}\n\n{one.body}" for one in self.sections)

    def place_of(self, section: str) -> int:
        """The number of a section, from 0; 0 where there is none of this name."""
        ids = [one.id for one in self.sections]
        return ids.index(section) if section in ids else 0


@dataclass(frozen=True, slots=True)
class Book:
    """All chapters in one language, in the order of the list of contents."""

    language: str
    chapters: tuple[Chapter, ...]

    def chapter(self, ident: str) -> Chapter | None:
        """One of them."""
        return next((one for one in self.chapters if one.id == ident), None)

    def cards(self) -> tuple[Chapter, ...]:
        """The cards of roles."""
        return tuple(one for one in self.chapters if one.is_card)


def read_book(language: str, folder: Path | None = None) -> Book:
    """The guide in a language; in English where it is not written in that one.

    Args:
        language: ISO 639 code.
        folder: Where languages have their folders; None: where the program has them.

    Raises:
        OSError: A file is gone.
    """
    base = folder or path("docs", "guide")
    place = base / language if (base / language).is_dir() else base / "en"
    first = read_chapter(place / f"{FIRST}.md")
    names = dict.fromkeys(_LINK.findall("\n".join(one.body for one in first.sections)))
    rest = (read_chapter(place / f"{name}.md") for name in names)
    return Book(place.name, (first, *rest))


def read_chapter(file: Path) -> Chapter:
    """Read one file.

    Raises:
        OSError: It is gone.
        ValueError: It does not begin with a title.
    """
    return Chapter(file.stem, tuple(_sections(file.read_text("utf-8"))))


def _sections(text: str) -> Iterator[Section]:
    heads = list(_HEAD.finditer(text))
    if not heads or text[: heads[0].start()].strip() or len(heads[0][1]) != 1:
        raise ValueError("a chapter begins with its title")
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        end = following.start() if following else len(text)
        body = text[head.end() : end].strip()
        yield Section(head[3] or "", head[2], len(head[1]), body)

"""Chapters of the guide on paper: an accessible PDF like any other, and one page for a card."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from intake_app.domain.paper import BlockType, Letterhead, Part, Sheet
from intake_app.domain.text import FALLBACK
from intake_app.services.help.book import Chapter, Section
from intake_app.services.help.plain import plain
from intake_app.words import Words

_BULLET: Final = re.compile(r"^- ")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_QUOTES: Final = {"en": r"“\1”", "es": r"«\1»"}
"""On paper, what stands on the screen is in quotation marks."""

_NUMBER: Final = re.compile(r"^\d+\. ")


def chapter_sheet(chapter: Chapter, department: str, words: Words) -> Sheet:
    """A chapter as a sheet.

    Args:
        chapter: It.
        department: Who prints it; empty: nobody has set one up.
        words: Its language.
    """
    quotes = _QUOTES.get(words.language, _QUOTES[FALLBACK])
    parts = [part for one in chapter.sections for part in _parts_of(one, quotes)]
    return Sheet(
        chapter.title, words.language, Letterhead(department or words.text("Intake")),
        tuple(parts), page_words=words.text("page {page} of {pages}"),
        size="large" if chapter.is_card else "letter",
    )  # fmt: skip


def _parts_of(section: Section, quotes: str) -> Iterator[Part]:
    if section.level > 1:  # the title of the sheet is its first heading
        yield Part(BlockType.HEADING, section.title, level=section.level)
    body = _BOLD.sub(quotes, section.body)
    for block in re.split(r"\n\s*\n", body):
        lines = [line for line in block.splitlines() if plain(line).strip()]
        for is_list, group in groupby(_joined(lines), key=_is_entry):
            entries = list(group)
            yield from _list(entries) if is_list else _prose(entries)


def _joined(lines: list[str]) -> list[str]:
    """An entry of a list goes on in lines that are set in."""
    joined: list[str] = []
    for line in lines:
        if joined and line.startswith("  "):
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line)
    return joined


def _is_entry(line: str) -> bool:
    return bool(_BULLET.match(line) or _NUMBER.match(line))


def _list(lines: list[str]) -> Iterator[Part]:
    style = "numbered" if _NUMBER.match(lines[0]) else "plain"
    entries = tuple(plain(_NUMBER.sub("", _BULLET.sub("", line))).strip() for line in lines)
    yield Part(BlockType.BULLETS, bullets=entries, style=style)


def _prose(lines: list[str]) -> Iterator[Part]:
    yield Part(BlockType.PARAGRAPH, plain(" ".join(lines)).strip())

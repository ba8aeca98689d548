"""The command `guide`: read, search and print the guide and the cards of roles, unsigned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from intake_app.commands.options import PATH, Asked, Asking, group_in
from intake_app.commands.speech import say, words_here
from intake_app.domain.text import FALLBACK

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.services.help.book import Book, Chapter

_LANGUAGE = click.option("--language", default="", help="en or es; else that of the command line.")
_TO = click.option("--to", "file", type=PATH, required=True, help="A file that is not there yet.")


def add_to(group: click.Group, asking: Asking) -> None:
    """Add `guide`."""
    guide = group_in(group, "guide", help="The guide, and the cards of roles: read, search, print.")
    _add_reading(guide, asking)
    _add_printing(guide, asking)


def _add_reading(guide: click.Group, asking: Asking) -> None:
    @guide.command("list", help="Name the chapters of the guide.")
    @_LANGUAGE
    @asking.plain
    def list_chapters(asked: Asked, language: str) -> int:
        for one in _book(language).chapters:
            asked.say_line({"chapter": one.id, "title": one.title})
        return 0

    @guide.command(help="Print CHAPTER as text.")
    @click.argument("chapter")
    @_LANGUAGE
    @asking.plain
    def show(_asked: Asked, chapter: str, language: str) -> int:
        click.echo(_chapter(_book(language), chapter).markdown())
        return 0

    @guide.command(help="Name the places of the guide in which all WORDS stand.")
    @click.argument("words", nargs=-1, required=True)
    @_LANGUAGE
    @asking.plain
    def find(asked: Asked, words: tuple[str, ...], language: str) -> int:
        from intake_app.services.help.finding import find_in

        hits = find_in(_book(language), " ".join(words))
        for hit in hits:
            place = f"{hit.chapter}#{hit.section}".rstrip("#")
            asked.say_line({"place": place, "title": hit.title})
        return 0 if hits else 1

    _ = (list_chapters, show, find)


def _add_printing(guide: click.Group, asking: Asking) -> None:
    @guide.command("print", help="CHAPTER as an accessible PDF.")
    @click.argument("chapter")
    @_TO
    @_LANGUAGE
    @asking.plain
    def print_chapter(asked: Asked, chapter: str, file: Path, language: str) -> int:
        book = _book(language)
        return _put(asked, book, _chapter(book, chapter), file)

    @guide.command(help="The card of a role, one page for the wall, as an accessible PDF.")
    @click.argument("role")
    @_TO
    @_LANGUAGE
    @asking.plain
    def card(asked: Asked, role: str, file: Path, language: str) -> int:
        from intake_app.services.help.book import CARD

        book = _book(language)
        return _put(asked, book, _chapter(book, CARD + role.replace("_", "-")), file)

    _ = (print_chapter, card)


def _book(language: str) -> Book:
    from intake_app.services.help.book import read_book

    return read_book(language or words_here().language or FALLBACK)


def _chapter(book: Book, ident: str) -> Chapter:
    found = book.chapter(ident)
    if found is None:
        raise click.ClickException(say("The guide has no such page. See intake-app guide list."))
    return found


def _put(asked: Asked, book: Book, chapter: Chapter, file: Path) -> int:
    from intake_app.disk.atomic import write_whole
    from intake_app.makers import LatePress
    from intake_app.services.help.sheets import chapter_sheet
    from intake_app.settings.profile import read_told
    from intake_app.words import Words

    if file.exists():
        raise click.ClickException(say("This file exists already. Choose another name."))
    department = read_told(asked.profile).department
    sheet = chapter_sheet(chapter, department, Words(book.language))
    write_whole(file, LatePress().print(sheet))
    return asked.say({"file": str(file)})

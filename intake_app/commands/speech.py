"""What the command line says, in the language of whoever types.

Which one: `--language`, else INTAKE_LANGUAGE, else that of the window on this computer, else the
system's. Names of commands, options, codes and everything behind --json are the same in all.
"""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from intake_app.settings.look import read_look
from intake_app.words import CATALOG, ENGLISH, LANGUAGES, Words, mark, translations

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

NAMED: Final = "INTAKE_LANGUAGE"
_OF_THE_SYSTEM: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

_FACTS: Final = (
    mark("archives"), mark("backup"), mark("beside"), mark("bytes"), mark("came"),
    mark("columns"), mark("days"), mark("days unclear"), mark("department"), mark("departments"),
    mark("digest"), mark("faults"), mark("file"), mark("files"), mark("folder"), mark("good"),
    mark("id"), mark("import"), mark("imported"), mark("imported before"), mark("key"),
    mark("kind"), mark("known until"), mark("label"), mark("left out"), mark("letter"),
    mark("lines"), mark("made"), mark("by"), mark("missing columns"), mark("name"),
    mark("object"), mark("open"), mark("open by"), mark("people"), mark("place"),
    mark("purge orders"), mark("put aside"), mark("receipts"), mark("remarks"), mark("rows"),
    mark("safe to remove"), mark("seconds"), mark("shut out"), mark("stores"), mark("troubles"),
    mark("unconfirmed"), mark("waits"), mark("went"), mark("without case"), mark("words"),
    mark("words compared"), mark("version"), mark("keys"), mark("packages"), mark("notes"),
    mark("fits here"), mark("from"), mark("to"), mark("package"), mark("install"), mark("kept"),
    mark("installed"),
)  # fmt: skip
"""Names of facts that `Asked.say` prints for people."""

_STATES: Final = frozenset({
    mark("month first"), mark("day first"), mark("not told"), mark("this computer"),
    mark("struck"), mark("active"),
})  # fmt: skip
"""Values that are words."""


def language_of(given: Sequence[str], profile: Path) -> str:
    """In which language to answer.

    Args:
        given: What was typed.
        profile: The profile of this computer; beside it is kept what its window wears.
    """
    look = profile.with_name(f"{profile.name}.look.json")
    wanted = [_typed(given), os.environ.get(NAMED, "")]
    if look.is_file():
        wanted.append(read_look(look).language)
    wanted += [os.environ.get(name, "").partition(":")[0] for name in _OF_THE_SYSTEM]
    codes = (name.replace("-", "_").partition("_")[0].casefold() for name in wanted)
    return next((code for code in codes if code in LANGUAGES), ENGLISH)


def _typed(given: Sequence[str]) -> str:
    """The language that stands before the command; `report run` has one of its own behind it."""
    for place, word in enumerate(given):
        if word == "--language":
            return given[place + 1] if place + 1 < len(given) else ""
        if not word.startswith("--"):
            return ""
        if word.startswith("--language="):
            return word.partition("=")[2]
    return ""


@contextmanager
def spoken(language: str) -> Generator[Words]:
    """Let click speak the language too, from our catalog, and child processes; then as before."""
    before, kept = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(CATALOG, str(translations()))
    gettext.textdomain(CATALOG)
    os.environ["LANGUAGE"] = language
    try:
        yield Words(language)
    finally:
        gettext.textdomain(before)
        if kept is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = kept


def words_here() -> Words:
    """The words of the command that runs; English outside of one."""
    here = click.get_current_context(silent=True)
    return (here.find_object(Words) if here else None) or Words()


def say(message: str, **values: object) -> str:
    """A message of the catalog in the language of whoever types; literally, as `Words.text`."""
    return words_here().text(message, **values)


def spoken_fact(value: object) -> object:
    """A value as people read it: yes or no, or a state that has words."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return say(value) if isinstance(value, str) and value in _STATES else value


def spoken_name(name: str) -> str:
    """What a fact is called; one that has no words (see the catalog) as it stands."""
    plain = name.replace("_", " ")
    return say(plain) if plain in _FACTS else plain


def translate_help(command: click.Command, words: Words) -> None:
    """Put the help of a command, its options and all commands below it into a language."""
    command.help = words.text(command.help or "") or None
    for one in command.params:
        if isinstance(one, click.Option) and one.help:
            one.help = words.text(one.help)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            translate_help(below, words)

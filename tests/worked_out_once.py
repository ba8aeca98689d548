"""What gives the same for the same and costs time is worked out once in a run, not in each test."""

import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import wraps
from types import SimpleNamespace

import pytest

import intake_app.words
from intake_app.domain.ids import UserId
from intake_app.rulebook import library
from intake_app.rulebook.builder import Build, Tables, Texts, form_file, program_file
from intake_app.rulebook.conditions import Conditions
from intake_app.rulebook.fixed_words import FixedWords
from intake_app.rulebook.form_reader import IS_ID, FormParts
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.setting import Setting
from intake_app.vault import kdf, slots, tokens
from intake_app.vault.founding import NewPerson, _Founding

Stretch = Callable[[str, bytes, str, Mapping[str, int]], bytes]
Enter = Callable[..., tuple[UserId, slots.Secrets]]
Token = Callable[[bytes, str], str]
BuildGuide = Callable[[str, Texts, FixedWords, Setting], FormGuide | None]
Read = tuple[FormParts, Conditions] | None
ReadParts = Callable[[Build, str], Read]
Asked = dict[str, str | None]

ENOUGH = 200
"""Forms that are kept read; of a test that makes thousands up, none is asked for again."""


@contextmanager
def worked_out_once() -> Generator[None]:
    """Passphrases, tokens and forms."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kdf, "stretch", stretched_once(kdf.stretch))
        patched.setattr(_Founding, "_enter", salted_once(_Founding._enter))
        patched.setattr(tokens, "token", made_once(tokens.token))
        patched.setattr(library, "build_guide", read_once(library.build_guide))
        patched.setattr(Build, "parts", parts_read_once(Build.parts))
        yield


def stretched_once(slow: Stretch) -> Stretch:
    """The same words with the same salt give the same key."""
    known: dict[tuple[object, ...], bytes] = {}

    def stretch(passphrase: str, salt: bytes, method: str, params: Mapping[str, int]) -> bytes:
        asked = passphrase, salt, method, *params.items()
        if asked not in known:
            known[asked] = slow(passphrase, salt, method, params)
        return known[asked]

    return stretch


def salted_once(plain: Enter) -> Enter:
    """Fictional departments are founded again and again: there the same words have the same salt.

    Elsewhere each slot has its own; that a founding gives each its own as well, shows
    `test_slots_and_grants`, with what is wrapped here.
    """
    salts: dict[str, bytes] = {}

    @wraps(plain)
    def enter(
        founding: _Founding, person: NewPerson, *more: object
    ) -> tuple[UserId, slots.Secrets]:
        salt = salts.setdefault(person.passphrase, os.urandom(kdf.SALT_BYTES))

        def urandom(size: int) -> bytes:
            return salt if size == kdf.SALT_BYTES else os.urandom(size)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(slots, "os", SimpleNamespace(urandom=urandom))
            return plain(founding, person, *more)

    return enter


def made_once(slow: Token) -> Token:
    """The same name under the same key gives the same token."""
    known: dict[tuple[bytes, str], str] = {}

    def token(key: bytes, text: str) -> str:
        if (key, text) not in known:
            known[key, text] = slow(key, text)
        return known[key, text]

    return token


def read_once(slow: BuildGuide) -> BuildGuide:
    """The same texts on the same day, in the same languages, give the same form.

    Clock and agency are each test's own.
    """
    known: dict[tuple[str, object, tuple[str, ...]], list[tuple[Asked, FormGuide]]] = {}

    def build_guide(
        ident: str, texts: Texts, words: FixedWords, setting: Setting
    ) -> FormGuide | None:
        on_that_day = known.setdefault((ident, setting.today(), intake_app.words.LANGUAGES), [])
        for asked, made in on_that_day:
            if all(texts(name) == text for name, text in asked.items()):
                return FormGuide(made.form, made.sources, made._conditions, words, setting)
        asked = Asked()

        def noting(name: str) -> str | None:
            asked[name] = texts(name)
            return asked[name]

        made = slow(ident, noting, words, setting)
        if made is not None:
            on_that_day.append((asked, made))
        return made

    return build_guide


def parts_read_once(slow: ReadParts) -> ReadParts:
    """A form without a mistake is read, and checked, once; the same texts in the same order."""
    known: dict[object, list[tuple[Asked, Read, Tables]]] = {}

    def parts(build: Build, ident: str) -> Read:
        if not IS_ID(ident):
            return slow(build, ident)
        program = build.texts(program_file(ident))
        first = build.texts(form_file(ident)) if program is None else program
        alike = known.setdefault((ident, first, build.today, intake_app.words.LANGUAGES), [])
        for asked, read, tables in alike:
            if all(build.texts(name) == text for name, text in asked.items()):
                build.used |= {name: text for name, text in asked.items() if text is not None}
                build.tables |= tables
                return read
        asked, alone = Asked(), Build(build.texts, build.today)

        def noting(name: str) -> str | None:
            asked[name] = build.texts(name)
            return asked[name]

        alone.texts = noting
        try:
            read = slow(alone, ident)
        finally:
            build.used |= alone.used
            build.tables |= alone.tables
            build.mistakes += alone.mistakes
        if read is not None and not alone.mistakes:
            alike.append((asked, read, alone.tables))
            if len(known) > ENOUGH:
                known.clear()
        return read

    return parts

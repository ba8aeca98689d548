"""What gives the same for the same and costs time is worked out once in a run, not in each test."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

import pytest

import intake_app.words
from intake_app.rulebook import library
from intake_app.rulebook.builder import Texts
from intake_app.rulebook.fixed_words import FixedWords
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.setting import Setting
from intake_app.vault import kdf, tokens

Stretch = Callable[[str, bytes, str, Mapping[str, int]], bytes]
Token = Callable[[bytes, str], str]
BuildGuide = Callable[[str, Texts, FixedWords, Setting], FormGuide | None]
Asked = dict[str, str | None]


@contextmanager
def worked_out_once() -> Generator[None]:
    """Passphrases, tokens and forms."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kdf, "stretch", stretched_once(kdf.stretch))
        patched.setattr(tokens, "token", made_once(tokens.token))
        patched.setattr(library, "build_guide", read_once(library.build_guide))
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

"""What a passphrase must be (CJIS IA-5): long enough, and none of those that are tried first.

The list of common ones ships with the program (`resources/words/banned.txt`): nothing asks a
network. A passphrase is compared the way guessing programs write: without case, with signs read as
letters ("p@ssw0rd"), and with a year or some digits before or behind left out. The reason is told;
hints are not.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from intake_app.domain.sign_in_errors import (
    HolderPassphraseShort,
    PassphraseCommon,
    PassphraseNamesYou,
    PassphrasePattern,
    PassphraseShort,
)
from intake_app.settings import resources
from intake_app.settings.sign_in_policy import SignInPolicy, read_policy
from intake_app.vault.wordlist import some_words, word_list

_SUGGESTED_WORDS: Final = 4
_NAME_CHARACTERS: Final = 4
"""Shorter parts of a name are parts of many words too."""

_LIKE_LETTERS: Final = str.maketrans("0134578@$!|+", "oieastbasilt")
_SIGNS: Final = r"[\d\W_]+"
_ROWS: Final = (
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp",
    "q1w2e3r4t5y6u7i8o9p0", "azertyuiop", "qwertzuiop", "!@#$%^&*()", "123qwe456rty789uio",
)  # fmt: skip
_WALK: Final = 4
"""Steps along a row of keys that count as a walk."""


@dataclass(frozen=True, slots=True)
class PassphraseRule:
    """What is asked of one person's passphrase.

    Attributes:
        policy: The rules of signing in.
        is_holder: Whether they hold, or are to hold, the key of people's records.
        names: Names that are guessed first: their own, the department's.
    """

    policy: SignInPolicy
    is_holder: bool = False
    names: tuple[str, ...] = ()


def plain_rule() -> PassphraseRule:
    """The default policy's rule for somebody of whom nothing is known."""
    return PassphraseRule(read_policy(""))


def check_passphrase(
    passphrase: str, user_name: str, rule: PassphraseRule | None = None
) -> None:  # fmt: skip
    """Refuse what is guessed first. Nothing is cut off; any character counts.

    Raises:
        WeakPassphrase: One of its kinds, which says why (`domain.sign_in_errors`).
    """
    asked, plain = rule or plain_rule(), _plain(passphrase)
    _check_length(passphrase, asked)
    if len(set(plain)) == 1 or _is_repeated(plain) or _is_walk(plain):
        raise PassphrasePattern
    if _is_name(plain, (user_name, *asked.names)):
        raise PassphraseNamesYou
    ways = {plain, _once(plain)}
    if any(core in _banned() for way in ways for core in _cores(way)) or _is_one_word_over(plain):
        raise PassphraseCommon


def suggest_passphrase() -> str:
    """Four random words (44 bits), easy to type."""
    return " ".join(some_words(_SUGGESTED_WORDS))


def _check_length(passphrase: str, rule: PassphraseRule) -> None:
    whole, policy = unicodedata.normalize("NFKC", passphrase), rule.policy
    if len(whole) < policy.least_characters:
        raise PassphraseShort
    listed = set(re.split(r"[\W_]+", _plain(whole))) & _listed()
    has_words = len(listed) >= policy.holder_words
    if rule.is_holder and len(whole) < policy.holder_characters and not has_words:
        raise HolderPassphraseShort


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _cores(plain: str) -> Iterator[str]:
    """The word that is left of a passphrase without its digits and signs, read in several ways."""
    yield plain
    bare = re.sub(rf"^{_SIGNS}|{_SIGNS}$", "", plain)
    for text in (plain, bare):
        for read in (text, text.translate(_LIKE_LETTERS)):
            yield read
            yield re.sub(r"[\W_]+", "", read)
            yield re.sub(rf"^{_SIGNS}|{_SIGNS}$", "", read)


def _is_one_word_over(plain: str) -> bool:
    """Whether it is one common word, written several times."""
    words = {next(w for w in (re.sub(_SIGNS, "", part), part)) for part in plain.split()}
    words.discard("")
    return len(plain.split()) > 1 and len(words) == 1 and words <= _banned()


def _once(plain: str) -> str:
    """What is written two or more times in a row, once ("summer2026summer2026")."""
    found = re.fullmatch(r"(.{4,}?)(?:[\W_]*\1)+", plain, re.DOTALL)
    return found[1] if found else plain


def _is_repeated(plain: str) -> bool:
    """Whether a short piece is written again and again ("abcabcabc")."""
    return bool(re.fullmatch(r"(.{1,4})\1{2,}.{0,3}", plain, re.DOTALL))


def _is_walk(plain: str) -> bool:
    """Whether it is nothing but walks along rows of keys or the alphabet, either way."""
    rest = re.sub(r"\s", "", plain)
    while rest:
        step = next((n for n in range(len(rest), _WALK - 1, -1) if _lies_in_row(rest[:n])), 0)
        if not step:
            return False
        rest = rest[step:]
    return True


def _lies_in_row(piece: str) -> bool:
    return any(piece in row or piece[::-1] in row for row in _ROWS)


def _is_name(plain: str, names: Iterable[str]) -> bool:
    """Whether it is a name, whole or a part, forwards or backwards, with digits or without."""
    cores = {re.sub(r"[\W_]", "", core) for core in _cores(plain)}
    known = set[str]()
    for name in names:
        parts = re.split(r"[\W\d_]+", _plain(name))
        known |= {part for part in parts if len(part) >= _NAME_CHARACTERS}
        known.add(re.sub(r"[\W_]", "", _plain(name)))
    known = {part for part in known if len(part) >= _NAME_CHARACTERS}
    both = known | {part[::-1] for part in known}
    return bool(cores & both) or any(_is_mostly(core, both) for core in cores)


def _is_mostly(core: str, known: Iterable[str]) -> bool:
    """Whether names of somebody make up nearly all of it ("pinehollowpolice")."""
    rest = core
    for part in sorted(known, key=len, reverse=True):
        rest = rest.replace(part, "")
    return len(rest) < len(core) and len(rest) < _NAME_CHARACTERS


@cache
def _listed() -> frozenset[str]:
    return frozenset(word_list())


@cache
def _banned() -> frozenset[str]:
    text = resources.path("resources", "words", "banned.txt").read_text("utf-8")
    return frozenset(text.splitlines())

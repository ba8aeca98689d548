"""Who may be the same person: what a record says of somebody, and the keys by which it is found.

A key is a short text that two entries about one person share although they are not written alike:
names that sound the same, the first or the last letters of a name, a birth date, a phone. Keys find
candidates; how alike they really are, a service judges (`services.people.same_person`). Nothing
here merges anything.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Final, cast
from unicodedata import combining, normalize

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.record import Record

VERSION: Final = "1"
"""Of the keys; a file whose keys are of another version is filled anew when it is opened."""

COLUMNS: Final = (
    "last_name", "first_name", "preferred_name", "aliases", "legal_name", "born", "phone",
)  # fmt: skip
"""Columns of a form's [facts] that say who somebody is."""

_LONGEST_CODE: Final = 6
_ENDS: Final = 3
_DIALED: Final = 10
_NAMELESS: Final = frozenset({"", "a"})

# Sounds that are easily taken for one another, in English and Spanish: one sign each.
_SOUNDS: Final = {
    **dict.fromkeys("bfpv", "b"), **dict.fromkeys("cgjkqsxz", "s"), **dict.fromkeys("dt", "t"),
    "l": "l", **dict.fromkeys("mn", "m"), "r": "r",
}  # fmt: skip
_SILENT_FIRST: Final = re.compile(r"^(?:kn|gn|pn|ps|wr)")
_encode: Final = json.JSONEncoder(separators=(",", ":")).encode
_NOT_LETTERS: Final = re.compile(r"[^a-z ]+")
_BETWEEN: Final = re.compile(r"[;,/()]|\b(?:formerly|n[eé]e|aka|antes|alias)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """What is said of one person: plain letters, small, without accents.

    Attributes:
        last: Last name.
        first: First name.
        preferred: What they want to be called.
        others: Other names: maiden name, alias, name on the ID.
        born: YYYY-MM-DD, or empty.
        phone: Its last ten digits, or empty.
    """

    last: str = field(default="", repr=False)
    first: str = field(default="", repr=False)
    preferred: str = field(default="", repr=False)
    others: tuple[str, ...] = field(default=(), repr=False)
    born: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """All (last, first) by which they may be known; one of the two may be empty."""
        firsts = [name for name in (self.first, self.preferred) if name] or [""]
        known = {(self.last, first) for first in firsts}
        for other in self.others:
            known |= _split(other, self.last, firsts)
        return frozenset(known - {("", "")})

    @property
    def is_enough(self) -> bool:
        """Whether so much is known that looking for the same person makes sense."""
        return bool(self.last and self.first) or (
            bool(self.born or self.phone) and any(map(any, self.pairs))
        )

    @property
    def line(self) -> str:
        """The same as one line of JSON."""
        parts = (self.last, self.first, self.preferred, self.others, self.born, self.phone)
        return _encode(parts)

    @classmethod
    def from_line(cls, line: str) -> "Identity":
        """Read what `line` wrote."""
        last, first, preferred, others, born, phone = json.loads(line)
        return cls(last, first, preferred, tuple(others), born, phone)


NOBODY: Final = Identity()
"""Of whom nothing is said."""


def identity_of(record: Record) -> Identity:
    """What a record says of a person; nothing where it is about nobody."""
    named: Value = record.values.get(facts.FACTS)
    if named is None or not isinstance(named, (dict, Mapping)):
        return NOBODY
    columns = cast("Mapping[str, Value]", named)
    who = identity_in(record.values, columns)
    if not record.rivals:
        return who
    return replace(who, others=tuple(dict.fromkeys((*who.others, *_rivals(record, columns, who)))))


def _rivals(record: Record, named: Mapping[str, Value], who: Identity) -> Iterable[str]:
    """Whole names that others wrote for the same person, and that nobody has settled yet."""
    lasts, firsts = (
        [plain(one) for one in facts.all_said(record, str(named.get(column) or ""))] or [""]
        for column in ("last_name", "first_name")
    )
    whole = (f"{last} {first}".strip() for last in lasts for first in firsts)
    return (name for name in whole if name and name != f"{who.last} {who.first}".strip())


def identity_in(answers: Mapping[str, Value], named: Mapping[str, Value]) -> Identity:
    """What answers say of a person.

    Args:
        answers: By question.
        named: Which question fills which column: a form's [facts].
    """
    said = {
        column: text
        for column, question in named.items()
        if isinstance(question, str) and isinstance(text := answers.get(question), str)
    }.get
    aliases, born = said("aliases", ""), said("born", "")
    others = [*(_BETWEEN.split(aliases) if aliases else ()), said("legal_name", "")]
    return Identity(
        last=plain(said("last_name", "")),
        first=plain(said("first_name", "")),
        preferred=plain(said("preferred_name", "")),
        others=tuple(dict.fromkeys(name for name in map(plain, others) if name)),
        born=born if _day(born) else "",
        phone=_dialed(said("phone", "")),
    )


def plain(name: str) -> str:
    """A name in small letters without accents and signs: "O'Brien-Núñez" is "obrien nunez"."""
    if name.isascii() and (name.isalpha() or not name):
        return name.lower()  # nearly every name, and quick
    letters = "".join(c for c in normalize("NFKD", name.casefold()) if not combining(c))
    return " ".join(_NOT_LETTERS.sub("", letters.replace("-", " ")).split())


@lru_cache(maxsize=20_000)  # the candidates of a name share a few, and so do those of a merge
def sound(name: str) -> str:
    """How a name sounds, roughly: "Vázquez" and "Basques" give the same; empty for no letters."""
    letters = _SILENT_FIRST.sub(lambda found: found[0][1], name.replace(" ", ""))
    if not letters:
        return ""
    code: list[str] = []
    before = ""
    for place, letter in enumerate(letters):
        sign = _SOUNDS.get(letter, "")
        if place == 0 and not sign:
            code.append("a")
        elif sign and sign != before:
            code.append(sign)
        if letter not in "hw":  # they do not part two sounds
            before = sign
    return "".join(code)[:_LONGEST_CODE]


def swapped(born: str) -> str:
    """A birth date with day and month the other way round; empty where that is no other day."""
    other = f"{born[:5]}{born[8:]}-{born[5:7]}" if _day(born) else ""
    return other if other != born and _day(other) else ""


def kept_keys(who: Identity) -> frozenset[str]:
    """The keys under which a record is kept; none for who is not known by a name."""
    pairs, keys = who.pairs, set[str]()
    for last, first in pairs:
        keys |= _name_keys(last, first) | _birth_keys(sound(last), who.born)
    if pairs and who.born:
        keys.add(f"b{_digits(who.born)}")
    if pairs and who.phone:
        keys.add(f"p{who.phone}")
    return frozenset(keys)


def asked_keys(who: Identity, called: Iterable[str] = ()) -> tuple[frozenset[str], frozenset[str]]:
    """The keys under which the same person may be kept: those that say much, and the others.

    Args:
        who: What was typed.
        called: Names that the first name is short or long for ("bob": "robert", "rob").

    Returns:
        Keys of birth date and phone, which few share; keys of names, which many may.
    """
    days = [day for day in (who.born, swapped(who.born)) if day]
    strong = {f"b{_digits(day)}" for day in days}
    weak: set[str] = set()
    if who.phone:
        strong.add(f"p{who.phone}")
    for last, first in who.pairs:
        for day in days:
            strong |= _birth_keys(sound(last), day)
        weak |= _name_keys(last, first) | _name_keys(first, last)
        weak |= {key for name in called for key in _name_keys(last, name)}
    return frozenset(strong), frozenset(weak)


def _name_keys(last: str, first: str) -> set[str]:
    """By sound, and by either end of the last name: one slip in seven letters leaves one end."""
    ours, theirs = sound(last), sound(first)
    if ours in _NAMELESS or not theirs:
        return set()
    whole = last.replace(" ", "")
    return {
        f"n{ours}0{theirs}", f"x{ours}0{first[0]}",
        f"a{whole[:_ENDS]}0{theirs}", f"z{whole[-_ENDS:]}0{theirs}",
    }  # fmt: skip


def _birth_keys(ours: str, born: str) -> set[str]:
    """By last name and a part of the birth date: a mistake in the rest is found."""
    if ours in _NAMELESS or not born:
        return set()
    return {f"y{ours}0{born[:4]}", f"d{ours}0{_digits(born[5:])}"}


def _split(other: str, last: str, firsts: Iterable[str]) -> set[tuple[str, str]]:
    """An alias as (last, first): whole names both ways round, a single name beside the others."""
    words = other.split()
    if len(words) == 1:
        return {(other, first) for first in firsts} | ({(last, other)} if last else set())
    found: set[tuple[str, str]] = set()
    for at in range(1, len(words)):
        one, two = " ".join(words[:at]), " ".join(words[at:])
        found |= {(one, two), (two, one)}
    return found


def _day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _digits(text: str) -> str:
    return text.replace("-", "")


def _dialed(phone: str) -> str:
    digits = phone.removeprefix("+")
    if not digits.isdecimal():
        digits = "".join(filter(str.isdecimal, phone))
    return digits[-_DIALED:] if len(digits) >= _DIALED else ""

"""Whose record somebody opened, as far as names tell: their own, a relative's, a colleague's.

It is found where the key is, because only there a name can be read. What leaves is the word "own",
"relative" or "colleague" beside a line that holds ids: the privacy officer learns that somebody
looked, not at whom.
"""

import re
from collections.abc import Iterable
from typing import Final

from rapidfuzz.fuzz import ratio

from intake_app.domain.act import AuditLine
from intake_app.domain.audit_kind import ActKind, kind_of
from intake_app.domain.likeness import Identity, plain
from intake_app.domain.notable import Near
from intake_app.services.desk import Desk, Person
from intake_app.services.needs.audit import Trail

_ACCESS: Final = frozenset({
    ActKind.READ, ActKind.PRINT, ActKind.EXPORT, ActKind.WRITE, ActKind.CONSENT, ActKind.OVERRIDE,
})  # fmt: skip
_ALIKE: Final = 88.0
"""Of a hundred; of longer names one letter may differ."""

_LONG: Final = 5
_WORDS: Final = re.compile(r"[a-z]+").findall


def near_lines(desk: Desk, trail: Trail, lines: Iterable[AuditLine]) -> dict[int, Near]:
    """By the number of a line, how near the person of its record is to who acted."""
    asked = [x for x in lines if x.act.record and kind_of(x.act.what) in _ACCESS]
    people = trail.people_of({line.act.record for line in asked})
    staff = {one.id: one for one in (*desk.colleagues, desk.person)}
    found: dict[int, Near] = {}
    for line in asked:
        who, reader = people.get(line.act.record), staff.get(line.act.user)
        if who is not None and reader is not None:
            others = (one for one in staff.values() if one.id != reader.id)
            if (how := nearness(who, reader, others)) is not None:
                found[line.n] = how
    return found


def nearness(who: Identity, reader: Person, others: Iterable[Person]) -> Near | None:
    """How near a person is to who opened their record, by their names alone.

    Args:
        who: The person.
        reader: Who opened it; "M. Hale".
        others: Everybody else who works here.
    """
    if _has_name(who, reader):
        return Near.OWN
    if any(_is_last(last, reader) for last, _ in who.pairs):
        return Near.RELATIVE
    return Near.COLLEAGUE if any(_has_name(who, one) for one in others) else None


def _has_name(who: Identity, person: Person) -> bool:
    first = _first_of(person)
    return any(
        _is_last(last, person) and bool(given) and _begins(given, first)
        for last, given in who.pairs
    )


def _begins(given: str, first: str) -> bool:
    return bool(first) and (given.startswith(first) or (len(given) > 1 and first.startswith(given)))


def _first_of(person: Person) -> str:
    words = _WORDS(plain(person.shown_name))
    return words[0] if len(words) > 1 else ""


def _is_last(last: str, person: Person) -> bool:
    """Whether a last name, or a part of a double one, is that of who works here."""
    words = _WORDS(plain(person.shown_name))
    theirs = [word for word in words[1:] or words if len(word) > 1]
    return any(_alike(part, word) for part in _WORDS(last) for word in theirs)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return len(one) > 1
    is_long = min(len(one), len(other)) >= _LONG
    return is_long and ratio(one, other) >= _ALIKE

"""How alike two entries about a person are: names, birth date, phone. A person decides."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from intake_app.domain.likeness import Identity, sound, swapped


class Sign(StrEnum):
    """Something that speaks for one person."""

    SAME_NAME = "same_name"
    ALIKE = "alike"  # it sounds alike, or differs by a slip
    NICKNAME = "nickname"
    OTHER_NAME = "other_name"  # by a maiden name or alias
    ONE_NAME = "one_name"  # the first or the last name alone
    SAME_BIRTH = "same_birth"
    SWAPPED_BIRTH = "swapped_birth"
    CLOSE_BIRTH = "close_birth"  # one digit differs
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Judged:
    """How alike two entries are.

    Attributes:
        points: 0: too little to say anything; more is more alike.
        signs: What speaks for it.
    """

    points: float = 0
    signs: tuple[Sign, ...] = ()


NOTHING: Final = Judged()

_SAME, _NICK, _SOUND, _INITIAL = 100.0, 95.0, 90.0, 85.0
_ALIKE, _SURE = 85.0, 92.0
"""How alike a name must be to count as the same with a slip; and where one name stands alone."""

_SHARE_OF_LAST: Final = 0.55
_NAME_POINTS: Final = 0.6
_PHONE_POINTS: Final = 30
_BIRTH_POINTS: Final = {Sign.SAME_BIRTH: 40, Sign.SWAPPED_BIRTH: 34, Sign.CLOSE_BIRTH: 28}


def judge(asked: Identity, found: Identity, called: Collection[str]) -> Judged:
    """How alike what was typed is to what is kept.

    A name alone is enough where no birth date speaks against it; a birth date alone never is.

    Args:
        asked: What was typed.
        found: What is kept.
        called: Names that the typed first name is short or long for.
    """
    birth = _birth(asked.born, found.born)
    differs = birth is None and bool(asked.born and found.born)
    is_phone = bool(asked.phone) and asked.phone == found.phone
    if differs and not is_phone:  # nearly all candidates of a common name
        return NOTHING
    names = max(_compared(asked, found, called), key=_order, default=_NO_NAMES)
    is_same_day = is_phone or birth in _SAME_DAY
    if not (names.is_whole or (names.is_half and is_same_day)):
        return NOTHING
    points = names.points * _NAME_POINTS + _BIRTH_POINTS.get(birth or Sign.PHONE, 0)
    signs = [*names.signs, *([birth] if birth else []), *([Sign.PHONE] if is_phone else [])]
    return Judged(points + is_phone * _PHONE_POINTS - differs * _PHONE_POINTS, tuple(signs))


_SAME_DAY: Final = frozenset({Sign.SAME_BIRTH, Sign.SWAPPED_BIRTH})


@dataclass(frozen=True, slots=True)
class _Names:
    """How alike two names are, each part 0 to 100."""

    last: float
    first: float
    is_other: bool = False
    is_nickname: bool = False

    @property
    def points(self) -> float:
        return self.last * _SHARE_OF_LAST + self.first * (1 - _SHARE_OF_LAST)

    @property
    def is_whole(self) -> bool:
        return min(self.last, self.first) >= _ALIKE

    @property
    def is_half(self) -> bool:
        return max(self.last, self.first) >= _SURE

    @property
    def signs(self) -> tuple[Sign, ...]:
        if not self.is_whole:
            return (Sign.ONE_NAME,)
        if self.is_nickname:
            how = Sign.NICKNAME
        else:
            how = Sign.SAME_NAME if min(self.last, self.first) == _SAME else Sign.ALIKE
        return (how, Sign.OTHER_NAME) if self.is_other else (how,)


_NO_NAMES: Final = _Names(0, 0)


def _order(names: _Names) -> tuple[float, bool]:
    return names.points, not names.is_other


def _compared(asked: Identity, found: Identity, called: Collection[str]) -> Iterator[_Names]:
    own = {(asked.last, asked.first), (asked.last, asked.preferred)}
    known = {(found.last, found.first), (found.last, found.preferred)}
    for last, first in asked.pairs:
        for their_last, their_first in found.pairs:
            is_other = (last, first) not in own or (their_last, their_first) not in known
            is_nickname = their_first in called and their_first != first
            alike = _NICK if is_nickname else _part(first, their_first)
            yield _Names(_part(last, their_last), alike, is_other, is_nickname)
            yield _Names(_part(first, their_last), _part(last, their_first), is_other)


def _part(one: str, other: str) -> float:
    if not one or not other:
        return 0
    if one == other:
        return _SAME
    if min(len(one), len(other)) == 1:
        return _INITIAL if one[0] == other[0] else 0
    alike = JaroWinkler.normalized_similarity(one, other) * _SAME
    is_open = _SAME / 2 < alike < _SOUND  # else the sound would change nothing
    return _SOUND if is_open and sound(one) == sound(other) else alike


def _birth(one: str, other: str) -> Sign | None:
    if not one or not other:
        return None
    if one == other:
        return Sign.SAME_BIRTH
    if swapped(one) == other:
        return Sign.SWAPPED_BIRTH
    return Sign.CLOSE_BIRTH if OSA.distance(one, other) == 1 else None

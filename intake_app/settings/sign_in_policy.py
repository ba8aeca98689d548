"""The rules of signing in: a file of `resources/policies`, read before all else.

A department may be stricter than the program's floor, never weaker: what a file asks for less is
raised, and where a file is gone or unreadable the default's own values hold. So nobody eases the
lock screen by editing a file. The floor is no policy but a bound of the program, like that of the
key derivation (CJIS Security Policy 5.9.5 and 6.0: AC-2(3), AC-7, IA-5(1)).
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

from intake_app.settings.resources import path

DEFAULT: Final = "cjis_6_0"


@dataclass(frozen=True, slots=True)
class SignInPolicy:
    """What is asked of who signs in.

    Attributes:
        id: Name of its file.
        version: Its version.
        date: Day of that version (YYYY-MM-DD).
        source: The rule that it follows.
        least_characters: Of any passphrase.
        holder_characters: Of a passphrase of who holds the key of care, cases or sealed.
        holder_words: Or so many different words of the program's list.
        expires_days: Days until a passphrase must be replaced; 0: never.
        not_again: So many earlier passphrases are refused.
        may_show: It may be shown while it is typed.
        tries: Wrong ones until a sign-in is locked.
        minutes: Within so many minutes.
        idle_days: Days without a sign-in until an account is disabled.
        shift_hours: Hours for which one code is enough, on one computer.
        window_steps: Steps of 30 seconds before and after the clock whose code is taken.
        printed: Codes on a printed sheet.
    """

    id: str = DEFAULT
    version: str = ""
    date: str = ""
    source: str = ""
    least_characters: int = 8
    holder_characters: int = 14
    holder_words: int = 4
    expires_days: int = 0
    not_again: int = 0
    may_show: bool = True
    tries: int = 5
    minutes: int = 15
    idle_days: int = 90
    shift_hours: int = 12
    window_steps: int = 1
    printed: int = 10


_FLOOR: Final[Mapping[str, tuple[Callable[..., int], int]]] = {
    "least_characters": (max, 8),
    "holder_characters": (max, 14),
    "holder_words": (max, 4),
    "tries": (min, 5),
    "minutes": (max, 15),
    "idle_days": (min, 90),
    "shift_hours": (min, 12),
    "window_steps": (min, 1),
}
_LEAST: Final = {
    "tries": 3, "idle_days": 7, "shift_hours": 0, "window_steps": 0, "printed": 5,
    "expires_days": 0, "not_again": 0,
}  # fmt: skip
_MOST: Final = {
    "least_characters": 64, "holder_characters": 64, "holder_words": 8, "minutes": 1440,
    "printed": 20, "not_again": 24, "expires_days": 3650,
}  # fmt: skip
"""Bounds against slips: a file that asks for a thousand characters lets nobody in."""

_TABLES: Final = {
    "passphrase": (
        "least_characters", "holder_characters", "holder_words", "expires_days", "not_again",
        "may_show",
    ),
    "tries": ("minutes",),
    "account": ("idle_days",),
    "code": ("shift_hours", "window_steps", "printed"),
}  # fmt: skip


def asks_for_code(second_factor: str, reason: str) -> bool:
    """Whether a second proof is asked for: always, unless it is off and somebody wrote down why.

    Args:
        second_factor: What the department decided: "required" or "off".
        reason: Why it is off, in its own words.
    """
    return second_factor != "off" or not str(reason).strip()


def policy_ids() -> tuple[str, ...]:
    """The policies that a department may choose, the default first."""
    files = sorted(path("resources", "policies").glob("*.toml"))
    found = [file.stem for file in files if _is_of_sign_in(file)]
    return tuple(sorted(found, key=lambda name: name != DEFAULT))


def _is_of_sign_in(file: Path) -> bool:
    """Whether it is about signing in: other rules of the department lie in this folder too."""
    try:
        return "passphrase" in tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return False


def policy_titles(language: str) -> tuple[tuple[str, str], ...]:
    """Id and title of each policy, in a language or in English."""
    return tuple((one, _title(one, language)) for one in policy_ids())


def read_policy(ident: str) -> SignInPolicy:
    """The policy of an id, never below the floor; the default's where there is none such."""
    return _policy(str(ident))  # a record may hold anything, and must shut nobody out


@cache
def _policy(ident: str) -> SignInPolicy:
    try:
        raw = _raw(ident)
        found: dict[str, Any] = {"tries": raw["tries"]["limit"]}
        for table, names in _TABLES.items():
            found |= {name: raw[table][name] for name in names}
        told = {name: str(raw[name]) for name in ("version", "date", "source")}
        return _held(SignInPolicy(ident, **told, **found))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return SignInPolicy() if ident == DEFAULT else _policy(DEFAULT)


def _held(asked: SignInPolicy) -> SignInPolicy:
    values: dict[str, Any] = {one.name: getattr(asked, one.name) for one in fields(asked)}
    for name, value in values.items():
        if type(value) not in {str, bool, int} or type(value) is not type(getattr(_PLAIN, name)):
            raise ValueError(name)
        if type(value) is int:
            stricter, floor = _FLOOR.get(name, (max, value))
            held = stricter(value, floor)
            least = max(held, _LEAST.get(name, held))
            values[name] = min(least, _MOST.get(name, least))
    return SignInPolicy(**values)


_PLAIN: Final = SignInPolicy()


def _raw(ident: str) -> dict[str, Any]:
    if ident not in policy_ids():  # a name, never a path
        raise KeyError(ident)
    return tomllib.loads(path("resources", "policies", f"{ident}.toml").read_text("utf-8"))


def _title(ident: str, language: str) -> str:
    try:
        said: dict[str, str] = _raw(ident)["title"]
        return str(said.get(language) or said["en"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ident

"""How far a department may move its settings: a file with version, date and source.

What a policy forbids cannot be typed into a field, and cannot come by another way either: the
service that keeps a decision asks here.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Final, cast

from intake_app.settings.agency import Agency
from intake_app.settings.resources import path
from intake_app.settings.sign_in_policy import read_policy

_FILE: Final = ("resources", "limits", "settings.json")
_IS_REGION: Final = re.compile(r"[A-Z]{2}|").fullmatch
_DAYS: Final = ("closed_days", "open_days")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a setting may be.

    Attributes:
        version: Of the file.
        numbers: Least and most, by setting.
        choices: What else can be chosen, by setting.
    """

    version: str
    numbers: Mapping[str, tuple[int, int]]
    choices: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def read_bounds() -> Bounds:
    """The limits that ship with the program."""
    raw = json.loads(path(*_FILE).read_text("utf-8"))
    return Bounds(
        str(raw["version"]),
        {name: (int(least), int(most)) for name, (least, most) in raw["numbers"].items()},
        {name: tuple(map(str, said)) for name, said in raw["choices"].items()},
    )


def out_of_bounds(agency: Agency) -> tuple[str, ...]:
    """The settings that may not be as they are, by name."""
    bounds, said = read_bounds(), asdict(agency)
    wrong = [name for name, (least, most) in bounds.numbers.items()
             if not _is_within(said[name], least, most)]  # fmt: skip
    wrong += [name for name, allowed in bounds.choices.items() if said[name] not in allowed]
    if agency.lock_seconds < agency.blur_seconds:
        wrong.append("lock_seconds")  # nothing may stay readable until the files are locked
    if agency.second_factor == "off" and not agency.second_factor_reason.strip():
        wrong.append("second_factor_reason")
    if read_policy(agency.sign_in_policy).id != agency.sign_in_policy:
        wrong.append("sign_in_policy")
    if not _IS_REGION(agency.region):
        wrong.append("region")
    wrong += [name for name in _DAYS if not all(map(_is_day, said.get(name, ())))]
    return tuple(dict.fromkeys(wrong))


def _is_within(value: object, least: int, most: int) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and least <= cast("int", value) <= most


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

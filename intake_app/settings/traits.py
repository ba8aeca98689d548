"""How far traits of people are known to others: read from a file that has a version.

It decides what an extract blanks, so nothing stands for it: without the file none is made.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from intake_app.settings.resources import path


@dataclass(frozen=True, slots=True)
class Traits:
    """The lists of the file.

    Attributes:
        version: Of the file; empty: the file is gone or has a mistake.
        known_to_others: Columns that an acquaintance could know, in the order of blanking.
        said_to_us: Columns that only who took the intake knows.
        local: Cuts whose codes are a department's own.
        groups: Cuts in the order in which groups are offered.
    """

    version: str = ""
    known_to_others: tuple[str, ...] = ()
    said_to_us: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ()


@cache
def read_traits() -> Traits:
    """The lists in force; empty ones without a version where the file cannot be read."""
    try:
        text = path("resources", "policies", "traits.toml").read_text("utf-8")
        return traits_of(tomllib.loads(text))
    except (OSError, ValueError):
        return Traits()


def traits_of(said: dict[str, Any]) -> Traits:
    """The lists of what a file says.

    Raises:
        ValueError: A list is missing, or holds what is no name; or there is no version.
    """
    lists = {name: said.get(name) for name in ("known_to_others", "said_to_us", "local", "groups")}
    version = said.get("version")
    if not isinstance(version, str) or not version or not all(map(_are_names, lists.values())):
        raise ValueError("traits.toml")
    named = {name: tuple(found or ()) for name, found in lists.items()}
    return Traits(
        version, named["known_to_others"], frozenset(named["said_to_us"]),
        frozenset(named["local"]), named["groups"],
    )  # fmt: skip


def _are_names(found: Any) -> bool:  # noqa: ANN401 (whatever stands in the file)
    if not isinstance(found, list) or not found:
        return False
    return all(type(name) is str and name for name in cast("list[object]", found))

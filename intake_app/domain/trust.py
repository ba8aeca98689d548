"""One thing that the trust page looks at: how it stands, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Light(StrEnum):
    """How something stands; the last one is the worst."""

    GREEN = "green"  # as it should be
    AMBER = "amber"  # to be done in the next days
    RED = "red"  # records are in danger, or a rule is broken now

    @property
    def is_bad(self) -> bool:
        """Whether something is to be done."""
        return self is not Light.GREEN


_ORDER = {light: place for place, light in enumerate(Light)}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the trust page.

    Attributes:
        id: Stable name, for the command line: "backups", "clock".
        light: How it stands.
        title: What was looked at, in words.
        found: What was found, in words, with its date where there is one; no name of a person
            who was served.
        to_do: What to do, in words; empty where nothing is to be done.
    """

    id: str
    light: Light
    title: str
    found: str
    to_do: str = ""

    def belongs_to(self, subject: str) -> bool:
        """Whether it is of a subject: "audit_review" and "audit" are of "audit"."""
        return self.id == subject or self.id.startswith(tuple(f"{subject}{end}" for end in ":._"))


def worst(checks: Iterable[Check]) -> Light:
    """The worst light of several checks; green for none."""
    return max((check.light for check in checks), key=_ORDER.__getitem__, default=Light.GREEN)

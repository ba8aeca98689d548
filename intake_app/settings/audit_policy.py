"""What the weekly review of the audit trail points out: read from a file that has a version.

It is read here, by the standard library alone, because the trust page asks for it on every visit.
"""

import tomllib
from dataclasses import dataclass, fields
from datetime import time
from functools import cache
from typing import Any

from intake_app.settings.resources import path


@dataclass(frozen=True, slots=True)
class AuditPolicy:
    """The numbers of the review; what is here stands for what the file does not say.

    Attributes:
        version: Of the file; empty: the file is gone or has a mistake, and these stand for it.
        review_days: Days after the end of a week by which its review should be signed.
        least_years: Audit lines are never kept shorter than this.
        night_from: Reading records from here on is pointed out ("22:00").
        night_until: Until here.
        many_a_day: Records that one person opened on one day.
        shown: Lines that are shown at first.
        clock_minutes: A line that is so much older than the one before tells of a clock step.
        marking: Category that stands on exports (CJIS Security Policy, MP-3).
    """

    version: str = ""
    review_days: int = 7
    least_years: int = 1
    night_from: str = "22:00"
    night_until: str = "05:00"
    many_a_day: int = 40
    shown: int = 12
    clock_minutes: int = 5
    marking: str = "CUI"

    def is_night(self, at: str) -> bool:
        """Whether a moment (`stamp`) is at night, on the wall of the station that wrote it."""
        return at[11:16] >= self.night_from or at[11:16] < self.night_until


@cache
def read_audit_policy() -> AuditPolicy:
    """The policy in force; the plain one where the file cannot be read."""
    try:
        text = path("resources", "policies", "audit_review.toml").read_text("utf-8")
        return policy_of(tomllib.loads(text))
    except (OSError, ValueError):
        return AuditPolicy()


def policy_of(said: dict[str, Any]) -> AuditPolicy:
    """A policy of what a file says.

    Raises:
        ValueError: A number is none, or below what it may be.
    """
    known = {one.name: said[one.name] for one in fields(AuditPolicy) if one.name in said}
    made = AuditPolicy(**known)
    numbers = (
        made.review_days, made.least_years, made.many_a_day, made.shown, made.clock_minutes,
    )  # fmt: skip
    is_said = type(made.marking) is str and bool(made.marking and made.version)
    if not is_said or any(type(number) is not int or number < 1 for number in numbers):
        raise ValueError("audit_review.toml")
    for moment in (made.night_from, made.night_until):
        time.fromisoformat(moment)
    return made

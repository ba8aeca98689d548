"""What is typed into plain fields of a department's own: read, shown again, or to be mended.

The answers of forms are read by `domain.entry`, which knows today and says what is wrong.
"""

import re
from datetime import date

from PySide6.QtWidgets import QWidget

ToMend = tuple[str, QWidget]
"""What to mend, and the field that wants it."""

IS_ORI = re.compile(r"[A-Z0-9]{9}").fullmatch
IS_PREFIX = re.compile(r"[A-Z]{1,6}").fullmatch


def typed_day(text: str) -> date | None:
    """A day typed as 11/2/2026, 11-2-26 or 2026-11-02; None where it is not one."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if len(parts) != 3:
        return None
    year, month, day = parts if parts[0] > 31 else (parts[2], parts[0], parts[1])
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def as_typed(day: str | date) -> str:
    """An ISO date as people type it: 10/5/2026."""
    found = typed_day(str(day))
    return f"{found.month}/{found.day}/{found.year}" if found else ""

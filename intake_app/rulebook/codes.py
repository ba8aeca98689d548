"""Code tables: `resources/codes/*.csv` become the choices of a question.

A code that is no longer active (or not yet) stays in the table, so that an old answer can be read;
it is marked retired and is not offered.
"""

import csv
import re
from datetime import date

from intake_app.domain.form import Choice
from intake_app.domain.text import FALLBACK, Text
from intake_app.rulebook.mistake import Mistake

NEEDED = ("id", FALLBACK)
_IS_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}").fullmatch
_IS_LANGUAGE = re.compile(r"[a-z]{2}").fullmatch


def read_codes(name: str, text: str, today: date, mistakes: list[Mistake]) -> tuple[Choice, ...]:
    """The choices of a table, in its order; what is wrong is added to `mistakes`."""
    rows = csv.DictReader(text.lstrip("\ufeff").splitlines(keepends=True), restkey="~more")
    choices: dict[str, Choice] = {}
    try:
        heads = rows.fieldnames or ()
        missing = [head for head in NEEDED if head not in heads]
        if missing:
            said = ", ".join(missing)
            mistakes.append(Mistake(name, 1, f"the first line must name the columns: {said}"))
            return ()
        languages = [head for head in heads if _IS_LANGUAGE(head) and head not in {"id", "on"}]
        for row in rows:
            reason = _wrong(row, choices)
            if reason:
                mistakes.append(Mistake(name, rows.line_num, reason))
            else:
                label = Text({lang: (row.get(lang) or "").strip() for lang in languages})
                choices[row["id"].strip()] = Choice(
                    row["id"].strip(), label, not _is_active(row, today)
                )
    except csv.Error as error:
        mistakes.append(Mistake(name, rows.line_num or 1, f"this is not CSV: {error}"))
    return tuple(choices.values())


def _wrong(row: dict[str, str | None], before: dict[str, Choice]) -> str:
    ident = (row.get("id") or "").strip()
    if "~more" in row:
        return "there are more cells than columns: put a text with commas in quotes"
    if not _IS_ID(ident):
        return f'"{ident}" is no id: small letters, digits and _ only'
    if ident in before:
        return f'the id "{ident}" stands here twice'
    if not (row.get(FALLBACK) or "").strip():
        return f'"{ident}" has no English words (en)'
    for head in ("active_from", "active_to"):
        if not is_day_or_empty((row.get(head) or "").strip()):
            return f'"{head}" must be a date like 2026-11-01, or empty'
    return ""


def _is_active(row: dict[str, str | None], today: date) -> bool:
    starts, ends = (row.get("active_from") or "").strip(), (row.get("active_to") or "").strip()
    return is_in_force(starts, ends, today.isoformat())


def is_in_force(starts: str, ends: str, on: str) -> bool:
    """Whether a day lies between two days (all YYYY-MM-DD); an empty end is open."""
    return (not starts or starts <= on) and (not ends or on <= ends)


def is_day_or_empty(text: str) -> bool:
    """Whether a text is YYYY-MM-DD or nothing."""
    if not text:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

"""Code tables: `resources/codes/*.csv` become the choices of a question.

A code that is no longer active (or not yet) stays in the table, so that an old answer can be read;
it is marked retired and is not offered.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from intake_app.domain.days import is_in_force
from intake_app.domain.form import Choice
from intake_app.domain.text import FALLBACK, Text
from intake_app.rulebook.mistake import Mistake
from intake_app.words import filled_up

NEEDED = ("id", FALLBACK)
LINE = "~line"
"""Where a row stands in its file."""

_TOLD = frozenset({
    "id", "active_from", "active_to", "needs_text", "standard", "measure", "group", LINE,
})  # fmt: skip
"""Columns that a choice says by itself."""

TOO_MANY = "there are more cells than columns: put a text with commas in quotes"
_IS_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}").fullmatch
_IS_LANGUAGE = re.compile(r"[a-z]{2}").fullmatch


def read_codes(name: str, text: str, today: date, mistakes: list[Mistake]) -> tuple[Choice, ...]:
    """The choices of a table, in its order; what is wrong is added to `mistakes`."""
    return tuple(
        Choice(
            row["id"],
            words_in(row),
            is_retired=not is_in_force(row["active_from"], row["active_to"], today.isoformat()),
            needs_text=row["needs_text"] == "yes",
            standard=row["standard"],
            measure=row["measure"],
            group=row["group"],
            more={name: row[name] for name in row.keys() - _TOLD if row[name]},
        )
        for row in read_rows(name, text, NEEDED, mistakes)
    )


def read_rows(
    name: str, text: str, needed: Iterable[str], mistakes: list[Mistake]
) -> list[defaultdict[str, str]]:
    """The good rows of a table, with their lines; a missing cell is empty.

    Args:
        name: Name of the file.
        text: The table as CSV.
        needed: Columns that the first line must name.
        mistakes: What is wrong is added to it, with its line.
    """
    rows = csv.DictReader(text.lstrip("\ufeff").splitlines(keepends=True), restkey="~more")
    good: dict[str, defaultdict[str, str]] = {}
    try:
        missing = [head for head in needed if head not in (rows.fieldnames or ())]
        if missing:
            said = ", ".join(missing)
            mistakes.append(Mistake(name, 1, f"the first line must name the columns: {said}"))
            return []
        for row in rows:
            bare = defaultdict(str, {k: v.strip() for k, v in row.items() if isinstance(v, str)})
            reason = TOO_MANY if "~more" in row else _wrong(bare, good)
            if reason:
                mistakes.append(Mistake(name, rows.line_num, reason))
            else:
                good[bare["id"]] = bare | {LINE: str(rows.line_num)}
    except csv.Error as error:
        mistakes.append(Mistake(name, rows.line_num or 1, f"this is not CSV: {error}"))
    return list(good.values())


def words_in(row: Mapping[str, str]) -> Text:
    """The words of a row by language: its columns that are named with two letters."""
    return Text(filled_up(own_words(row)))


def own_words(row: Mapping[str, str]) -> dict[str, str]:
    """The same as the file itself has them."""
    return {k: v for k, v in row.items() if _IS_LANGUAGE(k) and k not in {"id", "on"}}


def _wrong(row: Mapping[str, str], before: Collection[str]) -> str:
    ident = row["id"]
    if not _IS_ID(ident):
        return f'"{ident}" is no id: small letters, digits and _ only'
    if ident in before:
        return f'the id "{ident}" stands here twice'
    if not row[FALLBACK]:
        return f'"{ident}" has no English words (en)'
    for head in ("active_from", "active_to"):
        if not is_day_or_empty(row[head]):
            return f'"{head}" must be a date like 2026-11-01, or empty'
    if row["needs_text"] not in {"", "yes", "no"}:
        return '"needs_text" must be yes, no, or empty'
    return ""


def is_day_or_empty(text: str) -> bool:
    """Whether a text is YYYY-MM-DD or nothing."""
    if not text:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

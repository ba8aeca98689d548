"""Rows as a CSV file that a spreadsheet opens, and in which no cell is a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A file (RFC 4180) in UTF-8 with its mark, so that Excel reads letters with accents.

    What begins like a formula, also after blanks, gets an apostrophe before it.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([plain_cell(cell) for cell in header])
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def plain_cell(text: str) -> str:
    """A cell that a spreadsheet takes as words."""
    begins = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if begins.startswith(_FORMULA) else text

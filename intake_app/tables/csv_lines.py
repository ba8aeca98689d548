"""Lines of CSV (RFC 4180) for files that leave: quoted, CRLF, and no cell is a formula.

A spreadsheet takes a cell that begins with =, +, -, @ or their wide forms as a formula, also after
blanks. Such a cell gets an apostrophe in front. It is undone by taking away one apostrophe from
each cell that begins with one and would begin like a formula without it (`unguarded`); no other
cell is changed by either, so every text comes back as it was.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

BLANKS: Final = " \u00a0\ufeff\u3000\u200b\u2000\u2001\u2002\u2003\u2009\x0b\x0c'"
_FORMULA: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b")
"""What a formula begins with; the last eight are the wide and the small forms of =, +, - and @."""

_IS_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?").fullmatch
_IS_PLAIN: Final = re.compile(r"[A-Za-z0-9][\x20-\x7e]*").fullmatch
_UNSAID: Final = re.compile("[\x00\ud800-\udfff]")


class CsvLines:
    """Writes lines; see `services.needs.measures.SheetWriter`."""

    def lines(self, rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
        """Rows as lines in UTF-8, without a mark."""
        out = StringIO(newline="")
        writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerows([guarded(cell) for cell in row] for row in rows)
        return out.getvalue().encode()


def guarded(text: str) -> str:
    """A cell that a spreadsheet takes as words, or as the number that it is.

    NUL and halves of letters, which no CSV can hold, become the sign for "cannot be said".
    """
    if not text or _IS_PLAIN(text):
        return text  # nearly all cells are codes and days
    said = _UNSAID.sub("\ufffd", text)
    return f"'{said}" if _is_like_formula(said) else said


def unguarded(cell: str) -> str:
    """The text that was written as this cell."""
    return cell[1:] if cell.startswith("'") and _is_like_formula(cell) else cell


def _is_like_formula(text: str) -> bool:
    return text.lstrip(BLANKS).startswith(_FORMULA) and not _IS_NUMBER(text)

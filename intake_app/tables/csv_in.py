"""A text file with separators as rows of cells, whatever program wrote it."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from intake_app.domain.import_errors import TableTooBig, TableUnreadable
from intake_app.domain.import_table import (
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    Remark,
    SourceRow,
    SourceSheet,
)

_MARKS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 60
_BOMS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip


def read_text_table(raw: bytes) -> SourceSheet:
    """The one sheet of a text file.

    Args:
        raw: Its bytes; the caller has bounded them.

    Raises:
        TableUnreadable: It is no text, or no table.
        TableTooBig: More rows or columns than can be imported at once.
    """
    text, remarks = _decoded(raw)
    if "\x00" in text:
        raise TableUnreadable
    text, mark = _separated(text)
    return SourceSheet("", tuple(_rows(text, mark)), remarks)


def _decoded(raw: bytes) -> tuple[str, tuple[Remark, ...]]:
    try:
        for bom, name in _BOMS:
            if raw.startswith(bom):
                return raw.decode(name), ()
        if wide := _wide(raw):
            return raw.decode(wide), ()
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252"), (Remark.GUESSED_LETTERS,)
    except UnicodeDecodeError:
        return raw.decode("latin-1"), (Remark.GUESSED_LETTERS,)


def _wide(raw: bytes) -> str:
    """UTF-16 without its mark: every other byte of English text is zero."""
    head = raw[:2000]
    if len(head) < 4 or head.count(0) * 3 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"


def _separated(text: str) -> tuple[str, str]:
    """The text, and the sign between its cells; "sep=;" in the first line says it (Excel)."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if said.casefold().startswith("sep=") and len(said) == len("sep=;"):
        return rest, said[-1]
    return text, max(_MARKS, key=lambda mark: _fits(text, mark))


def _fits(text: str, mark: str) -> tuple[int, int]:
    """How often the first lines have one number of cells, and how many that is."""
    head = text[:200_000]
    counts: dict[int, int] = {}
    try:
        for n, cells in enumerate(csv.reader(StringIO(head, newline=""), delimiter=mark)):
            if n >= _LOOKED_AT:
                break
            if any(cell.strip() for cell in cells):
                counts[len(cells)] = counts.get(len(cells), 0) + 1
    except csv.Error:
        return 0, 0
    several = {width: count for width, count in counts.items() if width > 1}
    if not several:
        return 0, 0
    width = max(several, key=lambda one: (several[one], one))
    return several[width], width


def _rows(text: str, mark: str) -> Iterator[SourceRow]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark)
    found = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # a cell of more than 128 KB, mostly a quote without its pair
            raise TableUnreadable from error
        if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
            raise TableTooBig
        row = SourceRow(line, tuple(cell[: MOST_LETTERS + 1] for cell in cells[:MOST_COLUMNS]))
        if row.is_empty:
            continue
        found += 1
        if found > MOST_ROWS + 1:
            raise TableTooBig
        yield row

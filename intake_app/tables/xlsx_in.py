"""A spreadsheet as rows of cells: values only; nothing in it is run, followed or unpacked to disk.

The archive is looked through first, piece by piece and never more than it may hold, for what no
table needs: entities, thousands of parts, what swells. Only then openpyxl reads it, row by row,
with an XML parser that refuses declarations.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml import DEFUSEDXML

from intake_app.domain.import_errors import (
    NoSpreadsheet,
    TableSuspicious,
    TableTooBig,
    TableUnreadable,
)
from intake_app.domain.import_table import (
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    Cell,
    Remark,
    SourceRow,
    SourceSheet,
)

_MOST_PARTS: Final = 1_000
MOST_UNPACKED: Final = 150_000_000
"""Of all parts together, unpacked."""

_MOST_SHEETS: Final = 50
_MOST_CELLS: Final = (MOST_ROWS + 1) * MOST_COLUMNS
"""Of one sheet, empty ones included: whole rows may be formatted far to the right."""

_LAST_ROW: Final = 1_048_576
"""Of any spreadsheet; a row that says it is further down lies."""

_MOST_BESIDE: Final = 50_000_000
"""Bytes of one XML part that is no sheet: its strings, its styles."""

_PIECE: Final = 1 << 16
_KEPT: Final = 300
"""Bytes of a piece that are looked at again with the next one: a sign may lie on the border."""

_DECLARED: Final = tuple(
    word.encode(code)
    for word in ("<!DOCTYPE", "<!ENTITY", "<!doctype", "<!entity")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")
_NO_VALUE: Final = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f [^>]*/>)"
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell ")
_HIDDEN: Final = re.compile(rb"<(?:\w+:)?row [^>]*hidden=.(?:1|true)")
_OF_SHEETS: Final = (
    (_FORMULA, Remark.FORMULAS), (_NO_VALUE, Remark.EMPTY_FORMULAS), (_MERGED, Remark.MERGED),
    (_HIDDEN, Remark.HIDDEN_ROWS),
)  # fmt: skip
_FAILED: Final = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError, ParseError,
    RecursionError, ArithmeticError, NotImplementedError, AssertionError, RuntimeError,
    zipfile.BadZipFile, zlib.error, InvalidFileException,
)  # fmt: skip
"""What openpyxl raises on broken files."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was read.

    Attributes:
        sheets: In order.
        remarks: What is to be known of the file.
    """

    sheets: tuple[SourceSheet, ...]
    remarks: tuple[Remark, ...]


def read_workbook(raw: bytes) -> Workbook:
    """All sheets of an .xlsx or .xlsm file.

    Args:
        raw: Its bytes; the caller has bounded them.

    Raises:
        NoSpreadsheet: A zip file of something else.
        TableSuspicious: It is built to harm.
        TableTooBig: More rows, columns or sheets than can be imported at once.
        TableUnreadable: It is broken.
    """
    if not DEFUSEDXML:  # somebody turned it off from outside; better no import than an unsafe one
        raise TableUnreadable("defusedxml")
    try:
        remarks = _looked_through(raw)
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        try:
            if len(book.worksheets) > _MOST_SHEETS:
                raise TableTooBig
            is_old_mac = book.epoch == CALENDAR_MAC_1904
            sheets = tuple(_sheet(one, is_old_mac=is_old_mac) for one in book.worksheets)
        finally:
            book.close()
    except _FAILED as error:
        raise TableUnreadable from error
    if any(sheet.is_hidden for sheet in sheets):
        remarks = (*remarks, Remark.HIDDEN_SHEETS)
    return Workbook(sheets, remarks)


# --- looking through the archive ------------------------------------------------------------


def _looked_through(raw: bytes) -> tuple[Remark, ...]:
    found: dict[Remark, None] = {}
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        parts = archive.infolist()
        names = {part.filename.replace("\\", "/").casefold() for part in parts}
        if "xl/workbook.xml" not in names:
            raise NoSpreadsheet
        if len(parts) > _MOST_PARTS or len(names) < len(parts):
            raise TableSuspicious
        left = MOST_UNPACKED
        for part in parts:
            left -= _look(archive, part, left, found)
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        found[Remark.MACROS] = None
    return tuple(found)


def _look(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, found: dict[Remark, None]
) -> int:
    """How many bytes a part really holds; what is to be known of it goes to `found`."""
    if part.flag_bits & 1 or part.file_size > left:
        raise TableSuspicious
    is_xml = part.filename.casefold().endswith((".xml", ".rels", ".vml"))
    is_sheet = "worksheets/" in part.filename.casefold()
    size, tail = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > (left if is_sheet or not is_xml else min(left, _MOST_BESIDE)):
                raise TableSuspicious
            seen = tail + piece
            if is_xml and any(word in seen for word in _DECLARED):
                raise TableSuspicious
            if is_sheet:
                found.update((r, None) for pattern, r in _OF_SHEETS if pattern.search(seen))
            tail = seen[-_KEPT:]
    return size


# --- reading ---------------------------------------------------------------------------------


def _sheet(sheet: Any, *, is_old_mac: bool) -> SourceSheet:  # noqa: ANN401 (openpyxl has no types)
    sheet.reset_dimensions()  # what a file says of its own size may be anything
    rows = tuple(_rows(sheet))
    hidden = sheet.sheet_state != "visible"
    return SourceSheet(str(sheet.title), rows, (), hidden, is_old_mac)


def _rows(sheet: Any) -> Iterator[SourceRow]:  # noqa: ANN401
    """Those that say something. Gaps between them are empty and cost next to nothing."""
    found = looked_at = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > _LAST_ROW:
            raise TableSuspicious
        if not cells:
            continue
        looked_at += len(cells)
        if looked_at > _MOST_CELLS:
            raise TableTooBig
        row = SourceRow(number, _trimmed(cells))
        if row.is_empty:
            continue
        found += 1
        if found > MOST_ROWS + 1 or len(row.cells) > MOST_COLUMNS:
            raise TableTooBig
        yield row


def _trimmed(cells: tuple[Any, ...]) -> tuple[Cell, ...]:
    """Without the empty cells at the end."""
    last = next((n for n in range(len(cells), 0, -1) if cells[n - 1] not in {None, ""}), 0)
    return tuple(_plain(cell) for cell in cells[:last])


def _plain(cell: Any) -> Cell:  # noqa: ANN401
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, str):
        return cell[: MOST_LETTERS + 1]
    return cell

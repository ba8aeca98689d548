"""Reads a table from outside, by what is in the file and never by its name alone."""

import hashlib
from pathlib import Path
from typing import Final

from intake_app.disk.bounded import read_bounded
from intake_app.domain.import_errors import (
    NoSpreadsheet,
    OldSpreadsheet,
    TableEmpty,
    TableTooBig,
    TableUnreadable,
)
from intake_app.domain.import_table import Remark, SourceSheet, TableFile
from intake_app.tables.csv_in import read_text_table
from intake_app.tables.xlsx_in import read_workbook

MOST_BYTES: Final = 20_000_000
"""Of the file as it lies on disk."""

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: Final = (
    b"PK", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite",
    b"7z\xbc\xaf", b"PAR1", b"\x7fELF", b"MZ\x90",
)  # fmt: skip
_MARKUP: Final = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<svg")
_TEXTS: Final = frozenset({".csv", ".tsv", ".txt", ".tab", ""})


class TableFiles:
    """Reads tables; see `services.needs.imports.Sheets`."""

    def read(self, path: Path) -> TableFile:
        """All sheets of a file.

        Args:
            path: An .xlsx, .xlsm or text file, however it is called.

        Raises:
            TableUnreadable: It cannot be read.
            OldSpreadsheet: An .xls, or one with a password.
            NoSpreadsheet: Something else.
            TableTooBig: Too much of it.
            TableSuspicious: It is built to harm.
            TableEmpty: There is no table in it.
        """
        try:
            raw = read_bounded(path, MOST_BYTES)
        except OSError as error:
            raise TableUnreadable from error
        if raw is None:
            raise TableTooBig
        sha256 = hashlib.sha256(raw).hexdigest()
        is_book = raw.startswith(_ZIP)
        sheets, remarks = _of_bytes(raw)
        if not any(len(sheet.rows) > 1 for sheet in sheets):
            raise TableEmpty
        suffix = path.suffix.casefold()
        if is_book is (suffix in _TEXTS):
            remarks = (*remarks, Remark.OTHER_NAME)
        return TableFile(sha256, sheets, remarks)


def _of_bytes(raw: bytes) -> tuple[tuple[SourceSheet, ...], tuple[Remark, ...]]:
    if raw.startswith(_ZIP):
        book = read_workbook(raw)
        return book.sheets, book.remarks
    if raw.startswith(_OLD):
        raise OldSpreadsheet
    head = raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if raw.startswith(_OTHERS) or head.startswith(_MARKUP):
        raise NoSpreadsheet
    sheet = read_text_table(raw)
    return (sheet,), sheet.remarks

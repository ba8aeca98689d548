"""One CSV file as rows with line numbers; a broken line is named and the next is read."""

import csv
from collections.abc import Iterator
from io import StringIO

from intake_app.domain.errors import BadImport
from intake_app.domain.provider_file import Reason
from intake_app.tables.rows import Findings, Row


def decode(raw: bytes) -> str:
    """Bytes as text: UTF-8 with or without its mark, UTF-16 with one.

    A letter in another encoding becomes half a letter, which `Findings.text` refuses cell by cell,
    so that one old file does not hide which of its rows are wrong.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace").replace("\ufffd", "\udcff")
    return raw.decode("utf-8-sig", errors="surrogateescape")


def read_csv(name: str, raw: bytes, findings: Findings) -> tuple[list[str], list[Row]]:
    """The column names and the rows of a CSV file.

    Args:
        name: What the file is called in messages.
        raw: Its bytes.
        findings: Where broken lines are named.

    Raises:
        BadImport: It has no row of names.
    """
    text = decode(raw)
    lines = _lines(name, text, findings)
    _, header = next(lines, (0, [""]))
    names = [cell.strip().casefold().replace(" ", "_") for cell in header]
    if not any(names):
        raise BadImport(name)
    rows: list[Row] = []
    for line, cells in lines:
        where = f"{name}, line {line}"
        if any(cell.strip() for cell in cells[len(names) :]):
            findings.skip(where, Reason.TOO_MANY_CELLS)
        elif any(cell.strip() for cell in cells):
            rows.append(Row(where, {n: c for n, c in zip(names, cells, strict=False) if n}))
    return names, rows


def _lines(name: str, text: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    mark = ";" if first.count(";") > first.count(",") else ","  # spreadsheets in some languages
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            findings.skip(f"{name}, line {line}", Reason.BROKEN_ROW)
        else:
            yield line, cells

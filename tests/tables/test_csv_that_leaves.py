"""CSV for others: RFC 4180 that programs read back, and no cell that a spreadsheet runs."""

import csv
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.tables.csv_lines import BLANKS, CsvLines, guarded, unguarded

DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
NASTY = [
    "=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "\u00a0=1",
    "\ufeff=1", "\u3000=1", "\u200b=1", "'=1", "''=1", "\uff1dcmd", "\uff0b1", "\uff0d1", "\uff20x",
    "-", "--1", "-1e5", "=cmd|' /C calc'!A0",
]  # fmt: skip
HARMLESS = ["", "Whitfield", "O'Brien", "'tis", "-9", "-9.5", "2026-11-23", "a=b", "x@y.org", "98%"]

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30)
blanks = st.text(BLANKS, max_size=3)
begun = st.tuples(blanks, st.sampled_from([*DANGEROUS, ""]), texts).map("".join)


def is_run(cell: str) -> bool:
    """What a spreadsheet would take as a formula: the sign comes first, after blanks."""
    bare = cell.lstrip(BLANKS.replace("'", ""))
    try:
        float(bare)
    except ValueError:
        return bare.startswith(tuple(DANGEROUS))
    return bare.startswith("+")


@pytest.mark.parametrize("text", NASTY)
def test_what_would_run_is_words(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert not is_run(guarded(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(begun | texts)
def test_no_cell_runs_and_each_comes_back(text: str) -> None:
    assert not is_run(guarded(text))
    assert unguarded(guarded(text)) == text


def test_the_same_look_finds_a_file_without_the_guard() -> None:
    """Negative control: what the property looks for is there where nobody guards."""
    assert any(is_run(text) for text in NASTY)
    assert unguarded("'=1") != "'=1"  # a plain apostrophe before a formula is told apart


@given(st.lists(st.lists(begun | texts, min_size=3, max_size=3), min_size=1, max_size=8))
def test_other_programs_read_back_what_was_written(rows: list[list[str]]) -> None:
    data = CsvLines().lines(rows)
    read = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert [[unguarded(cell) for cell in row] for row in read] == rows
    assert data.endswith(b'"\r\n')


def test_duckdb_reads_the_same_cells(tmp_path: Path) -> None:
    rows = [["a", "b"], ['He said "no", twice', "line\r\none"], ["=1", "ñandú"], ["", "-9"]]
    path = tmp_path / "x.csv"
    path.write_bytes("\ufeff".encode() + CsvLines().lines(rows))
    sql = "SELECT a, b FROM read_csv(?, header=true, all_varchar=true, quote='\"', escape='\"')"
    found = duckdb.execute(sql, [str(path)]).fetchall()
    said = [[unguarded(cell or "") for cell in row] for row in found]
    assert said == rows[1:]


def test_what_no_csv_can_hold_is_marked() -> None:
    assert CsvLines().lines([["a\x00b\ud800"]]).decode() == '"a\ufffdb\ufffd"\r\n'


def test_other_separators_are_quoted_too() -> None:
    assert CsvLines().lines([["a;b", "c"]], ";") == b'"a;b";"c"\r\n'

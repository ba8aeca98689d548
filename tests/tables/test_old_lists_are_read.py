"""Tables of past cases as other programs write them: text files and spreadsheets."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from intake_app.domain.import_errors import (
    NoSpreadsheet,
    OldSpreadsheet,
    TableEmpty,
    TableSuspicious,
    TableTooBig,
    TableUnreadable,
)
from intake_app.domain.import_table import (
    Remark,
    SourceRow,
    SourceSheet,
    head_place,
    headings,
    letter_of,
)
from intake_app.tables import csv_in, table_files, xlsx_in
from intake_app.tables.table_files import TableFiles

PLAIN = "Date,Last name,Status\n4/17/2024,Nuñez,Completed\n4/18/2024,Roe,Active\n"


def read(folder: Path, raw: bytes, name: str = "old.csv") -> SourceSheet:
    place = folder / name
    place.write_bytes(raw)
    return TableFiles().read(place).sheets[0]


def cells(sheet: SourceSheet) -> list[tuple[object, ...]]:
    return [row.cells for row in sheet.rows]


def book(fill: Callable[[Workbook], object]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    fill(made)
    made.save(out)
    return out.getvalue()


def plain_book(made: Workbook) -> None:
    sheet = made.active
    assert sheet is not None
    for row in (
        ["Date", "Last name", "Minutes"],
        [datetime(2024, 4, 17), "Nuñez", 12.5],  # noqa: DTZ001 (a sheet knows no zones)
        [datetime(2024, 4, 18, 9, 30), "Roe", 7],  # noqa: DTZ001
    ):
        sheet.append(row)


def changed(raw: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part made otherwise; a part that is not there is added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part.filename, change(data) if part.filename == name else data)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


# --- text ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be",
                                      "utf-32", "cp1252", "latin-1"])  # fmt: skip
def test_letters_are_read_however_they_are_written(tmp_path: Path, encoding: str) -> None:
    sheet = read(tmp_path, PLAIN.encode(encoding))
    assert sheet.rows[1].cells == ("4/17/2024", "Nuñez", "Completed")
    is_guess = encoding in {"cp1252", "latin-1"}
    assert (Remark.GUESSED_LETTERS in sheet.remarks) is is_guess


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_are_parted_by_any_usual_sign(tmp_path: Path, mark: str, end: str) -> None:
    text = PLAIN.replace(",", mark).replace("\n", end)
    assert len(read(tmp_path, text.encode()).rows[2].cells) == 3


def test_excel_says_its_sign_in_the_first_line(tmp_path: Path) -> None:
    sheet = read(tmp_path, b"sep=;\r\nDate;Notes\r\n4/17/2024;a,b,c\r\n4/18/2024;d,e,f\r\n")
    assert cells(sheet)[1] == ("4/17/2024", "a,b,c")


def test_commas_inside_cells_do_not_part_them(tmp_path: Path) -> None:
    sheet = read(tmp_path, b'Name;Note\n"Roe; Jan";"said ""no"",\nthen yes"\nPoe;x\n')
    assert cells(sheet)[1] == ("Roe; Jan", 'said "no",\nthen yes')
    assert sheet.rows[2].number == 4  # as an editor counts lines


def test_a_title_above_the_table_is_no_row_of_headings(tmp_path: Path) -> None:
    sheet = read(tmp_path, b"Diversion log 2024,,\n\nDate,Last name,Status\n4/17/2024,Roe,Active\n")
    place = head_place(sheet.rows)
    assert headings(sheet.rows[place]) == ("Date", "Last name", "Status")
    assert sheet.rows[place + 1].number == 4


def test_columns_without_a_heading_are_called_by_their_letter() -> None:
    assert headings(SourceRow(1, ("Date", None, " a  b "))) == ("Date", "(B)", "a b")
    alike = headings(SourceRow(1, ("Date", "Date", "", "Date", "x" * 500)))
    assert alike == ("Date", "Date (2)", "(C)", "Date (3)", "x" * 80)
    assert [letter_of(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


# --- spreadsheets ------------------------------------------------------------------------------


def test_a_spreadsheet_is_read_with_its_days_and_numbers(tmp_path: Path) -> None:
    sheet = read(tmp_path, book(plain_book), "old.xlsx")
    assert cells(sheet)[1] == (datetime(2024, 4, 17), "Nuñez", 12.5)  # noqa: DTZ001
    assert sheet.name == "Sheet"


def test_old_macs_are_known(tmp_path: Path) -> None:
    def fill(made: Workbook) -> None:
        made.epoch = CALENDAR_MAC_1904
        plain_book(made)

    assert read(tmp_path, book(fill), "old.xlsx").counts_from_1904


def test_formulas_are_values_and_are_told(tmp_path: Path) -> None:
    def fill(made: Workbook) -> None:
        plain_book(made)
        sheet = made.active
        assert sheet is not None
        sheet["C2"] = "=1+1"

    place = tmp_path / "old.xlsx"
    place.write_bytes(book(fill))
    found = TableFiles().read(place)
    assert {Remark.FORMULAS, Remark.EMPTY_FORMULAS} <= set(found.remarks)
    assert found.sheets[0].rows[1].cell(2) is None  # openpyxl saves no value: nothing was run


def test_merged_hidden_and_macros_are_told(tmp_path: Path) -> None:
    def fill(made: Workbook) -> None:
        plain_book(made)
        sheet = made.active
        assert sheet is not None
        sheet.merge_cells("A2:B2")
        sheet.row_dimensions[3].hidden = True
        made.create_sheet("Lists").sheet_state = "hidden"

    raw = changed(book(fill), "xl/vbaProject.bin", lambda _: b"macro")
    place = tmp_path / "old.xlsm"
    place.write_bytes(raw)
    found = TableFiles().read(place)
    wanted = {Remark.MERGED, Remark.HIDDEN_ROWS, Remark.HIDDEN_SHEETS, Remark.MACROS}
    assert wanted <= set(found.remarks)
    assert [one.is_hidden for one in found.sheets] == [False, True]


# --- what is no table, or one that harms -------------------------------------------------------


@pytest.mark.parametrize("head", [
    b"%PDF-1.7", b"<html><table>", b"\x89PNG\r\n", b"{\\rtf1", b"PK\x05\x06",
    b"<?xml version='1.0'?><Workbook>", b"\x1f\x8b",
])  # fmt: skip
def test_other_files_are_refused_whatever_they_are_called(tmp_path: Path, head: bytes) -> None:
    with pytest.raises(NoSpreadsheet):
        read(tmp_path, head + b" " * 100)


def test_a_word_document_is_no_spreadsheet(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(NoSpreadsheet):
        read(tmp_path, out.getvalue(), "old.xlsx")


def test_old_or_protected_spreadsheets_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OldSpreadsheet):
        read(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.xls")


def test_the_name_does_not_decide(tmp_path: Path) -> None:
    place = tmp_path / "old.csv"
    place.write_bytes(book(plain_book))
    assert Remark.OTHER_NAME in TableFiles().read(place).remarks
    place = tmp_path / "old.xlsx"
    place.write_bytes(PLAIN.encode())
    assert Remark.OTHER_NAME in TableFiles().read(place).remarks


@pytest.mark.parametrize("raw", [b"", b"\n\n\n", b"Date,Name\n", b"\x00\x01\x02\x00" * 50])
def test_without_a_table_nothing_is_read(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises((TableEmpty, TableUnreadable)):
        read(tmp_path, raw)


@pytest.mark.parametrize("bad", [
    b'<!DOCTYPE x [<!ENTITY a "aaaa">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'.encode("utf-16-le"),
])  # fmt: skip
def test_declarations_in_its_parts_are_refused(tmp_path: Path, bad: bytes) -> None:
    raw = changed(book(plain_book), "xl/worksheets/sheet1.xml", lambda data: bad + data)
    with pytest.raises(TableSuspicious):
        read(tmp_path, raw, "old.xlsx")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    """The most that a spreadsheet may hold, made small, so that a bomb of a test is small too."""
    monkeypatch.setattr(xlsx_in, "MOST_UNPACKED", 1_000_000)
    return 1_000_001


def test_what_swells_is_refused_before_it_is_there(tmp_path: Path, small: int) -> None:
    raw = changed(book(plain_book), "xl/media/a.bin", lambda _: b"\0" * small)
    assert len(raw) < 20_000
    with pytest.raises(TableSuspicious):
        read(tmp_path, raw, "old.xlsx")


def test_a_size_that_is_a_lie_is_found_out(tmp_path: Path, small: int) -> None:
    """The directory says ten bytes; the part itself is longer than anything may be."""
    raw = changed(book(plain_book), "xl/media/a.bin", lambda _: b"\0" * small)
    lied = raw.replace(small.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lied != raw
    with pytest.raises((TableSuspicious, TableUnreadable)):
        read(tmp_path, lied, "old.xlsx")


def test_a_plain_spreadsheet_passes_the_same_gate(tmp_path: Path, small: int) -> None:
    assert small
    assert read(tmp_path, book(plain_book), "old.xlsx").rows


def test_a_million_rows_are_refused_in_a_moment(tmp_path: Path) -> None:
    with pytest.raises(TableTooBig):
        read(tmp_path, b"a,b\n" + b"1,2\n" * 1_000_000)
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 60_000))

    def fill(data: bytes) -> bytes:
        start, _, rest = data.partition(b"<sheetData>")
        return start + b"<sheetData>" + rows + b"</sheetData>" + rest.partition(b"</sheetData>")[2]

    with pytest.raises(TableTooBig):
        read(tmp_path, changed(book(plain_book), "xl/worksheets/sheet1.xml", fill), "old.xlsx")


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    def fill(made: Workbook) -> None:
        plain_book(made)
        sheet = made.active
        assert sheet is not None
        sheet["A1048576"] = "x"

    sheet = read(tmp_path, book(fill), "old.xlsx")
    assert sheet.rows[-1].number == 1_048_576


def test_a_row_that_lies_about_its_place_is_refused(tmp_path: Path) -> None:
    def fill(data: bytes) -> bytes:
        return data.replace(b'<row r="3"', b'<row r="99999999999"')

    raw = book(plain_book)
    assert read(tmp_path, raw, "old.xlsx")
    with pytest.raises(TableSuspicious):
        read(tmp_path, changed(raw, "xl/worksheets/sheet1.xml", fill), "old.xlsx")


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableTooBig):
        read(tmp_path, ",".join(["x"] * 500).encode() + b"\n" + b"1," * 499 + b"1\n")


def test_a_file_that_is_too_long_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_files, "MOST_BYTES", 100)
    with pytest.raises(TableTooBig):
        read(tmp_path, PLAIN.encode() * 3)


def test_a_quote_without_its_pair_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable):
        read(tmp_path, b'a,b\n1,"' + b"x" * 200_000)


def test_a_row_says_nothing_of_anybody_in_a_log() -> None:
    assert "Roe" not in repr(SourceRow(3, ("Roe",)))
    assert csv_in.read_text_table(PLAIN.encode()).rows

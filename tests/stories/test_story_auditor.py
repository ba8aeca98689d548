"""An auditor comes: the administrator opens Trust, prints the report, and makes a support file.

A person who was served is in the department; nothing on paper or in the file tells of them.
"""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
import walk_in
from clerk import Clerk
from department import OpenWindow, Paper, Staff
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from intake_app.ui.papers import printing


def words_of(pdf: Path) -> str:
    document = pdfium.PdfDocument(pdf.read_bytes())
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def at_trust(open_window: OpenWindow, staff: Staff) -> Clerk:
    clerk = open_window()
    clerk.sign_in(staff["apruitt"])
    clerk.press("Trust")
    clerk.until_reads("As it should be")
    return clerk


def test_the_report_is_printed_and_tells_of_nobody(
    open_window: OpenWindow, staff: Staff, printer: Paper
) -> None:
    clerk = open_window()
    clerk.sign_in(staff["mhale"])
    assert not clerk.sees("Trust")
    walk_in.take(clerk)
    clerk.press("Finish")
    clerk.conductor.window.close()
    clerk = at_trust(open_window, staff)
    assert clerk.reads("Disk encryption")
    clerk.press("Look again")
    clerk.settle()
    clerk.until_reads("looked over")
    clerk.press("Print the auditor's report")
    clerk.until_reads("The report is at the printer.")
    assert [sheet.name for sheet in printer.sheets] == ["00 security-report.pdf"]
    assert walk_in.LAST not in words_of(printer.sheets[0])


def test_a_support_file_is_read_before_it_is_saved(
    open_window: OpenWindow, staff: Staff, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clerk = at_trust(open_window, staff)
    clerk.press("Support file…")
    clerk.until_sees("Save the file…")
    (shown,) = clerk.seen(QPlainTextEdit)
    clerk.until(lambda: bool(shown.toPlainText()))
    text, offered = shown.toPlainText(), list[str]()

    def agree(dialog: printing.QFileDialog) -> QDialog.DialogCode:
        offered.extend(dialog.selectedFiles())
        return QDialog.DialogCode.Accepted

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(printing.QFileDialog, "exec", agree)
    clerk.press("Save the file…")
    clerk.until_reads("The support file is saved.")
    (saved,) = [Path(one) for one in offered]
    assert saved.read_text("utf-8") == text
    saved.unlink()
    for who in staff.values():
        assert who.shown_name not in text
    clerk.press("Back")
    assert clerk.reads("Trust")

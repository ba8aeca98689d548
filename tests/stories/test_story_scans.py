"""A letter is dropped onto the folder, looked at, printed and taken away; a wrong file says why."""

from pathlib import Path

import folder
import pytest
from clerk import Clerk
from department import Paper, Staff
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog
from scans import gif, pdf, photo, with_program

from intake_app.ui.folder.files_tab import FilesTab


@pytest.fixture
def files(clerk: Clerk, staff: Staff) -> Clerk:
    """The front desk has an intake open at its files."""
    clerk.sign_in(staff["mhale"])
    folder.open_new(clerk)
    clerk.open_tab("Files")
    return clerk


def drop(clerk: Clerk, path: Path) -> None:
    """Let a file fall onto the tab: offscreen there is no hand that could carry it there."""
    (tab,) = clerk.seen(FilesTab)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, button, none)
    tab.dragEnterEvent(enter)
    assert enter.isAccepted()
    tab.dropEvent(QDropEvent(QPointF(9, 9), copy, data, button, none))
    clerk.settle()


def test_the_limit_is_stated_before_anything_is_chosen(files: Clerk) -> None:
    assert files.reads("A PDF, or a picture (PNG, JPEG, TIFF), up to 10 MB.")
    assert files.reads("Do not keep a copy of an ID")


def test_a_letter_is_dropped_opened_printed_and_taken_away(
    files: Clerk, tmp_path: Path, printer: Paper
) -> None:
    letter = tmp_path / "Terrance Quickwater.pdf"
    letter.write_bytes(pdf(pages=2))
    drop(files, letter)
    files.choose("What is it?", "Letter")
    files.press("Keep it")
    files.until_reads("It is kept, encrypted.")
    assert files.reads("PDF · 2 pages")
    assert not files.reads("Quickwater.pdf")
    files.press("Open: Letter")
    assert files.reads("Page 1 of 2")
    files.press("Next page")
    assert files.reads("Page 2 of 2")
    files.press("Print: Letter")
    files.settle()
    assert len(printer.sheets) == 1
    files.press("Take away: Letter")
    files.write("Reason", "Belongs to somebody else")
    files.press("Take away")
    files.until_reads("It is out of the list.")
    assert files.reads("Nothing was added yet.")
    assert letter.exists()


def test_a_photo_is_chosen_from_a_dialog(
    files: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "photo.jpg"
    place.write_bytes(photo())
    picked = staticmethod(lambda *_: (str(place), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", picked)  # a dialog of the system
    files.press("Choose a file…")
    files.choose("What is it?", "Photo")
    files.press("Keep it")
    files.until_reads("It is kept, encrypted.")
    assert files.reads("Picture · 1 page")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (gif(), "This kind of file cannot be opened here."),
        (photo()[:-30], "This file is damaged and cannot be opened."),
        (b"%PDF-1.7 " + b"x" * 10_000_000, "This file is larger than the limit."),
    ],
)
def test_a_wrong_file_says_why(files: Clerk, tmp_path: Path, data: bytes, why: str) -> None:
    place = tmp_path / "file"
    place.write_bytes(data)
    drop(files, place)
    files.until_reads(why)
    assert not files.sees("Keep it")


def test_a_pdf_with_a_program_inside_is_not_kept(files: Clerk, tmp_path: Path) -> None:
    place = tmp_path / "file.pdf"
    place.write_bytes(pdf(with_program))
    drop(files, place)
    files.choose("What is it?", "Letter")
    files.press("Keep it")
    files.until_reads("This PDF holds more than pages: programs or other files.")
    assert files.reads("Nothing was added yet.")

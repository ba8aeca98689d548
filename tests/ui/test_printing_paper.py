"""Paper out of the window: pages, sizes, titles, and failures in words."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from form_fakes import pdf_of
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import FileNotWritten, PrinterNotAllowed, PrintFailed
from intake_app.ui.papers.preview import PdfPages
from intake_app.ui.papers.printing import draw_stack, file_name, new_printer, print_pdf, save_pdf
from intake_app.words import Words

WORDS = Words("en")
DATA = pdf_of("A letter")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_pages_reach_the_printer_at_their_own_size(tmp_path: Path, qapp: QApplication) -> None:
    pages = PdfPages(DATA)
    printer = new_printer(pages, "PH-26-A00017-K")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    draw_stack(printer, [(pages, 1)])
    out = pdfium.PdfDocument((tmp_path / "out.pdf").read_bytes())
    assert len(out) == 2
    assert out[0].get_size() == pytest.approx((612, 792), abs=1)
    assert _ink(out, 0) == pytest.approx(_ink(pdfium.PdfDocument(DATA), 0), rel=0.25)
    assert printer.docName() == "PH-26-A00017-K"


def _ink(document: pdfium.PdfDocument, page: int) -> int:
    """How many pixels of a page are dark: an empty or misplaced page has fewer."""
    bitmap = document[page].render(scale=1, grayscale=True)
    return sum(1 for pixel in bytes(bitmap.buffer) if pixel < 128)


def test_a_page_range_prints_these_pages_only(tmp_path: Path, qapp: QApplication) -> None:
    pages = PdfPages(DATA)
    printer = new_printer(pages, "PH-26-A00017-K")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFromTo(2, 2)
    draw_stack(printer, [(pages, 1)])
    assert len(pdfium.PdfDocument((tmp_path / "out.pdf").read_bytes())) == 1


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
def test_a_printer_that_does_not_begin_is_a_failure_in_words(
    tmp_path: Path, qapp: QApplication
) -> None:
    pages = PdfPages(DATA)
    printer = new_printer(pages, "PH-26-A00017-K")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "out.pdf"))
    with pytest.raises(PrintFailed):
        draw_stack(printer, [(pages, 1)])


def test_without_any_printer_that_is_said(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    with pytest.raises(PrintFailed):
        print_pdf(window, DATA, "PH-26-A00017-K", WORDS)


def test_where_no_allowed_printer_is_there_that_is_said(
    window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Lobby"]))
    with pytest.raises(PrinterNotAllowed):
        print_pdf(window, DATA, "PH-26-A00017-K", WORDS, ("Front desk",))


def drive(place: str, seen: list[str], *, accepts: bool = True) -> None:
    """Once the dialog is open: note what it says, name a place, and press its button."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(10, act)
            return
        edit = dialog.findChild(QLineEdit, "fileNameEdit")
        assert edit is not None
        seen.extend([edit.text(), edit.accessibleName()])
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        if accepts:
            edit.setText(place)
            dialog.accept()
        else:
            dialog.done(QDialog.DialogCode.Rejected)

    QTimer.singleShot(0, act)


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_a_saved_file_has_the_number_as_its_name_and_the_dialog_warns(
    window: QWidget, tmp_path: Path
) -> None:
    seen: list[str] = []
    drive(str(tmp_path / "PH-26-A00017-K-1.pdf"), seen)
    assert save_pdf(window, DATA, "PH-26-A00017-K/1", WORDS)
    assert (tmp_path / "PH-26-A00017-K-1.pdf").read_bytes() == DATA
    assert seen[:2] == ["PH-26-A00017-K-1.pdf", "File name"]
    assert "This file will not be encrypted. Anyone who can open it can read it." in seen
    assert [path.name for path in tmp_path.iterdir()] == ["PH-26-A00017-K-1.pdf"]


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_thinking_better_of_it_writes_nothing(window: QWidget, tmp_path: Path) -> None:
    drive(str(tmp_path / "x.pdf"), [], accepts=False)
    assert not save_pdf(window, DATA, "PH-26-A00017-K", WORDS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_a_place_that_takes_no_file_is_told_and_nothing_is_left(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(self: Path, _data: bytes) -> int:
        with self.open("wb") as file:
            file.write(b"%PDF")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    drive(str(tmp_path / "x.pdf"), [])
    with pytest.raises(FileNotWritten):
        save_pdf(window, DATA, "PH-26-A00017-K", WORDS)
    assert list(tmp_path.iterdir()) == []


def test_a_file_name_holds_the_number_only() -> None:
    assert file_name("PH-26-A00017-K/2") == "PH-26-A00017-K-2.pdf"

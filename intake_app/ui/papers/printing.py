"""Paper out of the window: to a printer, strip by strip, or into a file that the user names.

Print jobs and file names carry the receipt number only. Nothing is written to disk on the way to
a printer. Imported by pages that are built late, since Qt's printing is slow to load.
"""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QLineEdit, QWidget

from intake_app.domain.errors import FileNotWritten, PrinterNotAllowed, PrintFailed
from intake_app.ui.papers.preview import POINTS, Pages, open_pages
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.steps_dialog import StepsDialog, steps_dialog
from intake_app.words import Words

SHARPEST = 300
"""Dots per inch at which pages are drawn; more only costs memory."""


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """How printing went.

    Attributes:
        is_printed: The printer took the pages; false where the user thought better of it, also
            in the midst of it.
        printer: Its name.
    """

    is_printed: bool
    printer: str = ""


def print_pdf(
    parent: QWidget, data: bytes, job_name: str, words: Words, allowed: Sequence[str] = ()
) -> PrintOutcome:
    """Ask for a printer and print.

    Args:
        parent: Window that asks.
        data: The PDF.
        job_name: Receipt number: it is the title of the job in the printer's queue.
        words: Language of the window.
        allowed: Names of the printers for these papers; empty: all.

    Raises:
        PrinterNotAllowed: Another printer was chosen.
        PrintFailed: There is none, or it did not take the pages.
    """
    return print_stack(parent, [(data, 1)], job_name, words, allowed)


def print_stack(
    parent: QWidget, stack: Sequence[tuple[bytes, int]], job_name: str, words: Words,
    allowed: Sequence[str] = (),
) -> PrintOutcome:  # fmt: skip
    """Ask for a printer once, and print several PDFs, each so many times, as one job.

    Args:
        parent: Window that asks.
        stack: The PDFs, with how often each is printed.
        job_name: Receipt number: it is the title of the job in the printer's queue.
        words: Language of the window.
        allowed: Names of the printers for these papers; empty: all.

    Raises:
        PrinterNotAllowed: Another printer was chosen.
        PrintFailed: There is none, or it did not take the pages.
    """
    usable = _usable(allowed)
    if not stack:
        raise PrintFailed("nothing to print")
    with _opened(stack) as opened:
        printer = new_printer(opened[0][0], job_name)
        only = len(opened[0][0]) if len(opened) == 1 else 1
        if not _chosen(parent, printer, usable, only, words):
            return PrintOutcome(is_printed=False)
        with steps_dialog(parent, count_sheets(printer, opened), words) as dialog:
            is_printed = draw_stack(printer, opened, dialog)
        return PrintOutcome(is_printed, printer.printerName())


def print_sets(
    parent: QWidget, sets: Sequence[tuple[str, Sequence[bytes]]], words: Words,
    allowed: Sequence[str], taken: Callable[[int, str], object],
) -> bool:  # fmt: skip
    """Ask for a printer once, and print each set of PDFs as a job of its own.

    Args:
        parent: Window that asks.
        sets: Of each the receipt number, which is the title of its job, and its PDFs.
        words: Language of the window.
        allowed: Names of the printers for these papers; empty: all.
        taken: Called with the place of each set that the printer took, and the printer's name.

    Returns:
        False where the user thought better of it, also in the midst of it.

    Raises:
        PrinterNotAllowed: Another printer was chosen.
        PrintFailed: There is none, or it did not take a set; those before were told to `taken`.
    """
    usable = _usable(allowed)
    if not sets:
        return True
    with ExitStack() as all_open:
        opened = [all_open.enter_context(_opened([(one, 1) for one in each])) for _, each in sets]
        printer = new_printer(opened[0][0][0], sets[0][0])
        if not _chosen(parent, printer, usable, 1, words):
            return False
        count = sum(count_sheets(printer, stack) for stack in opened)
        dialog = all_open.enter_context(steps_dialog(parent, count, words))
        for place, ((job_name, _), stack) in enumerate(zip(sets, opened, strict=True)):
            printer.setDocName(job_name)
            if not draw_stack(printer, stack, dialog):
                return False
            taken(place, printer.printerName())
    return True


def _usable(allowed: Sequence[str]) -> list[str]:
    """The printers of this computer that these papers may go to."""
    known = QPrinterInfo.availablePrinterNames()
    usable = [name for name in known if not allowed or name in allowed]
    if not known:
        raise PrintFailed("no printer")
    if not usable:
        raise PrinterNotAllowed
    return usable


@contextmanager
def _opened(stack: Sequence[tuple[bytes, int]]) -> Generator[list[tuple[Pages, int]]]:
    opened = [(open_pages(data), copies) for data, copies in stack]
    try:
        yield opened
    finally:
        for pages, _ in opened:
            pages.close()


def _chosen(
    parent: QWidget, printer: QPrinter, usable: Sequence[str], pages: int, words: Words
) -> bool:
    """Let the user choose; false where they thought better of it."""
    if QPrinterInfo.defaultPrinterName() not in usable:
        printer.setPrinterName(usable[0])
    if not _ask(parent, printer, pages, words):
        return False
    if printer.printerName() not in usable:
        raise PrinterNotAllowed
    return True


def new_printer(pages: Pages, job_name: str) -> QPrinter:
    """A printer set to the size of the first page; without a size, queues fall back to A4."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(job_name)
    printer.setCreator("")
    width, height = pages.size(0)
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Point, "",
                     QPageSize.SizeMatchPolicy.FuzzyMatch)  # fmt: skip
    printer.setPageSize(size)
    printer.setFullPage(True)
    return printer


def draw_stack(
    printer: QPrinter, stack: Sequence[tuple[Pages, int]], dialog: StepsDialog | None = None
) -> bool:
    """Draw pages a strip at a time, so that one strip at most is in memory.

    Pages chosen in the dialog count where there is one PDF alone. On two sides, each copy begins on
    a front.

    Args:
        printer: Where they go.
        stack: The PDFs, with how often each is printed.
        dialog: Lets the window live on between strips; None: all in one turn.

    Returns:
        False where somebody stopped it.

    Raises:
        PrintFailed: The printer did not take them.
    """
    steps = _drawn(printer, stack)
    if dialog is not None:
        return dialog.take(steps)
    for _ in steps:
        pass
    return True


def count_sheets(printer: QPrinter, stack: Sequence[tuple[Pages, int]]) -> int:
    """How many pages `draw_stack` will draw."""
    return sum(1 for _ in _sheets(printer, stack))


def _drawn(printer: QPrinter, stack: Sequence[tuple[Pages, int]]) -> Generator[int]:
    """Draw strip by strip; tells of each on which page it is. Closed before the end, it aborts."""
    painter, is_whole = QPainter(), False
    if not painter.begin(printer):
        raise PrintFailed("begin")
    try:
        for number, (pages, page) in enumerate(_sheets(printer, stack), 1):
            if number > 1 and not printer.newPage():
                raise PrintFailed("page")
            for _ in _strips_drawn(painter, printer, pages, page):
                yield number
        is_whole = True
    finally:
        if not is_whole:
            printer.abort()
        is_done = painter.end()
    if not is_done or printer.printerState() == QPrinter.PrinterState.Error:
        raise PrintFailed("end")


def _sheets(printer: QPrinter, stack: Sequence[tuple[Pages, int]]) -> Iterator[tuple[Pages, int]]:
    """Each page to draw; a number past the last page is an empty back."""
    if len(stack) == 1 and stack[0][1] == 1:
        pages = stack[0][0]
        first, last = max(printer.fromPage(), 1), min(printer.toPage() or len(pages), len(pages))
        yield from ((pages, page) for page in range(first - 1, last))
        return
    is_two_sided = printer.duplex() is not QPrinter.DuplexMode.DuplexNone
    for pages, copies in stack:
        count = len(pages) + (len(pages) % 2 if is_two_sided else 0)
        for _ in range(copies):
            yield from ((pages, page) for page in range(count))


def save_pdf(parent: QWidget, data: bytes, number: str, words: Words) -> bool:
    """Ask for a place and write the PDF there; false where the user thought better of it.

    Raises:
        FileNotWritten: It could not be written; no part of it is left.
    """
    return _save(_file_dialog(parent, file_name(number), words), data)


def save_calendar(parent: QWidget, data: bytes, number: str, words: Words) -> bool:
    """The same for an appointment that goes into a calendar.

    Raises:
        FileNotWritten: It could not be written; no part of it is left.
    """
    dialog = _file_dialog(parent, f"{number}.ics", words)
    dialog.setWindowTitle(words.text("Save calendar file"))
    dialog.setNameFilter("iCalendar (*.ics)")
    dialog.setDefaultSuffix("ics")
    dialog.selectFile(f"{number}.ics")
    return _save(dialog, data)


def ask_for_text_file(parent: QWidget, name: str, words: Words) -> Path | None:
    """Ask where a text is to be saved; None where the user thought better of it."""
    dialog = _file_dialog(parent, name, words)
    dialog.setWindowTitle(words.text("Save as a text file"))
    dialog.setNameFilter("Text (*.txt)")
    dialog.setDefaultSuffix("txt")
    dialog.selectFile(name)
    if dialog.exec() != QDialog.DialogCode.Accepted or not dialog.selectedFiles():
        return None
    return Path(dialog.selectedFiles()[0])


def ask_for_pdf_file(parent: QWidget, number: str, words: Words) -> Path | None:
    """Ask where a PDF is to be saved, before it is drawn; None: the user thought better of it."""
    dialog = _file_dialog(parent, file_name(number), words)
    if dialog.exec() != QDialog.DialogCode.Accepted or not dialog.selectedFiles():
        return None
    return Path(dialog.selectedFiles()[0])


def ask_for_table_file(parent: QWidget, name: str, words: Words) -> Path | None:
    """Ask where a table is to be saved; None where the user thought better of it."""
    dialog = _file_dialog(parent, name, words)
    dialog.setWindowTitle(words.text("Save as a table"))
    dialog.setNameFilter("CSV (*.csv)")
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(name)
    if dialog.exec() != QDialog.DialogCode.Accepted or not dialog.selectedFiles():
        return None
    return Path(dialog.selectedFiles()[0])


def _save(dialog: QFileDialog, data: bytes) -> bool:
    if dialog.exec() != QDialog.DialogCode.Accepted or not dialog.selectedFiles():
        return False
    place = Path(dialog.selectedFiles()[0])
    try:
        place.write_bytes(data)
    except OSError as error:
        place.unlink(missing_ok=True) if place.is_file() else None
        raise FileNotWritten from error
    return True


def file_name(number: str) -> str:
    """Receipt number and place, as a file name: "PH-26-A00017-K-2.pdf".

    A number may come from another station, so that no other sign of it gets into a path.
    """
    plain = re.sub(r"[^A-Za-z0-9]+", "-", number).strip("-")
    return f"{plain or 'paper'}.pdf"


def _ask(parent: QWidget, printer: QPrinter, count: int, words: Words) -> bool:
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(words.text("Print"))
    options = QAbstractPrintDialog.PrintDialogOption
    dialog.setOption(options.PrintToFile, on=False)
    dialog.setOption(options.PrintPageRange, on=count > 1)
    dialog.setMinMax(1, count)
    return dialog.exec() == QDialog.DialogCode.Accepted


def _strips_drawn(painter: QPainter, printer: QPrinter, pages: Pages, page: int) -> Iterator[None]:
    """Each strip begins where the one before ended, at a whole dot: no line is seen between."""
    if page >= len(pages):
        yield  # an empty back
        return
    width, height = pages.size(page)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    natural = printer.resolution() / POINTS
    scale = min(natural, paper.width() / width, paper.height() / height)
    for strip in pages.strips(page, min(SHARPEST, printer.resolution())):
        top, bottom = round(strip.top * scale), round(strip.bottom * scale)
        painter.drawImage(QRect(0, top, round(width * scale), bottom - top), strip.picture)
        yield


def _file_dialog(parent: QWidget, name: str, words: Words) -> QFileDialog:
    dialog = QFileDialog(parent, words.text("Save PDF"))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, on=True)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("PDF (*.pdf)")
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(name)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, words.text("Save"))
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, words.text("Cancel"))
    if edit := dialog.findChild(QLineEdit, "fileNameEdit"):
        edit.setAccessibleName(words.text("File name"))
    told = words.text("This file will not be encrypted. Anyone who can open it can read it.")
    warning = words_label(told, "error")
    warning.setMargin(6)
    grid = dialog.layout()
    if isinstance(grid, QGridLayout):
        grid.addWidget(warning, grid.rowCount(), 0, 1, grid.columnCount())
    return dialog

"""A page is drawn for the printer in strips: the window lives on meanwhile, and can stop it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from form_fakes import pdf_of
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.frame.curtain import Curtain, Idle
from intake_app.ui.papers import printing
from intake_app.ui.papers.preview import Pages, PdfPages, PicturePage, open_pages
from intake_app.ui.papers.printing import SHARPEST, print_pdf, print_sets, print_stack
from intake_app.ui.parts import steps_dialog
from intake_app.ui.parts.steps_dialog import StepsDialog
from intake_app.ui.parts.theme import Theme
from intake_app.ui.screen.traces import close_dialogs
from intake_app.words import Words

NAME = "PH-26-A00017-K"
SHARP = 150
"""Dots to an inch: enough to look, and a quarter of what a printer is given."""

NEARLY = 2
"""Of 255: where a page is drawn from another corner, tints are rounded otherwise."""


def full_page() -> bytes:
    """A letter full of words, lines and a tint, which every border of a strip cuts through."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    paper = QPdfWriter(buffer)
    paper.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    paper.setResolution(72)
    with QPainter(paper) as painter:
        painter.setFont(QFont(painter.font().family(), 9))
        painter.fillRect(QRectF(20, 20, 60, 680), Qt.GlobalColor.lightGray)
        painter.fillRect(QRectF(540, 0, 20, 760), Qt.GlobalColor.black)
        painter.drawLine(0, 0, 520, 700)
        for line in range(100):
            painter.drawText(10 + line % 7, 7 * line, "Quickly jumping foxes (gypsy) ÁÇŷ")
    buffer.close()
    return bytes(data.data())


def photo() -> bytes:
    image = QImage(1201, 901, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        for n in range(0, 1200, 40):
            painter.drawLine(0, n, 1200, 1200 - n)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def pixels(image: QImage) -> np.ndarray:
    plain = image.convertToFormat(QImage.Format.Format_RGBX8888)
    return np.frombuffer(plain.constBits(), np.uint8).reshape(image.height(), -1).astype(np.int16)


def joined(pages: Pages, dpi: int = SHARP) -> np.ndarray:
    return np.concatenate([pixels(strip.picture) for strip in pages.strips(0, dpi)])


def far_apart(one: np.ndarray, other: np.ndarray) -> int:
    assert one.shape == other.shape
    return int(np.abs(one - other).max())


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    QPushButton("Print", made)
    qtbot.addWidget(made)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody agrees to the printer's dialog; the pages go into a file for each job."""

    def agree(_parent: QWidget, printer: QPrinter, _count: int, _words: Words) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        return True

    monkeypatch.setattr(printing, "_ask", agree)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: [""]))
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", staticmethod(lambda: ""))
    return tmp_path / "out.pdf"


@pytest.fixture
def takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps_dialog, "LONG_MS", 0)


class Meanwhile:
    """Acts in each turn of the event loop while something is printed.

    Attributes:
        turns: How many there were.
        dialogs: What was open in them.
    """

    def __init__(self, act: Callable[[StepsDialog], object] = lambda _dialog: None) -> None:
        self._act, self.turns, self.dialogs = act, 0, set[str]()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._on_turn)

    def __enter__(self) -> "Meanwhile":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    def _on_turn(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, StepsDialog):
            self.turns += 1
            if not dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
                self.dialogs.add(dialog.said.text())
            self._act(dialog)


def test_strips_have_the_pixels_of_the_whole_page(qapp: QApplication) -> None:
    pages = PdfPages(full_page())
    whole = pixels(pages.picture(0, SHARP))
    assert whole.shape[0] == 1650  # 11 inches: no row more
    assert far_apart(joined(pages), whole) <= NEARLY


def test_a_row_that_is_lost_between_strips_is_noticed(qapp: QApplication) -> None:
    """Negative control: the second strip begins a row too late."""
    pages = PdfPages(full_page())
    whole = pixels(pages.picture(0, SHARP))
    assert far_apart(np.roll(joined(pages)[150:300], -1, axis=0), whole[150:300]) > 100


def test_strips_of_a_photo_join_as_well(qapp: QApplication) -> None:
    page = open_pages(photo())
    assert isinstance(page, PicturePage)
    wide, tall = page.size(0)
    strips = list(page.strips(0, SHARP))
    assert [strip.top for strip in strips] == [72.0 * n for n in range(len(strips))]
    assert strips[-1].bottom == pytest.approx(tall, abs=0.5)
    image = QImage(round(wide * SHARP / 72), sum(s.picture.height() for s in strips),
                   QImage.Format.Format_RGB32)  # fmt: skip
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(image.rect()), QImage.fromData(photo()))
    parts = np.concatenate([pixels(strip.picture) for strip in strips])
    assert far_apart(parts, pixels(image)) <= NEARLY


def test_a_printed_page_looks_like_the_page_and_shows_no_line_between_strips(
    window: QWidget, out: Path
) -> None:
    data = full_page()
    assert print_pdf(window, data, NAME, Words("en")).is_printed
    for dpi in (96, 113, SHARPEST):  # of a screen, of none, and of a printer
        printed, asked = (pixels(PdfPages(one).picture(0, dpi)) for one in (out.read_bytes(), data))
        assert printed.shape == asked.shape
        assert bars(printed, dpi).max() < 60
    assert np.abs(printed - asked).mean() < 2  # Qt packs the picture as a JPEG


def test_a_bright_line_between_strips_is_noticed(qapp: QApplication) -> None:
    """Negative control."""
    page = pixels(PdfPages(full_page()).picture(0, 96))
    assert bars(page, 96).max() < 60
    page[96 * 5] = 255
    assert bars(page, 96).max() == 255


def bars(page: np.ndarray, dpi: int) -> np.ndarray:
    """The pixels inside of the black bar, from the first inch to the tenth."""
    inside = page[dpi : dpi * 10]
    (columns,) = np.nonzero(np.median(inside, axis=0) < 10)
    return inside[:, columns[len(columns) // 3 : -len(columns) // 3]]


def test_the_window_lives_on_between_strips_and_a_short_paper_needs_no_words(
    window: QWidget, out: Path
) -> None:
    stack = [(pdf_of("A letter"), 2), (pdf_of("A notice", 1), 1)]
    with Meanwhile() as meanwhile:
        assert print_stack(window, stack, NAME, Words("en")).is_printed
    assert len(pdfium.PdfDocument(out)) == 5
    assert meanwhile.turns > 5 * 8  # a letter has eleven strips
    assert QApplication.activeModalWidget() is None


@pytest.mark.usefixtures("takes_long")
@pytest.mark.parametrize("pages", [1, 2, 3])
def test_the_cursor_comes_back_wherever_it_ends(
    window: QWidget, out: Path, qtbot: QtBot, pages: int
) -> None:
    """The dialog may go before the window system has come to it."""
    button = window.findChild(QPushButton)
    assert button is not None
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert print_pdf(window, pdf_of("A letter", pages), NAME, Words("en")).is_printed
    QApplication.processEvents()
    qtbot.waitUntil(button.hasFocus)
    assert out.exists()


@pytest.mark.usefixtures("takes_long")
def test_a_long_one_says_which_page_it_draws(window: QWidget, out: Path) -> None:
    sets = [("A", [pdf_of("A letter"), pdf_of("B", 1)]), ("B", [pdf_of("C", 1)])]
    taken: list[int] = []
    with Meanwhile() as meanwhile:
        assert print_sets(window, sets, Words("en"), (), lambda place, _name: taken.append(place))
    assert taken == [0, 1]
    assert meanwhile.dialogs >= {f"Printing page {n} of 4" for n in (2, 3, 4)}
    assert out.exists()


def test_nobody_prints_a_second_time_meanwhile(window: QWidget, out: Path, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button = window.findChild(QPushButton)
    assert button is not None
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()

    def press(_dialog: StepsDialog) -> None:
        QTest.mouseClick(
            window.windowHandle(), Qt.MouseButton.LeftButton, pos=button.geometry().center()
        )
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)

    with Meanwhile(press) as meanwhile:
        assert print_pdf(window, pdf_of("A letter"), NAME, Words("en")).is_printed
    assert meanwhile.turns > 1
    assert pressed == []
    press(StepsDialog(window, 1, Words("en")))  # negative control: afterwards it can be pressed
    qtbot.waitUntil(lambda: len(pressed) == 2)
    assert window.focusWidget() is button


STOPS: dict[str, Callable[[StepsDialog], object]] = {
    "its button": lambda dialog: dialog.stop.click(),
    "Escape": lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape),
    "a lock": lambda _dialog: close_dialogs(),
}


@pytest.mark.usefixtures("takes_long", "out")
@pytest.mark.parametrize("how", STOPS)
def test_what_is_stopped_counts_as_not_printed(window: QWidget, how: str) -> None:
    def stop(dialog: StepsDialog) -> None:
        if dialog.page > 1 and dialog.isVisible():
            STOPS[how](dialog)

    with Meanwhile(stop) as meanwhile:
        done = print_stack(window, [(pdf_of("A letter"), 9)], NAME, Words("en"))
    assert not done.is_printed
    assert meanwhile.turns < 18 * 8


@pytest.mark.usefixtures("out")
def test_of_several_sets_only_those_before_the_stop_count(window: QWidget) -> None:
    sets: Sequence[tuple[str, Sequence[bytes]]] = [(str(n), [pdf_of("A", 1)]) for n in range(5)]
    taken: list[int] = []

    def stop(_dialog: StepsDialog) -> None:
        if len(taken) == 2:
            close_dialogs()  # a lock, before there is anything on the screen

    with Meanwhile(stop) as meanwhile:
        is_whole = print_sets(
            window, sets, Words("en"), (), lambda place, _name: taken.append(place)
        )
    assert not is_whole
    assert taken == [0, 1]
    assert meanwhile.turns > 0


@pytest.mark.usefixtures("out", "takes_long")
def test_the_curtain_may_fall_while_it_prints(window: QWidget, theme: Theme) -> None:
    curtain = Curtain(Words("en"), theme, Idle(900, 1800), window)
    with Meanwhile(lambda _dialog: curtain.draw()):
        assert print_pdf(window, pdf_of("A letter"), NAME, Words("en")).is_printed
    QApplication.sendPostedEvents(None, 0)
    assert curtain.is_drawn
    curtain.lift()
    curtain.end()

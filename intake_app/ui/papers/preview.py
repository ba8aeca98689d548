"""Papers on the screen: pages of a PDF as pictures, with their words for a screen reader."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Protocol

import pypdfium2 as pdfium
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake_app.domain.attachment import Kind, kind_of
from intake_app.ui.parts.cards import make_button
from intake_app.ui.parts.icons import icon
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

POINTS = 72
"""Points to an inch: a PDF's own measure."""

_LEAST_DPI = 96
"""Dots to an inch below which a small picture is not blown up."""

_AROUND = 6
"""An inch divided by it is drawn above and below a strip and cut off again: letters may be taller
than a PDF says of them, and those that seem to end above a strip are left out of it."""

_WHOLE = 1 - 1e-9
"""A letter has 3,300 rows at 300 dots to an inch, where 3,300.0000000000005 come out."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a page, as wide as the page and at most an inch tall.

    Attributes:
        top: Where it begins, in points from the top of the page.
        bottom: Where it ends.
        picture: It.
    """

    top: float
    bottom: float
    picture: QImage


class Pages(Protocol):
    """Pages to show or print: of a PDF, or one picture."""

    def __len__(self) -> int:
        """How many pages there are."""
        ...

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        ...

    def picture(self, page: int, dpi: float) -> QImage:
        """A page as a picture."""
        ...

    def strips(self, page: int, dpi: int) -> Iterator[Strip]:
        """A page in strips from top to bottom, each drawn when it is asked for."""
        ...

    def text(self, page: int) -> str:
        """The words of a page."""
        ...

    def close(self) -> None:
        """Give the memory back."""
        ...


def open_pages(data: bytes) -> Pages:
    """The pages of a PDF, or the one page of a picture that was kept."""
    return PdfPages(data) if kind_of(data) in {Kind.PDF, None} else PicturePage(data)


class PicturePage:
    """A scan or photo as one page, as large as it says of itself, at most a letter."""

    LARGEST = (612.0, 792.0)

    def __init__(self, data: bytes) -> None:
        self._image = QImage.fromData(data)

    def __len__(self) -> int:
        """There is one."""
        return 1

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points; a wide one lies on its side."""
        _ = page
        wide, tall = max(self._image.width(), 1), max(self._image.height(), 1)
        short, long = self.LARGEST
        room = (long, short) if wide > tall else (short, long)
        scale = min(room[0] / wide, room[1] / tall, POINTS / _LEAST_DPI)
        return wide * scale, tall * scale

    def picture(self, page: int, dpi: float) -> QImage:
        """The picture itself, no finer than it is."""
        width = round(self.size(page)[0] * dpi / POINTS)
        if width >= self._image.width():
            return self._image.copy()
        return self._image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def strips(self, page: int, dpi: int) -> Iterator[Strip]:
        """Parts of the picture, with the dots that the paper has."""
        wide, tall = (_pixels(side, dpi) for side in self.size(page))
        for top, bottom in _inches(tall, dpi):
            part = QImage(wide, bottom - top, QImage.Format.Format_RGB32)
            part.fill(Qt.GlobalColor.white)
            with QPainter(part) as painter:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(QRectF(0, -top, wide, tall), self._image)
            yield Strip(top * POINTS / dpi, bottom * POINTS / dpi, part)

    def text(self, page: int) -> str:
        """A picture has no words."""
        _ = page
        return ""

    def close(self) -> None:
        """Give the memory back."""
        self._image = QImage()


class PdfPages:
    """The pages of one PDF, held in memory."""

    def __init__(self, data: bytes) -> None:
        self._document = pdfium.PdfDocument(data)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        return self._document[page].get_size()

    def picture(self, page: int, dpi: float) -> QImage:
        """A page as a picture, in gray scale and colors as on paper."""
        return _as_image(self._document[page].render(scale=_scale(dpi), rev_byteorder=True))

    def strips(self, page: int, dpi: int) -> Iterator[Strip]:
        """A page in strips, with the pixels that `picture` has."""
        drawn, scale = self._document[page], _scale(dpi)
        tall = _pixels(drawn.get_height(), dpi)
        for top, bottom in _inches(tall, dpi):
            first, last = max(0, top - dpi // _AROUND), min(tall, bottom + dpi // _AROUND)
            # what is cut off is rounded up to whole pixels
            cut = (0, (tall - last - 0.5) / scale, 0, (first - 0.5) / scale)
            part = _as_image(drawn.render(scale=scale, crop=cut, rev_byteorder=True))
            picture = part.copy(0, top - first, part.width(), bottom - top)
            yield Strip(top * POINTS / dpi, bottom * POINTS / dpi, picture)

    def text(self, page: int) -> str:
        """The words of a page."""
        text = self._document[page].get_textpage()
        return text.get_text_bounded()

    def close(self) -> None:
        """Give the memory back."""
        self._document.close()


def _scale(dpi: float) -> float:
    return dpi / POINTS * _WHOLE


def _pixels(points: float, dpi: float) -> int:
    return ceil(points * _scale(dpi))


def _inches(tall: int, dpi: int) -> Iterator[tuple[int, int]]:
    """Where each strip begins and ends, in rows of pixels; an inch has whole dots everywhere."""
    return ((top, min(top + dpi, tall)) for top in range(0, tall, dpi))


def _as_image(bitmap: pdfium.PdfBitmap) -> QImage:
    form = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888,
            1: QImage.Format.Format_Grayscale8}[bitmap.n_channels]  # fmt: skip
    data = memoryview(bitmap.buffer).cast("B")  # copied once, below: a page is 25 megabytes
    return QImage(data, bitmap.width, bitmap.height, bitmap.stride, form).copy()


class PaperPreview(QWidget):
    """One paper, page by page, as wide as the place allows times the zoom."""

    ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._pages: Pages | None = None
        self._page, self._zoom = 0, 0
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        bar = QHBoxLayout()
        self.before = self._small(
            "chevron-left", words.text("Previous page"), lambda: self.turn(-1)
        )
        self.after = self._small("chevron-right", words.text("Next page"), lambda: self.turn(+1))
        self.smaller = self._small("zoom-out", words.text("Smaller"), lambda: self.zoom(-1))
        self.larger = self._small("zoom-in", words.text("Larger"), lambda: self.zoom(+1))
        self.place = muted("", wraps=False)
        for part in (self.before, self.place, self.after):
            bar.addWidget(part)
        bar.addStretch(1)
        for part in (self.smaller, self.larger):
            bar.addWidget(part)
        lines.addLayout(bar)
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.sheet.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        lines.addWidget(self.sheet)
        self.hide()

    def show_paper(self, data: bytes) -> None:
        """Show a PDF from its first page, or a picture."""
        self.drop()
        self._pages, self._page = open_pages(data), 0
        self.show()
        self._draw()

    def drop(self) -> None:
        """Show nothing; nothing of the paper stays in memory."""
        if self._pages is not None:
            self._pages.close()
        self._pages = None
        self.sheet.clear()
        self.sheet.setAccessibleName("")
        self.hide()

    def turn(self, by: int) -> None:
        """Go on by so many pages."""
        if self._pages is not None:
            self._page = min(max(self._page + by, 0), len(self._pages) - 1)
            self._draw()

    def zoom(self, by: int) -> None:
        """Larger or smaller, step by step."""
        self._zoom = min(max(self._zoom + by, 0), len(self.ZOOMS) - 1)
        self._draw()

    @property
    def page(self) -> int:
        """The page on the screen, from 0."""
        return self._page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def sizeHint(self) -> QSize:
        """Wide enough to read a letter."""
        return QSize(self._theme.px(380), super().sizeHint().height())

    def _draw(self) -> None:
        pages = self._pages
        if pages is None or self.width() < 40:
            return
        sharp = self.devicePixelRatioF()
        wide, _ = pages.size(self._page)
        pixels = min(self.width(), self._theme.px(640)) * self.ZOOMS[self._zoom] * sharp
        picture = pages.picture(self._page, min(300.0, pixels / wide * POINTS))
        picture.setDevicePixelRatio(sharp)
        self.sheet.setPixmap(QPixmap.fromImage(picture))
        self.sheet.setFixedHeight(round(picture.height() / sharp))
        self.sheet.setAccessibleName(pages.text(self._page))
        count = len(pages)
        self.place.setText(self._words.text("Page {n} of {count}", n=self._page + 1, count=count))
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page < count - 1)
        for part in (self.before, self.place, self.after):
            part.setVisible(count > 1)

    def _small(self, sign: str, words: str, act: Callable[[], object]) -> QPushButton:
        button = make_button("", "small")
        button.setIcon(icon(sign, self._theme.tokens.ink, self._theme.px(18)))
        button.setIconSize(QSize(self._theme.px(18), self._theme.px(18)))
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda: act())
        return button

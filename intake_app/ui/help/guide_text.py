"""One chapter of the guide to read: Markdown of ours in a text view without network or scripts."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser

from intake_app.services.help.book import Chapter
from intake_app.settings.resources import path
from intake_app.ui.parts.theme import BASE_PX, Theme
from intake_app.words import Words

_WIDEST: Final = 720
"""Of a picture, at 100 %."""

_SIZES: Final = {1: 1.55, 2: 1.2, 3: 1.05}
"""Of headings, in times of plain text."""

_AIR: Final = {1: (0, 10), 2: (18, 6), 3: (12, 4)}
"""Above and below headings, at 100 %."""


_FOLDERS: Final = {"es": "spanish"}
"""Where pictures in other languages lie."""


class GuideText(QTextBrowser):
    """Shows a chapter. Links lead to others; nothing is fetched from anywhere.

    Signals:
        chapter_asked: A link was followed: chapter and section.
    """

    chapter_asked = Signal(str, str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._theme, self._language = theme, words.language
        self._chapter: Chapter | None = None
        self._filled_for = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._fill_anew)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(words.text("The guide"))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Link, theme.tokens.focus)
        palette.setColor(QPalette.ColorRole.LinkVisited, theme.tokens.focus)
        self.setPalette(palette)
        self.anchorClicked.connect(self._on_link)

    @property
    def chapter(self) -> Chapter | None:
        """The chapter that is shown."""
        return self._chapter

    def show_chapter(self, chapter: Chapter, section: str) -> None:
        """Show a chapter, with a section at the top and the cursor there."""
        if self._chapter is not chapter:
            self._chapter = chapter
            self._fill(chapter)
        self._go_to(chapter.place_of(section))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures that ship with the program, as wide as there is room; nothing else."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = QImage(str(self._picture(QUrl(name).fileName())))
        room = min(self._theme.px(_WIDEST), self.viewport().width() - self._theme.px(40))
        if picture.isNull() or room < 1:
            return QImage()
        if picture.width() > room:
            mode = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToWidth(room, mode)
        return picture

    def _picture(self, name: str) -> Path:
        """The file of a picture: in the reader's language, or in dark, where there is one."""
        folder = path("docs", "pictures")
        wanted = (_FOLDERS.get(self._language, ""), "dark" if self._theme.is_dark else "")
        files = (folder / variant / name for variant in wanted if variant)
        return next((file for file in files if file.is_file()), folder / name)

    def sizeHint(self) -> QSize:
        """Whatever there is."""
        return QSize(400, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width: later, since a text that is being laid out may not change."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._later.start()

    def _fill_anew(self) -> None:
        if self._chapter is not None and self.viewport().width() != self._filled_for:
            place = self.textCursor().position()
            self._fill(self._chapter)
            self._set_cursor(place)

    def _fill(self, chapter: Chapter) -> None:
        theme, document = self._theme, self.document()
        self._filled_for = self.viewport().width()
        font = QFont(self.font())
        font.setPixelSize(theme.px(BASE_PX))
        document.setDefaultFont(font)
        document.setMarkdown(chapter.markdown())
        document.clearUndoRedoStacks()
        document.setDocumentMargin(theme.px(20))
        block = document.begin()
        while block.isValid():
            self._dress(block)
            block = block.next()

    def _dress(self, block: QTextBlock) -> None:
        theme, shape = self._theme, block.blockFormat()
        level = shape.headingLevel()
        cursor = QTextCursor(block)
        if level:
            above, below = _AIR.get(level, (8, 4))
            shape.setTopMargin(theme.px(above))
            shape.setBottomMargin(theme.px(below))
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            letters = cursor.charFormat()
            font = QFont(self.document().defaultFont())
            font.setPixelSize(round(theme.px(BASE_PX) * _SIZES.get(level, 1.0)))
            font.setWeight(QFont.Weight.DemiBold)
            letters.setFont(font)
            cursor.mergeCharFormat(letters)
            cursor = QTextCursor(block)
        else:
            shape.setBottomMargin(theme.px(4 if block.textList() else 8))
            shape.setTopMargin(0)
        if "\ufffc" not in block.text():  # no air above a picture
            shape.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(shape)

    def _go_to(self, number: int) -> None:
        """Put the n-th heading on top, and the cursor at its beginning."""
        block, left = self.document().begin(), number
        while block.isValid():
            if block.blockFormat().headingLevel():
                if left == 0:
                    break
                left -= 1
            block = block.next()
        if not block.isValid():
            block = self.document().begin()
        self._set_cursor(block.position())
        layout = self.document().documentLayout()
        top = layout.blockBoundingRect(block).top() if number else 0
        self.verticalScrollBar().setValue(int(top) - self._theme.px(6))

    def _set_cursor(self, place: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _on_link(self, url: QUrl) -> None:
        name = url.path().rpartition("/")[2].removesuffix(".md")
        chapter = name or (self._chapter.id if self._chapter else "")
        self.chapter_asked.emit(chapter, url.fragment())

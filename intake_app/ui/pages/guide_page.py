"""The guide: contents and search on the left, a chapter on the right, back to where one was."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.errors import IntakeError
from intake_app.services.help.book import FIRST, Book, Chapter
from intake_app.services.help.finding import find_in
from intake_app.ui.help.guide_text import GuideText
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, heading, muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class OnPaper:
    """How a chapter comes out.

    Attributes:
        draw: Its PDF; called on the worker.
        bring_out: Prints it, or saves it where the last argument is true; given are the window,
            the PDF and a name for it. False: thought better of it.
    """

    draw: Callable[[Chapter], bytes]
    bring_out: Callable[[QWidget, bytes, str, bool], bool]


_SIDE = 270
"""Width of the list, at 100 %."""

_STACKED_BELOW = 820
"""Width of the page, at 100 %, below which the list stands above the text."""

_PLACE = Qt.ItemDataRole.UserRole


class GuidePage(QWidget):
    """Stands over the page that was open; that one stays as it is.

    Signals:
        closed: Back to it.
        tour_asked: Show the tour again.

    Attributes:
        search: What to look for.
        entries: Chapters, or what was found.
        text: The chapter.
        tour: Shows the tour; hidden where nobody has signed in.
    """

    closed = Signal()
    tour_asked = Signal()

    def __init__(
        self, book: Book, on_paper: OnPaper, background: Background, words: Words, theme: Theme
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._book, self._on_paper, self._background = book, on_paper, background
        self._words, self._theme = words, theme
        self._been: list[tuple[str, str]] = []
        self._here, self._is_stacked = ("", ""), False
        say = words.text
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.entries = QListWidget()
        self.entries.setAccessibleName(say("Contents"))
        self.entries.setWordWrap(True)
        self.entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found = muted("")
        self.text = GuideText(words, theme)
        self.error = FailureBox(theme, words)
        self.back = named_button(say("Back"), "primary")
        self.contents = named_button(say("Contents"))
        self.before = named_button(say("Previous page"))
        self.print = named_button(say("Print"))
        self.save = named_button(say("Save PDF"))
        self.tour = named_button(say("Show the tour"))
        self._lay_out()
        self._connect()
        self._list_chapters()

    def _lay_out(self) -> None:
        say, px = self._words.text, self._theme.px
        side = self._side = QWidget()
        lines = QVBoxLayout(side)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        self._title = heading(say("Guide"))
        lines.addWidget(self._title)
        self._asking = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._asking.setSpacing(px(6))
        self._asking.addWidget(field_label(say("Search the guide"), self.search))
        self._asking.addWidget(self.search, 1)
        self._asking.addWidget(self.contents)
        lines.addLayout(self._asking)
        lines.addWidget(self.found)
        self.found.hide()
        lines.addWidget(self.entries, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.error)
        right.addWidget(self.text, 1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setContentsMargins(px(28), px(18), px(28), px(14))
        self._across.setSpacing(px(18))
        self._across.addWidget(side)
        self._across.addLayout(right, 1)
        foot = QFrame()
        foot.setObjectName("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(28), px(11), px(28), px(11))
        row.setSpacing(px(9))
        row.addWidget(ButtonRow(px(9), (self.back, self.before)), 2)
        row.addWidget(ButtonRow(px(9), (self.tour, self.save, self.print), ends_right=True), 3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._across, 1)
        outer.addWidget(foot)
        self.tour.hide()

    def _connect(self) -> None:
        on_press(self.back, self.closed.emit)
        on_press(self.before, self._on_before)
        on_press(self.contents, lambda: self.show_chapter(FIRST))
        on_press(self.tour, self.tour_asked.emit)
        on_press(self.print, lambda: self._bring_out(to_file=False))
        on_press(self.save, lambda: self._bring_out(to_file=True))
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_search_entered)
        self.entries.itemClicked.connect(self._open)
        self.entries.itemActivated.connect(self._open)
        self.text.chapter_asked.connect(self.show_chapter)
        for keys, act in (
            ("Escape", self.closed.emit), ("Alt+Left", self._on_before),
            ("Ctrl+F", self.search.setFocus), ("Ctrl+P", self.print.click),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def show_chapter(self, chapter: str, section: str = "") -> None:
        """Open a chapter at a section; one that is not there opens the contents."""
        found = self._book.chapter(chapter) or self._book.chapter(FIRST)
        if found is None:
            return
        if self._here[0] and self._here != (found.id, section):
            self._been.append(self._here)
        self._here = (found.id, section)
        self._show(found, section)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def stand_over_work(self, *, is_tour_offered: bool = True) -> None:
        """Somebody is signed in: the way back leads to their work, and the tour can be shown."""
        back = self._words.text("Back to your work")
        self.back.setText(back)
        self.back.setAccessibleName(back)
        self.tour.setVisible(is_tour_offered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stands beside the text where there is room."""
        px, ways = self._theme.px, QBoxLayout.Direction
        is_stacked = self._is_stacked = self.width() < px(_STACKED_BELOW)
        self._across.setDirection(ways.TopToBottom if is_stacked else ways.LeftToRight)
        self._asking.setDirection(ways.LeftToRight if is_stacked else ways.TopToBottom)
        self._title.setVisible(not is_stacked)
        self.contents.setVisible(is_stacked)
        self._show_list()
        self._side.setFixedWidth(self.width() - px(56) if is_stacked else px(_SIDE))
        self.entries.setMaximumHeight(px(96) if is_stacked else 16_777_215)
        super().resizeEvent(event)

    def _show_list(self) -> None:
        """Where there is little room, the list shows what was found only."""
        self.entries.setVisible(not self._is_stacked or bool(self.search.text().strip()))

    def _show(self, chapter: Chapter, section: str) -> None:
        self.error.say("")
        self.text.show_chapter(chapter, section)
        self.text.setAccessibleDescription(chapter.title)
        self.before.setEnabled(bool(self._been))
        for row in range(self.entries.count()):
            if self.entries.item(row).data(_PLACE)[0] == chapter.id and not self.search.text():
                self.entries.setCurrentRow(row)

    def _on_before(self) -> None:
        if self._been:
            self._here = self._been.pop()
            if found := self._book.chapter(self._here[0]):
                self._show(found, self._here[1])

    def _on_typed(self, typed: str) -> None:
        self._show_list()
        if not typed.strip():
            self._list_chapters()
            return
        hits = find_in(self._book, typed)
        self._list([(hit.title, (hit.chapter, hit.section)) for hit in hits])
        told = self._words.plural("{n} place found", "{n} places found", len(hits))
        self.found.setText(told)
        self.found.show()
        self.entries.setAccessibleName(told)

    def _on_search_entered(self) -> None:
        if self.entries.count():
            self.entries.setCurrentRow(0)
            self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_chapters(self) -> None:
        self.found.hide()
        self.entries.setAccessibleName(self._words.text("Contents"))
        self._list([(one.title, (one.id, "")) for one in self._book.chapters])

    def _list(self, entries: list[tuple[str, tuple[str, str]]]) -> None:
        self.entries.clear()
        self.entries.scrollToTop()
        for title, place in entries:
            item = QListWidgetItem(title)
            item.setData(_PLACE, place)
            self.entries.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        chapter, section = item.data(_PLACE)
        self.show_chapter(chapter, section)

    def _bring_out(self, *, to_file: bool) -> None:
        chapter = self.text.chapter
        if chapter is None:
            return
        self.error.say("")
        self._background.run(
            lambda: self._on_paper.draw(chapter),
            lambda data: self._give(data, chapter.id, to_file=to_file), self.error.tell,
        )  # fmt: skip

    def _give(self, data: bytes, name: str, *, to_file: bool) -> None:
        try:
            self._on_paper.bring_out(self, data, name, to_file)
        except IntakeError as error:
            self.error.tell(error)

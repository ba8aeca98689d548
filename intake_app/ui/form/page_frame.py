"""The frame that pages of an intake share: head, scrolling middle, buttons at the foot."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from intake_app.ui.parts.cards import PrimaryButton, named_button
from intake_app.ui.parts.labels import heading, muted
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme


class PageHead(QWidget):
    """Title and a line under it on the left; a state or buttons on the right.

    Attributes:
        title: The heading.
        note: The line under it.
        side: Layout on the right.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(18))
        left = QVBoxLayout()
        left.setSpacing(0)
        self.title, self.note = heading(""), muted("")
        left.addWidget(self.title)
        left.addWidget(self.note)
        left.addStretch(1)
        line.addLayout(left, 3)
        self.side = QVBoxLayout()
        self.side.setSpacing(2)
        line.addLayout(self.side, 2)

    def say(self, title: str, note: str) -> None:
        """Show a heading and the line under it."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class PageFrame(QWidget):
    """Head and body scroll together; the foot with its buttons stays.

    Signals:
        entered: Return was pressed where it means "go on".

    Attributes:
        head: Title and state.
        body: Layout of the page between head and foot.
        inside: What it lays out.
        foot: Layout of the buttons.
        footer: The bar that they stand in.
        area: What scrolls.
    """

    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.head = PageHead(theme)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        side = theme.px(34)
        self.body.setContentsMargins(side, theme.px(22), side, theme.px(20))
        self.body.setSpacing(theme.px(14))
        self.body.addWidget(self.head)
        self.area = scrolled(self.inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.area, 1)
        self.footer = QFrame()
        self.footer.setObjectName("footer")
        self.foot = QHBoxLayout(self.footer)
        self.foot.setContentsMargins(side, theme.px(11), side, theme.px(11))
        self.foot.setSpacing(theme.px(9))
        lines.addWidget(self.footer)

    def put_above_foot(self, widget: QWidget) -> None:
        """Show something above the foot; nothing moves when it comes and goes."""
        self._lines.insertWidget(self._lines.count() - 1, widget)

    def button(self, text: str) -> QPushButton:
        """A plain button for the foot, with exactly this accessible name."""
        return named_button(text)

    def primary(self, text: str, icon_name: str = "") -> PrimaryButton:
        """The main button for the foot, with exactly this accessible name."""
        made = PrimaryButton(text, self._theme, icon_name)
        made.setAccessibleName(text)
        made.setIconSize(QSize(self._theme.px(20), self._theme.px(20)))
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on, unless a button or a field of several lines has the cursor."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        widget = QApplication.focusWidget()
        if isinstance(widget, QPushButton):
            widget.click()
        elif not isinstance(widget, QPlainTextEdit):
            self.entered.emit()

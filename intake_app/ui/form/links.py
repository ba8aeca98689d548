"""Links that wrap, and the box on top of a page that lists what is to be fixed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.cards import clear
from intake_app.ui.parts.icons import icon_label
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.layouts import wrapped
from intake_app.ui.parts.theme import Theme

_PADDING = 12
"""Pixels left, right, above and below the words together, border included."""


class WrappedLink(QPushButton):
    """A link whose words wrap where the page is narrow. Its accessible name is all of them."""

    def __init__(self, text: str, kind: str = "link") -> None:
        super().__init__()
        self._whole = text
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Lines of words at this width."""
        lines = wrapped(self._whole, self.fontMetrics(), width - _PADDING).count("\n") + 1
        return lines * self.fontMetrics().lineSpacing() + _PADDING

    def sizeHint(self) -> QSize:
        """All words on one line; the layout asks again for the height of a narrower one."""
        words = self.fontMetrics().horizontalAdvance(self._whole) + _PADDING
        return QSize(words, self.fontMetrics().lineSpacing() + _PADDING)

    def minimumSizeHint(self) -> QSize:
        """One line of a few letters."""
        return QSize(80, self.fontMetrics().lineSpacing() + _PADDING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the line breaks in."""
        words = wrapped(self._whole, self.fontMetrics(), self.width() - _PADDING)
        self.setText(words.replace("&", "&&"))
        super().resizeEvent(event)


class ProblemSummary(QFrame):
    """What is to be fixed, with a link to each place. Hidden until it says something."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("errorbox")
        self.setProperty("is_news", True)  # `ui.running.voice` tells screen readers
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 16, 10)
        line.setSpacing(10)
        sign = icon_label("circle-alert", theme.tokens.err, theme.px(20))
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        line.addLayout(self._lines, 1)
        self.links: list[WrappedLink] = []
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or "" while hidden."""
        return "" if self.isHidden() else self.accessibleName()

    def say(self, text: str, links: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Show words and links under them; "" hides the box."""
        clear(self._lines)
        self.links = []
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if not text:
            return
        self._lines.addWidget(words_label(text, "label"))
        for words, act in links:
            link = WrappedLink(words, "errorlink")
            link.clicked.connect(partial(_press, act))
            self._lines.addWidget(link)
            link.show()  # now, so that it can take the cursor
            self.links.append(link)
        announce(self, ". ".join([text, *(words for words, _act in links)]), is_urgent=True)


def _press(act: Callable[[], object], _is_checked: bool = False) -> None:
    act()

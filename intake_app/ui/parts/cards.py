"""Things that pages are made of: cards, buttons, chips, boxes for errors and good news."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.icons import icon, icon_label, pixmap
from intake_app.ui.parts.labels import heading, muted, restyle, words_label
from intake_app.ui.parts.theme import Theme


class Card(QFrame):
    """A white box with a thin line. Add to `box`; a title and a note on its right are optional.

    Attributes:
        box: The layout to fill.
        head: The layout of the title line, for a button on its right; None without a title.
    """

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(20, 16, 20, 16)
        self.box.setSpacing(8)
        self.head: QHBoxLayout | None = None
        self.note: QLabel = muted(note)
        if title:
            self.setAccessibleName(title)
            self.head = QHBoxLayout()
            self.head.addWidget(heading(title, 2), 1)
            self.head.addWidget(self.note, 0, Qt.AlignmentFlag.AlignVCenter)
            self.box.addLayout(self.head)


def make_button(text: str, kind: str = "") -> QPushButton:
    """A button: "" plain, "primary", "small", "link", "errorlink", "row"."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    return made


def named_button(text: str, kind: str = "") -> QPushButton:
    """A button whose accessible name is exactly its words."""
    made = make_button(text, kind)
    made.setAccessibleName(text)
    return made


def on_press(button: QPushButton, act: Callable[[], object]) -> None:
    """Do something when a button is pressed; `act` is never handed Qt's own `checked`."""

    def pressed(_checked: bool = False) -> None:
        act()

    button.clicked.connect(pressed)


class PrimaryButton(QPushButton):
    """The one main action of a page, with an icon after its words where one is named."""

    def __init__(
        self, text: str, theme: Theme | None = None, icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self.setProperty("kind", "primary")
        self.setAutoDefault(True)
        if theme and icon_name:
            size = theme.px(20)
            self.setIcon(icon(icon_name, theme.tokens.on_color, size))
            self.setIconSize(QSize(size, size))
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


class Chip(QLabel):
    """A word or two with a tint: "walk_in", "officer", "plain", "ok", "soon", "late"."""

    def __init__(self, text: str, chip: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("chip", chip)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


class MessageBox(QFrame):
    """A box with an icon and words: kinds "error", "ok", "warn". Hidden until it says something."""

    def __init__(self, theme: Theme, kind: str = "error", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{kind}box")
        self.setProperty("is_news", True)  # `ui.running.voice` tells screen readers
        self._is_error = kind == "error"
        sign, color = {
            "error": ("circle-alert", theme.tokens.err),
            "ok": ("circle-check", theme.tokens.ok),
            "warn": ("triangle-alert", theme.tokens.warn),
        }[kind]
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 16, 10)
        line.setSpacing(10)
        size = theme.px(20)
        line.addWidget(icon_label(sign, color, size), 0, Qt.AlignmentFlag.AlignTop)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        line.addLayout(self._lines, 1)
        self.hide()

    def say(self, text: str, links: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Show words, and under them links; each does something when pressed. "" hides the box."""
        self._clear()
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if not text:
            return
        self._lines.addWidget(words_label(text, "label"))
        for words, act in links:
            link = make_button(words, "errorlink")
            link.setAccessibleName(words)
            on_press(link, act)
            self._lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        announce(self, text, is_urgent=self._is_error)

    @property
    def text(self) -> str:
        """What it says, or "" while hidden."""
        return self.accessibleName() if not self.isHidden() else ""

    def _clear(self) -> None:
        clear(self._lines)


class ErrorBox(MessageBox):
    """What went wrong, in words; as a summary with links to the fields where there are several."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "error", parent)


def big_button(
    theme: Theme, kind: str, icon_name: str, words: tuple[str, str], key: str
) -> "BigButton":
    """A big colored button ("teal" or "navy"): icon, title, a line under it, and its key.

    Args:
        theme: Look.
        kind: "teal" for walk-ins, "navy" for officer interventions.
        icon_name: Icon on its left.
        words: Title (also the accessible name) and the line under it (its description).
        key: Key that does the same, printed on it.
    """
    made = BigButton(kind)
    made.setAccessibleName(words[0])
    made.setAccessibleDescription(words[1])
    made.fill(theme, icon_name, words, key)
    return made


class FilledButton(QPushButton):
    """A button with a layout inside; it is as large as what stands in it."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """As the layout wants it."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As the layout needs it."""
        layout = self.layout()
        return layout.minimumSize() if layout else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Words inside may wrap."""
        layout = self.layout()
        return layout is not None and layout.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """Room for all lines at this width."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout else -1


class BigButton(FilledButton):
    """A big colored button; see `big_button`."""

    def fill(self, theme: Theme, icon_name: str, words: tuple[str, str], key: str) -> None:
        """Put icon, words and key in place."""
        line = QHBoxLayout(self)
        line.setContentsMargins(22, 18, 20, 18)
        line.setSpacing(18)
        self.sign = icon_label(icon_name, theme.tokens.on_color, theme.px(44))
        line.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        lines = QVBoxLayout()
        lines.setSpacing(3)
        lines.addStretch()
        lines.addWidget(words_label(words[0], "big"))
        lines.addWidget(words_label(words[1]))
        lines.addStretch()
        line.addLayout(lines, 1)
        line.addWidget(words_label(key, "key", wraps=False), 0, Qt.AlignmentFlag.AlignTop)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon, self._theme = icon_name, theme

    def switch_off(self) -> None:
        """Make it plain that it cannot be pressed."""
        self.setEnabled(False)
        self.setProperty("off", True)
        for widget in (self, *self.findChildren(QLabel)):
            restyle(widget)
        size = self._theme.px(44)
        self.sign.setPixmap(pixmap(self._icon, self._theme.tokens.mute, size))


def drop(widget: QWidget) -> None:
    """Take a widget off its page at once; Qt frees it when it is safe."""
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        if widget := item.widget():
            drop(widget)
        elif inner := item.layout():
            clear(inner)

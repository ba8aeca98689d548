"""The curtain: after idle minutes, or at once for the lobby, the window shows nothing of a person.

Any key or click lifts it, and that key or click does nothing else. After more idle minutes the
files are locked. How long either may be is bounded by `resources/limits/settings.json`: a record
that says more, or nonsense, is held to the bound.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from intake_app.settings.agency import Agency
from intake_app.settings.bounds import read_bounds
from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.icons import icon_label
from intake_app.ui.parts.labels import heading, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_SIGNS_OF_LIFE = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove,
    QEvent.Type.Wheel, QEvent.Type.TouchBegin,
})  # fmt: skip
_LIFTS = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin,
})  # fmt: skip
_HELD_BACK = frozenset({
    QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut, QEvent.Type.Wheel,
})  # fmt: skip

_TO_LIFT_S = 20
"""At least so long before it locks, the curtain warns: any key goes on (WCAG 2.2, 2.2.1)."""


@dataclass(frozen=True, slots=True)
class Idle:
    """How long nobody may have worked.

    Attributes:
        blur_seconds: Until the window shows nothing.
        lock_seconds: Until the files are locked.
    """

    blur_seconds: int
    lock_seconds: int


def idle_of(agency: Agency) -> Idle:
    """What a department decided, within what it may decide (CJIS Security Policy, AC-11)."""
    numbers = read_bounds().numbers
    blur, lock = (
        max(least, min(value, most))
        for value, (least, most) in (
            (agency.blur_seconds, numbers["blur_seconds"]),
            (agency.lock_seconds, numbers["lock_seconds"]),
        )
    )
    return Idle(min(blur, lock - _TO_LIFT_S), lock)


class Cover(QWidget):
    """What hangs over one window."""

    def __init__(self, over: QWidget, words: Words, theme: Theme) -> None:
        super().__init__(over)
        self.setObjectName("cover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(words.text("Hidden. Press any key."))
        lines = QVBoxLayout(self)
        lines.setSpacing(12)
        lines.addStretch()
        sign = icon_label("eye-off", theme.tokens.gold, theme.px(56))
        lines.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (
            heading(words.text("Press any key")),
            words_label(words.text("Nothing is shown while nobody is working here.")),
        ):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            lines.addWidget(label)
        lines.addStretch()
        self.setGeometry(over.rect())
        over.installEventFilter(self)
        self.show()
        self.raise_()
        announce(self, self.accessibleName(), is_urgent=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window below, and on top of it."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self.raise_()
        return False


class Curtain(QObject):
    """Watches for idle time and hides all windows of the program.

    Signals:
        drawn: Everything is hidden now.
        lifted: It is shown again.
        long_idle: Nobody has worked here for so long that the files must be locked.
    """

    drawn = Signal()
    lifted = Signal()
    long_idle = Signal()

    def __init__(
        self, words: Words, theme: Theme, idle: Idle, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._theme = words, theme
        self._covers: list[Cover] = []
        self._blur = self._timer(idle.blur_seconds, self.draw)
        self._lock = self._timer(idle.lock_seconds, self.long_idle.emit)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    @property
    def is_drawn(self) -> bool:
        """Whether everything is hidden."""
        return bool(self._covers)

    def draw(self) -> None:
        """Hide all windows at once."""
        if self._covers:
            return
        if popup := QApplication.activePopupWidget():
            popup.close()
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]
        self._covers = [Cover(window, self._words, self._theme) for window in windows]
        self.drawn.emit()

    def lift(self) -> None:
        """Show everything again."""
        for cover in filter(isValid, self._covers):  # a window may have gone with its own
            cover.hide()
            cover.deleteLater()
        self._covers = []
        self._blur.start()
        self.lifted.emit()

    def end(self) -> None:
        """Stop watching: nobody is signed in."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._blur.stop()
        self._lock.stop()
        if self._covers:
            self.lift()
            self._blur.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start the clocks again at any sign of life; lift, and swallow what lifted.

        All that happens in the window comes by here, thousands of times for a page that is made.
        """
        if not self._covers and not isinstance(event, QInputEvent):
            return False
        kind = event.type()
        if kind in _SIGNS_OF_LIFE:
            self._lock.start()
            if not self._covers:
                self._blur.start()
        if not self._covers:
            return False
        if kind in _LIFTS:
            self.lift()
            return True
        if kind in _HELD_BACK:
            event.accept()
            return True
        return False

    def _timer(self, seconds: int, then: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(seconds * 1000)
        made.timeout.connect(then)
        made.start()
        return made

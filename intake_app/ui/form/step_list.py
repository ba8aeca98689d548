"""The steps of a form in a column on the left: where one is, what is done, what comes."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from intake_app.domain.pathway import CASES_ROOM, room_of
from intake_app.ui.parts.cards import clear
from intake_app.ui.parts.icons import pixmap
from intake_app.ui.parts.labels import heading, muted
from intake_app.ui.parts.layouts import laid_out_once
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

WIDE, NARROW = 236, 62
"""Widths of the column at 100 %: with words, and with numbers only."""


class StepState(StrEnum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the column.

    Attributes:
        id: Section, or "" for the review.
        title: Its words.
        state: How far it is.
        number: From 1; 0 for what the coordinator asks later.
    """

    id: str
    title: str
    state: StepState
    number: int = 0


class StepButton(QAbstractButton):
    """A step: a circle with its number or a tick, and its words, wrapped.

    It draws itself: the style sheet's smallest height for push buttons would squeeze it.
    """

    def __init__(self, step: Step, theme: Theme) -> None:
        super().__init__()
        self.step, self._theme = step, theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.is_narrow = False
        self._laid_out = 0  # the width that it has, beside a scroll bar or not
        self._bold = QFont(self.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def say(self, step: Step, told: str) -> None:
        """Show how far the step is now; a screen reader is told more."""
        if step.title != self.step.title:
            self.updateGeometry()
        self.step = step
        self.setAccessibleName(told)
        self.setToolTip(step.title)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its words need."""
        theme = self._theme
        wide = self._laid_out or theme.px(WIDE) - theme.px(26)
        words = 0 if self.is_narrow else self._words_rect(wide).height()
        return QSize(theme.px(46), max(theme.px(42), words + theme.px(16)))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed: the column scrolls instead."""
        return QSize(self._theme.px(40), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height of the words."""
        super().resizeEvent(event)
        self._laid_out = self.width()
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses it, as it does any button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw focus and hover as the style does, then circle and words."""
        is_now = self.step.state is StepState.NOW
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        if is_now or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.tint2))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        self._paint_circle(painter)
        if not self.is_narrow:
            painter.setFont(self._bold if is_now else self.font())
            is_quiet = self.step.state is StepState.AHEAD
            painter.setPen(QColor(tokens.mute if is_quiet else tokens.ink))
            rect = self._words_rect(self.width())
            rect.moveTop((self.height() - rect.height()) // 2)
            painter.drawText(rect, Qt.TextFlag.TextWordWrap, self.step.title)
        painter.end()

    def _paint_circle(self, painter: QPainter) -> None:
        theme, tokens = self._theme, self._theme.tokens
        size = theme.px(27)
        left = (self.width() - size) // 2 if self.is_narrow else theme.px(9)
        circle = QRect(left, (self.height() - size) // 2, size, size)
        fill = {StepState.DONE: tokens.ok, StepState.NOW: tokens.navy}.get(self.step.state)
        painter.setPen(Qt.PenStyle.NoPen if fill else QPen(QColor(tokens.field), 2))
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if self.step.state is StepState.DONE:
            inner = theme.px(17)
            spot = circle.center() - QRect(0, 0, inner, inner).center()
            painter.drawPixmap(spot, pixmap("check", tokens.card, inner))
            return
        painter.setPen(QColor(tokens.on_color if fill else tokens.mute))
        font = QFont(self._bold)
        font.setPixelSize(theme.px(15))
        painter.setFont(font)
        label = str(self.step.number) if self.step.number else "+"
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, label)

    def _words_rect(self, width: int) -> QRect:
        left = self._theme.px(46)
        room = QRect(left, 0, max(40, width - left - self._theme.px(8)), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        from_top = self.fontMetrics().boundingRect(room, flags, self.step.title)
        return QRect(left, 0, room.width(), from_top.height())


def later_words(pathway: str, words: Words) -> str:
    """Over what can wait: a coordinator asks it later, or the officer, if there is time."""
    if room_of(pathway) is CASES_ROOM:
        return words.text("If there is time")
    return words.text("The coordinator asks later")


class StepList(QFrame):
    """The column of steps.

    Signals:
        chosen: Go to this section; "" is the review.
    """

    chosen = Signal(str)

    def __init__(self, title: str, note: str, theme: Theme, words: Words, later: str) -> None:
        super().__init__()
        self.setObjectName("side")
        self._theme, self._words = theme, words
        self._title, self._note = heading(title, 2), muted(note)
        self._foot = muted(words.text("You can leave at any time. Nothing is lost."))
        self._later = muted(later)
        self._buttons: list[StepButton] = []
        self._inside = inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setSpacing(3)
        self._area = area = scrolled(inside)
        area.setObjectName("plain")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(3)
        self._after = QVBoxLayout()
        self._after.setSpacing(3)
        for part in (self._title, self._note):
            self._lines.addWidget(part)
        self._lines.addSpacing(theme.px(8))
        self._lines.addLayout(self._steps)
        self._lines.addSpacing(theme.px(8))
        self._lines.addWidget(self._later)
        self._lines.addLayout(self._after)
        self._lines.addStretch(1)
        self._lines.addWidget(self._foot)
        self._is_narrow = False
        self.set_narrow(False)

    @property
    def buttons(self) -> tuple[StepButton, ...]:
        """The steps, those for later at the end."""
        return tuple(self._buttons)

    def show_steps(self, steps: list[Step]) -> None:
        """Show these steps; buttons are made anew only where there are other steps now."""
        if [button.step.id for button in self._buttons] != [step.id for step in steps]:
            self._make_buttons(steps)
        count = sum(1 for step in steps if step.number)
        for button, step in zip(self._buttons, steps, strict=True):
            button.say(step, self._told(step, count))
        QTimer.singleShot(0, self._show_now)

    def set_narrow(self, is_narrow: bool) -> None:
        """Show numbers only."""
        self._is_narrow = is_narrow
        px = self._theme.px
        self.setFixedWidth(px(NARROW if is_narrow else WIDE))
        side = px(7) if is_narrow else px(13)
        self._lines.setContentsMargins(side, px(24), side, px(16))
        for button in self._buttons:
            button.is_narrow = is_narrow
            button.updateGeometry()
            button.update()
        self._dress()

    def _make_buttons(self, steps: list[Step]) -> None:
        for layout in (self._steps, self._after):
            clear(layout)
        self._buttons = []
        with laid_out_once(self._inside):
            for step in steps:
                button = StepButton(step, self._theme)
                button.is_narrow = self._is_narrow
                button.clicked.connect(lambda _=False, ident=step.id: self.chosen.emit(ident))
                (self._steps if step.number else self._after).addWidget(button)
                self._buttons.append(button)
                button.show()
        self._dress()

    def _show_now(self) -> None:
        for button in self._buttons:
            if button.step.state is StepState.NOW:
                self._area.ensureWidgetVisible(button, 0, 20)

    def _dress(self) -> None:
        for label in (self._title, self._note, self._foot):
            label.setVisible(not self._is_narrow and bool(label.text()))
        has_later = any(not button.step.number for button in self._buttons)
        self._later.setVisible(not self._is_narrow and has_later)

    def _told(self, step: Step, count: int) -> str:
        say = self._words.text
        if not step.number:
            return step.title
        told = say("Step {number} of {count}: {title}", number=step.number, count=count,
                   title=step.title)  # fmt: skip
        if step.state is StepState.DONE:
            return say("{step}, done", step=told)
        return say("{step}, here now", step=told) if step.state is StepState.NOW else told

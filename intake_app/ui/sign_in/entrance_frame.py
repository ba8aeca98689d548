"""Pages before anybody has signed in: a panel beside one calm column, and steps one by one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.ui.help.button import with_help
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.brand import brand_panel
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import ErrorBox, PrimaryButton, named_button, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import heading, muted
from intake_app.ui.parts.scrolling import bring_into_view, scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_PANEL_FROM = 860
"""Page width (at 100 % text) from which the panel stands beside the column."""


class EntranceFrame(QWidget):
    """The frame of such a page.

    Attributes:
        error: What went wrong; whoever fills the column gives it a place.
    """

    def __init__(
        self, words: Words, theme: Theme, department: str = "", *, is_training: bool = False
    ) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self.setObjectName("page")
        self.error = ErrorBox(theme)
        self._panel = brand_panel(theme, words, department, is_training=is_training)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the panel out where the column needs the room."""
        self._panel.setVisible(self.width() >= self._theme.px(_PANEL_FROM))
        super().resizeEvent(event)

    def make_column(self, title: str, width: int, spacing: int) -> QVBoxLayout:
        """Put panel and column on the page; returns the column, its heading in it.

        Args:
            title: The heading.
            width: The widest that it becomes, in pixels at 100 % text.
            spacing: Between its parts, in pixels.
        """
        inside, column = QWidget(), QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(32, 24, 32, 24)
        column.setMaximumWidth(self._theme.px(width))
        across.addStretch(1)
        across.addWidget(column, 12)
        across.addStretch(1)
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(spacing)
        lines.addLayout(with_help(heading(title), self._words))
        self.fill(inside)
        return lines

    def fill(self, inside: QWidget) -> None:
        """Put the panel on the page, and beside it what scrolls."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._panel)
        row.addWidget(scrolled(inside), 1)


class EntranceSteps(EntranceFrame):
    """Steps of which one is on the screen; what takes a while switches off what `are_off` names.

    Signals:
        given_up: Back to the first page.
        finished: All is done; show the lock screen.
        shown: A step is on the screen.

    Attributes:
        steps: One widget each, once they are laid out.
        back: Gives up.
        go_on: Goes to the lock screen; stands in the last step.
        wait: What is being done.
        are_off: What cannot be used meanwhile.
    """

    given_up = Signal()
    finished = Signal()
    shown = Signal()

    def __init__(self, background: Background, words: Words, theme: Theme) -> None:
        super().__init__(words, theme)
        self._background = background
        self._pressed: QWidget | None = None
        self.steps: Sequence[QWidget] = ()
        self.are_off: Sequence[QWidget] = ()
        self.wait = muted("")
        self.back = named_button(words.text("Back"))
        self.go_on = PrimaryButton(words.text("Go to sign-in"))
        on_press(self.back, self.given_up.emit)
        on_press(self.go_on, self.finished.emit)

    def lay_out(self, title: str, steps: Sequence[QWidget]) -> None:
        """Put the steps on the page; none is seen yet."""
        self.steps = steps
        lines = self.make_column(title, 680, 14)
        for part in (self.error, *steps, self.wait):
            lines.addWidget(part)
        lines.addWidget(ButtonRow(0, (self.back,)))
        lines.addStretch(1)
        for hidden in (*steps, self.wait):
            hidden.hide()

    def show_step(self, step: int, first: QWidget) -> None:
        """Show one step, the cursor where it begins."""
        for n, widget in enumerate(self.steps):
            widget.setVisible(n == step)
        self.setFocusProxy(first)
        first.setFocus()
        self.shown.emit()

    def run(self, job: Callable[[], object], then: Callable[..., object], saying: str = "") -> None:
        """Do something on the worker, and go on with what came of it.

        Args:
            job: What is done.
            then: What comes after it, with its answer.
            saying: What a person reads meanwhile.
        """
        self._set_waiting(True, saying)

        def done(result: object) -> None:
            self._set_waiting(False)
            self.error.say("")
            then(result)

        self._background.run(job, done, self.fail)

    def fail(self, error: BaseException) -> None:
        """Say what went wrong."""
        note(error)
        self._set_waiting(False)
        self.error.say(self.said_of(error))
        bring_into_view(self.error)

    def said_of(self, error: BaseException) -> str:
        """What went wrong, in words."""
        return sentence_for(error, self._words)

    def _set_waiting(self, waiting: bool, saying: str = "") -> None:
        """A button that is off loses the cursor: it gets it back."""
        if waiting:
            self._pressed = self.window().focusWidget()
        for control in (*self.are_off, self.back):
            control.setEnabled(not waiting)
        if not waiting and self._pressed is not None:
            self._pressed.setFocus()
            self._pressed = None
        self.wait.setText(saying)
        self.wait.setVisible(bool(saying))

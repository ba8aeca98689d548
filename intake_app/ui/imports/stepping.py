"""Does long work on the worker a piece at a time, with a bar, and stops when it is asked to."""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import named_button, on_press
from intake_app.ui.parts.labels import words_label
from intake_app.ui.parts.still_bar import StillBar
from intake_app.words import Words


class Work(Protocol):
    """Something that is done in pieces; a property need not be a field."""

    @property
    def done(self) -> int:
        """So much is done."""
        ...

    def step(self) -> bool:
        """Do the next piece; whether it is over."""
        ...


class Stepping(QWidget):
    """The bar, and the button that stops.

    Signals:
        ended: All of it is done (the work).
        stopped: It was stopped between two pieces (the work).
        failed: A piece could not be done (the error).

    Attributes:
        work: What is done now, or None.
        stop: The button.
    """

    ended = Signal(object)
    stopped = Signal(object)
    failed = Signal(object)

    def __init__(self, background: Background, words: Words) -> None:
        super().__init__()
        self._background, self._words = background, words
        self.work: Work | None = None
        self._is_stopping = False
        self._said = words_label("", "label")
        self._bar = StillBar(words.text("Progress"))
        self.stop = named_button(words.text("Stop"))
        on_press(self.stop, self._on_stop)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._said)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop)
        lines.addLayout(row)
        self.hide()

    @property
    def is_on(self) -> bool:
        """Whether something is done now."""
        return self.work is not None

    def begin(self, work: Work, total: int, said: str) -> None:
        """Begin.

        Args:
            work: What.
            total: How much it is.
            said: What is done, in words.
        """
        self.work, self._is_stopping = work, False
        self._said.setText(said)
        self._bar.setAccessibleName(said)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(0)
        self.stop.setEnabled(True)
        self.show()
        self._next(work)

    def ask_to_stop(self) -> None:
        """Stop after the piece that is done now."""
        self._is_stopping = True
        self.stop.setEnabled(False)

    def _next(self, work: Work) -> None:
        self._background.run(
            work.step, lambda is_over: self._on_done(work, is_over), self._on_failed
        )

    def _on_done(self, work: Work, is_over: bool) -> None:
        self._bar.setValue(work.done)
        if is_over:
            self._end()
            self.ended.emit(work)
        elif self._is_stopping:
            self._end()
            self.stopped.emit(work)
        else:
            self._next(work)

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self.work = None
        self.hide()

    def _on_stop(self) -> None:
        self.ask_to_stop()

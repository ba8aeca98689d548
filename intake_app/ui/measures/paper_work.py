"""A paper of numbers on its way: drawn on the worker, then printed or saved, then said."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.errors import IntakeError
from intake_app.ui.background import Background
from intake_app.ui.printing import print_pdf, save_pdf
from intake_app.words import Words


class PaperWork(QObject):
    """Draws a paper, then gives it out.

    Signals:
        done: A sentence about what came of it.
        failed: Why nothing did.
    """

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, background: Background, words: Words, window: QWidget) -> None:
        super().__init__(window)
        self._background, self._words, self._window = background, words, window

    def give(self, draw: Callable[[], bytes], name: str, how: str) -> None:
        """Draw a paper and give it out.

        Args:
            draw: Makes the PDF; on the worker.
            name: Of the file and the print job; it tells of nobody.
            how: "print" or "save".
        """

        def out(data: bytes) -> None:
            try:
                self._out(data, name, how)
            except IntakeError as error:
                self.failed.emit(error)

        self._background.run(draw, out, self.failed.emit)

    def _out(self, data: bytes, name: str, how: str) -> None:
        words = self._words
        if how == "print":
            if print_pdf(self._window, data, name, words).is_printed:
                self.done.emit(words.text("It is at the printer."))
        elif save_pdf(self._window, data, name, words):
            self.done.emit(words.text("It is saved."))

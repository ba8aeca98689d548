"""A paper on its way: drawn on the worker, then printed or saved, then said."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake_app.disk.atomic import write_whole
from intake_app.domain.errors import IntakeError
from intake_app.ui.papers.printing import ask_for_pdf_file, print_pdf
from intake_app.ui.parts.background import Background
from intake_app.words import Words


class PaperGiver(QObject):
    """Draws a paper, then gives it out.

    Signals:
        done: A sentence about what came of it; empty where the user thought better of it.
        failed: Why nothing did.
    """

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, background: Background, words: Words, window: QWidget) -> None:
        super().__init__(window)
        self._background, self._words, self._window = background, words, window

    def give(self, draw: Callable[[], bytes], name: str, how: str) -> None:
        """Give a paper out. What is saved is drawn only once there is a place for it.

        Args:
            draw: Makes the PDF, and notes what must be noted; on the worker.
            name: Of the file and the print job; it tells of nobody.
            how: "print" or "save".
        """
        if how == "print":
            self._background.run(draw, lambda data: self._print(data, name), self.failed.emit)
            return
        place = ask_for_pdf_file(self._window, name, self._words)
        if place is None:
            self.done.emit("")
            return

        def keep() -> None:
            write_whole(place, draw())

        said = self._words.text("It is saved.")
        self._background.run(keep, lambda _nothing: self.done.emit(said), self.failed.emit)

    def _print(self, data: bytes, name: str) -> None:
        try:
            done = print_pdf(self._window, data, name, self._words)
        except IntakeError as error:
            self.failed.emit(error)
            return
        self.done.emit(self._words.text("It is at the printer.") if done.is_printed else "")

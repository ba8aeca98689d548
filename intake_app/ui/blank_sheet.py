"""The point-and-tick sheet: printed for anybody in the lobby, or saved where no printer is."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from intake_app.domain.errors import IntakeError, PrintFailed
from intake_app.ui.printing import print_pdf, save_pdf
from intake_app.words import Words


class BlankSheet:
    """Brings an empty sheet to a printer, or into a file.

    Args:
        page: Window that asks for a printer.
        words: Language of the window.
        printers: Printers for these papers; empty: all.
        failed: Told of an error.
    """

    def __init__(
        self, page: QWidget, words: Words, printers: Sequence[str],
        failed: Callable[[BaseException], object],
    ) -> None:  # fmt: skip
        self._page, self._words, self._printers, self._failed = page, words, printers, failed

    def give_out(self, data: bytes) -> None:
        """Print it; where there is no printer, it can be saved."""
        try:
            self._print(data)
        except IntakeError as error:
            self._failed(error)

    def _print(self, data: bytes) -> None:
        try:
            print_pdf(self._page, data, JOB_NAME, self._words, self._printers)
        except PrintFailed:
            save_pdf(self._page, data, JOB_NAME, self._words)


JOB_NAME = "point-and-tick"
"""Title of the print job: the sheet is about nobody."""

"""Sheets that belong to no record: printed, or saved where no printer is."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from intake_app.domain.errors import IntakeError, PrintFailed
from intake_app.ui.papers.printing import print_pdf, save_pdf
from intake_app.words import Words

JOB_NAME = "point-and-tick"
"""Title of the print job: the sheet is about nobody."""


class BlankSheet:
    """Brings such a sheet to a printer, or into a file.

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

    def give_out(self, data: bytes, job: str = JOB_NAME) -> str | None:
        """Print it; where there is no printer, it can be saved.

        Args:
            data: The PDF.
            job: Title of the print job and name of the file.

        Returns:
            The printer, or empty where it was saved; None where neither was done.
        """
        try:
            return self._print(data, job)
        except IntakeError as error:
            self._failed(error)
            return None

    def _print(self, data: bytes, job: str) -> str | None:
        try:
            done = print_pdf(self._page, data, job, self._words, self._printers)
            return done.printer if done.is_printed else None
        except PrintFailed:
            return "" if save_pdf(self._page, data, job, self._words) else None

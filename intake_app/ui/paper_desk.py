"""Printing and saving issued papers, and counting each copy, for all pages that show papers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.draft import Draft
from intake_app.domain.errors import IntakeError
from intake_app.services.papers import IssuedPaper
from intake_app.ui.background import Background
from intake_app.ui.errors import note
from intake_app.ui.printing import print_pdf, save_pdf
from intake_app.ui.work import PaperWork
from intake_app.words import Words


class PaperDesk(QObject):
    """Brings papers from the archive to a printer or into a file, and notes each copy.

    Signals:
        told: Good news to tell, in words.
        counted: A copy of a paper was noted.
        failed: An error to show.
    """

    told = Signal(str)
    counted = Signal(object)
    failed = Signal(object)

    def __init__(self, work: PaperWork, background: Background, words: Words,
                 printers: Sequence[str], page: QWidget) -> None:  # fmt: skip
        super().__init__(page)
        self._work, self._background, self._words = work, background, words
        self._printers, self._page = tuple(printers), page

    def print(self, papers: Sequence[IssuedPaper], draft: Draft | None = None) -> None:
        """Print papers, one dialog each."""
        self._fetch(papers, draft, self._print)

    def save(self, papers: Sequence[IssuedPaper], draft: Draft | None = None) -> None:
        """Save papers as files, one dialog each."""
        self._fetch(papers, draft, self._save)

    def _fetch(self, papers: Sequence[IssuedPaper], draft: Draft | None,
               use: Callable[[IssuedPaper, bytes], None]) -> None:  # fmt: skip
        for paper in papers:
            self._background.run(
                lambda paper=paper: self._work.paper_bytes(paper, draft),
                lambda data, paper=paper: self._try(use, paper, data),
                self._on_failed,
            )

    def _try(
        self, use: Callable[[IssuedPaper, bytes], None], paper: IssuedPaper, data: bytes
    ) -> None:
        try:
            use(paper, data)
        except IntakeError as error:
            self._on_failed(error)

    def _print(self, paper: IssuedPaper, data: bytes) -> None:
        done = print_pdf(self._page, data, paper.number, self._words, self._printers)
        if done.is_printed:
            said = self._words.text("Sent to the printer: {title}", title=paper.title)
            self._note(paper, lambda: self._work.note_printed(paper, done.printer), said)

    def _save(self, paper: IssuedPaper, data: bytes) -> None:
        if save_pdf(self._page, data, paper.number, self._words):
            said = self._words.text("Saved as a file: {title}", title=paper.title)
            self._note(paper, lambda: self._work.note_saved(paper), said)

    def _note(self, paper: IssuedPaper, job: Callable[[], None], said: str) -> None:
        def done(_: object) -> None:
            self.told.emit(said)
            self.counted.emit(paper)

        self._background.run(job, done, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self.failed.emit(error)

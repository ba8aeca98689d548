"""Printing and saving issued papers, and counting each copy, for all pages that show papers."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.draft import Draft
from intake_app.domain.errors import IntakeError
from intake_app.services.papers.papers import IssuedPaper
from intake_app.ui.papers.desk_work import IssuedPapers
from intake_app.ui.papers.printing import print_pdf, print_stack, save_pdf
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.errors import note
from intake_app.words import Words

CopySet: TypeAlias = Callable[[], Sequence[tuple[IssuedPaper, int]]]
"""Finds papers, with how many copies of each are wanted."""


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

    def __init__(self, work: IssuedPapers, background: Background, words: Words,
                 printers: Sequence[str], page: QWidget) -> None:  # fmt: skip
        super().__init__(page)
        self._work, self._background, self._words = work, background, words
        self._printers, self._page = tuple(printers), page

    def print(self, papers: Sequence[IssuedPaper], draft: Draft | None = None) -> None:
        """Print papers, one dialog each."""
        self._fetch(papers, draft, self._print)

    def print_set(self, number: str, wanted: CopySet) -> None:
        """Print several papers, each so many times, with one dialog; each copy is counted.

        Args:
            number: Receipt number: title of the job.
            wanted: The papers and their copies; asked on the worker.
        """

        def fetch() -> list[tuple[IssuedPaper, int, bytes]]:
            return [(p, copies, self._work.paper_bytes(p)) for p, copies in wanted()]

        def use(found: list[tuple[IssuedPaper, int, bytes]]) -> None:
            try:
                self._print_set(number, found)
            except IntakeError as error:
                self._on_failed(error)

        self._background.run(fetch, use, self._on_failed)

    def _print_set(self, number: str, found: Sequence[tuple[IssuedPaper, int, bytes]]) -> None:
        stack = [(data, copies) for _, copies, data in found]
        done = print_stack(self._page, stack, number, self._words, self._printers)
        if not done.is_printed or not found:
            return
        count = sum(copies for _, copies, _ in found)
        said = self._words.plural(
            "{n} copy sent to the printer.", "{n} copies sent to the printer.", count
        )

        def note_each() -> None:
            for paper, copies, _ in found:
                for _ in range(copies):
                    self._work.note_printed(paper, done.printer)

        self._note(found[0][0], note_each, said)

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
            said = self._words.text(
                "Sent to the printer: {title}", title=paper.title_in(self._words.language)
            )
            self._note(paper, lambda: self._work.note_printed(paper, done.printer), said)

    def _save(self, paper: IssuedPaper, data: bytes) -> None:
        if save_pdf(self._page, data, paper.number, self._words):
            said = self._words.text(
                "Saved as a file: {title}", title=paper.title_in(self._words.language)
            )
            self._note(paper, lambda: self._work.note_saved(paper), said)

    def _note(self, paper: IssuedPaper, job: Callable[[], None], said: str) -> None:
        def done(_: object) -> None:
            self.told.emit(said)
            self.counted.emit(paper)

        self._background.run(job, done, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self.failed.emit(error)

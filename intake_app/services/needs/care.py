"""What care over time asks of the outside, as Protocols: screening tools, clean PDFs.

Parts of `needs.everyday.Library` and `needs.everyday.Press`; see there.
"""

from typing import Protocol

from intake_app.domain.attachment import CleanPdf
from intake_app.domain.screening import Screening, ScreeningAnswers, ScreeningResult


class ScreeningTool(Protocol):
    """A tool with its scoring compiled: `rulebook.screening_reader.ScreeningTool`."""

    @property
    def screening(self) -> Screening:
        """The tool as data."""
        ...

    def judge(self, answers: ScreeningAnswers, sex: str = "") -> ScreeningResult:
        """Score the answers to all questions.

        Raises:
            ValueError: An answer is missing or unknown.
        """
        ...


class Screenings(Protocol):
    """Where the tools come from: a part of the library."""

    def screenings(self) -> tuple[ScreeningTool, ...]:
        """All tools of the department, packs last; a broken one is left out."""
        ...


class PdfCleaner(Protocol):
    """Takes a PDF from outside: a part of the press."""

    def clean(self, data: bytes) -> CleanPdf:
        """The same pages, without what the file says of its author.

        Raises:
            FileBroken: It cannot be opened.
            FileLocked: It asks for a password.
            FileHasMore: It holds programs, other files or forms that run something.
        """
        ...

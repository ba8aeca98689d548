"""A mistake in a file that an agency edits, named so that it can be found and mended."""

from dataclasses import dataclass

from intake_app.domain.errors import BadForm


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to mend.

    Attributes:
        file: Name of the file inside its folder: "programs/safe_passages.toml".
        line: Line, counted from 1.
        reason: What is wrong, in words.
        is_doubt: The file can be used all the same (a condition that looks as if it never holds).
    """

    file: str
    line: int
    reason: str
    is_doubt: bool = False

    def __str__(self) -> str:
        """File, line and reason, as a compiler says it."""
        return f"{self.file}:{self.line}: {self.reason}"


class Mistaken(BadForm):
    """A form file has a mistake. The program runs on without it."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = mistakes


def refuse(mistakes: list[Mistake]) -> None:
    """Stop where a file cannot be used.

    Raises:
        Mistaken: One of the mistakes is more than a doubt.
    """
    if any(not mistake.is_doubt for mistake in mistakes):
        raise Mistaken(*mistakes)

"""Joining a department that uses the program already: what the first start asks of `wiring`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Joined:
    """A computer that was let in.

    Attributes:
        department: Whose computer it is now.
        letter: Stands in its receipt numbers.
        words: Eight words that stand for the department; its recovery cards show them too.
    """

    department: str
    letter: str
    words: tuple[str, ...]


class JoinGate(Protocol):
    """The way into a department that exists; on the worker thread. `wiring.joining.Join`."""

    def is_begun(self) -> bool:
        """Whether this computer has asked, and was not answered yet."""
        ...

    def ask(self, place: Path | None) -> tuple[str, ...]:
        """Ask to be let in: the request goes into a folder that a person chose.

        Called again, it is the same request.

        Args:
            place: A folder or a stick; None: it was put somewhere before, or goes by the stores.

        Returns:
            Eight words, to be read to the administrator.

        Raises:
            VaultExists: There is a department here already.
            NoPlace: The folder cannot be written to.
        """
        ...

    def read_answer(self, place: Path | None) -> Joined:
        """Read the answer, and become a computer of the department.

        Args:
            place: A folder, a stick or a file; None: what the stores brought.

        Raises:
            NoAnswerYet: There is none in this place.
            BadAnswer: It is not the answer to this computer's request, or was changed.
            DiskFull: Nothing is lost; try again.
        """
        ...

    def give_up(self) -> None:
        """Forget the request; an answer to it opens nowhere any more."""
        ...

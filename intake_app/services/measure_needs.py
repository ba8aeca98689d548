"""What the numbers need of adapters, as Protocols; `wiring.measures` joins them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from intake_app.domain.figure import Figure, Place
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey
from intake_app.domain.measure import Question
from intake_app.domain.roles import Compartment


class JourneyFile(Protocol):
    """The journeys of one open file, and what measures ask of them."""

    def changed(self, most: int) -> tuple[list[RecordId], int]:
        """Records that were written since journeys were last kept, and how far that looks.

        Args:
            most: How many changes are looked through at once.

        Returns:
            Ids of records of any kind, each once; and the last change that was looked at. When it
            is the same as the time before, nothing is left.
        """
        ...

    def keep(self, made: Sequence[Journey], gone: Collection[RecordId], through: int) -> None:
        """Replace journeys, drop those of records that are gone, and note how far it looked."""
        ...

    def forget(self) -> None:
        """Throw all journeys away, to be made anew: after forms, cuts or a program changed."""
        ...

    def each(self, since: str, until: str) -> Iterator[Journey]:
        """Journeys opened in a period (YYYY-MM-DD, both included) with traits, oldest first."""
        ...

    def ask(self, question: Question) -> Figure:
        """Compute a measure."""
        ...

    def behind(self, question: Question, place: Place, most: int) -> list[RecordId]:
        """The records behind one place of a measure's table, newest first; intakes for referrals.

        Of a rate, those of its base; the numerator is told apart by `in_numerator`.
        """
        ...

    def in_numerator(self, question: Question, records: Collection[RecordId]) -> set[RecordId]:
        """Which of some records count in the numerator."""
        ...


@dataclass(frozen=True, slots=True)
class MeasureParts:
    """What the numbers need.

    Attributes:
        files: Journeys of each open file of people, by compartment; the sealed one included.
    """

    files: Mapping[Compartment, JourneyFile]

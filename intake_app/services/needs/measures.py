"""What the numbers need of adapters, as Protocols; `wiring.measures` joins them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from intake_app.domain.figure import Figure, Place
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey
from intake_app.domain.kin import Kin
from intake_app.domain.measure import Question
from intake_app.domain.roles import Compartment
from intake_app.services.needs.county import CountyParts


class JourneyFile(Protocol):
    """The journeys of one open file, and what measures ask of them."""

    def made_with(self) -> tuple[str, str]:
        """Of which forms and cuts (a digest), and until which day (YYYY-MM-DD), they were made."""
        ...

    def left(self) -> int:
        """How many records, or changes to some, were not looked at yet."""
        ...

    def visits_since(self, day: str, today: str) -> list[RecordId]:
        """Intakes with a visit that was to come on that day, and whose day has passed today."""
        ...

    def unasked(self, opened_until: str, days: int, most: int) -> list[RecordId]:
        """Intakes that took part and of whom nobody has said whether they were arrested again.

        Those that were opened until a day, and so many days after that; the oldest first.
        """
        ...

    def kin(self, records: Collection[RecordId]) -> tuple[list[Kin], set[RecordId]]:
        """What stands alone and some records belong to, with all that decides about it.

        Intakes of an event come with the event, and those of one person together.

        Returns:
            All of it; and the ids that were looked for, also of what stands nowhere any more.
        """
        ...

    def changed(self, most: int) -> tuple[list[RecordId], int]:
        """Records that were written since journeys were last kept, and how far that looks.

        Args:
            most: How many changes are looked through at once.

        Returns:
            Ids of records of any kind, each once, those that are owed included; and how far that
            looks, to hand on to `keep`. Without any ids, nothing is left.
        """
        ...

    def keep(self, made: Sequence[Journey], of: Collection[RecordId], through: int | None) -> None:
        """Put journeys in the place of all that were made of some intakes, and note how far.

        Args:
            made: The new ones.
            of: Intakes (offers, statistics, events) whose old ones go.
            through: The last change that was looked at; None: it was not for one.
        """
        ...

    def forget(self, made_with: str) -> None:
        """Throw all journeys away, to be made anew with other forms or cuts (a digest)."""
        ...

    def until(self, day: str) -> None:
        """Note the day until which all is as it should be."""
        ...

    def lacks(self) -> str:
        """What was noted with `lack`; empty where nothing was, or all was made anew since."""
        ...

    def lack(self, forms: str) -> None:
        """Note that texts of forms were missing, and how many forms were known then."""
        ...

    def each(self, since: str, until: str) -> Iterator[Journey]:
        """Journeys opened in a period (YYYY-MM-DD, both included) with traits, oldest first."""
        ...

    def ask(self, question: Question) -> Figure:
        """Compute a measure."""
        ...

    def ask_all(self, questions: Sequence[Question]) -> list[Figure]:
        """Compute several at once: those without cuts in one pass over the file."""
        ...

    def behind(self, question: Question, place: Place, most: int) -> list[RecordId]:
        """The records behind one place of a measure's table, newest first; intakes for referrals.

        Of a rate, those of its base; the numerator is told apart by `in_numerator`.
        """
        ...

    def in_numerator(self, question: Question, records: Collection[RecordId]) -> set[RecordId]:
        """Which of some records count in the numerator."""
        ...


class SheetWriter(Protocol):
    """Writes tables for others: `tables.csv_lines.CsvLines`."""

    def lines(self, rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
        """Rows as lines of CSV (RFC 4180, CRLF) in UTF-8 without a mark; no cell is a formula."""
        ...


@dataclass(frozen=True, slots=True)
class MeasureParts:
    """What the numbers need.

    Attributes:
        files: Journeys of each open file of people, by compartment; the sealed one included.
        sheets: Writes tables that leave.
        county: What extracts for a county, and merges of them, need.
    """

    files: Mapping[Compartment, JourneyFile]
    sheets: SheetWriter | None = None
    county: CountyParts | None = None

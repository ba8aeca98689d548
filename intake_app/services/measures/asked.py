"""What was asked of the files and what came of it, with the words to show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_app.domain.figure import Figure
from intake_app.domain.ids import RecordId
from intake_app.domain.measure import Cut, Measure, Question
from intake_app.domain.roles import Compartment
from intake_app.domain.text import FALLBACK, Text
from intake_app.services.measures.labels import Labels
from intake_app.services.records.intake_changes import INTAKE


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and what it came to.

    Attributes:
        question: What was asked of each file.
        figure: Over all open files; empty where `missing` says why.
        labels: Words of the codes of each cut, in the order in which they are shown.
        part_labels: Words of the codes of parts, in their order.
        missing: Names of the department's own numbers that nobody has entered yet (fields of
            `Agency`): without them the figure is not shown. An administrator enters them.
        waiting: Changes to records that are not counted yet; the figure is not whole so long.
        files: The files that were counted.
        shut: The files that it counts and that this person has no key of.
        language: The department's own language.
    """

    question: Question
    figure: Figure
    labels: Mapping[str, Labels] = field(default_factory=dict[str, Labels])
    part_labels: Labels = field(default_factory=dict[str, Text])
    missing: tuple[str, ...] = ()
    waiting: int = 0
    files: tuple[Compartment, ...] = ()
    shut: tuple[Compartment, ...] = ()
    language: str = FALLBACK

    @property
    def measure(self) -> Measure:
        """Which measure."""
        return self.question.measure

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """By what it is cut: rows, then columns."""
        return self.question.cuts

    def label(self, cut: str, code: str, language: str = "") -> str:
        """The words of a code of a cut; of one that nobody knows, the code itself."""
        known = self.labels.get(cut, {}).get(code)
        return known.said_in(language or self.language) if known else code

    def part_label(self, code: str, language: str = "") -> str:
        """The words of a code of parts."""
        known = self.part_labels.get(code)
        return known.said_in(language or self.language) if known else code

    def order(self, cut: str) -> tuple[str, ...]:
        """The codes of a cut in the order in which they are shown."""
        return tuple(self.labels.get(cut, ()))

    def assumes(self, language: str = "") -> str:
        """What stands beside the figure, with the department's own numbers in it; or empty."""
        said = self.measure.assumes.said_in(language or self.language)
        return said.format_map(_Shown(self.question.numbers)) if said else ""


class _Shown(dict[str, str]):
    """The department's own numbers as they are read: cents as dollars, tenths as decimals."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        super().__init__({name: _as_read(name, number) for name, number in numbers.items()})

    def __missing__(self, name: str) -> str:
        """A name that is no number of the department stays as it stands."""
        return f"{{{name}}}"


def _as_read(name: str, number: int) -> str:
    if name.endswith("_cents"):
        return f"${number / 100:,.2f}"
    return f"{number / 10:g}" if name.endswith("_tenths") else f"{number:,}"


@dataclass(frozen=True, slots=True)
class RecordBehind:
    """One record behind a number; no name.

    Attributes:
        record: Which; of a referral, its intake.
        compartment: The file it lies in.
        number: Its receipt number, or empty.
        opened: The day of it (YYYY-MM-DD).
        pathway: Pathway code.
        kind: "intake", or what it is else (an offer without a case, what is left of a record).
        is_counted: It is in the numerator of the rate; of other figures, always.
    """

    record: RecordId
    compartment: Compartment
    number: str
    opened: str
    pathway: str
    kind: str
    is_counted: bool

    @property
    def can_open(self) -> bool:
        """Whether there is a page of it."""
        return self.kind == INTAKE


@dataclass(frozen=True, slots=True)
class Behind:
    """The records behind one place of a table.

    Attributes:
        records: Newest first.
        kept: How many more are kept from this person.
        has_more: There are more than were asked for.
    """

    records: tuple[RecordBehind, ...] = ()
    kept: int = 0
    has_more: bool = False
